//! Which way a positive amount runs in a file of no known layout: by what the user said, by the running balance, by
//! what the rows say of themselves, and by which sign most amounts have.

use super::answers::{Answers, SignAnswer};
use super::cell::DecimalMark;
use super::infer::Inference;
use super::layout::Direction;
use super::profile::{Sample, figure_of};
use super::role::Role;
use super::table::{Columns, Sign};
use super::understanding::Decision;
use super::words::{direction_said, says_card_payment};

/// How many rows of a card's account speak against its layout's sign, where none is a payment to the card.
const AGAINST_MIN: usize = 3;

/// What the rows say of their direction, held against the sign of their amounts.
#[derive(Default)]
struct Votes {
    /// Rows that fit a minus for what leaves.
    minus: usize,
    /// Rows that fit a plus for what is charged.
    plus: usize,
    /// Whether one of the latter is the card's own payment.
    strong: bool,
    /// Whether one of the former is.
    strong_minus: bool,
    /// A row that was counted.
    shown: Option<(u32, String)>,
}

/// The sign as the user states it.
pub(super) fn answered(answers: &Answers) -> Option<(Sign, Decision)> {
    let sign = match answers.sign? {
        SignAnswer::ChargePositive => Sign::ChargePositive,
        SignAnswer::ChargeNegative => Sign::MinusIsOut,
    };
    Some((sign, Decision { value: shown(sign), cell: None, why: "you said so".to_string() }))
}

/// The convention in words.
pub(super) fn shown(sign: Sign) -> String {
    match sign {
        Sign::MinusIsOut => "a minus is money that leaves",
        Sign::ChargePositive => "a positive amount is a charge",
        Sign::UnmarkedIsOut => "an amount without a mark is a charge",
        Sign::Open => "",
    }
    .to_string()
}

/// Decides from the whole sample.
pub(super) fn decide(table: &Inference) -> (Sign, Decision) {
    let decided = |sign: Sign, cell: Option<(u32, String)>, why: &str| {
        (sign, Decision { value: shown(sign), cell, why: why.to_string() })
    };
    let Some(amount) = table.columns.get(Role::Amount) else {
        return decided(Sign::MinusIsOut, None, "what left and what came in stand in columns of their own");
    };
    if table.columns.get(Role::Direction).is_some() {
        return decided(Sign::MinusIsOut, None, "a column says which way the money went");
    }
    let profile = &table.profiles[amount];
    if profile.marked_in > 0 && profile.negative == 0 && profile.marked_in < profile.positive {
        return decided(Sign::UnmarkedIsOut, None, "some amounts have a plus or `CR`, and none a minus");
    }
    if profile.marked_out > 0 {
        return decided(Sign::MinusIsOut, None, "amounts carry `DR` where money left");
    }
    let votes = count(table.sample, &table.columns, table.profiles[amount].mark, |_| false);
    let mostly_positive = profile.positive > profile.negative;
    let mostly_negative = profile.negative > profile.positive;
    if let Some(turned) = table.chain_sign(amount) {
        let sign = if turned { Sign::ChargePositive } else { Sign::MinusIsOut };
        let (for_it, against) = if turned { (votes.plus, votes.minus) } else { (votes.minus, votes.plus) };
        // A card may print what is owed as its balance: then the chain closes with charges that look like income.
        let may_be_debt = for_it == 0 && mostly_positive != turned;
        if against == 0 && !may_be_debt {
            return decided(sign, None, "the running balance closes with it");
        }
        if against > 0 && for_it == 0 && (turned || votes.strong || against >= 2) {
            let other = if turned { Sign::MinusIsOut } else { Sign::ChargePositive };
            return decided(other, votes.shown, "rows say it of themselves, and the balance is what is owed");
        }
        return decided(Sign::Open, None, "");
    }
    match (votes.minus, votes.plus) {
        // What came in has no minus in a file without any, too.
        (1.., 0) if profile.negative > 0 => decided(Sign::MinusIsOut, votes.shown, "rows say it of themselves"),
        (0, plus) if (votes.strong && !mostly_negative) || (plus >= 2 && mostly_positive) => {
            decided(Sign::ChargePositive, votes.shown, "rows say it of themselves")
        }
        (0, 0) if profile.negative > 0 && !mostly_positive => {
            decided(Sign::MinusIsOut, None, "most amounts have a minus")
        }
        (minus, plus) if minus > plus * 4 && profile.negative > 0 => {
            decided(Sign::MinusIsOut, None, "most rows say it of themselves")
        }
        (minus, plus) if plus > minus * 4 && mostly_positive => {
            decided(Sign::ChargePositive, None, "most rows say it of themselves")
        }
        _ => decided(Sign::Open, None, ""),
    }
}

/// Whether the rows of a card's account speak against the sign that its layout says: a payment to the card that would
/// leave, or several rows that say the other way, and none for it.
pub(super) fn speak_against(own: Sign, sample: &Sample, columns: &Columns, mark: Option<DecimalMark>) -> bool {
    let sides = |votes: &Votes| match own {
        Sign::ChargePositive => (votes.plus, votes.minus),
        _ => (votes.minus, votes.plus),
    };
    // The first row that speaks for it settles the matter.
    let votes = count(sample, columns, mark, |votes| sides(votes).0 > 0);
    let (for_it, against) = sides(&votes);
    for_it == 0 && against > 0 && (votes.strong || votes.strong_minus || against >= AGAINST_MIN)
}

/// Counts what the rows say, until that is enough.
fn count(sample: &Sample, columns: &Columns, mark: Option<DecimalMark>, is_enough: impl Fn(&Votes) -> bool) -> Votes {
    let mark = mark.unwrap_or(DecimalMark::Point);
    let mut votes = Votes::default();
    let Some(amount) = columns.get(Role::Amount) else { return votes };
    let mut texts: Vec<usize> = [Role::Kind, Role::Descriptor].iter().filter_map(|&role| columns.get(role)).collect();
    texts.extend(columns.memo());
    for row in &sample.rows {
        let said: Vec<&str> = texts.iter().map(|&column| row.cell(column)).collect();
        let Some(direction) = direction_said(&said) else { continue };
        let Some(figure) = figure_of(row.cell(amount), mark).filter(|figure| !figure.is_zero()) else { continue };
        let minus_is_out = (direction == Direction::Out) == (figure.mantissa < 0);
        let says_payment = || said.iter().any(|text| says_card_payment(text));
        *if minus_is_out { &mut votes.strong_minus } else { &mut votes.strong } |= says_payment();
        *if minus_is_out { &mut votes.minus } else { &mut votes.plus } += 1;
        let text = said.into_iter().find(|text| direction_said(&[text]).is_some()).unwrap_or_default();
        votes.shown.get_or_insert((row.place.1, text.to_string()));
        if is_enough(&votes) {
            break;
        }
    }
    votes
}
