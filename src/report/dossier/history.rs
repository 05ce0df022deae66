//! The timeline of a case: which row is which mark, and what should stand there and does not.

use super::section::ids;
use crate::domain::Period;
use crate::picture::{Event, Lane, Mark, Stretch, StretchKind, Timeline, timeline};
use crate::reconciliation::Reconciliation;
use crate::report::document::Block;
use crate::report::voice::Voice;
use crate::report::wording;
use crate::source::SourceSide;
use crate::text::catalogue as say;
use crate::verdict::{Case, CaseLine, LineRole, Reason};

/// Fewest things that make a history.
const THINGS_MIN: usize = 2;

/// The picture of what happened when; nothing where a single row says it all.
pub(super) fn of(reconciliation: &Reconciliation, voice: Voice<'_>, case: &Case) -> Option<Block> {
    let lang = voice.lang;
    let mut events: Vec<Event> = Vec::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    for line in case.lines.iter().filter(|line| is_shown(case, line)) {
        events.push(event(reconciliation, voice, case, line));
        stretches.extend(stretch(voice, line));
    }
    for reason in &case.reasons {
        events.extend(missing_event(voice, case, reason));
        stretches.extend(missing_stretch(voice, reason));
    }
    // Receipt and invoice of one number say the same of the same day.
    events.dedup();
    stretches.dedup();
    if events.len() + stretches.len() < THINGS_MIN {
        return None;
    }
    let words: Vec<String> = events
        .iter()
        .map(|event| &event.label)
        .chain(stretches.iter().map(|stretch| &stretch.label))
        .cloned()
        .collect();
    let alt = format!("{}\n{}", say::timeline_title(lang, &case.id), say::list(lang, &words));
    let as_of = (reconciliation.as_of, say::as_of_here(lang, reconciliation.as_of));
    let scene = timeline(&Timeline { alt, events, stretches, as_of })?;
    Some(Block::Figure { scene, caption: say::timeline_caption(lang) })
}

/// The legs of a conversion, and money put into a wallet where the account it came from is seen too, are no happenings
/// of their own.
fn is_shown(case: &Case, line: &CaseLine) -> bool {
    let is_drawn =
        |line: &CaseLine| line.role == LineRole::Funding && line.money.is_some_and(|money| money.0.is_negative());
    match line.role {
        LineRole::Conversion => false,
        LineRole::Funding => is_drawn(line) || !case.lines.iter().any(is_drawn),
        _ => true,
    }
}

fn event(reconciliation: &Reconciliation, voice: Voice<'_>, case: &Case, line: &CaseLine) -> Event {
    let lang = voice.lang;
    let source = usize::try_from(line.at.source.0).ok().and_then(|index| reconciliation.sources.get(index));
    let is_paper = source.is_some_and(|file| file.side == SourceSide::Billing);
    let was_inactive = || {
        case.reasons
            .iter()
            .any(|reason| matches!(reason, Reason::PlanInactive { observed_on, .. } if *observed_on == line.day))
    };
    let (lane, mark) = match line.role {
        LineRole::Charge => (Lane::Money, Mark::Charge),
        LineRole::Authorization | LineRole::Release => (Lane::Money, Mark::Hold),
        LineRole::Decline | LineRole::Attempt | LineRole::PaymentFailed => (Lane::Money, Mark::Refused),
        LineRole::Funding | LineRole::Conversion | LineRole::Fee => (Lane::Money, Mark::Part),
        LineRole::Invoice | LineRole::Receipt => (Lane::Papers, Mark::Paper),
        LineRole::Order => (Lane::Papers, Mark::Order),
        LineRole::Cancellation => (Lane::Papers, Mark::Cancellation),
        LineRole::CreditNote => (Lane::Back, Mark::RefundPaper),
        LineRole::Refund if is_paper => (Lane::Back, Mark::RefundPaper),
        LineRole::Refund => (Lane::Back, Mark::Refund),
        LineRole::PlanState if was_inactive() => (Lane::Plan, Mark::NotSeen),
        LineRole::CreditGrant | LineRole::PlanState | LineRole::Usage => (Lane::Plan, Mark::Seen),
    };
    let role = match mark {
        // What billing says it gave back is not yet money that came.
        Mark::RefundPaper if line.role == LineRole::Refund => say::role_refund_recorded(lang),
        _ => wording::role(lang, line.role),
    };
    let label = match (line.role, &line.text, line.money) {
        (LineRole::PlanState, Some(text), _) => say::seen_as(lang, line.day, role, voice.plain(text, &ids(case))),
        (_, _, Some(money)) => format!("{} {role} {}", line.day, money.0.abs()),
        _ => format!("{} {role}", line.day),
    };
    Event { day: line.day, lane, mark, label }
}

fn stretch(voice: Voice<'_>, line: &CaseLine) -> Option<Stretch> {
    let days = line.period?;
    let words = if line.role == LineRole::PlanState { say::shown_in_force } else { say::paid_for };
    let label = words(voice.lang, days.from, days.to);
    Some(Stretch { days, lane: Lane::Plan, kind: StretchKind::Plan, label })
}

fn missing_event(voice: Voice<'_>, case: &Case, reason: &Reason) -> Option<Event> {
    let lang = voice.lang;
    let missing = |lane, label| Some(Event { day: case.day, lane, mark: Mark::Missing, label });
    match reason {
        Reason::NoInvoice { .. } => missing(Lane::Papers, say::missing_invoice(lang, case.day)),
        Reason::PaidElsewhere { .. } => missing(Lane::Money, say::missing_charge(lang, case.day)),
        Reason::DuplicateOf { other_day, other_amount, .. } => Some(Event {
            day: *other_day,
            lane: Lane::Money,
            mark: Mark::Charge,
            label: say::other_charge(lang, other_day, other_amount),
        }),
        _ => None,
    }
}

fn missing_stretch(voice: Voice<'_>, reason: &Reason) -> Option<Stretch> {
    let lang = voice.lang;
    let (from, to, lane, label) = match reason {
        Reason::CreditNotGranted { amount, from, to, .. } => {
            (*from, *to, Lane::Plan, say::missing_credit(lang, amount, from, to))
        }
        Reason::RefundNotSeen { from, to, .. } => (*from, *to, Lane::Back, say::missing_refund(lang, from, to)),
        _ => return None,
    };
    Some(Stretch { days: Period { from, to }, lane, kind: StretchKind::Nothing, label })
}
