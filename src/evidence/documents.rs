//! The letters and the report of a claim, each as page, PDF and text, all drawn from the same documents.

use super::letter::{Letters, letter_text, letters};
use super::pdf::{PdfError, PdfOptions, pdf};
use super::{Claim, Exhibit};
use crate::report::{Block, Document, Selection, View, dossier, html};
use crate::text::Lang;
use crate::vendor::Vendor;
use sha2::{Digest, Sha256};

/// Columns of a table in a document are laid out by whoever draws it; the view's width plays no part.
const NO_WIDTH: u16 = 80;

/// Makes every document of a claim: a letter to each addressee with its copy, and the report in English for support and
/// in the payer's language.
///
/// # Errors
/// A document that no PDF can be made of.
pub fn documents(claim: &Claim, lang: Lang, vendor: &Vendor) -> Result<Vec<Exhibit>, PdfError> {
    let reconciliation = &claim.reconciliation;
    let file_names: Vec<String> = reconciliation.sources.iter().map(|source| source.path.clone()).collect();
    let how = Letters { lang, redact: true, vendor, file_names: &file_names };
    let mut exhibits = Vec::new();
    for letter in letters(reconciliation, &how) {
        let name = format!("letters/{}", letter.file_name);
        exhibits.push(text_exhibit(format!("{name}.txt"), letter_text(&letter)));
        exhibits.push(pdf_exhibit(format!("{name}.pdf"), claim, &letter.document)?);
    }
    let mut langs = vec![Lang::En, lang];
    langs.dedup();
    for lang in langs {
        let view = View { lang, redact: true, width: NO_WIDTH, color: false };
        let document = dossier(reconciliation, &view, Selection::Claimable);
        exhibits.push(text_exhibit(format!("report-{lang}.html"), html(&document)));
        exhibits.push(pdf_exhibit(format!("report-{lang}.pdf"), claim, &document)?);
    }
    Ok(exhibits)
}

fn text_exhibit(name: String, text: String) -> Exhibit {
    Exhibit { name, bytes: text.into_bytes(), text: None }
}

fn pdf_exhibit(name: String, claim: &Claim, document: &Document) -> Result<Exhibit, PdfError> {
    let text = words(document);
    let options = PdfOptions {
        day: claim.reconciliation.as_of,
        id: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        whole_tables: "discrepancies.csv".to_string(),
    };
    Ok(Exhibit { name, bytes: pdf(document, &options)?, text: Some(text) })
}

/// Everything a document says, one piece a line: what a PDF made of it holds.
fn words(document: &Document) -> String {
    let mut pieces = vec![document.title.clone()];
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => pieces.push(text.clone()),
            Block::Facts(facts) => {
                pieces.extend(facts.iter().flat_map(|(label, value)| [label.clone(), value.clone()]))
            }
            Block::List(points) => pieces.extend(points.iter().cloned()),
            Block::Table(table) => {
                pieces.push(table.caption.clone());
                pieces.extend(table.columns.iter().map(|column| column.title.clone()));
                pieces.extend(table.rows.iter().flatten().cloned());
            }
            Block::Figure { scene, caption } => {
                pieces.extend([caption.clone(), scene.alt.clone()]);
                pieces.extend(scene.texts().map(str::to_string));
            }
        }
    }
    pieces.join("\n")
}
