//! Arguments in, exit code out.

use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use payproof::cli::{Cli, Color, Command, Format, FormatsCommand, FxCommand};
use payproof::evidence::ArchiveError;
use payproof::report::{self, Selection, View};
use payproof::run::{self, Done, InspectDone, ListDone, Progress, RunError};
use payproof::run::{Checked, ClaimDone};
use payproof::settings::{ClaimSettings, EntriesSettings, InspectFormat, InspectSettings, ListFormat, Settings};
use payproof::text::{Lang, catalogue};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Done, whatever was found.
const DONE: u8 = 0;
/// `--check` found a discrepancy.
const DISCREPANCY: u8 = 1;
/// `verify` found a bundle that is not valid.
const INVALID: u8 = 1;
/// Usage or input error; nothing was written.
const ERROR: u8 = 2;

/// Columns of a table that does not go to a terminal.
const PIPE_COLUMNS: u16 = 100;
/// Reading that is over sooner shows no bar.
const BAR_DELAY_MILLIS: u64 = 500;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let code = match cli.command {
        Command::Reconcile(typed) => Settings::of(*typed, locale()).map_err(RunError::from).and_then(reconcile),
        Command::Claim(typed) => ClaimSettings::of(*typed, locale()).map_err(RunError::from).and_then(claim),
        Command::Entries(typed) => EntriesSettings::of(*typed, locale()).map_err(RunError::from).and_then(entries),
        Command::Inspect(typed) => InspectSettings::of(*typed, locale()).map_err(RunError::from).and_then(inspect),
        Command::Verify(typed) => verify(&typed.bundle, typed.lang.unwrap_or_else(locale)),
        Command::Formats(formats) => {
            let text = match formats.command {
                None => Ok(run::formats()),
                Some(FormatsCommand::Template { name }) => run::template(&name),
            };
            text.and_then(|text| print(&text))
        }
        Command::Rates(typed) => {
            let lang = typed.lang.unwrap_or_else(locale);
            run::rates(&typed.rates, lang, usize::from(columns(io::stdout().is_terminal())))
                .and_then(|text| print(&text))
        }
        Command::Fx(fx) => {
            let text = match fx.command {
                FxCommand::Explain(explain) => run::explain(&explain.file, &explain.rates),
                FxCommand::Needed(typed) => {
                    let lang = typed.lang.unwrap_or_else(locale);
                    run::needed(&typed, lang, usize::from(columns(io::stdout().is_terminal())))
                }
            };
            text.and_then(|text| print(&text))
        }
        // Whoever asked is gone if the pipes are broken.
        Command::ReadPapers => {
            Ok(run::read_papers(&mut io::stdin().lock(), &mut io::stdout().lock()).map_or(ERROR, |()| DONE))
        }
    };
    ExitCode::from(code.unwrap_or_else(|error| {
        say(&error.render());
        ERROR
    }))
}

/// The language of the environment: `LANG` is the one variable that is looked at.
fn locale() -> Lang {
    Lang::from_locale(&std::env::var("LANG").unwrap_or_default())
}

/// This program, to be started again for reading PDFs. Should it not be found, that is said when one is to be read.
fn program() -> std::path::PathBuf {
    std::env::current_exe().unwrap_or_default()
}

fn reconcile(settings: Settings) -> Result<u8, RunError> {
    let (format, check, output) = (settings.format, settings.check, settings.output.clone());
    let calendar = settings.calendar.clone();
    let view = view(&settings);
    let mut bar = Bar(ProgressBar::hidden());
    let Done { reconciliation, warnings } = run::reconcile(settings, program(), &mut bar)?;
    let text = match format {
        Format::Table => report::table(&reconciliation, &view),
        Format::Json => report::json(&reconciliation, &view),
        Format::Csv => report::csv(&reconciliation, &view, output.is_some()),
        Format::Markdown => report::markdown(&reconciliation, &view),
        Format::Html => report::html(&report::dossier(&reconciliation, &view, Selection::All)),
    };
    for warning in warnings {
        say(&warning.render());
    }
    if matches!(format, Format::Json | Format::Csv) {
        for warning in report::warnings(&reconciliation, &view) {
            say(&format!("warning: {warning}\n"));
        }
    }
    if let Some(path) = calendar {
        match report::calendar(&reconciliation, &view) {
            Some(text) => run::write(&path, &text)?,
            None => say(&format!("warning: {}\n", catalogue::calendar_empty(view.lang))),
        }
    }
    let found = check && reconciliation.has_discrepancy();
    put(output.as_deref(), &text)?;
    Ok(if found { DISCREPANCY } else { DONE })
}

