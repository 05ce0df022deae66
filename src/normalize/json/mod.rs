//! JSON files to records: what the web app's account pages, the interface's cost pages and a store's history hold.
//!
//! Only the keys that a reader asks for are looked at: links to the payment portal, tokens and whatever else such a page
//! carries are never taken up. The position of a record is its element's number, from 1; a page that is one object is
//! element 1.

mod account;
mod invoices;
mod orders;
mod usage;
mod value;

pub(super) use value::exact;

use super::lists::only_account;
use super::{Options, Records};
use crate::diagnostic::Diagnostic;
use crate::domain::{Currency, Day, SourceId, SourceRef};
use crate::source::{Json, JsonReading, Node, Rejected, Sales, Survey};
use crate::vendor::Vendor;

/// Elements at fault after which reading a file stops.
const BAD_ELEMENTS_MAX: usize = 10_000;

/// What a JSON file holds.
#[derive(Default)]
pub(super) struct ReadJson {
    pub records: Records,
    /// Records read.
    pub count: u32,
    /// Those that concern the vendor.
    pub relevant: u32,
    pub rejected: Vec<Rejected>,
    pub warnings: Vec<Diagnostic>,
    /// Whether a billing file stands for a whole history.
    pub is_list: bool,
    pub sales: Sales,
    pub survey: Survey,
    errors: Vec<Diagnostic>,
}

/// A value or what is wrong with it.
type Made<T> = Result<T, Box<Diagnostic>>;

/// What every reader of a value needs.
struct Context<'o> {
    path: &'o str,
    source: SourceId,
    options: &'o Options<'o>,
    /// What the file says of its currency by being of its format.
    implied: Option<Currency>,
}

impl Context<'_> {
    fn place(&self, element: u32) -> SourceRef {
        SourceRef { source: self.source, line: element }
    }

    fn vendor(&self) -> &Vendor {
        self.options.vendor
    }
}

/// Reads a file of a known shape.
///
/// # Errors
/// Every element that cannot be read, unless such are to be passed over.
pub(super) fn read(path: &str, json: &Json, id: SourceId, options: &Options) -> Result<ReadJson, Vec<Diagnostic>> {
    let context = Context { path, source: id, options, implied: json.shape.currency() };
    let mut read = ReadJson::default();
    // A recognised text has a root; without one there is nothing to read.
    let Some(root) = json.root() else { return Ok(read) };
    match json.shape.reading {
        JsonReading::User => account::user(&context, root, &mut read),
        JsonReading::Subscription => account::subscription(&context, root, &mut read),
        JsonReading::Accounts => account::accounts(&context, root, &mut read),
        JsonReading::Entitlement => account::entitlement(&context, root, &mut read),
        JsonReading::AutoTopUp => account::auto_top_up(&context, root, &mut read),
        JsonReading::CreditGrants => account::credit_grants(&context, root, &mut read),
        JsonReading::Invoices => invoices::read(&context, root, &mut read),
        JsonReading::Costs => usage::page(&context, root, &mut read),
        // Neither carries a day: nothing can be said of it on its own.
        JsonReading::PurchaseOrigin | JsonReading::CostsResult => {}
        JsonReading::PlayOrders => orders::orders(&context, root, &mut read),
        JsonReading::PlayPurchases => orders::purchases(&context, root, &mut read),
    }
    if read.errors.is_empty() { Ok(read) } else { Err(read.errors) }
}

impl ReadJson {
    /// Counts what became a record, where not every element is one: an account seen twice, a day without use.
    fn count_records(&mut self) {
        let records = &self.records;
        let count = records.billing.len() + records.observations.len() + records.usage.len();
        self.count = u32::try_from(count).unwrap_or(u32::MAX);
        self.relevant = self.count;
    }

    /// Reads the elements one by one; `None` is an element that does not concern the vendor.
    fn each<'t, T>(
        &mut self,
        context: &Context,
        elements: impl IntoIterator<Item = Node<'t>>,
        mut make: impl FnMut(Node<'t>, SourceRef) -> Made<Option<T>>,
    ) -> Vec<T> {
        let mut made = Vec::new();
        for (node, element) in elements.into_iter().zip(1u32..) {
            match make(node, context.place(element)) {
                Ok(record) => {
                    self.count = self.count.saturating_add(1);
                    self.relevant = self.relevant.saturating_add(u32::from(record.is_some()));
                    made.extend(record);
                }
                Err(finding) => self.note(context, element, *finding),
            }
            if self.errors.len() >= BAD_ELEMENTS_MAX {
                let message = format!("more than {BAD_ELEMENTS_MAX} elements cannot be read; reading stopped");
                self.errors.push(Diagnostic::error("too-many-findings", context.path, message));
                break;
            }
        }
        made
    }

    /// Notes a fault: as an element passed over where the user asked for that, else as an error.
    fn note(&mut self, context: &Context, element: u32, finding: Diagnostic) {
        if context.options.skip_bad_rows {
            self.rejected.push(Rejected { line: element, column: None, reason: finding.message });
        } else {
            self.errors.push(finding);
        }
    }

    /// The newest day on which something happened or was seen.
    pub(super) fn newest_day(&self) -> Option<Day> {
        let records = &self.records;
        let billed = records.billing.iter().flat_map(|record| [Some(record.date), record.paid_on]).flatten();
        let seen = records.observations.iter().map(|seen| seen.observed_on);
        billed.chain(seen).chain(records.usage.iter().map(|used| used.day)).max()
    }

    /// The only account that the records name, masked.
    pub(super) fn only_account(&self) -> Option<String> {
        let records = &self.records;
        let billed = records.billing.iter().filter_map(|record| record.account.as_ref());
        let seen = records.observations.iter().filter_map(|seen| seen.account.as_ref());
        let used = records.usage.iter().filter_map(|used| used.account.as_ref());
        only_account(billed.chain(seen).chain(used))
    }
}

/// A page or a list of pages: the elements of an array, or the value itself.
fn pages(root: Node<'_>) -> Vec<Node<'_>> {
    if root.object().is_some() { vec![root] } else { root.elements() }
}
