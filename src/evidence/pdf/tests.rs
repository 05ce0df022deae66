//! The PDF as a whole: the same bytes, the right pages, every amount in its text, nothing that brings it down.

mod sample;

use super::*;
use crate::picture::{Anchor, Ink, Scene, Shape, Weight};
use crate::report::{Block, Column, Table};
use crate::text::Lang;
use proptest::prelude::*;
use sample::{amounts, document};
use std::path::PathBuf;
use std::process::Command;

fn options() -> PdfOptions {
    let day = Day::parse_iso("2026-03-14").unwrap();
    PdfOptions { day, id: "4f2a".to_string(), whole_tables: "discrepancies.csv".to_string() }
}

fn drawn(document: &Document) -> Vec<u8> {
    pdf(document, &options()).unwrap_or_else(|error| panic!("{error}"))
}

fn laid(document: &Document) -> sheet::Sheets {
    Flow::lay(document, &options(), &Faces::embedded().unwrap()).unwrap().0
}

fn pages(document: &Document) -> usize {
    laid(document).pages.len()
}

fn of(blocks: Vec<Block>) -> Document {
    Document { lang: Lang::En, title: "Title".to_string(), blocks }
}

fn table(columns: &[(&str, bool)], rows: Vec<Vec<String>>) -> Block {
    let columns = columns.iter().map(|(title, is_amount)| Column { title: title.to_string(), is_amount: *is_amount });
    Block::Table(Table { caption: "Rows".to_string(), columns: columns.collect(), rows })
}

/// Writes the file below the build folder and hands over its path.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pdf");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn output(program: &str, arguments: &[&str], path: &PathBuf, after: &[&str]) -> String {
    let output = Command::new(program).args(arguments).arg(path).args(after).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes_and_another_day_other_ones() {
    let document = document(Lang::Zh);
    assert_eq!(drawn(&document), drawn(&document));
    let later = PdfOptions { day: options().day.plus(1), ..options() };
    assert_ne!(drawn(&document), pdf(&document, &later).unwrap());
    let other = PdfOptions { id: "4f2b".to_string(), ..options() };
    assert_ne!(drawn(&document), pdf(&document, &other).unwrap());
}

#[test]
#[ignore = "needs poppler-utils and qpdf"]
fn public_tools_read_every_amount_in_both_languages_and_find_no_fault() {
    for lang in Lang::ALL {
        let document = document(lang);
        let path = file(&format!("sample-{lang}.pdf"), &drawn(&document));
        let squeezed: String = output("pdftotext", &["-layout"], &path, &["-"]).split_whitespace().collect();
        let texts = amounts(&document);
        assert!(texts.len() > 200);
        for text in texts {
            let wanted: String = text.split_whitespace().collect();
            assert!(squeezed.contains(&wanted), "{lang}: {text}");
        }
        assert!(output("qpdf", &["--check"], &path, &[]).contains("No syntax or stream encoding errors found"));
        let facts = output("pdfinfo", &[], &path, &[]);
        assert!(facts.contains(&format!("Pages:           {}\n", pages(&document))), "{facts}");
        assert!(facts.contains("Tagged:          yes") && facts.contains("2026"), "{facts}");
        let fonts = output("pdffonts", &[], &path, &[]);
        assert!(fonts.lines().skip(2).all(|line| line.contains("yes yes yes")), "{fonts}");
    }
}

#[test]
fn a_word_is_cut_only_if_it_is_wider_than_the_line_and_amounts_and_identifiers_are_not() {
    let faces = Faces::embedded().unwrap();
    let face = faces.of(Weight::Regular);
    let broken = |text: &str, ems: i64| -> Vec<String> {
        lines::lines(face, text, ems * fonts::EM).into_iter().map(|line| line.text.trim_end().to_string()).collect()
    };
    assert_eq!(broken("short by 1234567.89 CNY, ask", 9), ["short by", "1234567.89 CNY,", "ask"]);
    assert_eq!(broken("差额 20.00 USD，请", 6), ["差额", "20.00 USD，", "请"]);
    assert_eq!(broken("about 1.85 % of it", 4), ["about", "1.85 %", "of it"]);
    assert_eq!(broken("order 4F2A-0003-77C1 of 2026-03-02", 8), ["order", "4F2A-0003-77C1", "of 2026-03-02"]);
    assert_eq!(broken("order 4F2A-0003-77C1-88D2", 9), ["order", "4F2A-0003-77C1-", "88D2"]);
    assert_eq!(broken("已扣款，未到账。", 3), ["已扣", "款，未", "到账。"]);
    assert_eq!(broken("账单（已付）可见", 3), ["账单", "（已", "付）可", "见"]);
    assert_eq!(broken("乔治·华盛顿", 2), ["乔", "治·", "华盛", "顿"]);
    assert_eq!(broken("", 3), [""]);
    assert_eq!(broken("12345678901.00 USD", 3).concat(), "12345678901.00 USD");
}

