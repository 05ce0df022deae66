//! Tables: how wide the columns are, rows that stay whole, titles on every page, amounts on the right.
//!
//! Letters are made smaller until the widest word of every column fits; then long words of text columns may be cut.
//! A table that fits even so not at all is written row by row as pairs of title and value: nothing is cut off and
//! nothing overlaps.

use super::TABLE_ROWS_MAX;
use super::flow::{CAPTION, Flow, LEFT, NOTE, Style, TABLE_GAP, WIDTH, count, length};
use super::fonts::Faces;
use super::lines::{Line, lines, widths};
use super::sheet::{Length, Link, Mark, Owner, Role};
use crate::picture::{Ink, Weight};
use crate::report::Table;
use crate::text::catalogue as say;

/// Sizes tried, from the most readable.
const SIZES: [Length; 3] = [90, 80, 72];
/// The smallest width to which a column of text is pressed, in units of the font: six Chinese characters.
const TEXT_UNITS_MIN: i64 = 6_000;
/// What stands in a column of amounts and is longer than this is a sentence and may be broken.
const AMOUNT_CHARS_MAX: usize = 28;
/// Room beside and above the text of a cell.
const PAD_X: Length = 44;
const PAD_Y: Length = 22;
/// Rows that stand together at the beginning and at the end of a table.
const ROWS_TOGETHER: usize = 2;
/// Titles taller than this part of a page are not repeated.
const HEAD_SHARE_MAX: Length = 4;

/// A table whose columns have their widths. Texts can be drawn as they are.
struct Grid {
    size: Length,
    /// Left edge and width of each column, without the room beside the text.
    columns: Vec<(Length, Length)>,
    /// Width of the whole.
    width: Length,
    is_amount: Vec<bool>,
}

/// A row broken into lines, cell by cell.
struct Cells {
    cells: Vec<Vec<Line>>,
    style: Style,
    height: Length,
}

/// The texts of a table as they can be drawn, every row as long as the table is wide.
struct Texts {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
    is_amount: Vec<bool>,
}

impl Texts {
    fn of(table: &Table, faces: &Faces, rows: usize) -> Texts {
        let shown = |text: Option<&String>| text.map(|text| faces.shown(text)).unwrap_or_default();
        let row = |row: &Vec<String>| (0..table.columns.len()).map(|at| shown(row.get(at))).collect();
        Texts {
            titles: table.columns.iter().map(|column| faces.shown(&column.title)).collect(),
            rows: table.rows.iter().take(rows).map(row).collect(),
            is_amount: table.columns.iter().map(|column| column.is_amount).collect(),
        }
    }

    /// The narrowest and the natural width of each column in units of the font.
    fn widths(&self, faces: &Faces) -> Vec<(i64, i64)> {
        let (bold, regular) = (faces.of(Weight::Bold), faces.of(Weight::Regular));
        let mut all: Vec<(i64, i64)> = self.titles.iter().map(|title| widths(bold, title)).collect();
        for row in &self.rows {
            for ((text, is_amount), column) in row.iter().zip(&self.is_amount).zip(&mut all) {
                let (least, natural) = widths(regular, text);
                let is_whole = *is_amount && text.chars().count() <= AMOUNT_CHARS_MAX;
                column.0 = column.0.max(if is_whole { natural } else { least });
                column.1 = column.1.max(natural);
            }
        }
        all
    }
}

impl Grid {
    fn fit(texts: &Texts, faces: &Faces) -> Option<Grid> {
        let columns = texts.titles.len();
        let wanted = texts.widths(faces);
        let is_text = |at: usize| !texts.is_amount[at];
        let room = WIDTH - 2 * PAD_X * length(columns);
        if columns == 0 || room <= 0 {
            return None;
        }
        let (size, units) = SIZES.iter().find_map(|size| {
            let units = room * super::fonts::EM / size;
            let shared = share(&wanted, units, is_text).or_else(|| {
                let is_last = SIZES.last() == Some(size);
                is_last.then(|| press(&wanted, units, is_text)).flatten()
            })?;
            Some((*size, shared))
        })?;
        let mut x = LEFT;
        let columns = units.iter().map(|units| {
            let width = units * size / super::fonts::EM;
            let column = (x + PAD_X, width);
            x += width + 2 * PAD_X;
            column
        });
        let columns = columns.collect();
        Some(Grid { size, columns, width: x - LEFT, is_amount: texts.is_amount.clone() })
    }

    fn cells(&self, texts: &[String], weight: Weight, faces: &Faces) -> Cells {
        let style = Style { size: self.size, leading: self.size * 142 / 100, weight, ink: Ink::Text };
        let broken = texts.iter().zip(&self.columns);
        // A unit more: widths were rounded down when they became lengths.
        let broken = broken.map(|(text, (_, width))| lines(faces.of(weight), text, style.units(*width) + 15));
        let cells: Vec<Vec<Line>> = broken.collect();
        let most = cells.iter().map(|lines| count(lines)).max().unwrap_or(1);
        Cells { height: style.leading * most + 2 * PAD_Y, cells, style }
    }
}

