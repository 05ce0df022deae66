//! The languages a report can be written in.

use std::fmt;

/// A language of the message catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// Every language of the catalogue.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The language of an option's value: exactly `en` or `zh`.
    pub fn parse(text: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == text)
    }

    /// The language of a locale value such as `zh_CN.UTF-8`; English for every other, `C` and `POSIX` among them.
    pub fn from_locale(value: &str) -> Lang {
        match value.get(..2) {
            Some(start) if start.eq_ignore_ascii_case("zh") => Lang::Zh,
            _ => Lang::En,
        }
    }

    /// The code used on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// A text of a data file in every language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InEach {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl InEach {
    /// The text in one of them.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_exact_and_a_locale_is_not() {
        assert_eq!(Lang::parse("zh"), Some(Lang::Zh));
        assert_eq!(Lang::parse("ZH"), None);
        assert_eq!(Lang::parse("zh_CN"), None);
        for (value, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh-Hant", Lang::Zh),
            ("ZH", Lang::Zh),
            ("C", Lang::En),
            ("POSIX", Lang::En),
            ("", Lang::En),
            ("de_DE", Lang::En),
            ("z", Lang::En),
            ("中文", Lang::En),
        ] {
            assert_eq!(Lang::from_locale(value), lang, "{value}");
        }
    }
}
