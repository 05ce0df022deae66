//! Who is paid: the vendor's descriptors, products, plans, prices, and the words around them, as data.
//!
//! All knowledge stands in a vendor file (`data/openai.toml` is embedded; a user may give another of the same form).
//! The code here knows only how such knowledge is applied.

mod compile;
mod contact;
mod file;
mod finder;
mod price;
mod shown;
mod words;

#[cfg(test)]
mod tests;

use crate::domain::{DeclineCause, Merchant, Product, ProductHint, Route};
use crate::embedded::{self, carried};
use crate::text::{Beginnings, InEach};
pub use contact::Contact;
use file::ReferenceForm;
use finder::Finder;
use price::{Price, Tax};
pub use price::{PricedAs, SetupHold};
use shown::Vocabulary;
use words::{Phrase, WordPattern, Words};

/// Letters of two-letter places that may be glued to a site cut short (`SHOP.CCA`).
const GLUED_PLACE_LETTERS_MAX: usize = 2;
/// What may be glued to the front of a site, with or without an `S`.
const GLUED_BEFORE_SITE: &str = "HTTP";
/// Fewest digits of a telephone number written with a plus sign.
const PHONE_DIGITS_MIN: usize = 7;
/// Fewest digits of a telephone or house number written without one.
const NUMBER_DIGITS_MIN: usize = 3;

/// What is known of a vendor.
///
/// # Examples
/// ```
/// use payproof::vendor::Vendor;
/// let vendor = Vendor::embedded();
/// assert!(vendor.recognise("OPENAI *CHATGPT SUBSCR SAN FRANCISCO CA").is_some());
/// assert!(vendor.recognise("OPENAIR CINEMA").is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Vendor {
    key: String,
    name: String,
    hold_days: u32,
    families: Vec<Family>,
    exclusions: Vec<Phrase>,
    resellers: Vec<Phrase>,
    places: Vec<WordPattern>,
    sites: Vec<(String, String)>,
    mail_domains: Vec<String>,
    sellers: Vec<Phrase>,
    sender_domains: Vec<String>,
    wallets: Vec<Wallet>,
    fees: Vec<Phrase>,
    products: Vec<(Vec<Phrase>, Product)>,
    plans: Vec<Plan>,
    prices: Vec<Price>,
    taxes: Vec<Tax>,
    setup_hold: SetupHold,
    store_apps: Vec<String>,
    store_sellers: Vec<Phrase>,
    midway: Vec<Phrase>,
    declines: Vec<(Vec<Phrase>, DeclineCause)>,
    deadlines: Vec<Deadline>,
    contacts: Vec<Contact>,
    concerns: Finder,
    /// The words of `concerns`, and those of fees and of a wallet's own lines.
    matters: Finder,
    vocabulary: Vocabulary,
}

/// From which day a deadline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineStart {
    /// The day of the payment.
    Payment,
    /// The day of the statement that shows the charge.
    Statement,
    /// The day on which the service was expected.
    Expected,
}

/// A deadline of one route, with its source. Information, never legal advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineRule {
    /// Name in reports: `paypal-dispute`.
    pub key: String,
    /// Number of days; the last of them is the last day.
    pub days: u32,
    /// From which day they count.
    pub from: DeadlineStart,
    /// Where the figure comes from.
    pub source: InEach,
}

#[derive(Clone, Debug)]
struct Family {
    words: Vec<Phrase>,
    product: ProductHint,
    route: Option<Route>,
    bare_store: bool,
    then_place: bool,
    direct: bool,
    site: bool,
}

#[derive(Clone, Debug)]
struct Wallet {
    route: Route,
    marks: Vec<WordPattern>,
    first_words: Vec<WordPattern>,
    reference: Option<ReferenceForm>,
    generic: Vec<WordPattern>,
}

#[derive(Clone, Debug)]
struct Plan {
    key: String,
    rank: u32,
    /// Sold by the seat.
    seats: bool,
    names: Vec<Phrase>,
    aliases: Vec<String>,
}

#[derive(Clone, Debug)]
struct Deadline {
    key: String,
    days: u32,
    from: DeadlineStart,
    routes: Vec<Route>,
    source: InEach,
}

