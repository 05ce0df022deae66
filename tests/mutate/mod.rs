//! A table taken apart and written anew in other ways.

use payproof::domain::{Day, Entry};
use payproof::source::cell::DateOrder;
use payproof::source::{Role, Table};
use std::collections::BTreeMap;

/// A table as titles and rows, with the days of its records.
#[derive(Clone)]
pub struct Sheet {
    pub titles: Vec<String>,
    /// Rows above the first record, of the header's width; the records; the rows below the last.
    pub rows: Vec<Line>,
    roles: Vec<Option<Role>>,
    /// The lines above the titles.
    above: String,
    /// The order of day and month that the layout knows by itself.
    order: Option<DateOrder>,
}

/// One row.
#[derive(Clone)]
pub struct Line {
    cells: Vec<String>,
    /// Transaction and posting day of a record.
    record: Option<(Option<Day>, Option<Day>)>,
}

/// A table written anew.
pub struct Mutation {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// Whether the rows are turned around.
    pub turned: bool,
}

/// Titles in other languages, for the roles that have several.
const WORDS: [(Role, [&str; 6]); 15] = [
    (
        Role::TransactionDate,
        ["Kaufdatum", "Date de l'opération", "Fecha de operación", "Data operazione", "取引日", "Дата операции"],
    ),
    (
        Role::PostingDate,
        ["Buchungsdatum", "Date comptable", "Fecha contable", "Data contabile", "計上日", "Дата проводки"],
    ),
    (Role::Descriptor, ["Empfänger", "Libellé", "Concepto", "Descrizione", "お取引内容", "Описание операции"]),
    (Role::Amount, ["Betrag", "Montant", "Importe", "Importo", "取引金額", "Сумма операции"]),
    (Role::Debit, ["Soll", "Débit", "Cargo", "Uscite", "出金金額", "Расход"]),
    (Role::Credit, ["Haben", "Crédit", "Abono", "Entrate", "入金金額", "Приход"]),
    (Role::Direction, ["Soll/Haben", "Sens", "Debe/Haber", "Dare/Avere", "入出金区分", "Дебет/Кредит"]),
    (Role::Currency, ["Währung", "Devise", "Divisa", "Valuta", "通貨", "Валюта счета"]),
    (Role::Balance, ["Kontostand", "Solde", "Saldo", "Saldo contabile", "残高", "Остаток"]),
    (Role::Status, ["Status", "Statut", "Estado", "Stato", "状態", "Статус"]),
    (Role::Kind, ["Umsatzart", "Type d'opération", "Tipo de operación", "Tipologia", "種別", "Тип операции"]),
    (
        Role::OriginalAmount,
        [
            "Originalbetrag",
            "Montant d'origine",
            "Importe original",
            "Importo originale",
            "現地通貨額",
            "Сумма в валюте операции",
        ],
    ),
    (
        Role::OriginalCurrency,
        ["Originalwährung", "Devise d'origine", "Moneda original", "Valuta originale", "現地通貨", "Исходная валюта"],
    ),
    (Role::Rate, ["Wechselkurs", "Taux de change", "Tipo de cambio", "Tasso di cambio", "換算レート", "Курс"]),
    (Role::Fee, ["Gebühr", "Frais", "Comisión", "Commissione", "手数料", "Комиссия"]),
];