/// Widths that give every column its widest word at least; `None` if there is not room for that.
fn share(wanted: &[(i64, i64)], units: i64, is_text: impl Fn(usize) -> bool) -> Option<Vec<i64>> {
    let least: i64 = wanted.iter().map(|(least, _)| least).sum();
    let natural: i64 = wanted.iter().map(|(_, natural)| natural).sum();
    if least > units {
        return None;
    }
    if natural <= units {
        // Texts take what is left over, in proportion; in a table of amounts alone, everybody. A narrow table stays
        // narrow, so that the eye finds the amount that belongs to a text.
        let has_text = (0..wanted.len()).any(&is_text);
        let weight = |at: usize, natural: i64| if is_text(at) || !has_text { natural.max(1) } else { 0 };
        let weights: Vec<i64> = wanted.iter().enumerate().map(|(at, (_, natural))| weight(at, *natural)).collect();
        return Some(spread(wanted.iter().map(|(_, natural)| *natural), &weights, (units - natural).min(natural)));
    }
    let weights: Vec<i64> = wanted.iter().map(|(least, natural)| (*natural).min(units) - least).collect();
    Some(spread(wanted.iter().map(|(least, _)| *least), &weights, units - least))
}

/// Adds `left` to the widths in proportion to the weights, rounded down.
fn spread(widths: impl Iterator<Item = i64>, weights: &[i64], left: i64) -> Vec<i64> {
    let all: i64 = weights.iter().sum::<i64>().max(1);
    widths.zip(weights).map(|(width, weight)| width + left.saturating_mul(*weight) / all).collect()
}

/// Widths in which long words of text columns are cut, the widest first; `None` if even that is not enough.
fn press(wanted: &[(i64, i64)], units: i64, is_text: impl Fn(usize) -> bool) -> Option<Vec<i64>> {
    let pressed = |level: i64| -> Vec<i64> {
        let least = wanted.iter().enumerate();
        least.map(|(at, (least, _))| if is_text(at) { (*least).min(level) } else { *least }).collect()
    };
    let (mut low, mut high) = (TEXT_UNITS_MIN, units.max(TEXT_UNITS_MIN));
    if pressed(low).iter().sum::<i64>() > units {
        return None;
    }
    while low + 1 < high {
        let middle = low.midpoint(high);
        if pressed(middle).iter().sum::<i64>() <= units { low = middle } else { high = middle }
    }
    Some(pressed(low))
}

/// The height of the first rows that stand together; a table of few rows is not broken.
fn opening(rows: &[Cells]) -> Length {
    let together = if rows.len() == ROWS_TOGETHER + 1 { rows.len() } else { ROWS_TOGETHER };
    rows.iter().take(together).map(|row| row.height).sum()
}

