//! From the vendor file to the vendor: phrases cut, prices and days read, the prefilter built.

use super::file::{
    Certainty, DeadlineTable, DescriptorTable, FamilyTable, PlanTable, ProductRule, VendorFile, WalletTable,
};
use super::finder::Finder;
use super::shown::Vocabulary;
use super::words::{Phrase, WordPattern, fold_text};
use super::{Deadline, Family, Plan, Vendor, Wallet, price};
use crate::domain::ProductHint;

/// Makes the vendor of a file, or says what in the file cannot be used.
pub(super) fn compile(file: VendorFile) -> Result<Vendor, String> {
    let families = file.descriptor.family.iter().map(family).collect::<Result<Vec<_>, _>>()?;
    let resellers = phrases(&file.descriptor.resellers)?;
    let wallets = file.wallet.iter().map(wallet).collect::<Result<Vec<_>, _>>()?;
    let fees = phrases(&file.fee.phrases)?;
    let sites = file.sites.iter().map(|site| site_of(site)).collect::<Result<Vec<_>, _>>()?;

    let mut own = needles(families.iter().flat_map(|family| &family.words).chain(&resellers));
    own.extend(sites.iter().map(|(label, _)| format!("{label}.")));
    // A site may be glued to what stands before it, where its name does not begin a word.
    own.extend(sites.first().map(|_| super::GLUED_BEFORE_SITE.to_string()));
    own.extend(file.mail_domains.iter().map(|domain| fold_text(domain)));
    let mut beside = needles(fees.iter());
    beside.extend(wallets.iter().flat_map(|wallet| &wallet.marks).flat_map(stems));
    beside.extend(wallets.iter().filter_map(|wallet| wallet.reference.as_ref().map(|form| fold_text(&form.before))));

    let plans = file.plan.iter().map(plan).collect::<Result<Vec<_>, _>>()?;
    let places = words(&file.descriptor.place_words)?;
    let rule = |rule: &ProductRule| Ok((phrases(&rule.all)?, rule.product));
    let products = file.product_rule.iter().map(rule).collect::<Result<Vec<_>, String>>()?;
    let known = families.iter().flat_map(|family| &family.words);
    let known = known.chain(products.iter().flat_map(|(phrases, _)| phrases)).chain(&fees);
    let known = known.chain(plans.iter().flat_map(|plan| &plan.names));
    let vocabulary = vocabulary(&file.descriptor, known, &wallets, &places);
    Ok(Vendor {
        prices: file.price.iter().map(|row| price::price(row, &plans)).collect::<Result<Vec<_>, _>>()?,
        taxes: file.tax.iter().map(price::tax).collect::<Result<Vec<_>, _>>()?,
        setup_hold: price::setup_hold(&file.setup_hold)?,
        store_apps: file.store.apps.iter().map(|app| super::plan_key(app)).collect(),
        store_sellers: phrases(&file.store.sellers)?,
        midway: phrases(&file.midway)?,
        key: file.key,
        name: file.name,
        hold_days: file.hold_days,
        exclusions: phrases(&file.descriptor.exclude)?,
        places,
        mail_domains: lower(&file.mail_domains),
        sellers: phrases(&file.sellers)?,
        sender_domains: lower(&file.sender_domains),
        products,
        declines: file
            .decline
            .iter()
            .map(|rule| Ok((phrases(&rule.phrases)?, rule.cause)))
            .collect::<Result<Vec<_>, String>>()?,
        deadlines: file.deadline.into_iter().map(deadline).collect(),
        contacts: file.contact.into_iter().map(super::Contact::checked).collect::<Result<Vec<_>, String>>()?,
        matters: Finder::new(&[own.as_slice(), &beside].concat())?,
        concerns: Finder::new(&own)?,
        families,
        resellers,
        wallets,
        fees,
        sites,
        plans,
        vocabulary,
    })
}

fn plan(table: &PlanTable) -> Result<Plan, String> {
    Ok(Plan {
        key: table.key.clone(),
        rank: table.rank,
        seats: table.seats,
        names: phrases(&table.names)?,
        aliases: table.aliases.iter().map(|alias| super::plan_key(alias)).collect(),
    })
}

/// What may be shown of a text: the words of every phrase, of wallets and places, and those listed for it.
fn vocabulary<'p>(
    table: &DescriptorTable,
    phrases: impl Iterator<Item = &'p Phrase>,
    wallets: &'p [Wallet],
    places: &'p [WordPattern],
) -> Vocabulary {
    let of_wallets = wallets.iter().flat_map(|wallet| [&wallet.marks, &wallet.first_words, &wallet.generic]).flatten();
    let mut vocabulary = Vocabulary {
        whole: table.shown_words.iter().map(|word| fold_text(word)).collect(),
        phones: table.phones.clone(),
        known: of_wallets.chain(places).cloned().collect(),
        unspaced: Vec::new(),
    };
    for phrase in phrases {
        match phrase.unspaced() {
            Some(text) => vocabulary.unspaced.push(text.to_string()),
            None => vocabulary.known.extend(phrase.words().iter().cloned()),
        }
    }
    vocabulary
}

fn deadline(row: DeadlineTable) -> Deadline {
    Deadline { key: row.key, days: row.days, from: row.from, routes: row.routes, source: row.source }
}

fn lower(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| text.to_ascii_lowercase()).collect()
}

fn phrases(texts: &[String]) -> Result<Vec<Phrase>, String> {
    texts.iter().map(|text| Phrase::parse(text)).collect()
}

fn words(texts: &[String]) -> Result<Vec<WordPattern>, String> {
    texts.iter().map(|text| WordPattern::parse(text)).collect()
}

fn stems(word: &WordPattern) -> Vec<String> {
    word.stems().map(str::to_string).collect()
}

fn needles<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Vec<String> {
    phrases.flat_map(Phrase::needles).collect()
}

fn family(table: &FamilyTable) -> Result<Family, String> {
    let product = match (table.certainty, table.product) {
        (Certainty::Named, Some(product)) => ProductHint::Named(product),
        (Certainty::Usual, Some(product)) => ProductHint::Usual(product),
        (Certainty::Unknown, None) => ProductHint::Unknown,
        _ => {
            let words = table.words.first().map_or("", String::as_str);
            return Err(format!("family `{words}`: a product belongs to `named` and `usual`, and to them only"));
        }
    };
    Ok(Family {
        words: phrases(&table.words)?,
        product,
        route: table.route,
        bare_store: table.bare_store,
        then_place: table.then_place,
        direct: table.direct,
        site: table.site,
    })
}

fn wallet(table: &WalletTable) -> Result<Wallet, String> {
    Ok(Wallet {
        route: table.route,
        marks: words(&table.marks)?,
        first_words: words(&table.first_words)?,
        reference: table.reference.clone(),
        generic: words(&table.generic)?,
    })
}

/// A site as its label and what follows it: `("EXAMPLE", "COM")`.
fn site_of(site: &str) -> Result<(String, String), String> {
    let folded = fold_text(site);
    match folded.split_once('.') {
        Some((label, ending)) if !label.is_empty() && !ending.is_empty() => Ok((label.to_string(), ending.to_string())),
        _ => Err(format!("`{site}` is no site such as EXAMPLE.COM")),
    }
}