impl Sheet {
    /// Takes a table apart that was read before.
    pub fn of(table: &Table, entries: &[Entry]) -> Sheet {
        let days: BTreeMap<u32, (Option<Day>, Option<Day>)> = entries
            .iter()
            .map(|entry| (entry.at.line, (entry.transaction_date.map(|d| d.0), entry.posting_date.map(|d| d.0))))
            .collect();
        let width = table.titles.len();
        let mut rows = Vec::new();
        let mut reader = table.rows();
        while let Ok(Some(row)) = reader.next_record() {
            let cells = (0..row.width().max(width)).map(|column| row.cell(column).into_owned()).collect();
            rows.push(Line { cells, record: days.get(&row.line()).copied() });
        }
        let titles = if table.header_line.is_some() { table.titles.clone() } else { Vec::new() };
        let above = table.notes.preamble.iter().map(|line| format!("\"{}\"\n", line.text.replace('"', "'"))).collect();
        Sheet {
            titles,
            rows,
            above,
            order: table.layout.date_order,
            roles: (0..width).map(|column| table.columns.role_of(column)).collect(),
        }
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).chain([self.titles.len()]).max().unwrap_or_default()
    }

    fn written(&self, delimiter: char, end: &str) -> String {
        let cell = |text: &String| {
            let plain = !text.contains([delimiter, '"', '\n', '\r']);
            if plain { text.clone() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
        };
        let line = |cells: &[String]| cells.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string()) + end;
        let header = if self.titles.is_empty() { String::new() } else { line(&self.titles) };
        self.above.clone() + &header + &self.rows.iter().map(|row| line(&row.cells)).collect::<String>()
    }

    fn with_columns(&self, order: impl Fn(usize) -> Vec<usize>) -> Sheet {
        let order = order(self.width());
        let turned = |cells: &[String]| order.iter().map(|&c| cells.get(c).cloned().unwrap_or_default()).collect();
        let mut sheet = self.clone();
        if !self.titles.is_empty() {
            sheet.titles = turned(&self.titles);
        }
        for row in &mut sheet.rows {
            row.cells = turned(&row.cells);
        }
        sheet
    }

    fn with_dates(&self, form: DateForm) -> Sheet {
        let mut sheet = self.clone();
        for row in &mut sheet.rows {
            let Some((transaction, posting)) = row.record else { continue };
            for (column, role) in self.roles.iter().enumerate() {
                let day = match role {
                    Some(Role::TransactionDate) => transaction,
                    Some(Role::PostingDate) => posting,
                    _ => None,
                };
                if let (Some(day), Some(cell)) = (day, row.cells.get_mut(column)) {
                    *cell = form(day);
                }
            }
        }
        sheet
    }

    /// The records in the other order, each with the rows that go on from it.
    fn newest_first(&self) -> Sheet {
        let is_record = |row: &Line| row.record.is_some();
        let (Some(first), Some(last)) = (self.rows.iter().position(is_record), self.rows.iter().rposition(is_record))
        else {
            return self.clone();
        };
        let texts =
            |row: &Line| row.cells.iter().take(2).all(String::is_empty) && row.cells.iter().any(|c| !c.is_empty());
        let mut end = last + 1;
        while self.rows.get(end).is_some_and(texts) && self.rows[first..end].iter().any(|row| !is_record(row)) {
            end += 1;
        }
        let mut groups: Vec<Vec<Line>> = Vec::new();
        for row in &self.rows[first..end] {
            match groups.last_mut() {
                Some(group) if !is_record(row) => group.push(row.clone()),
                _ => groups.push(vec![row.clone()]),
            }
        }
        groups.reverse();
        let mut sheet = self.clone();
        sheet.rows = self.rows[..first].to_vec();
        sheet.rows.extend(groups.into_iter().flatten());
        sheet.rows.extend(self.rows[end..].iter().cloned());
        sheet
    }

    fn with_titles(&self, title: impl Fn(usize, Option<Role>) -> Option<String>) -> Sheet {
        let mut sheet = self.clone();
        for (column, own) in sheet.titles.iter_mut().enumerate() {
            if let Some(other) = title(column, self.roles.get(column).copied().flatten()) {
                *own = other;
            }
        }
        sheet
    }

    fn with_column_beside(&self, title: &str, cell: impl Fn(usize) -> String) -> Sheet {
        let mut sheet = self.clone();
        let width = self.width();
        if !sheet.titles.is_empty() {
            sheet.titles.resize(width, String::new());
            sheet.titles.push(title.to_string());
        }
        for (index, row) in sheet.rows.iter_mut().enumerate() {
            if row.record.is_some() {
                row.cells.resize(width, String::new());
                row.cells.push(cell(index));
            }
        }
        sheet
    }
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn encoded(text: &str, encoding: &'static encoding_rs::Encoding) -> Option<Vec<u8>> {
    let (bytes, _, lossy) = encoding.encode(text);
    (!lossy && !text.is_ascii()).then(|| bytes.into_owned())
}