/// Whether a mail address stands under one of the domains.
fn is_under(mail: &str, domains: &[String]) -> bool {
    let Some((_, domain)) = mail.trim().rsplit_once('@') else { return false };
    domains.iter().any(|own| {
        let Some(before) = domain.len().checked_sub(own.len()) else { return false };
        let (before, end) = domain.as_bytes().split_at(before);
        end.eq_ignore_ascii_case(own.as_bytes()) && before.last().is_none_or(|byte| *byte == b'.')
    })
}

/// A plan's name without case, blanks and signs: `ChatGPT Plus` and `chatgpt_plus` are one.
fn plan_key(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Vendor {
    /// The vendor that payproof knows without being told.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded file is one of them.
    pub fn embedded() -> Vendor {
        compile::compile(embedded::read(carried!("vendor/data/openai"))).expect("the embedded vendor file is valid")
    }

    /// Reads a vendor file.
    ///
    /// # Errors
    /// What in the file cannot be read, in English.
    pub fn parse(text: &str) -> Result<Vendor, String> {
        compile::compile(toml::from_str(text).map_err(|error| error.to_string())?)
    }

    /// The vendor's key: `openai`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The vendor's name: `OpenAI`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Days after which a hold usually falls away.
    pub fn hold_days(&self) -> u32 {
        self.hold_days
    }

    /// A fast look at one raw record: false only where `recognise` and `is_reseller` would refuse every text in it.
    ///
    /// The record may be in UTF-8 or in an encoding that keeps ASCII as it is (GB18030, Shift JIS, Latin); resellers
    /// whose names are not in ASCII are found in UTF-8 only.
    pub fn may_concern(&self, record: &[u8]) -> bool {
        found(&self.concerns, record)
    }

    /// Whether a record may concern the vendor, or belong to such a payment without naming the vendor: fees, and a wallet's
    /// own lines. False only where `recognise`, `is_reseller`, `is_fee` and `issuer_names_wallet` would refuse every text in
    /// the record, which must be UTF-8.
    pub fn may_matter(&self, record: &[u8]) -> bool {
        found(&self.matters, record)
    }

    /// The words of which one begins in every text of ASCII that may concern the vendor; so does one in the mail addresses
    /// of its payees.
    pub fn concerning(&self) -> &Beginnings {
        &self.concerns.beginnings
    }

    /// The words of which one begins in every text of ASCII that may matter.
    pub fn mattering(&self) -> &Beginnings {
        &self.matters.beginnings
    }

    /// What a statement text says of the vendor; `None` for everybody else's, look-alikes and resellers included.
    pub fn recognise(&self, descriptor: &str) -> Option<Merchant> {
        let text = Words::of(descriptor);
        if [&self.exclusions, &self.resellers].into_iter().any(|list| any_stands(list, &text)) {
            return None;
        }
        let wallet = self.wallet_in(&text);
        let family = self.families.iter().find(|family| self.family_fits(family, &text, wallet.is_some()))?;
        let route = family.route.or(wallet.map(|wallet| wallet.route)).unwrap_or(Route::Card);
        Some(Merchant { product: family.product, route, bare_store: family.bare_store })
    }

    /// Whether the text names a shop that sells cards or top-ups for the vendor's products.
    pub fn is_reseller(&self, descriptor: &str) -> bool {
        any_stands(&self.resellers, &Words::of(descriptor))
    }

    /// Whether the text is that of a separate fee or tax on a foreign payment. Ask this before `recognise`: such a row
    /// may repeat the merchant's name.
    pub fn is_fee(&self, descriptor: &str) -> bool {
        any_stands(&self.fees, &Words::of(descriptor))
    }

    /// Whether the text names a wallet and no merchant (`PAYPAL INST XFER`): what was bought stands in the wallet's
    /// own statement.
    pub fn issuer_names_wallet(&self, descriptor: &str) -> bool {
        let text = Words::of(descriptor);
        let marked = |wallet: &&Wallet| text.iter().any(|word| wallet.is_mark(word));
        let Some(wallet) = self.wallets.iter().find(marked) else { return false };
        text.iter().all(|word| {
            word.bytes().any(|byte| byte.is_ascii_digit()) || wallet.is_mark(word) || any_fits(&wallet.generic, word)
        })
    }

    /// Whether a mail address of a payee is the vendor's.
    pub fn is_payee_mail(&self, mail: &str) -> bool {
        is_under(mail, &self.mail_domains)
    }

    /// Whether a mail address belongs to the vendor or to one who sends papers in its name.
    pub fn is_sender(&self, mail: &str) -> bool {
        is_under(mail, &self.mail_domains) || is_under(mail, &self.sender_domains)
    }

    /// Whether a text of a paper is a name under which the vendor sells: `OpenAI OpCo, LLC`.
    pub fn names_seller(&self, text: &str) -> bool {
        any_stands(&self.sellers, &Words::of(text))
    }

    /// Whether a text is the vendor's name, or one under which it sells, and nothing else.
    pub fn is_seller(&self, text: &str) -> bool {
        let text = Words::of(text);
        let is_whole = |seller: &Phrase| seller.words().len() == text.len() && seller.find(&text).is_some();
        self.sellers.iter().any(is_whole) || Words::of(&self.name).iter().eq(text.iter())
    }

    /// The product that an invoice line sells.
    pub fn product_of(&self, description: &str) -> Option<Product> {
        let text = Words::of(description);
        let all_stand = |rule: &&(Vec<Phrase>, Product)| rule.0.iter().all(|phrase| phrase.stands_in(&text));
        self.products.iter().find(all_stand).map(|rule| rule.1)
    }

    /// The plan that an invoice line sells, by its key (`plus`); `None` for other products.
    pub fn plan_of(&self, description: &str) -> Option<String> {
        if self.product_of(description).is_some_and(|product| product != Product::ChatgptPlan) {
            return None;
        }
        let text = Words::of(description);
        self.plans.iter().find(|plan| any_stands(&plan.names, &text)).map(|plan| plan.key.clone())
    }

    /// The rank of a plan, named by its key or by what an account calls it; the free plan's is 0. `None` for a plan
    /// that is not known.
    pub fn plan_rank(&self, plan: &str) -> Option<u32> {
        let name = plan_key(plan);
        let of = |name: &str| {
            let known = |plan: &&Plan| plan.key == name || plan.aliases.iter().any(|alias| alias == name);
            self.plans.iter().find(known).map(|plan| plan.rank)
        };
        let core = name.strip_suffix("plan").or_else(|| name.strip_suffix("subscription")).unwrap_or(&name);
        let core = self.product_names().find_map(|product| core.strip_prefix(product.as_str())).unwrap_or(core);
        of(&name).or_else(|| of(core))
    }

    /// Whether a store's row is the vendor's: the app's name stands in brackets behind what was bought, or in a column of
    /// its own, or the seller's name does. A title that merely holds the product's name may be anybody's.
    pub fn is_sold_in_store(&self, title: &str, beside: &[&str]) -> bool {
        let is_app = |text: &str| self.store_apps.contains(&plan_key(text));
        let in_brackets = title.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(_, app)| app);
        let is_seller = |text: &&str| {
            let text = Words::of(text);
            self.store_sellers.iter().any(|seller| seller.find(&text) == Some(seller.words().len()))
        };
        in_brackets.is_some_and(is_app)
            || is_app(title)
            || beside.iter().any(|text| is_app(text))
            || beside.iter().any(is_seller)
    }

    /// Whether an invoice line gives back or charges the rest of a period: the plan was changed in the middle of it.
    pub fn is_midway(&self, description: &str) -> bool {
        any_stands(&self.midway, &Words::of(description))
    }

    /// Why a payment was refused, in payproof's words; `Unknown` for an empty or unknown reason.
    pub fn decline_cause(&self, reason: &str) -> DeclineCause {
        let text = Words::of(reason);
        let rule = self.declines.iter().find(|rule| any_stands(&rule.0, &text));
        rule.map_or(DeclineCause::Unknown, |rule| rule.1)
    }

    /// The deadlines of a route.
    pub fn deadlines(&self, route: Route) -> Vec<DeadlineRule> {
        let of_route = self.deadlines.iter().filter(|deadline| deadline.routes.contains(&route));
        of_route
            .map(|deadline| DeadlineRule {
                key: deadline.key.clone(),
                days: deadline.days,
                from: deadline.from,
                source: deadline.source.clone(),
            })
            .collect()
    }

    /// Whether a text names the vendor or one of its sites: `OpenAI`, `ChatGPT`. Its payment processor writes for others too.
    pub fn is_named_in(&self, text: &str) -> bool {
        let text = plan_key(text);
        text.contains(&plan_key(&self.name)) || self.product_names().any(|name| text.contains(&name))
    }

    /// First labels of the vendor's sites in lower case, which its plans' internal names begin with.
    fn product_names(&self) -> impl Iterator<Item = String> {
        self.sites.iter().map(|(label, _)| plan_key(label))
    }

    fn wallet_in(&self, text: &Words) -> Option<&Wallet> {
        self.wallets
            .iter()
            .find(|wallet| text.iter().any(|word| wallet.is_mark(word)) || any_fits(&wallet.first_words, text.get(0)))
    }

    fn family_fits(&self, family: &Family, text: &Words, through_wallet: bool) -> bool {
        if family.direct && through_wallet {
            return false;
        }
        let phrase_fits = |phrase: &Phrase| match phrase.find(text) {
            Some(next) => !family.then_place || self.is_place(text.get(next)),
            None => false,
        };
        family.words.iter().any(phrase_fits) || (family.site && text.iter().any(|word| self.is_site(word)))
    }

    /// Whether a word is what card networks print of a merchant's place: telephone, house number, site, city, country.
    fn is_place(&self, word: &str) -> bool {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let phone = word.starts_with('+') && digits >= PHONE_DIGITS_MIN;
        let number = digits >= NUMBER_DIGITS_MIN && digits == word.len();
        phone || number || self.is_site(word) || any_fits(&self.places, word)
    }

    /// Whether a word is one of the vendor's sites: whole, under `www` or another name of its own, as a mail address,
    /// or cut short with a place glued on (`HTTPSOPENAI.CCA`).
    fn is_site(&self, word: &str) -> bool {
        let host = word.rsplit_once('@').map_or(word, |(_, host)| host);
        let host = host.strip_prefix(GLUED_BEFORE_SITE).map_or(host, |rest| rest.strip_prefix('S').unwrap_or(rest));
        self.sites.iter().any(|(label, ending)| {
            let Some(at) = host.find(&format!("{label}.")) else { return false };
            let own_name = at == 0 || host.as_bytes().get(at - 1) == Some(&b'.');
            own_name && is_cut_ending(&host[at + label.len() + 1..], ending)
        })
    }
}

