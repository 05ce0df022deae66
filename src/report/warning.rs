//! What to say on the side where the report itself goes to a program.

use super::View;
use super::voice::{Fence, Voice};
use super::wording::notice;
use crate::reconciliation::{Notice, Reconciliation};
use crate::source::mail::MailDoubt;

/// The notices that change what may be concluded, one sentence each. The table and Markdown say them themselves.
pub fn warnings(reconciliation: &Reconciliation, view: &View) -> Vec<String> {
    let voice = Voice::new(view, Fence::None);
    reconciliation.notices.iter().filter(|found| matters(found)).map(|found| notice(&voice, found)).collect()
}

fn matters(found: &Notice) -> bool {
    match found {
        Notice::ExportsDisagree { .. }
        | Notice::BalanceBreak { .. }
        | Notice::RowsSkipped { .. }
        | Notice::CurrencyUnknown { .. }
        | Notice::Ignored { .. }
        | Notice::PaperUnread { .. }
        | Notice::PapersDisagree { .. }
        | Notice::MailDoubted { doubt: MailDoubt::NotVendor | MailDoubt::FailsChecks | MailDoubt::Undecided, .. }
        | Notice::MentionRow { .. }
        | Notice::ConfigFound { .. } => true,
        Notice::MailDoubted { doubt: MailDoubt::Forwarded, .. }
        | Notice::NoBillingList
        | Notice::NoStatement
        | Notice::NoPlanSide
        | Notice::ExportsMerged { .. }
        | Notice::OrphanWalletRow { .. }
        | Notice::ResellerRow { .. } => false,
    }
}
