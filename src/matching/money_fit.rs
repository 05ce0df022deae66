//! Amounts in two currencies held against each other: reference rates and bands, asked the questions of matching and
//! verdicts.

use super::Movement;
use crate::domain::{Currency, Day, Money};
use crate::fx::{
    self, AcceptRange, Balance, Band, Bands, CaseFx, Charge, ComponentKind, ComponentRule, ConversionTaxes, Costs, Fit,
    Forecast, FxVerdict, Need, Payment, Refund, StatementRate, accept_range, accepts, learned_markup,
};
use crate::rates::{Publisher, Quote, Rates, Reference};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Channel of a conversion at the merchant.
pub const DCC_CHANNEL: &str = "dcc";
/// Channel of a local price with the conversion inside.
const ADAPTIVE_CHANNEL: &str = "adaptive_pricing";

/// Reference rates and bands together.
#[derive(Clone, Copy, Debug)]
pub struct Yardstick<'a> {
    rates: &'a Rates,
    bands: &'a Bands,
    taxes: &'a ConversionTaxes,
    last_day: Day,
}

/// Why a refund came back smaller.
#[derive(Clone, Copy, Debug)]
pub struct RefundLoss {
    /// Whether conversion explains the loss.
    pub is_explained: bool,
    /// What should have come back for the whole invoice, from and to.
    pub accept: (Money, Money),
    /// Cost of buying that is not given back.
    pub markup_and_fees: Money,
    /// Move of the rate; negative in the payer's favour.
    pub rate_move: Money,
    /// Cost of converting back.
    pub refund_spread: Money,
}

/// Why a payment arrived short.
#[derive(Clone, Debug)]
pub struct ShortPayment {
    /// Whether conversion explains it.
    pub is_fx: bool,
    /// What was sent, at the reference rate.
    pub sent_at_reference: Money,
    /// What the conversion took.
    pub spread: Money,
    /// What would have had to be sent.
    pub needed_to_send: Money,
    /// The comparison, for the report.
    pub fx: CaseFx,
}

/// Why a balance did not meet an amount.
#[derive(Clone, Debug)]
pub struct ShortBalance {
    /// Whether the balance met the reference cost, but not what conversion made of it.
    pub is_fx: bool,
    /// Whether the balance was too small even at the reference rate.
    pub is_underfunded: bool,
    /// The amount at the reference rate.
    pub reference_cost: Money,
    /// What had to be there.
    pub needed: Money,
    /// What was missing.
    pub shortfall: Money,
    /// The comparison, for the report.
    pub fx: CaseFx,
}

impl<'a> Yardstick<'a> {
    /// Puts rates and bands together; `None` where there is not a single rate.
    pub fn new(rates: &'a Rates, bands: &'a Bands, taxes: &'a ConversionTaxes) -> Option<Yardstick<'a>> {
        Some(Yardstick { rates, bands, taxes, last_day: rates.last_day()? })
    }

    /// The band of a channel. Where a state taxes conversions of the account, its bank may have put the tax into the
    /// same amount: the band then reaches as much higher.
    fn band(&self, channel: &str, from: Currency, to: Currency, day: Day) -> Cow<'a, Band> {
        let band = self.untaxed_band(channel);
        let taxed = self.taxes.on(from, to, day).and_then(|(_, percent)| band.taxed(percent));
        taxed.map_or(Cow::Borrowed(band), Cow::Owned)
    }

