//! Every message, in every language, side by side.
//!
//! One message is one function: a call with a wrong name or a missing figure does not compile. The languages stand in
//! one place, and each must use every argument: a text left out, or a figure forgotten in one language, does not
//! compile either. That is why the messages are not Fluent files: Fluent checks the calls, but only warns of a message
//! missing in one language, wraps every argument in invisible marks and costs half a minute to build.
//!
//! Arguments come in as they are to be read: amounts with their code, ISO days, untrusted text already cleaned.
//! Numbers that need a plural in English come in counted (`counted`).

mod bundle;
mod causes;
mod dossier;
mod fx;
mod inspection;
mod layout;
mod letters;
mod listing;
mod notices;
mod pages;
mod papers;
mod reasons;
mod rules;
mod verdicts;

pub use bundle::*;
pub use causes::*;
pub use dossier::*;
pub use fx::*;
pub use inspection::*;
pub use layout::*;
pub use letters::*;
pub use listing::*;
pub use notices::*;
pub use pages::*;
pub use papers::*;
pub use reasons::*;
pub use rules::*;
pub use verdicts::*;

use super::Lang;

/// Makes one function a message, and the table of all of them that the tests read.
macro_rules! messages {
    ($($name:ident($($argument:ident),*) { en: $en:literal, zh: $zh:literal $(,)? })*) => {
        $(
            #[doc = concat!("“", $en, "”")]
            pub fn $name(lang: $crate::text::Lang, $($argument: impl std::fmt::Display),*) -> String {
                match lang {
                    $crate::text::Lang::En => format!($en, $($argument = $argument),*),
                    $crate::text::Lang::Zh => format!($zh, $($argument = $argument),*),
                }
            }
        )*
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $zh)),*];
    };
}
use messages;

/// Several things in a row: `a, b` or `a、b`.
pub fn list(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}

/// Several things in a row that may hold commas themselves.
pub fn groups(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => "; ",
        Lang::Zh => "；",
    })
}

/// Several clauses in a row: `a, b` or `a，b`.
pub fn clauses(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "，",
    })
}

/// Several sentences in a row.
pub fn sentences(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => " ",
        Lang::Zh => "",
    })
}

/// A key before its text: `Paid:` or `付款：`.
pub fn key(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("{name}:"),
        Lang::Zh => format!("{name}："),
    }
}

/// A number of days in words: `1 day`, `3 days`, `3 天`.
pub fn days(lang: Lang, count: i64) -> String {
    match lang {
        Lang::En => counted(count, "day", "days"),
        Lang::Zh => format!("{count} 天"),
    }
}

/// A number of rows in words.
pub fn rows(lang: Lang, count: u32) -> String {
    match lang {
        Lang::En => counted(i64::from(count), "row", "rows"),
        Lang::Zh => format!("{count} 行"),
    }
}

/// A number of purchases in words.
pub fn purchases(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => counted(i64::try_from(count).unwrap_or(i64::MAX), "purchase", "purchases"),
        Lang::Zh => format!("{count} 笔购买"),
    }
}

/// A number of earlier charges in words.
pub fn earlier_charges(lang: Lang, count: u32) -> String {
    match lang {
        Lang::En => counted(i64::from(count), "earlier charge", "earlier charges"),
        Lang::Zh => format!("{count} 笔以往扣款"),
    }
}

fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
        [
            bundle::ALL,
            causes::ALL,
            dossier::ALL,
            fx::ALL,
            inspection::ALL,
            layout::ALL,
            letters::ALL,
            listing::ALL,
            notices::ALL,
            pages::ALL,
            papers::ALL,
            reasons::ALL,
            rules::ALL,
            verdicts::ALL,
        ]
        .into_iter()
        .flatten()
    }

    fn digits(text: &str) -> Vec<char> {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    #[test]
    fn every_message_is_written_in_both_languages_with_the_same_figures() {
        for (name, en, zh) in all() {
            assert!(!en.is_empty() && en.is_ascii(), "{name}: English is plain ASCII: {en}");
            assert!(!zh.is_ascii() || *en == *zh, "{name}: {zh}");
            assert_eq!(digits(en), digits(zh), "{name}");
            assert_eq!(en.ends_with('.'), zh.ends_with('。'), "{name}: sentence or not, in both");
        }
    }

    #[test]
    fn no_message_carries_a_mark_that_cannot_be_seen() {
        for (name, en, zh) in all() {
            for text in [en, zh] {
                assert_eq!(crate::text::clean(text), *text, "{name}");
                assert_eq!(text.trim(), *text, "{name}");
            }
        }
        // Fluent would wrap the argument in U+2068 and U+2069.
        assert_eq!(refund_pending(Lang::Zh, "x", "y").matches(['\u{2068}', '\u{2069}']).count(), 0);
    }

    #[test]
    fn counts_take_their_plural() {
        assert_eq!(days(Lang::En, 1), "1 day");
        assert_eq!(days(Lang::En, 0), "0 days");
        assert_eq!(rows(Lang::En, 2), "2 rows");
        assert_eq!(days(Lang::Zh, 3), "3 天");
        assert_eq!(list(Lang::Zh, &["a".into(), "b".into()]), "a、b");
    }
}
