//! What the program will do: validated, built from what the user typed and from the config file.
//!
//! A config file says what the user would type each time. One that was found beside the inputs, not named, is announced
//! and can loosen nothing that protects the reader.

mod answers;
mod instruments;

use crate::cli;
pub use crate::cli::{Color, Format, InspectFormat, ListFormat};
use crate::coverage::BillingClaims;
use crate::domain::{Account, Currency, Day};
use crate::evidence::Choice;
use crate::fx::{Bands, Profile};
use crate::source::Catalogue;
use crate::text::Lang;
pub use answers::Stated;
use answers::{StatedTables, first, patterns};
use glob::Pattern;
use instruments::InstrumentTable;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the config file that is looked for beside the inputs.
pub const CONFIG_NAME: &str = "payproof.toml";

/// Everything that decides what a reconciliation says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders to read.
    pub paths: Vec<PathBuf>,
    /// What the user says of the billing evidence.
    pub billing: BillingClaims,
    /// The as-of day, where the user sets it.
    pub as_of: Option<Day>,
    /// Files with reference rates, instead of the embedded table.
    pub rates: Vec<PathBuf>,
    /// A config file that the user named.
    pub config: Option<PathBuf>,
    /// Currency of files that state none, by file name pattern; the first that fits counts.
    pub currencies: Vec<(Pattern, Currency)>,
    /// What the user answered to questions about single files.
    pub stated: Stated,
    /// A folder with layouts of the user's own.
    pub layouts: Option<PathBuf>,
    /// The layouts by which files are known; the embedded ones, until the user's own were read.
    pub catalogue: Option<Arc<Catalogue>>,
    /// Days on which pages were saved that do not say, by file name pattern; the first that fits counts.
    pub seen_on: Vec<(Pattern, Day)>,
    /// Go on past rows that cannot be read.
    pub skip_bad_rows: bool,
    /// Cards, accounts and wallets that the config file describes.
    pub profiles: Vec<Profile>,
    /// How far from the reference rate a channel's conversion may end.
    pub bands: Bands,
    /// Where reminders of the next renewals go.
    pub calendar: Option<PathBuf>,
    /// Mask what is private in the output.
    pub redact: bool,
    /// Language of the output.
    pub lang: Lang,
    /// Form of the output.
    pub format: Format,
    /// Whether the digest of every file is part of what is shown or written.
    pub digests: bool,
    /// When to colour.
    pub color: Color,
    /// Where the output goes; the standard output otherwise.
    pub output: Option<PathBuf>,
    /// End with 1 if there is a discrepancy.
    pub check: bool,
}

/// Everything that decides what a bundle holds. What shows more than the claim needs is typed, never configured.
#[derive(Clone, Debug)]
pub struct ClaimSettings {
    /// What is read, and how it is judged.
    pub settings: Settings,
    /// Which cases, and which columns in full.
    pub choice: Choice,
    /// Where the bundle goes; nothing is written without it.
    pub output: Option<PathBuf>,
    /// Whether whole source files go with it.
    pub include_sources: bool,
    /// Whether a bundle that is there is replaced.
    pub force: bool,
}

impl ClaimSettings {
    /// What the user typed, made into what the program will do. `locale` is the language for where none was named.
    ///
    /// # Errors
    /// A file name pattern that is none.
    pub fn of(typed: cli::Claim, locale: Lang) -> Result<ClaimSettings, SettingsError> {
        Ok(ClaimSettings {
            settings: Settings { color: typed.color, digests: true, ..Settings::of_inputs(typed.inputs, locale)? },
            choice: Choice { cases: typed.cases, show: typed.show },
            output: typed.output.filter(|_| !typed.check),
            include_sources: typed.include_sources,
            force: typed.force,
        })
    }
}

/// Everything that decides what a list of records holds.
#[derive(Clone, Debug)]
pub struct EntriesSettings {
    /// What is read, and how it is shown.
    pub settings: Settings,
    /// Form of the list.
    pub format: ListFormat,
}

