//! One entry of a camt statement to one record, or to several.

use super::{Reader, TITLES, account_number, amount_in, figure, shown};
use crate::source::cell::Figure;
use crate::source::kept::Cell;
use crate::source::xml::{Element, Said};
use std::collections::BTreeSet;

/// Families of payments by card: there the text names the shop, the party may be the bank's own.
const CARD_FAMILIES: [&str; 2] = ["CCRD", "MCRD"];
/// What stands where there is no reference.
const NO_REFERENCE: &str = "NOTPROVIDED";

/// One transaction of an entry, or an entry as a whole.
struct Part<'e, 't> {
    entry: &'e Element<'t>,
    /// Where it begins.
    start: usize,
    /// Its details; none where the entry has none, or several that are not told apart.
    details: Option<&'e Element<'t>>,
    /// Details whose party and text are its own too.
    named: Option<&'e Element<'t>>,
    /// The amount in the account's currency, unsigned.
    amount: Option<&'e Element<'t>>,
    /// Which way the money went.
    direction: Option<&'e Element<'t>>,
}

impl<'e, 't> Part<'e, 't> {
    /// The first element of a path, in the details, else in the entry.
    fn at(&self, path: &[&str]) -> Option<&'e Element<'t>> {
        self.details.and_then(|details| details.at(path)).or_else(|| self.entry.at(path))
    }
}