fn entries(asked: EntriesSettings) -> Result<u8, RunError> {
    let EntriesSettings { settings, format } = asked;
    let (view, output) = (view(&settings), settings.output.clone());
    let mut bar = Bar(ProgressBar::hidden());
    let ListDone { listing, warnings } = run::entries(settings, program(), &mut bar)?;
    for warning in warnings {
        say(&warning.render());
    }
    put(
        output.as_deref(),
        &match format {
            ListFormat::Table => report::listing_table(&listing, &view),
            ListFormat::Json => report::listing_json(&listing, &view),
            ListFormat::Csv => report::listing_csv(&listing, output.is_some()),
        },
    )
}

fn inspect(asked: InspectSettings) -> Result<u8, RunError> {
    let InspectSettings { settings, format } = asked;
    let (view, output) = (view(&settings), settings.output.clone());
    let mut bar = Bar(ProgressBar::hidden());
    let InspectDone { inspection, warnings } = run::inspect(settings, program(), &mut bar)?;
    for warning in warnings {
        say(&warning.render());
    }
    let text = match format {
        InspectFormat::Text => report::inspection_text(&inspection, &view),
        InspectFormat::Json => report::inspection_json(&inspection, &view),
    };
    put(output.as_deref(), &text)
}

/// Writes the result where the user wants it.
fn put(output: Option<&Path>, text: &str) -> Result<u8, RunError> {
    match output {
        Some(path) => run::write(path, text).map(|()| DONE),
        None => print(text),
    }
}

fn claim(settings: ClaimSettings) -> Result<u8, RunError> {
    let mut bar = Bar(ProgressBar::hidden());
    let ClaimDone { text, asides, warnings } = run::claim(settings, program(), &mut bar)?;
    for warning in warnings {
        say(&warning.render());
    }
    for aside in asides {
        say(&format!("warning: {aside}\n"));
    }
    print(&text)
}

fn verify(bundle: &Path, lang: Lang) -> Result<u8, RunError> {
    let refused = |error: ArchiveError| match error {
        ArchiveError::TooLarge => catalogue::bundle_too_large(lang),
        ArchiveError::Unsafe => catalogue::bundle_unsafe(lang),
        ArchiveError::Damaged | ArchiveError::NoArchive => catalogue::bundle_damaged(lang),
    };
    match run::verify(bundle)? {
        Checked::Bundle(verified) => {
            print(&verified.text(lang))?;
            Ok(if verified.faults.is_empty() { DONE } else { INVALID })
        }
        Checked::Refused(error) => {
            print(&format!("{}\n", refused(error)))?;
            Ok(INVALID)
        }
        Checked::NotABundle => {
            say(&format!("error: {}\n", catalogue::bundle_none(lang)));
            Ok(ERROR)
        }
    }
}

/// How the report is to be shown, given where it goes.
fn view(settings: &Settings) -> View {
    let terminal = settings.output.is_none() && io::stdout().is_terminal();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = match settings.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !no_color,
    };
    View { lang: settings.lang, redact: settings.redact, width: columns(terminal), color }
}

/// The terminal's width; `COLUMNS` says it where there is none to ask.
fn columns(terminal: bool) -> u16 {
    let asked = terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| width.0);
    let told = || std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    asked.or_else(told).unwrap_or(PIPE_COLUMNS)
}

/// Prints data. A reader that has seen enough and closed the pipe is a quiet end.
fn print(text: &str) -> Result<u8, RunError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(run::output_error("standard output", &error)),
        _ => Ok(DONE),
    }
}

/// Says something on the side. There is nowhere to complain if standard error is closed.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A progress bar on standard error, where that is a terminal and reading takes long enough to ask for one.
struct Bar(ProgressBar);

impl Progress for Bar {
    fn begin(&mut self, bytes: u64) {
        if io::stderr().is_terminal() {
            self.0 = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {elapsed}") {
                self.0.set_style(style);
            }
            self.0.enable_steady_tick(std::time::Duration::from_millis(BAR_DELAY_MILLIS));
        }
    }

    fn advance(&mut self, bytes: u64) {
        self.0.inc(bytes);
    }

    fn end(&mut self) {
        self.0.finish_and_clear();
    }
}
