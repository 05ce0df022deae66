//! What to hold for a payment to come, in words: the parts under each other, then how they come about.

use super::holdings::Page;
use super::wording;
use crate::fx::{Component, ComponentKind, Costs, Forecast};
use crate::rates::Publisher;
use crate::text::{Lang, catalogue as say, pad_end, pad_start, width};
use rust_decimal::Decimal;

const INDENT: usize = 2;

/// The answer to `payproof fx needed`, in lines of at most `columns`. `source` is the rates' own line.
pub fn needed(
    forecast: &Forecast,
    costs: &Costs,
    top_up_percent: Decimal,
    source: &(String, Publisher),
    lang: Lang,
    columns: usize,
) -> String {
    let account = forecast.keep.currency();
    let mut page = Page::new(columns);
    page.text(&say::needed_heading(lang, forecast.invoice, account, forecast.on), 0, 0);
    page.blank();
    let rows = rows(forecast, costs, lang);
    let names = rows.iter().map(|row| width(&row.0)).max().unwrap_or(0);
    let figures = rows.iter().map(|row| width(&row.1)).max().unwrap_or(0);
    for (name, figure) in &rows {
        page.line(format!("{}{}  {}", " ".repeat(INDENT), pad_end(name, names), pad_start(figure, figures)));
    }
    page.blank();
    for sentence in sentences(forecast, costs, top_up_percent, source, lang) {
        page.text(&sentence, 0, 0);
    }
    page.finish()
}

/// Names and figures of the sum; what adds nothing is left out.
fn rows(forecast: &Forecast, costs: &Costs, lang: Lang) -> Vec<(String, String)> {
    let needed = &forecast.needed;
    let is_converted = forecast.invoice.currency() != forecast.keep.currency();
    let first = if is_converted { say::needed_reference(lang) } else { say::needed_asked(lang) };
    let mut rows = vec![(first, needed.mid.to_string())];
    if !needed.markup.is_zero() {
        rows.push((say::needed_markup(lang, costs.embedded_percent), needed.markup.to_string()));
    }
    for ((name, _, amount), rule) in needed.components.iter().zip(&costs.components) {
        let name = if name.is_empty() { say::needed_card_fee(lang) } else { crate::text::clean(name).into_owned() };
        let name = match &rule.amount {
            Component::Percent { percent, .. } => say::needed_component(lang, name, percent),
            Component::Fixed(_) => name,
        };
        rows.push((name, amount.to_string()));
    }
    if is_converted {
        rows.push((say::needed_at_rate(lang), needed.total.to_string()));
    }
    if !forecast.margin.is_zero() {
        let percent = forecast.rise.as_ref().map_or(Decimal::ZERO, |rise| rise.percent);
        rows.push((say::needed_margin(lang, percent), forecast.margin.to_string()));
    }
    rows.push((say::needed_keep(lang), forecast.keep.to_string()));
    rows.extend(forecast.load.map(|load| (say::needed_load(lang), load.to_string())));
    rows
}

fn sentences(
    forecast: &Forecast,
    costs: &Costs,
    top_up_percent: Decimal,
    (source, publisher): &(String, Publisher),
    lang: Lang,
) -> Vec<String> {
    let quote = &forecast.base.quote;
    let mut sentences = Vec::new();
    let is_converted = quote.from() != quote.to();
    if is_converted {
        let steps = wording::steps(lang, forecast.invoice, &quote.steps());
        let publisher = wording::publisher(lang, *publisher);
        sentences.push(say::needed_worked(lang, steps, forecast.needed.mid, publisher, quote.day()));
        if !forecast.base.is_of_day {
            sentences.push(say::needed_older(lang, forecast.on, quote.day()));
        } else if quote.day() != forecast.on {
            sentences.push(say::needed_carried(lang, forecast.on, quote.day()));
        }
        sentences.push(match &forecast.rise {
            Some(rise) => say::needed_rise(
                lang,
                rise.rows,
                rise.stretches,
                rise.from,
                rise.to,
                rise.percent,
                rise.largest_percent,
            ),
            None => say::needed_no_rise(lang),
        });
    }
    let taxes = costs.components.iter().filter(|rule| rule.kind == ComponentKind::Tax);
    sentences.extend(taxes.map(|tax| say::needed_tax(lang, crate::text::clean(&tax.name), quote.to())));
    if forecast.load.is_some() {
        sentences.push(say::needed_top_up(lang, top_up_percent));
    }
    if is_converted {
        sentences.extend([say::needed_note(lang), source.clone()]);
    }
    sentences
}