impl EntriesSettings {
    /// What the user typed, made into what the program will do. `locale` is the language for where none was named.
    ///
    /// # Errors
    /// A file name pattern that is none.
    pub fn of(typed: cli::Entries, locale: Lang) -> Result<EntriesSettings, SettingsError> {
        Ok(EntriesSettings {
            settings: Settings {
                digests: typed.format == ListFormat::Json,
                ..Settings::of_inputs(typed.inputs, locale)?.shown_as(typed.shown)
            },
            format: typed.format,
        })
    }
}

/// Everything that decides what is said of how files were understood.
#[derive(Clone, Debug)]
pub struct InspectSettings {
    /// What is read, and how it is shown.
    pub settings: Settings,
    /// Form of the answer.
    pub format: InspectFormat,
}

impl InspectSettings {
    /// What the user typed, made into what the program will do. `locale` is the language for where none was named.
    ///
    /// # Errors
    /// A file name pattern that is none.
    pub fn of(typed: cli::Inspect, locale: Lang) -> Result<InspectSettings, SettingsError> {
        Ok(InspectSettings {
            settings: Settings {
                digests: typed.format == InspectFormat::Json,
                ..Settings::of_inputs(typed.inputs, locale)?.shown_as(typed.shown)
            },
            format: typed.format,
        })
    }
}

/// Why the settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// What is wrong, with the text at fault.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl SettingsError {
    fn new(message: String, hint: &str) -> SettingsError {
        SettingsError { message, hint: hint.to_string() }
    }
}

/// The pattern of a file name.
fn pattern(glob: &str) -> Result<Pattern, SettingsError> {
    Pattern::new(glob).map_err(|error| {
        let message = format!("`{glob}` is not a file name pattern: {}", error.msg);
        SettingsError::new(message, "`*` stands for any run of characters, `?` for one, `[...]` for one of several")
    })
}

/// A day of the config file.
fn day(text: &str) -> Result<Day, SettingsError> {
    let wrong = || SettingsError::new(format!("`{text}` is not a day"), "write the day as YYYY-MM-DD");
    Day::parse_iso(text).ok_or_else(wrong)
}

/// What a config file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct ConfigFile {
    /// The payer's own accounts.
    accounts: Vec<String>,
    /// `--billing-from`.
    billing_from: Option<String>,
    /// `--billing-complete`.
    billing_complete: bool,
    /// Currencies by file name pattern.
    currency: BTreeMap<String, String>,
    /// Answers to questions about single files.
    answers: StatedTables,
    /// `--layouts`, below the folder of the config file.
    layouts: Option<PathBuf>,
    /// Days on which pages were saved, by file name pattern.
    seen_on: BTreeMap<String, String>,
    /// Cards, accounts and wallets.
    instrument: Vec<InstrumentTable>,
    /// Bands that override the embedded ones, or add to them.
    band: toml::Table,
}

/// A config file as it stands.
fn config_file(text: &str) -> Result<ConfigFile, SettingsError> {
    toml::from_str(text).map_err(|error| {
        let hint = "known keys are accounts, billing-from, billing-complete, layouts, the tables [currency], [seen-on], \
                    [answers.column.FILE], [answers.sign], [answers.dates], [answers.decimal], [answers.status.FILE] and [band.CHANNEL], and [[instrument]] with name, card, files, channel, embedded-percent, top-up-percent, expires, component";
        SettingsError::new(error.message().to_string(), hint)
    })
}

impl ConfigFile {
    fn bands(&self) -> Result<Bands, SettingsError> {
        let hint = "write [band.paypal] with lo = \"2.00\" and hi = \"5.00\"";
        Bands::embedded().laid_over(self.band.clone()).map_err(|message| SettingsError::new(message, hint))
    }
}

/// The cards, accounts and wallets that a config file describes.
///
/// # Errors
/// The text is not TOML of the known form, or a value in it cannot be used.
pub fn profiles_of(config: &str) -> Result<Vec<Profile>, SettingsError> {
    let file = config_file(config)?;
    instruments::profiles(&file.instrument, &file.bands()?)
}