#[test]
fn a_heading_stays_with_what_follows_and_titles_of_a_table_stand_on_every_page() {
    for filler in (0..60).step_by(3) {
        let mut blocks: Vec<Block> = (0..filler).map(|_| Block::Paragraph("One line.".to_string())).collect();
        blocks.push(Block::Heading { level: 1, id: None, text: "Heading".to_string() });
        blocks.push(Block::Heading { level: 2, id: None, text: "Below".to_string() });
        let words = |row: usize| format!("today {}", "and so on ".repeat(row * 29 % 70));
        let rows = (0..16).map(|row| vec![words(row), "20.00 USD".to_string()]).collect();
        blocks.push(table(&[("Day", false), ("Paid", true)], rows));
        let sheets = laid(&of(blocks));
        let page = sheets.bookmarks[0].page;
        assert_eq!(page, sheets.bookmarks[1].page, "{filler}");
        let texts = |page: &sheet::Page| -> Vec<String> { marks(page).into_iter().map(|mark| mark.2).collect() };
        assert!(texts(&sheets.pages[page]).iter().any(|text| text == "20.00 USD"), "{filler}: a heading alone");
        for page in sheets.pages.iter().map(texts).filter(|texts| texts.iter().any(|text| text.starts_with("today"))) {
            assert_eq!(page.iter().filter(|text| *text == "Paid").count(), 1, "{filler}");
        }
    }
}

#[test]
fn a_long_table_ends_with_a_line_that_says_where_the_rest_stands() {
    let rows = |count: usize| vec![vec!["today".to_string(), "20.00 USD".to_string()]; count];
    let text = |count| texts(&laid(&of(vec![table(&[("Day", false), ("Paid", true)], rows(count))])));
    assert!(!text(TABLE_ROWS_MAX).contains("discrepancies.csv"));
    let long = text(TABLE_ROWS_MAX + 7);
    assert!(long.contains("Rows shown: 400 of 407. All rows stand in discrepancies.csv."));
    assert_eq!(long.matches("today").count(), TABLE_ROWS_MAX);
}

#[test]
fn a_document_without_end_is_refused_and_an_empty_one_has_one_page() {
    let scene = Scene { width: 100, height: 7_000, alt: String::new(), shapes: Vec::new() };
    let blocks = vec![Block::Figure { scene, caption: String::new() }; PAGES_MAX + 1];
    assert_eq!(pdf(&of(blocks), &options()), Err(PdfError::TooManyPages));
    assert_eq!(pages(&of(Vec::new())), 1);
    let nothing = Document { title: String::new(), ..of(Vec::new()) };
    assert!(drawn(&nothing).starts_with(b"%PDF-1.7"));
}

#[test]
fn a_table_too_wide_for_the_page_is_written_row_by_row() {
    let columns = vec![("Amount of something", true); 14];
    let row: Vec<String> = (0..14).map(|at| format!("12345678{at}.00 USD")).collect();
    let sheets = laid(&of(vec![table(&columns, vec![row.clone(); 3])]));
    sound(&sheets);
    assert!(row.iter().all(|amount| texts(&sheets).contains(amount)));
}

/// Left edge, upper and lower edge, text and right edge of every line of text.
fn marks(page: &sheet::Page) -> Vec<(i64, (i64, i64), String, i64)> {
    let faces = Faces::embedded().unwrap();
    let marks = page.groups.iter().flat_map(|group| &group.marks);
    let mark = |mark: &sheet::Mark| match mark {
        sheet::Mark::Text { at, size, weight, text, .. } => {
            let right = at.0 + faces.of(*weight).width(text.trim_end()) * size / fonts::EM;
            Some((at.0, (at.1 - size * 88 / 100, at.1 + size * 12 / 100), text.trim_end().to_string(), right))
        }
        _ => None,
    };
    marks.filter_map(mark).collect()
}

fn texts(sheets: &sheet::Sheets) -> String {
    let pages = sheets.pages.iter().flat_map(marks);
    pages.map(|mark| mark.2).collect::<Vec<String>>().join("\n")
}

