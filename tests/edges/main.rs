//! Every number of the rules, tested on both sides of its edge by a folder that holds nothing else, through the real
//! binary. A test says in its name which number it guards; changing that number by one breaks it.

#[path = "../support/mod.rs"]
mod support;

mod assignment;
mod bands;
mod cancelling;
mod commands;
mod coverage;
mod credit;
mod declines;
mod duplicates;
mod exports;
mod joining;
mod pending;
mod plan;
mod refund_joins;
mod refunds;
mod strangers;
mod underpaid;
mod wallet;

use support::day::{Day, day};
use support::folder::{Folder, Layout, RowId, Written};
use support::judge::{Truth, case, differences};
use support::papers::OWN;
use support::run::{self, Report};

/// The Wednesday around which most scenes are set.
fn d() -> Day {
    day("2024-05-15")
}

/// One scene: a folder, the as-of day, and how the binary is called.
struct Scene {
    folder: Folder,
    as_of: Day,
    accounts: Vec<String>,
    options: Vec<String>,
}

impl Scene {
    /// An empty folder at the end of November.
    fn bare() -> Scene {
        let accounts = vec![OWN.to_owned()];
        Scene { folder: Folder::new(), as_of: day("2024-11-29"), accounts, options: Vec::new() }
    }

    /// A statement of this layout from March to November, and a billing list with nothing in it yet.
    fn with(layout: Layout) -> Scene {
        let mut scene = Scene::bare();
        scene.folder.cover(layout, day("2024-03-04"), day("2024-11-28"));
        scene.folder.empty_list();
        scene
    }

    fn chase() -> Scene {
        Scene::with(Layout::Chase)
    }

    fn at(mut self, as_of: Day) -> Scene {
        self.as_of = as_of;
        self
    }

    fn option(mut self, words: &[&str]) -> Scene {
        self.options.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    fn run(mut self) -> (Report, Written) {
        self.folder.finish();
        let written = self.folder.write();
        let accounts: Vec<&str> = self.accounts.iter().map(String::as_str).collect();
        let options: Vec<&str> = self.options.iter().map(String::as_str).collect();
        let report = run::report(&written, self.as_of, &accounts, &options);
        (report, written)
    }

    /// Runs the scene and wants exactly these cases.
    fn expect(self, truths: &[Truth]) -> Report {
        let (report, written) = self.run();
        let found = differences(&report, &written, truths);
        assert!(found.is_empty(), "{}\n{}", written.dir.display(), found.join("\n"));
        report
    }
}

/// A charge that accuses: no invoice joins it.
fn no_invoice(charge: RowId, cents: i64, currency: &str) -> Truth {
    case("charged-not-activated").cause("no-invoice").rows(&[charge]).paid(cents, currency).stake(cents, currency)
}

fn settled(rows: &[RowId]) -> Truth {
    case("settled").rows(rows)
}

fn paid_elsewhere(receipt: RowId) -> Truth {
    case("paid-elsewhere").rows(&[receipt])
}