impl Wallet {
    fn is_mark(&self, word: &str) -> bool {
        let by_reference = |form: &ReferenceForm| {
            let inner = word.strip_prefix(form.before.as_str()).and_then(|rest| rest.strip_suffix(form.after.as_str()));
            inner.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()))
        };
        any_fits(&self.marks, word) || self.reference.as_ref().is_some_and(by_reference)
    }
}

/// Whether `text` is the ending of a site, whole or cut short, with at most a two-letter place glued on.
fn is_cut_ending(text: &str, ending: &str) -> bool {
    let shared = text.bytes().zip(ending.bytes()).take_while(|(a, b)| a == b).count();
    let glued = &text.as_bytes()[shared..];
    shared > 0 && glued.len() <= GLUED_PLACE_LETTERS_MAX && glued.iter().all(u8::is_ascii_uppercase)
}

fn any_fits(patterns: &[WordPattern], word: &str) -> bool {
    patterns.iter().any(|pattern| pattern.fits(word))
}

fn any_stands(phrases: &[Phrase], text: &Words) -> bool {
    phrases.iter().any(|phrase| phrase.stands_in(text))
}

/// Whether a needle stands in a record, as it is or after folding. Folding is tried only where it changes a letter
/// beyond case within ASCII.
fn found(needles: &Finder, record: &[u8]) -> bool {
    if record.is_ascii() {
        return needles.beginnings.begin_in(record);
    }
    if needles.is_match(record) {
        return true;
    }
    match std::str::from_utf8(record) {
        Ok(text) => {
            let changes = |letter: char| !letter.is_ascii() && words::fold(letter) != letter;
            text.chars().any(changes) && needles.is_match(words::fold_text(text).as_bytes())
        }
        // Another encoding: its full-width letters are not looked into. `0xA3` leads them in GB18030, `0x82` in
        // Shift JIS, and a record with such a letter is let through.
        Err(_) => record
            .windows(2)
            .any(|pair| matches!(pair, [0xA3, 0xC1..=0xDA | 0xE1..=0xFA] | [0x82, 0x60..=0x79 | 0x81..=0x9A])),
    }
}
