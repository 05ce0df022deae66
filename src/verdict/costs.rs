//! What an instrument's conversions cost: as the user describes it, or as its own past charges show.

use super::context::Context;
use crate::domain::{Currency, Day, EntryStatus, LastFour, Money, SourceId};
use crate::fx::{Costs, Profile};
use crate::matching::Basis;
use crate::payment::InstrumentId;
use rust_decimal::Decimal;

/// How the cost of conversions is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CostsBasis {
    /// The config file describes the instrument under this name.
    Described {
        /// The name.
        name: String,
    },
    /// The middle value of past charges of the same instrument.
    Learned {
        /// Number of charges.
        charges: u32,
        /// The markup, fees included, in percent over the reference.
        percent: Decimal,
    },
    /// Nothing is known of the instrument: the most that is usual for its channel.
    BandTop {
        /// Key of the channel.
        channel: String,
        /// Upper end of its band, in percent.
        percent: Decimal,
    },
    /// There is nothing to convert.
    NoConversion,
}

/// The instrument whose costs are asked for.
#[derive(Clone, Copy)]
pub enum Payer {
    /// A card, told by its last four digits.
    Card(Option<LastFour>),
    /// An instrument of the statements.
    Instrument(InstrumentId),
}

/// A charge in another currency: what was asked for, what was paid for it, and when.
pub type PastCharge = (Money, Money, Day);

/// The config file's description of a payer.
pub fn profile_of<'a>(ctx: &Context<'a>, payer: Payer) -> Option<&'a Profile> {
    let profiles = ctx.profiles;
    match payer {
        Payer::Card(None) => None,
        Payer::Card(card) => {
            let of_card = ctx.ledger.instruments.iter().filter(|instrument| instrument.card == card);
            let ids: Vec<SourceId> = of_card.flat_map(|instrument| instrument.files.iter().copied()).collect();
            described(profiles, card, &ctx.coverage.names(&ids))
        }
        Payer::Instrument(id) => {
            let instrument = &ctx.ledger.instruments[id.0];
            described(profiles, instrument.card, &ctx.coverage.names(&instrument.files))
        }
    }
}

fn described<'a>(profiles: &'a [Profile], card: Option<LastFour>, files: &[String]) -> Option<&'a Profile> {
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    profiles.iter().find(|profile| profile.describes(card, &files))
}

/// The past charges of a payer, before a day, from one currency to another: the conversions it is known by.
pub fn past_charges(ctx: &Context, payer: Payer, before: Day, from: Currency, home: Currency) -> Vec<PastCharge> {
    let mut past = Vec::new();
    for (index, charge) in ctx.charges.iter().enumerate() {
        let instrument = &ctx.ledger.instruments[charge.instrument.0];
        let is_same = match payer {
            Payer::Card(card) => card.is_some() && instrument.card == card,
            Payer::Instrument(id) => charge.instrument == id,
        };
        if !is_same || charge.status != EntryStatus::Posted || charge.day >= before {
            continue;
        }
        let billed = ctx
            .invoice_of(index)
            .filter(|_| ctx.joins.of_charge[index].is_some_and(|join| join.basis != Basis::Leftover));
        let asked = charge.merchant.or(billed.map(|invoice| invoice.asked));
        if let Some(asked) = asked.filter(|asked| asked.currency() == from)
            && charge.home.currency() == home
            && from != home
        {
            past.push((asked, charge.paid(), charge.day));
        }
    }
    past
}

/// What a payer's conversions cost and how that is known; without both, the number of past charges that are too few.
pub fn costs_of(
    ctx: &Context,
    payer: Payer,
    before: Day,
    from: Currency,
    home: Currency,
) -> Result<(Costs, CostsBasis), u32> {
    if from == home {
        return Ok((Costs::default(), CostsBasis::NoConversion));
    }
    if let Some((profile, costs)) = profile_of(ctx, payer).and_then(|profile| Some((profile, profile.costs()?))) {
        return Ok((costs, CostsBasis::Described { name: profile.name.clone() }));
    }
    let past = past_charges(ctx, payer, before, from, home);
    let charges = u32::try_from(past.len()).unwrap_or(u32::MAX);
    let percent = ctx.yardstick.learned_markup(&past).ok_or(charges)?;
    let costs = Costs { embedded_percent: percent, components: Vec::new() };
    Ok((costs, CostsBasis::Learned { charges, percent }))
}
