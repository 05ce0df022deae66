//! What the reader should know of the files, in words.

use crate::reconciliation::Notice;
use crate::report::voice::Voice;
use crate::source::mail::MailDoubt;
use crate::source::paper::Stranger;
use crate::text::catalogue as say;

/// The notice as a sentence in the language of the voice.
pub(in crate::report) fn notice(v: &Voice<'_>, notice: &Notice) -> String {
    let lang = v.lang;
    let place = |file: &str, line: u32| v.free(&format!("{file}:{line}"));
    match notice {
        Notice::NoBillingList => say::notice_no_billing_list(lang),
        Notice::NoStatement => say::notice_no_statement(lang),
        Notice::NoPlanSide => say::notice_no_plan_side(lang),
        Notice::ExportsDisagree { first, second, day } => {
            say::notice_exports_disagree(lang, v.free(first), v.free(second), day)
        }
        Notice::ExportsMerged { first, second, rows } => {
            say::notice_exports_merged(lang, v.free(first), v.free(second), say::rows(lang, *rows))
        }
        Notice::BalanceBreak { file, after_line, before_line, stretch } => {
            say::notice_balance_break(lang, v.free(file), after_line, before_line, stretch.from, stretch.to)
        }
        Notice::RowsSkipped { file, rows } => say::notice_rows_skipped(lang, v.free(file), say::rows(lang, *rows)),
        Notice::CurrencyUnknown { file, rows } => {
            say::notice_currency_unknown(lang, v.free(file), say::rows(lang, *rows))
        }
        Notice::Ignored { file, kind } => match kind {
            None => say::notice_ignored(lang, v.free(file)),
            Some(Stranger::Pdf) => say::notice_ignored_pdf(lang, v.free(file)),
            Some(Stranger::Mail) => say::notice_ignored_mail(lang, v.free(file)),
        },
        Notice::PaperUnread { file, .. } => say::notice_paper_unread(lang, v.free(file)),
        Notice::MailDoubted { file, line, doubt } => match doubt {
            MailDoubt::NotVendor => say::notice_mail_not_vendor(lang, place(file, *line)),
            MailDoubt::FailsChecks => say::notice_mail_fails_checks(lang, place(file, *line)),
            MailDoubt::Forwarded => say::notice_mail_forwarded(lang, place(file, *line)),
            MailDoubt::Undecided => say::notice_mail_undecided(lang, place(file, *line)),
        },
        Notice::PapersDisagree { number, said, first, second } => {
            let said = super::names::said(lang, *said);
            let (first, second) = (place(&first.0, first.1), place(&second.0, second.1));
            let number = number.as_deref().map_or_else(|| "-".to_string(), |number| v.id(number));
            say::notice_papers_disagree(lang, first, second, said, number)
        }
        Notice::OrphanWalletRow { file, line } => say::notice_orphan_wallet_row(lang, place(file, *line)),
        Notice::ResellerRow { file, line } => say::notice_reseller_row(lang, place(file, *line)),
        Notice::MentionRow { file, line } => say::notice_mention_row(lang, place(file, *line)),
        Notice::ConfigFound { file, sha256 } => say::notice_config_found(lang, v.free(file), v.id(sha256)),
    }
}

/// The name of the notice for programs, stable across languages.
pub(in crate::report) fn notice_code(notice: &Notice) -> &'static str {
    match notice {
        Notice::NoBillingList => "no-billing-list",
        Notice::NoStatement => "no-statement",
        Notice::NoPlanSide => "no-plan-side",
        Notice::ExportsDisagree { .. } => "exports-disagree",
        Notice::ExportsMerged { .. } => "exports-merged",
        Notice::BalanceBreak { .. } => "balance-break",
        Notice::RowsSkipped { .. } => "rows-skipped",
        Notice::CurrencyUnknown { .. } => "currency-unknown",
        Notice::Ignored { .. } => "ignored",
        Notice::PaperUnread { .. } => "paper-unread",
        Notice::MailDoubted { doubt, .. } => match doubt {
            MailDoubt::NotVendor => "mail-not-vendor",
            MailDoubt::FailsChecks => "mail-fails-checks",
            MailDoubt::Forwarded => "mail-forwarded",
            MailDoubt::Undecided => "mail-undecided",
        },
        Notice::PapersDisagree { .. } => "papers-disagree",
        Notice::OrphanWalletRow { .. } => "orphan-wallet-row",
        Notice::ResellerRow { .. } => "reseller-row",
        Notice::MentionRow { .. } => "mention-row",
        Notice::ConfigFound { .. } => "config-found",
    }
}