impl<'t> Reader<'t, '_> {
    pub(super) fn entry(&mut self, entry: &Element<'t>, account: Option<&Element<'t>>) {
        let details: Vec<&Element> = entry.all("NtryDtls").flat_map(|all| all.all("TxDtls")).collect();
        let own = entry.at(&["CdtDbtInd"]);
        let part = |details| Part {
            entry,
            start: entry.tag.start,
            details,
            named: details,
            amount: entry.at(&["Amt"]),
            direction: own,
        };
        if let [] | [_] = details.as_slice() {
            return self.part_of_entry(&part(details.first().copied()), account);
        }
        let each = details.iter().map(|details| part(Some(details)));
        let told: BTreeSet<(Option<String>, String)> = each.map(|part| (self.party(&part), self.said(&part))).collect();
        let alike = told.len() == 1;
        let is_ordered = entry.at(&["NtryDtls", "Btch"]).is_some();
        match self.parts(entry, &details).filter(|_| !(is_ordered && alike)) {
            Some(parts) => parts.iter().for_each(|part| self.part_of_entry(part, account)),
            None => {
                let named = details.first().copied().filter(|_| alike);
                self.part_of_entry(&Part { named, ..part(None) }, account);
            }
        }
    }

    /// The transactions of an entry that gathers several, where their amounts are given and add up.
    fn parts<'e>(&self, entry: &'e Element<'t>, details: &[&'e Element<'t>]) -> Option<Vec<Part<'e, 't>>> {
        let text = self.text;
        let whole = entry.at(&["Amt"])?;
        let currency = shown(text, whole.attribute(text, "Ccy"));
        let own = entry.at(&["CdtDbtInd"]);
        let mut sum = Figure::default();
        let mut parts = Vec::new();
        for details in details {
            let amount = own_amount(text, details, currency)?;
            let direction = details.at(&["CdtDbtInd"]).or(own);
            let same = direction?.text(text) == own?.text(text);
            let value = figure(&amount.text(text))?;
            sum = sum.plus(if same { value } else { value.negated() })?;
            let (details, start) = (Some(*details), details.tag.start);
            parts.push(Part { entry, start, details, named: details, amount: Some(amount), direction });
        }
        let adds_up = sum.normalized() == figure(&whole.text(text))?.normalized();
        adds_up.then_some(parts)
    }

    fn part_of_entry(&mut self, part: &Part<'_, 't>, account: Option<&Element<'t>>) {
        let text = self.text;
        let place = (part.start, self.lines.line_at(part.start));
        let currency = part.amount.and_then(|amount| amount.attribute(text, "Ccy"));
        let (amount, fee) = self.amount_and_fee(part, shown(text, currency.clone()));
        let booked = [["BookgDt", "Dt"], ["BookgDt", "DtTm"], ["ValDt", "Dt"], ["ValDt", "DtTm"]];
        let booked = booked.iter().find_map(|path| part.entry.at(path));
        let acted = [["RltdDts", "TxDtTm"], ["RltdDts", "AccptncDtTm"]];
        let acted = acted.iter().find_map(|path| part.details?.at(path));
        let status = part.entry.at(&["Sts", "Cd"]).or_else(|| part.entry.at(&["Sts"]));
        let (party, said) = self.texts(part);
        let (original, code) = self.original(part, shown(text, currency.clone()));
        let references = self.references(part);
        let card = part.at(&["CardTx", "Card", "PlainCardData", "PAN"]);
        let kind = part.at(&["BkTxCd", "Domn", "Fmly", "SubFmlyCd"]);
        let cells: [Cell; TITLES.len()] = [
            self.cell(acted),
            self.cell(booked),
            amount,
            self.cell(part.direction),
            currency,
            self.cell(status),
            self.cell(kind),
            self.cell(part.at(&["Refs", "AcctSvcrRef"]).or_else(|| part.entry.at(&["AcctSvcrRef"]))),
            party,
            said,
            references,
            self.cell(account.and_then(account_number)),
            original,
            code,
            fee,
            self.cell(card),
        ];
        self.kept.push(place, cells);
    }

    /// Who was paid, or paid: never the holder of the account.
    fn party(&self, part: &Part) -> Option<String> {
        let taken_back = part.entry.at(&["RvslInd"]).is_some_and(|said| said.text(self.text) == "true");
        let out = part.direction.is_some_and(|said| said.text(self.text) == "DBIT") != taken_back;
        let roles = if out { ["Cdtr", "UltmtCdtr"] } else { ["Dbtr", "UltmtDbtr"] };
        let parties = part.named?.at(&["RltdPties"])?;
        let name = roles.iter().find_map(|role| {
            parties.at(&[role, "Pty", "Nm"]).or_else(|| parties.at(&[role, "Nm"])).map(|name| name.text(self.text))
        });
        name.map(|name| name.into_owned()).filter(|name| !name.is_empty())
    }

    /// What is said of the payment: its remittance text and what the bank adds.
    fn said(&self, part: &Part) -> String {
        let mut said = String::new();
        let mut add = |element: &Element| {
            let text = element.text(self.text);
            if !text.is_empty() && !said.contains(&*text) {
                said = if said.is_empty() { text.into_owned() } else { format!("{said} {text}") };
            }
        };
        if let Some(details) = part.named {
            for remittance in details.all("RmtInf") {
                remittance.all("Ustrd").for_each(&mut add);
                remittance.all("Strd").filter_map(|all| all.at(&["CdtrRefInf", "Ref"])).for_each(&mut add);
            }
            details.all("AddtlTxInf").for_each(&mut add);
        }
        part.entry.all("AddtlNtryInf").for_each(&mut add);
        said
    }

    /// The party's cell and the text's. Where nobody is named the text stands for the party.
    fn texts(&mut self, part: &Part) -> (Cell, Cell) {
        let (party, said) = (self.party(part), self.said(part));
        let family = part.at(&["BkTxCd", "Domn", "Fmly", "Cd"]).map(|code| code.text(self.text).into_owned());
        let by_card =
            family.is_some_and(|code| CARD_FAMILIES.contains(&code.as_str())) || part.at(&["CardTx"]).is_some();
        match party {
            None => (self.compose(&said), None),
            Some(name) if by_card && !said.is_empty() => (self.compose(&format!("{name} {said}")), None),
            Some(name) => (self.compose(&name), self.compose(&said)),
        }
    }

    fn compose(&mut self, text: &str) -> Cell {
        if text.is_empty() { None } else { self.kept.compose(text) }
    }

    fn references(&mut self, part: &Part) -> Cell {
        let refs = part.details.and_then(|details| details.at(&["Refs"]));
        let named = ["EndToEndId", "MndtId", "InstrId", "TxId"].iter().filter_map(|name| refs?.at(&[name]));
        let named = named.map(|element| element.text(self.text).into_owned());
        let named: Vec<String> = named.filter(|said| !said.is_empty() && said != NO_REFERENCE).collect();
        self.compose(&named.join(" "))
    }

    /// The amount before it was converted, and its currency.
    fn original(&self, part: &Part, own: &str) -> (Cell, Cell) {
        let other = |path: &[&str]| {
            let amount = part.at(path)?;
            let code = amount.attribute(self.text, "Ccy").filter(|code| &self.text[code.clone()] != own)?;
            Some((amount, code))
        };
        let found = other(&["AmtDtls", "InstdAmt", "Amt"]).or_else(|| other(&["AmtDtls", "TxAmt", "Amt"]));
        let range = |amount: &Element| match amount.said(self.text)? {
            Said::Written(range) => Some(range),
            Said::Composed(_) => None,
        };
        match found.and_then(|(amount, code)| Some((range(amount)?, code))) {
            Some((amount, code)) => (Some(amount), Some(code)),
            None => (None, None),
        }
    }

    /// The amount without charges that stand inside it, and these charges.
    fn amount_and_fee(&mut self, part: &Part, currency: &str) -> (Cell, Cell) {
        let text = self.text;
        let whole = part.amount.and_then(|amount| figure(&amount.text(text)));
        let charged = part.details.map_or_else(
            || charges(text, part.entry, currency),
            |details| {
                let own = charges(text, details, currency);
                if own.is_empty() { charges(text, part.entry, currency) } else { own }
            },
        );
        let sum = charged.iter().try_fold(Figure::default(), |sum, charge| sum.plus(charge.figure));
        let out = part.direction.is_some_and(|said| said.text(text) == "DBIT");
        let without = whole.zip(sum).and_then(|(whole, sum)| whole.plus(if out { sum.negated() } else { sum }));
        let stated = part.at(&["AmtDtls", "TxAmt", "Amt"]).or_else(|| part.at(&["AmtDtls", "CntrValAmt", "Amt"]));
        let stated = amount_in(text, stated, currency).and_then(|amount| figure(&amount.text(text)));
        let inside = !charged.is_empty()
            && charged.iter().all(|charge| match charge.included {
                Some(included) => included,
                None => stated.is_some() && stated.map(Figure::normalized) == without.map(Figure::normalized),
            });
        match (without.filter(|without| inside && without.mantissa > 0), sum) {
            (Some(without), Some(sum)) => {
                let amount = self.kept.compose(&without.decimal().to_string());
                (amount, self.kept.compose(&sum.decimal().to_string()))
            }
            _ => (self.cell(part.amount), None),
        }
    }
}

