//! From the JSON of a case to the arithmetic's own arguments.

use super::{ExplainError, ExplainFault};
use crate::domain::{Currency, Day, Money};
use crate::fx::{Balance, Band, Bands, Charge, Component, ComponentKind, ComponentRule, Costs, Payment, Refund};
use rust_decimal::Decimal;
use serde_json::Value;

/// A value of the case with its path.
#[derive(Clone)]
struct Place<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Place<'a> {
    fn root(value: &'a Value) -> Place<'a> {
        Place { value, path: String::new() }
    }

    fn fail<T>(&self, fault: ExplainFault) -> Result<T, ExplainError> {
        Err(ExplainError::at(&self.path, fault))
    }

    fn join(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_string() } else { format!("{}.{key}", self.path) }
    }

    /// The value under a key; absent and null are one.
    fn find(&self, key: &str) -> Option<Place<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(Place { value, path: self.join(key) })
    }

    fn get(&self, key: &str) -> Result<Place<'a>, ExplainError> {
        self.find(key).ok_or_else(|| ExplainError::at(&self.join(key), ExplainFault::Missing))
    }

    fn text(&self) -> Result<&'a str, ExplainError> {
        match self.value {
            Value::String(text) => Ok(text),
            _ => self.fail(ExplainFault::Type("a text; figures are texts too, `\"20.00\"`")),
        }
    }

    /// The items of a list; none where it is not there.
    fn items(&self, key: &str) -> Result<Vec<Place<'a>>, ExplainError> {
        let Some(list) = self.find(key) else { return Ok(Vec::new()) };
        let Value::Array(items) = list.value else { return list.fail(ExplainFault::Type("a list")) };
        let place = |(index, value)| Place { value, path: format!("{}[{index}]", list.path) };
        Ok(items.iter().enumerate().map(place).collect())
    }

    fn day(&self) -> Result<Day, ExplainError> {
        let text = self.text()?;
        Day::parse_iso(text).map_or_else(|| self.fail(ExplainFault::NotADay(text.to_string())), Ok)
    }

    fn currency(&self) -> Result<Currency, ExplainError> {
        let text = self.text()?;
        Currency::parse(text).or_else(|_| self.fail(ExplainFault::NotACurrency(text.to_string())))
    }

    /// A plain decimal: digits, at most one full stop, a minus sign in front.
    fn decimal(&self) -> Result<Decimal, ExplainError> {
        let text = self.text()?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let exact = Decimal::from_str_exact(text).ok().filter(|_| plain);
        exact.map_or_else(|| self.fail(ExplainFault::NotAnAmount(text.to_string())), Ok)
    }

    fn money(&self, currency: Currency) -> Result<Money, ExplainError> {
        let amount = Money::from_decimal(self.decimal()?, currency);
        amount.or_else(|_| self.fail(ExplainFault::NotAnAmount(self.text()?.to_string())))
    }

    /// An amount beside its own currency: `{"currency": "EUR", "amount": "18.41"}`.
    fn own_money(&self) -> Result<Money, ExplainError> {
        self.get("amount")?.money(self.get("currency")?.currency()?)
    }
}

fn band<'b>(case: &Place, bands: &'b Bands) -> Result<&'b Band, ExplainError> {
    let channel = case.get("channel")?;
    let name = channel.text()?;
    bands.get(name).map_or_else(
        || {
            let expected = bands.channels().map(str::to_string).collect();
            channel.fail(ExplainFault::NotAWord { found: name.to_string(), expected })
        },
        Ok,
    )
}

fn invoice(case: &Place) -> Result<Money, ExplainError> {
    let invoice = case.get("invoice")?;
    invoice.get("total")?.money(invoice.get("currency")?.currency()?)
}

fn kind(line: &Place) -> Result<ComponentKind, ExplainError> {
    let Some(kind) = line.find("kind") else { return Ok(ComponentKind::Fee) };
    match kind.text()? {
        "fee" => Ok(ComponentKind::Fee),
        "tax" => Ok(ComponentKind::Tax),
        found => kind.fail(ExplainFault::NotAWord {
            found: found.to_string(),
            expected: ["fee", "tax"].map(str::to_string).to_vec(),
        }),
    }
}

/// Sums of the explicit lines: fees, then taxes.
fn explicit(case: &Place, key: &str, currency: Currency) -> Result<(Money, Money), ExplainError> {
    let mut sums = (Money::from_minor(0, currency), Money::from_minor(0, currency));
    for line in case.items(key)? {
        let amount = line.get("amount")?.money(currency)?;
        let sum = match kind(&line)? {
            ComponentKind::Fee => &mut sums.0,
            ComponentKind::Tax => &mut sums.1,
        };
        let overflow =
            |error: crate::domain::MoneyError| ExplainError::at(&line.path, ExplainFault::Arithmetic(error.into()));
        *sum = sum.checked_add(amount).map_err(overflow)?;
    }
    Ok(sums)
}