/// Fails if a text leaves the page or two texts overlap.
fn sound(sheets: &sheet::Sheets) {
    for page in &sheets.pages {
        let marks = marks(page);
        for (at, (left, (top, bottom), text, right)) in marks.iter().enumerate() {
            assert!(*left >= flow::LEFT && *right <= flow::LEFT + flow::WIDTH + 2, "{text} from {left} to {right}");
            assert!(*top > 300 && *bottom < sheet::PAGE_HEIGHT - 300, "{text} at {top}");
            for (left2, (top2, bottom2), other, right2) in &marks[at + 1..] {
                let apart = right <= left2 || right2 <= left || bottom <= top2 || bottom2 <= top;
                assert!(apart, "{text} and {other} overlap");
            }
        }
    }
}

#[test]
fn nothing_leaves_the_page_or_overlaps() {
    for lang in Lang::ALL {
        let mut document = document(lang);
        document.blocks.retain(|block| !matches!(block, Block::Figure { .. }));
        sound(&laid(&document));
    }
}

/// Any text: words, amounts, Chinese, whatever Unicode has.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,12}",
        "-?[0-9]{1,9}\\.[0-9]{2} (USD|EUR|CNY)",
        "[A-F0-9-]{8,70}",
        "[已扣款未到账，。（）“”]{1,40}",
        any::<String>(),
        " {0,3}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}

fn any_block() -> impl Strategy<Value = Block> {
    let table = (1usize..9, 0usize..12).prop_flat_map(|(columns, rows)| {
        let cells = prop::collection::vec(prop::collection::vec(any_text(), 0..=columns), rows);
        let columns = prop::collection::vec((any_text(), any::<bool>()), columns);
        (any_text(), columns, cells).prop_map(|(caption, columns, rows)| {
            let columns = columns.into_iter().map(|(title, is_amount)| Column { title, is_amount }).collect();
            Block::Table(Table { caption, columns, rows })
        })
    });
    prop_oneof![
        (0u8..9, any_text()).prop_map(|(level, text)| Block::Heading { level, id: Some(text.clone()), text }),
        any_text().prop_map(Block::Paragraph),
        prop::collection::vec((any_text(), any_text()), 0..4).prop_map(Block::Facts),
        prop::collection::vec(any_text(), 0..4).prop_map(Block::List),
        table,
    ]
}

fn any_document() -> impl Strategy<Value = Document> {
    (any_text(), any::<bool>(), prop::collection::vec(any_block(), 0..12)).prop_map(|(title, zh, blocks)| {
        let lang = if zh { Lang::Zh } else { Lang::En };
        Document { lang, title, blocks }
    })
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn any_scene() -> impl Strategy<Value = Scene> {
    let shape =
        prop_oneof![
            (any::<(i32, i32)>(), any::<(i32, i32)>(), any::<i32>(), any::<bool>()).prop_map(
                |(from, to, thickness, dashed)| Shape::Line { from, to, ink: Ink::Charge, thickness, dashed }
            ),
            (any::<(i32, i32)>(), any::<(i32, i32)>(), any::<bool>()).prop_map(|(at, size, filled)| Shape::Rect {
                at,
                size,
                ink: Ink::Plan,
                filled
            }),
            (prop::collection::vec(any::<(i32, i32)>(), 0..4), any::<bool>())
                .prop_map(|(points, filled)| Shape::Polygon { points, ink: Ink::Refund, filled }),
            (any::<(i32, i32)>(), any::<i32>(), any_text()).prop_map(|(at, size, text)| {
                let (anchor, weight, ink) = (Anchor::Middle, Weight::Bold, Ink::Claim);
                Shape::Text { at, anchor, size, weight, ink, text }
            }),
        ];
    (any::<(i32, i32)>(), any_text(), prop::collection::vec(shape, 0..6))
        .prop_map(|((width, height), alt, shapes)| Scene { width, height, alt, shapes })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn whatever_the_document_the_file_is_written(mut document in any_document(), scene in any_scene(), caption in any_text()) {
        document.blocks.push(Block::Figure { scene, caption });
        drawn(&document);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn whatever_the_texts_nothing_overlaps(document in any_document()) {
        sound(&laid(&document));
    }

    #[test]
    fn no_character_is_lost(text in any_text(), ems in 1i64..60) {
        let faces = Faces::embedded().unwrap();
        let shown = faces.shown(&text);
        let face = faces.of(Weight::Bold);
        let broken = lines::lines(face, &shown, ems * fonts::EM);
        let all: String = broken.iter().map(|line| line.text.as_str()).collect();
        prop_assert_eq!(without_blanks(&all), without_blanks(&shown));
        for line in &broken {
            prop_assert_eq!(line.units, face.width(line.text.trim_end_matches(' ')));
            prop_assert!(line.units <= ems * fonts::EM || line.text.chars().count() <= 1, "{}", line.text);
        }
    }
}