/// A charge that was taken, in the account's currency.
struct Charge {
    figure: Figure,
    /// Whether it stands inside the amount; `None` where that is not said.
    included: Option<bool>,
}

fn charges(text: &str, of: &Element, currency: &str) -> Vec<Charge> {
    let mut found = Vec::new();
    for all in of.all("Chrgs") {
        // Since version 04 each charge is a record of its own.
        let records: Vec<&Element> = all.all("Rcrd").collect();
        for charge in if records.is_empty() { vec![all] } else { records } {
            let credited = charge.at(&["CdtDbtInd"]).is_some_and(|said| said.text(text) == "CRDT");
            let figure = amount_in(text, charge.at(&["Amt"]), currency).and_then(|amount| figure(&amount.text(text)));
            let included = charge.at(&["ChrgInclInd"]).map(|said| matches!(&*said.text(text), "true" | "1"));
            let figure = figure.filter(|figure| !credited && !figure.is_zero());
            found.extend(figure.map(|figure| Charge { figure, included }));
        }
    }
    found
}

/// What a transaction of an entry moved, in the entry's currency.
fn own_amount<'e, 't>(text: &str, details: &'e Element<'t>, currency: &str) -> Option<&'e Element<'t>> {
    let paths: [&[&str]; 4] =
        [&["Amt"], &["AmtDtls", "TxAmt", "Amt"], &["AmtDtls", "CntrValAmt", "Amt"], &["AmtDtls", "InstdAmt", "Amt"]];
    paths.iter().find_map(|path| amount_in(text, details.at(path), currency))
}