/// A way of writing a day.
type DateForm = fn(Day) -> String;

const ABOVE: &str = "Account statement\nHolder,A Holder\nPeriod,01.01.2020 - 31.12.2026\n\nAll bookings\n\n";

/// A table written anew in every way.
pub fn mutations(sheet: &Sheet) -> Vec<Mutation> {
    let mut all = Vec::new();
    let mut add = |name, bytes: Vec<u8>| all.push(Mutation { name, bytes, turned: name == "newest first" });
    let plain = |sheet: &Sheet| sheet.written(',', "\n").into_bytes();
    add("as it is", plain(sheet));
    add("columns turned", plain(&sheet.with_columns(|width| (0..width).rev().collect())));
    add("columns rotated", plain(&sheet.with_columns(|width| (0..width).map(|c| (c + 1) % width).collect())));
    add("a text beside", plain(&sheet.with_column_beside("Cost centre", |_| "north".to_string())));
    add("a number beside", plain(&sheet.with_column_beside("Journal", |index| (1000 + index).to_string())));
    for (name, delimiter) in [("semicolons", ';'), ("tabs", '\t'), ("bars", '|')] {
        add(name, sheet.written(delimiter, "\r\n").into_bytes());
    }
    let text = sheet.written(',', "\n");
    add("utf-16", utf16(&text));
    add("byte order mark", [b"\xEF\xBB\xBF".to_vec(), text.clone().into_bytes()].concat());
    for (name, encoding) in [
        ("gb18030", encoding_rs::GB18030),
        ("windows-1252", encoding_rs::WINDOWS_1252),
        ("shift-jis", encoding_rs::SHIFT_JIS),
        ("windows-1251", encoding_rs::WINDOWS_1251),
    ] {
        if let Some(bytes) = encoded(&text, encoding) {
            add(name, bytes);
        }
    }
    let forms: [(&str, DateForm); 6] = [
        ("iso dates", |day| day.to_string()),
        ("dotted dates", |day| dated(day, "{d}.{m}.{y}")),
        ("day first", |day| dated(day, "{d}/{m}/{y}")),
        ("month first", |day| dated(day, "{m}/{d}/{y}")),
        ("month names", |day| format!("{} {} {}", day.ymd().2, MONTHS[day.ymd().1 as usize - 1], day.ymd().0)),
        ("dates of eight digits", |day| dated(day, "{y}{m}{d}")),
    ];
    for (name, form) in forms {
        // A layout that fixes the order of day and month cannot see that a file contradicts it.
        let other = if name == "day first" { DateOrder::MonthDay } else { DateOrder::DayMonth };
        if matches!(name, "day first" | "month first") && sheet.order == Some(other) {
            continue;
        }
        add(name, plain(&sheet.with_dates(form)));
    }
    add("newest first", plain(&sheet.newest_first()));
    add("lines above", [ABOVE.as_bytes().to_vec(), text.clone().into_bytes()].concat());
    add("blank lines between", text.replace('\n', "\n\n").into_bytes());
    if !sheet.titles.is_empty() {
        add("titles twice", (text.clone() + &sheet.titles_line()).into_bytes());
        let languages =
            ["german titles", "french titles", "spanish titles", "italian titles", "japanese titles", "russian titles"];
        for (index, name) in languages.into_iter().enumerate() {
            let word = |role: Option<Role>| {
                WORDS.iter().find(|known| Some(known.0) == role).map(|known| known.1[index].to_string())
            };
            add(name, plain(&sheet.with_titles(|_, role| word(role))));
        }
        add("titles of no language", plain(&sheet.with_titles(|column, _| Some(format!("zz{column}")))));
    }
    all
}

impl Sheet {
    fn titles_line(&self) -> String {
        let head = Sheet { rows: Vec::new(), ..self.clone() };
        head.written(',', "\n")
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn dated(day: Day, form: &str) -> String {
    let (year, month, day) = day.ymd();
    form.replace("{y}", &year.to_string()).replace("{m}", &format!("{month:02}")).replace("{d}", &format!("{day:02}"))
}
