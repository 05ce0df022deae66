//! What an instrument's own past charges say of its conversions.

use crate::domain::Money;
use crate::rates::{Quote, Ratio};
use rust_decimal::Decimal;

/// Fewest past charges from which a markup is learned.
const PAST_CHARGES_MIN: usize = 3;
/// Decimals of a learned percentage.
const PERCENT_DECIMALS: u32 = 4;

/// The embedded markup of an instrument in percent over the reference rate: the median over its past charges, each
/// given as invoice total, charge without explicit fees and taxes, and the reference of the charge's day.
///
/// A charge's own percentage is `charged / mid - 1`, with mid the invoice at the reference rate, rounded as a statement
/// would show it; percentages are compared as exact fractions. Of an even number of charges the lower of the two in the
/// middle is taken: a percentage that the instrument really had. The answer has four decimals, half up. `None` for
/// fewer than three usable charges; a charge in another currency than its quote's, or worth nothing, is not usable.
pub fn learned_markup(past: &[(Money, Money, Quote)]) -> Option<Decimal> {
    let mut over: Vec<Ratio> =
        past.iter().filter_map(|(invoice, charged, quote)| over_mid(*invoice, *charged, quote)).collect();
    if over.len() < PAST_CHARGES_MIN {
        return None;
    }
    over.sort();
    let median = over.get((over.len() - 1) / 2)?;
    median.times(Ratio::new(100, 1)?)?.to_decimal(PERCENT_DECIMALS)
}

fn over_mid(invoice: Money, charged: Money, quote: &Quote) -> Option<Ratio> {
    let mid = quote.convert(invoice)?;
    if mid.currency() != charged.currency() || mid.minor_units() <= 0 {
        return None;
    }
    Ratio::new(i128::from(charged.minor_units()), i128::from(mid.minor_units()))?.minus(Ratio::ONE)
}