impl Flow<'_> {
    /// A table with its caption, its titles on every page.
    pub fn table(&mut self, table: &Table) {
        let texts = Texts::of(table, self.faces, TABLE_ROWS_MAX);
        match Grid::fit(&texts, self.faces) {
            Some(grid) => self.grid(table, &texts, &grid),
            None => self.records(table, &texts),
        }
        if table.rows.len() > texts.rows.len() {
            let rest = say::rows_elsewhere(self.lang, texts.rows.len(), table.rows.len(), &self.whole_tables);
            let node = self.root(Role::Paragraph);
            self.y += PAD_Y;
            self.text(node, &rest, LEFT, WIDTH, NOTE);
        }
        self.y += TABLE_GAP;
    }

    /// The height of a table's caption, titles and first rows.
    pub fn table_lead(&self, table: &Table) -> Length {
        let texts = Texts::of(table, self.faces, TABLE_ROWS_MAX);
        let caption = count(&self.broken(&self.faces.shown(&table.caption), WIDTH, CAPTION)) * CAPTION.leading;
        let Some(grid) = Grid::fit(&texts, self.faces) else { return caption + 3 * CAPTION.leading };
        let rows = texts.rows.iter().take(ROWS_TOGETHER + 2);
        let rows: Vec<Cells> = rows.map(|row| grid.cells(row, Weight::Regular, self.faces)).collect();
        caption + 2 * PAD_Y + grid.cells(&texts.titles, Weight::Bold, self.faces).height + opening(&rows)
    }

    fn grid(&mut self, table: &Table, texts: &Texts, grid: &Grid) {
        let node = self.root(Role::Table);
        let head = grid.cells(&texts.titles, Weight::Bold, self.faces);
        let rows: Vec<Cells> = texts.rows.iter().map(|row| grid.cells(row, Weight::Regular, self.faces)).collect();
        self.caption(Some(node), &table.caption, head.height + opening(&rows));
        let titles = self.node(node, Role::HeadRows);
        self.row(titles, &head, grid, None);
        self.rule(grid.width, false);
        let body = self.node(node, Role::BodyRows);
        let repeated = Some(&head).filter(|head| head.height <= self.page_room() / HEAD_SHARE_MAX);
        for (at, row) in rows.iter().enumerate() {
            // The last rows stand together, as the first ones do.
            if at > 0 && at + ROWS_TOGETHER == rows.len() {
                let last: Length = rows[at..].iter().map(|row| row.height).sum();
                if last > self.room() && last + head.height <= self.page_room() {
                    self.next_table_page(repeated, grid);
                }
            }
            self.row(body, row, grid, repeated);
            self.rule(grid.width, true);
        }
    }

    /// Sets a row, on the next page if it fits there whole, else over as many pages as it needs.
    fn row(&mut self, parent: usize, row: &Cells, grid: &Grid, repeated: Option<&Cells>) {
        let is_title = repeated.is_none() && row.style.weight == Weight::Bold;
        let role = || if is_title { Role::HeadCell } else { Role::Cell };
        let node = self.node(parent, Role::Row);
        let mut nodes = Vec::with_capacity(row.cells.len());
        let mut links = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let link = self.link(cell).filter(|_| !is_title);
            let cell = self.node(node, role());
            nodes.push(if link.is_some() { self.node(cell, Role::Link) } else { cell });
            links.push(link);
        }
        let head = repeated.map_or(0, |head| head.height);
        if row.height > self.room() && row.height + head <= self.page_room() {
            self.next_table_page(repeated, grid);
        }
        let most = row.cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut from = 0;
        while from < most {
            let lines = usize::try_from((self.room() - 2 * PAD_Y) / row.style.leading).unwrap_or(0);
            if lines == 0 && !self.is_at_top() {
                self.next_table_page(repeated, grid);
                continue;
            }
            let fit = lines.clamp(1, most - from);
            for (((cell, owner), link), at) in row.cells.iter().zip(&nodes).zip(&links).zip(0..) {
                let part = cell.get(from..(from + fit).min(cell.len())).unwrap_or_default();
                self.cell(Owner::Node(*owner), part, grid, (at, row.style), link.as_deref());
            }
            self.y += row.style.leading * length(fit) + 2 * PAD_Y;
            from += fit;
        }
    }

    /// The anchor that a cell says and that leads to a heading.
    fn link(&self, cell: &[Line]) -> Option<String> {
        let text: String = cell.iter().map(|line| line.text.as_str()).collect();
        self.anchors.get(text.trim_end()).cloned()
    }

    fn cell(&mut self, owner: Owner, part: &[Line], grid: &Grid, (at, style): (usize, Style), link: Option<&str>) {
        let (Some((left, width)), Some(is_amount)) = (grid.columns.get(at), grid.is_amount.get(at)) else { return };
        let y = self.y + PAD_Y;
        let style = Style { ink: if link.is_some() { Ink::Invoice } else { style.ink }, ..style };
        let inset = |line: &Line| if *is_amount { width - style.length(line.units) } else { 0 };
        let mark = |(line, at): (&Line, Length)| style.mark(&line.text, left + inset(line), y + style.leading * at);
        let marks = part.iter().zip(0..).map(mark).collect();
        let from = left + part.iter().map(inset).min().unwrap_or(0);
        let right = part.iter().map(|line| left + inset(line) + style.length(line.units)).max().unwrap_or(from);
        let size = (right - from, style.leading * count(part));
        let link = link.map(|to| Link { at: (from, y), size, to: to.to_string() });
        self.draw_link(owner, marks, link);
    }

    /// Begins a page with the titles once more, which are no part of the text there.
    fn next_table_page(&mut self, repeated: Option<&Cells>, grid: &Grid) {
        self.next_page();
        let Some(head) = repeated else { return };
        for (at, cell) in head.cells.iter().enumerate() {
            self.cell(Owner::Layout, cell, grid, (at, head.style), None);
        }
        self.y += head.height;
        self.rule(grid.width, false);
    }

    fn rule(&mut self, width: Length, faint: bool) {
        self.draw(Owner::Layout, vec![Mark::Rule { at: (LEFT, self.y), width, faint }]);
    }

    /// The caption, together with what must stand below it; a paragraph where there is no table to belong to.
    fn caption(&mut self, table: Option<usize>, caption: &str, below: Length) {
        let broken = self.broken(&self.faces.shown(caption), WIDTH, CAPTION);
        let height = count(&broken) * CAPTION.leading + PAD_Y + below;
        self.keep(height.min(self.page_room()));
        if broken.iter().any(|line| !line.text.is_empty()) {
            let caption = match table {
                Some(table) => self.node(table, Role::Caption),
                None => self.root(Role::Paragraph),
            };
            self.set(caption, &broken, LEFT, CAPTION);
            self.y += PAD_Y;
        }
    }

    /// A table too wide for the page, row by row as pairs of title and value.
    fn records(&mut self, table: &Table, texts: &Texts) {
        self.caption(None, &table.caption, 3 * CAPTION.leading);
        for row in &texts.rows {
            self.rule(WIDTH, true);
            self.y += PAD_Y;
            let list = self.root(Role::List(false));
            let pairs = texts.titles.iter().zip(row).filter(|(_, value)| !value.is_empty());
            let pairs: Vec<(String, String)> = pairs.map(|(title, value)| (title.clone(), value.clone())).collect();
            self.fact_rows(list, &pairs);
        }
    }
}