impl Settings {
    /// What the user typed, made into what the program will do. `locale` is the language for where none was named.
    ///
    /// # Errors
    /// A file name pattern that is none.
    pub fn of(typed: cli::Reconcile, locale: Lang) -> Result<Settings, SettingsError> {
        let settings = Settings::of_inputs(typed.inputs, locale)?.shown_as(typed.shown);
        // The digests stand in the two forms that hold the whole result.
        let digests = matches!(typed.format, Format::Json | Format::Html);
        Ok(Settings { format: typed.format, digests, check: typed.check, calendar: typed.calendar, ..settings })
    }

    /// The same, shown as the user wants it.
    fn shown_as(self, shown: cli::Shown) -> Settings {
        Settings { redact: !shown.no_redact, color: shown.color, output: shown.output, ..self }
    }

    /// What is read, with everything else as it is where nothing is said of it.
    fn of_inputs(typed: cli::Inputs, locale: Lang) -> Result<Settings, SettingsError> {
        Ok(Settings {
            paths: typed.paths,
            billing: BillingClaims {
                from: typed.billing_from,
                complete: typed.billing_complete,
                accounts: typed.accounts.into_iter().collect(),
            },
            as_of: typed.as_of,
            rates: typed.rates,
            config: typed.config,
            currencies: patterns(typed.currencies)?,
            stated: Stated::typed(typed.columns, typed.signs, typed.dates, typed.decimals, typed.statuses)?,
            layouts: typed.layouts,
            catalogue: None,
            seen_on: patterns(typed.seen_on)?,
            skip_bad_rows: typed.skip_bad_rows,
            profiles: Vec::new(),
            bands: Bands::embedded(),
            calendar: None,
            redact: true,
            lang: typed.lang.unwrap_or(locale),
            format: Format::default(),
            digests: false,
            color: Color::default(),
            output: None,
            check: false,
        })
    }

    /// Adds what a config file in this folder says. What was typed goes first.
    ///
    /// # Errors
    /// The text is not TOML of the known form, or a value in it cannot be used.
    pub fn add_config(&mut self, text: &str, folder: &Path) -> Result<(), SettingsError> {
        let file = config_file(text)?;
        self.stated.add(&file.answers)?;
        self.layouts = self.layouts.take().or_else(|| file.layouts.as_ref().map(|below| folder.join(below)));
        if self.billing.accounts.is_empty() {
            self.billing.accounts = file.accounts.iter().filter_map(|text| Account::new(text)).collect();
        }
        if self.billing.from.is_none() {
            self.billing.from = file.billing_from.as_deref().map(day).transpose()?;
        }
        self.billing.complete |= file.billing_complete;
        for (glob, code) in &file.currency {
            let currency = Currency::parse(code)
                .map_err(|unknown| SettingsError::new(unknown.to_string(), "write a currency code such as USD"))?;
            self.currencies.push((pattern(glob)?, currency));
        }
        self.bands = file.bands()?;
        self.profiles = instruments::profiles(&file.instrument, &self.bands)?;
        for (glob, text) in &file.seen_on {
            self.seen_on.push((pattern(glob)?, day(text)?));
        }
        Ok(())
    }

    /// The currency the user states for a file, by its base name or shown path.
    pub fn currency_of(&self, shown: &str) -> Option<Currency> {
        first(&self.currencies, shown)
    }