/// Reads a charge.
pub(super) fn charge<'b>(input: &Value, bands: &'b Bands) -> Result<(Charge, &'b Band), ExplainError> {
    let case = Place::root(input);
    let account = case.get("account_currency")?.currency()?;
    let (fees, taxes) = explicit(&case, "explicit", account)?;
    let charge = Charge {
        invoice: invoice(&case)?,
        charged: case.get("charged")?.money(account)?,
        fees,
        taxes,
        charge_day: case.get("charge_date")?.day()?,
        posting_day: case.find("posting_date").map(|posting| posting.day()).transpose()?,
    };
    Ok((charge, band(&case, bands)?))
}

/// Reads a payment.
pub(super) fn payment<'b>(input: &Value, bands: &'b Bands) -> Result<(Payment, &'b Band), ExplainError> {
    let case = Place::root(input);
    let invoice = invoice(&case)?;
    let sent = case.get("sent")?;
    let (fees, taxes) = explicit(&case, "fees", invoice.currency())?;
    let fees =
        fees.checked_add(taxes).map_err(|error| ExplainError::at("fees", ExplainFault::Arithmetic(error.into())))?;
    let payment = Payment {
        invoice,
        sent: sent.own_money()?,
        settled: case.get("settled")?.own_money()?,
        fees,
        day: sent.get("date")?.day()?,
    };
    Ok((payment, band(&case, bands)?))
}

/// Reads a refund.
pub(super) fn refund<'b>(input: &Value, bands: &'b Bands) -> Result<(Refund, &'b Band), ExplainError> {
    let case = Place::root(input);
    let account = case.get("account_currency")?.currency()?;
    let invoice = invoice(&case)?;
    let (paid, back) = (case.get("paid")?, case.get("refund")?);
    let refund = Refund {
        invoice,
        charged: paid.get("charged")?.money(account)?,
        charge_day: paid.get("date")?.day()?,
        credited: back.get("credited")?.money(account)?,
        refund_day: back.get("date")?.day()?,
        // Where no credit note tells, the whole invoice.
        of_invoice: back.find("invoice_amount").map_or(Ok(invoice), |part| part.money(invoice.currency()))?,
    };
    Ok((refund, band(&case, bands)?))
}

/// Reads a balance. The channel is checked but carries no figure here: the account's own costs do.
pub(super) fn balance(input: &Value, bands: &Bands) -> Result<Balance, ExplainError> {
    let case = Place::root(input);
    let account = case.get("account_currency")?.currency()?;
    if case.find("channel").is_some() {
        band(&case, bands)?;
    }
    let is_capture = match case.find("stage").map(|stage| (stage.text(), stage)) {
        None | Some((Ok("authorisation"), _)) => false,
        Some((Ok("capture"), _)) => true,
        Some((Ok(found), stage)) => {
            let expected = ["authorisation", "capture"].map(str::to_string).to_vec();
            return stage.fail(ExplainFault::NotAWord { found: found.to_string(), expected });
        }
        Some((Err(error), _)) => return Err(error),
    };
    let authorised_on = case.find("auth_date").filter(|_| is_capture).map(|day| day.day()).transpose()?;
    Ok(Balance {
        invoice: invoice(&case)?,
        available: case.get("available")?.money(account)?,
        attempt_day: case.get("attempt_date")?.day()?,
        authorised_on,
        costs: costs(&case, account)?,
    })
}

fn costs(case: &Place, account: Currency) -> Result<Costs, ExplainError> {
    let Some(costs) = case.find("costs") else { return Ok(Costs::default()) };
    let embedded = costs.find("embedded_markup_pct").map_or(Ok(Decimal::ZERO), |percent| percent.decimal())?;
    let rule = |line: &Place| {
        let amount = match line.find("pct") {
            Some(percent) => {
                let of = line.get("of").and_then(|_| line.items("of"))?;
                let of = of.iter().map(|name| name.text().map(str::to_string)).collect::<Result<_, _>>()?;
                Component::Percent { percent: percent.decimal()?, of }
            }
            None => Component::Fixed(line.get("amount")?.money(account)?),
        };
        Ok(ComponentRule { name: line.get("name")?.text()?.to_string(), kind: kind(line)?, amount })
    };
    let components = costs.items("components")?.iter().map(rule).collect::<Result<_, ExplainError>>()?;
    Ok(Costs { embedded_percent: embedded, components })
}