    /// The band of a channel, whatever is taxed.
    pub fn untaxed_band(&self, channel: &str) -> &'a Band {
        self.bands.get_or_unknown(channel)
    }

    /// The band of a channel for a conversion on a day, in percent over the reference rate.
    pub fn band_percent(&self, channel: &str, from: Currency, to: Currency, day: Day) -> (Decimal, Decimal) {
        let band = self.band(channel, from, to, day);
        (band.lo(), band.hi())
    }

    /// Whether there is a reference rate for the day.
    pub fn knows(&self, from: Currency, to: Currency, day: Day) -> bool {
        self.rates.reference(from, to, day).quote.is_some()
    }

    /// The last day with a reference rate for two currencies; of all rates where they are not in them.
    pub fn last_day(&self, from: Currency, to: Currency) -> Day {
        self.rates.last_day_of(from, to).unwrap_or(self.last_day)
    }

    /// Whether a charge fits an invoice in another currency. `None` without a reference rate for the day.
    pub fn charge_fits(
        &self,
        invoice: Money,
        charged: Money,
        day: Day,
        posting: Option<Day>,
        channel: &str,
    ) -> Option<Fit> {
        let (from, to) = (invoice.currency(), charged.currency());
        let quote = self.rates.reference(from, to, day).quote?;
        accepts(
            &quote,
            &self.rates.window(from, to, day, posting),
            invoice,
            charged,
            &self.band(channel, from, to, day),
        )
    }

    /// The amounts that a charge for an invoice in another currency may have.
    pub fn accept(&self, invoice: Money, charge: &Movement, channel: &str) -> Option<(Money, Money)> {
        let (from, to) = (invoice.currency(), charge.home.currency());
        let band = self.band(channel, from, to, charge.day);
        let window = self.rates.window(from, to, charge.day, charge.posting_day);
        accept_range(&window, invoice, band.lo(), band.hi()).map(ends)
    }

    /// Whether the nearest known rate brings a charge within a share of an invoice, in percent; true where no rate is
    /// known at all. It only holds an accusation back and is never shown.
    pub fn nearest_fits(&self, invoice: Money, charged: Money, day: Day, percent: u32) -> bool {
        let Some(quote) = self.rates.nearest(invoice.currency(), charged.currency(), day) else { return true };
        let Some(worth) = quote.convert(invoice) else { return false };
        let apart = (worth.minor_units() - charged.minor_units()).saturating_abs();
        apart.saturating_mul(100) <= worth.minor_units().saturating_mul(i64::from(percent))
    }

    /// What the conversion of a charge cost against the reference rate. `taxes` is how much of the charge's separate fees
    /// is tax, `printed` the rate that its row prints.
    pub fn charge_fx(
        &self,
        invoice: Money,
        charge: &Movement,
        taxes: Option<Money>,
        printed: Option<Decimal>,
        channel: &str,
    ) -> Option<CaseFx> {
        let home = charge.home.currency();
        let nothing = Money::from_minor(0, home);
        let apart = charge.fees.filter(|fees| fees.currency() == home).unwrap_or(nothing);
        let taxes = taxes.filter(|taxes| taxes.currency() == home).unwrap_or(nothing);
        let fees = apart.checked_sub(taxes).ok()?;
        let input = Charge {
            invoice,
            charged: charge.home.checked_add(apart).ok()?,
            fees,
            taxes,
            charge_day: charge.day,
            posting_day: charge.posting_day,
        };
        let breakdown =
            fx::charge(self.rates, &self.band(channel, invoice.currency(), home, charge.day), &input).ok()?;
        let parts = breakdown.parts?;
        let mut case = self.comparison(breakdown.reference, channel, invoice, parts.mid)?;
        case.markup = Some(parts.markup);
        case.markup_percent = parts.markup_percent;
        case.fees = Some(fees).filter(|fees| !fees.is_zero());
        case.taxes = Some(taxes).filter(|taxes| !taxes.is_zero());
        let own =
            charge.amount_in(invoice.currency()).and_then(|amount| StatementRate::of(amount, charge.home, printed));
        case.statement_rate = own.map(|own| own.held_against(breakdown.reference.quote));
        Some(case)
    }

    /// The taxes that separate rows of a charge name, as a sum; `None` where no row names one.
    pub fn taxes_among<'r>(&self, rows: impl Iterator<Item = (&'r str, Money)>) -> Option<Money> {
        let mut sum: Option<Money> = None;
        for (_, amount) in rows.filter(|(text, _)| self.taxes.names(text)) {
            sum = match sum {
                None => Some(amount),
                Some(sum) => Some(sum.checked_add(amount).ok()?),
            };
        }
        sum
    }

    /// Whether a charge may be an invoice in another currency converted before the card saw it: at the merchant, or as a
    /// local price. `None` without a reference rate for the day.
    pub fn fits_local_conversion(&self, invoice: Money, charge: &Movement) -> Option<bool> {
        let channels = [DCC_CHANNEL, ADAPTIVE_CHANNEL].into_iter();
        let fits = |channel| self.charge_fits(invoice, charge.home, charge.day, charge.posting_day, channel);
        let fits: Vec<bool> = channels.filter_map(fits).map(Fit::is_inside).collect();
        (!fits.is_empty()).then(|| fits.contains(&true))
    }

    /// Why a payment through a wallet arrived short. `None` without a reference rate for the day.
    pub fn payment(&self, invoice: Money, charge: &Movement, arrived: Money, channel: &str) -> Option<ShortPayment> {
        let fees = Money::from_minor(0, invoice.currency());
        let input = Payment { invoice, sent: charge.home, settled: arrived, fees, day: charge.day };
        let band = self.band(channel, invoice.currency(), charge.home.currency(), charge.day);
        let breakdown = fx::payment(self.rates, &band, &input).ok()?;
        let parts = breakdown.parts?;
        let needed = breakdown.needed_to_send?;
        let mid = breakdown.reference.quote?.convert(invoice)?;
        let mut case = self.comparison(breakdown.reference, channel, invoice, mid)?;
        case.needed = Some(needed);
        case.available = Some(charge.home);
        case.shortfall = Some(breakdown.shortfall);
        Some(ShortPayment {
            is_fx: matches!(breakdown.verdict, FxVerdict::FxInduced | FxVerdict::Mixed),
            sent_at_reference: parts.at_mid,
            spread: parts.spread,
            needed_to_send: needed,
            fx: case,
        })
    }

    /// What past charges (amount asked, amount paid, day) say of an instrument's conversions: the median markup in
    /// percent. `None` for too few of them with a reference rate.
    pub fn learned_markup(&self, past: &[(Money, Money, Day)]) -> Option<Decimal> {
        let quoted = |(asked, charged, day): &(Money, Money, Day)| {
            let quote = self.rates.reference(asked.currency(), charged.currency(), *day).quote?;
            Some((*asked, *charged, quote))
        };
        let past: Vec<(Money, Money, Quote)> = past.iter().filter_map(quoted).collect();
        learned_markup(&past)
    }

    /// The tax on a conversion into an account's currency on a day, as a component of what is needed.
    pub fn tax(&self, from: Currency, account: Currency, day: Day) -> Option<ComponentRule> {
        self.taxes.component(from, account, day)
    }

    /// What to hold for a payment to come; `None` where no rate is known from which it could be reckoned.
    pub fn forecast(&self, need: &Need) -> Option<Forecast> {
        fx::forecast(self.rates, need).ok()
    }

    /// The line to print for the rate of two currencies, and who publishes it.
    pub fn source_of(&self, from: Currency, to: Currency) -> (String, Publisher) {
        self.rates.source_of(from, to)
    }

    /// Why a balance did not meet an amount, given what the account's conversions cost. `None` without a reference rate.
    pub fn balance(
        &self,
        asked: Money,
        available: Money,
        day: Day,
        costs: Costs,
        channel: &str,
    ) -> Option<ShortBalance> {
        let input = Balance { invoice: asked, available, attempt_day: day, authorised_on: None, costs };
        let breakdown = fx::balance(self.rates, &input).ok()?;
        let parts = breakdown.parts?;
        let mut case = self.comparison(breakdown.reference, channel, asked, parts.needed.mid)?;
        case.markup = Some(parts.needed.markup);
        case.markup_percent = parts.needed.markup_percent();
        case.fees = parts.needed.sum_of(ComponentKind::Fee).filter(|sum| !sum.is_zero());
        case.taxes = parts.needed.sum_of(ComponentKind::Tax).filter(|sum| !sum.is_zero());
        case.available = Some(available);
        case.needed = Some(parts.needed.total);
        case.shortfall = Some(parts.shortfall);
        Some(ShortBalance {
            is_fx: breakdown.verdict == FxVerdict::FxInduced,
            is_underfunded: breakdown.verdict == FxVerdict::Underfunded,
            reference_cost: parts.needed.mid,
            needed: parts.needed.total,
            shortfall: parts.shortfall,
            fx: case,
        })
    }

    /// Why a refund of a whole invoice came back smaller. `None` without reference rates for both days.
    pub fn refund(
        &self,
        invoice: Money,
        charge: &Movement,
        back: Money,
        day: Day,
        channel: &str,
    ) -> Option<RefundLoss> {
        let input = Refund {
            invoice,
            charged: charge.home,
            charge_day: charge.day,
            credited: back,
            refund_day: day,
            of_invoice: invoice,
        };
        let band = self.band(channel, invoice.currency(), charge.home.currency(), charge.day);
        let breakdown = fx::refund(self.rates, &band, &input).ok()?;
        let parts = breakdown.parts?;
        Some(RefundLoss {
            is_explained: breakdown.verdict != FxVerdict::Unexplained,
            accept: ends(parts.accept),
            markup_and_fees: parts.markup_and_fees,
            rate_move: parts.rate_move,
            refund_spread: parts.refund_spread,
        })
    }

    /// The parts of a comparison that every kind has.
    fn comparison(
        &self,
        reference: Reference,
        channel: &str,
        converted: Money,
        reference_cost: Money,
    ) -> Option<CaseFx> {
        let quote = reference.quote?;
        let band = self.band(channel, quote.from(), quote.to(), quote.day());
        let (rate_source, publisher) = self.rates.source_of(quote.from(), quote.to());
        Some(CaseFx {
            reference_rate: quote.display_rate(),
            rate_date: quote.day(),
            rate_source,
            publisher,
            steps: quote.steps(),
            statement_rate: None,
            rate_status: reference.status,
            channel: band.channel().to_string(),
            band_percent: (band.lo(), band.hi()),
            converted,
            reference_cost,
            markup: None,
            markup_percent: None,
            fees: None,
            taxes: None,
            available: None,
            needed: None,
            shortfall: None,
        })
    }
}

fn ends(range: AcceptRange) -> (Money, Money) {
    (range.lo, range.hi)
}