    /// The layouts by which files are known.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.as_deref().unwrap_or_else(|| Catalogue::embedded())
    }

    /// The day on which the user saved a page, by its base name or shown path.
    pub fn seen_on(&self, shown: &str) -> Option<Day> {
        first(&self.seen_on, shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Cli, Command};
    use clap::Parser;

    fn settings(typed: &[&str]) -> Settings {
        let all = ["payproof", "reconcile", "folder"].iter().chain(typed);
        match Cli::try_parse_from(all).unwrap().command {
            Command::Reconcile(typed) => Settings::of(*typed, Lang::En).unwrap(),
            _ => unreachable!("the command is named above"),
        }
    }

    #[test]
    fn what_was_typed_goes_before_the_config_file() {
        let config = "accounts = [\"file@example.com\"]\nbilling-from = \"2026-01-01\"\n[currency]\n\"*.csv\" = \"SGD\"\n\
             [seen-on]\n\"*.json\" = \"2026-02-01\"\n";
        let mut typed = settings(&["--account", "Me@Example.com", "--currency", "amex*.csv=HKD"]);
        typed.add_config(config, Path::new("")).unwrap();
        assert_eq!(typed.billing.accounts.iter().map(Account::as_str).collect::<Vec<_>>(), ["me@example.com"]);
        assert_eq!(typed.billing.from.map(|day| day.to_string()).as_deref(), Some("2026-01-01"));
        assert_eq!(typed.currency_of("2026/amex-1.csv").map(|c| c.to_string()).as_deref(), Some("HKD"));
        assert_eq!(typed.currency_of("other.csv").map(|c| c.to_string()).as_deref(), Some("SGD"));
        assert_eq!(typed.seen_on("user.json").map(|day| day.to_string()).as_deref(), Some("2026-02-01"));
        assert!(typed.redact, "a config file has no key that shows more");
    }

    #[test]
    fn a_config_file_with_an_unknown_key_is_refused() {
        for bad in [
            "redact = false",
            "billing-from = \"1.1.2026\"",
            "[currency]\n\"a[\" = \"USD\"",
            "[currency]\na = \"US\"",
            "show = [\"memo\"]",
            "include-sources = true",
        ] {
            assert!(settings(&[]).add_config(bad, Path::new("")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_config_file_describes_cards_and_bands() {
        let config = r#"
[band.paypal]
lo = "2.5"
hi = "4.5"
[[instrument]]
name = "debit"
card = "4242"
channel = "scheme"
embedded-percent = "0.35"
expires = "2027-02"
[[instrument.component]]
name = "foreign fee"
percent = "1.5"
[[instrument.component]]
name = "tax"
kind = "tax"
percent = "6"
of = ["foreign fee"]
[[instrument]]
name = "virtual"
files = "virtual-*.csv"
top-up-percent = "3.5"
"#;
        let mut typed = settings(&[]);
        typed.add_config(config, Path::new("")).unwrap();
        let [debit, virtual_card] = typed.profiles.as_slice() else { panic!("two instruments") };
        assert_eq!(typed.bands.get("paypal").unwrap().hi().to_string(), "4.5");
        assert_eq!(debit.expires.map(|day| day.to_string()).as_deref(), Some("2027-02-28"));
        assert_eq!(debit.costs().map(|costs| costs.components.len()), Some(2));
        assert!(virtual_card.costs().is_none() && virtual_card.top_up_percent.to_string() == "3.5");
        let card = crate::domain::LastFour::at_end_of("4242");
        assert!(debit.describes(card, &[]) && !debit.describes(None, &["4242.csv"]));
        assert!(virtual_card.describes(card, &["2026/virtual-1.csv"]) && !virtual_card.describes(card, &["real.csv"]));
        for bad in [
            "card = \"42\"",
            "card = \"4242\"\nchannel = \"barter\"",
            "card = \"4242\"\nembedded-percent = \"1e1\"",
            "card = \"4242\"\nexpires = \"2027\"",
            "channel = \"scheme\"",
            "card = \"4242\"\n[[instrument.component]]\nname = \"x\"",
            "card = \"4242\"\n[[instrument.component]]\nname = \"x\"\npercent = \"1\"\nof = [\"later\"]",
            "card = \"4242\"\n[[instrument.component]]\nname = \"x\"\namount = \"2.005 CNY\"",
            "card = \"4242\"\n[[instrument.component]]\nname = \"x\"\nkind = \"tip\"\npercent = \"1\"",
        ] {
            let config = format!("[[instrument]]\nname = \"a\"\n{bad}\n");
            let error = settings(&[]).add_config(&config, Path::new("")).unwrap_err();
            assert!(error.message.contains("instrument `a`"), "{bad}: {}", error.message);
        }
        assert!(settings(&[]).add_config("[band.paypal]\nlo = \"5\"\nhi = \"4\"\n", Path::new("")).is_err());
    }
}
