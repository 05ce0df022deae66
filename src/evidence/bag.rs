//! The bag: payload, README, tag files; built in memory, so that nothing half done can be seen.

use super::claim::Claim;
use super::gate::{self, Leak};
use super::manifest::{
    BAG_INFO, BAGIT, BAGIT_TEXT, Limits, MANIFEST, PAYLOAD, TAG_MANIFEST, is_payload, is_safe_name, is_tag, manifest,
    payload_oxum,
};
use super::readme;
use crate::report::{self, View};
use crate::text::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// A finished document of the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// Its name below the payload folder: `letters/openai-en.txt`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// For a file that is not text itself (PDF): everything that it says, one piece a line, title and author among
    /// them. Without it the file is refused, since nobody could look for private text in it.
    pub text: Option<String>,
}

/// A bag as the files it consists of, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag {
    /// Names with their folders, and bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Why a bag could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// Something private stands in finished files.
    Private(Vec<Leak>),
    /// A file's name cannot stand in a bag, or stands there twice.
    Name(String),
    /// The files are more, or larger, than a bundle may be.
    TooLarge,
}

impl Exhibit {
    /// A document that is text.
    pub fn text(name: &str, text: String) -> Exhibit {
        Exhibit { name: name.to_string(), bytes: text.into_bytes(), text: None }
    }
}

/// Lays a claim, its documents and, where the user asked for them, whole source files into a bag.
///
/// `sources` are given by their names in the bundle. They are not looked through: who includes them, shows them.
///
/// # Errors
/// Something private in a finished file; a name that cannot be used; too much for one bundle.
pub fn pack(
    claim: &Claim,
    lang: Lang,
    exhibits: Vec<Exhibit>,
    sources: Vec<(String, Vec<u8>)>,
) -> Result<Bag, PackError> {
    let mut documents = exhibits;
    documents.extend(tables(claim, lang));
    documents.push(Exhibit::text("rows.csv", claim.rows.csv()));
    documents.push(Exhibit::text("rows.json", claim.rows.json()));
    let listed: BTreeSet<String> = documents.iter().map(|document| document.name.clone()).collect();
    let carries_sources = !sources.is_empty();
    documents.push(Exhibit::text("README.txt", readme::text(Lang::En, claim, &listed, carries_sources)));
    if lang != Lang::En {
        let name = format!("README.{}.txt", lang.code());
        documents.push(Exhibit::text(&name, readme::text(lang, claim, &listed, carries_sources)));
    }
    let leaks = claim.with_allowed(|allowed| gate::look(&documents, allowed));
    if !leaks.is_empty() {
        return Err(PackError::Private(leaks));
    }
    let sources = sources.into_iter().map(|(name, bytes)| (format!("{PAYLOAD}sources/{name}"), bytes));
    let payload = documents.into_iter().map(|document| (format!("{PAYLOAD}{}", document.name), document.bytes));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (name, bytes) in payload.chain(sources) {
        // Two names that differ only in case are one file on many machines.
        if !is_safe_name(&name) || !taken.insert(name.to_lowercase()) {
            return Err(PackError::Name(name));
        }
        files.insert(name, bytes);
    }
    add_tag_files(&mut files, claim);
    let bytes: u64 = files.values().map(|bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX)).sum();
    if files.len() > Limits::BUNDLE.files || bytes > Limits::BUNDLE.bytes {
        return Err(PackError::TooLarge);
    }
    Ok(Bag { files })
}

/// The discrepancy table. A stranger reads English; who works in another language has a copy in it.
fn tables(claim: &Claim, lang: Lang) -> Vec<Exhibit> {
    let view = |lang| View { lang, redact: true, width: 0, color: false };
    let value = &claim.reconciliation;
    let english = view(Lang::En);
    let mut tables = vec![
        Exhibit::text("discrepancies.csv", report::csv(value, &english, true)),
        Exhibit::text("discrepancies.json", report::json(value, &english)),
        Exhibit::text("discrepancies.md", report::markdown(value, &english)),
    ];
    if lang != Lang::En {
        let own = view(lang);
        let name = |ending: &str| format!("discrepancies.{}.{ending}", lang.code());
        tables.push(Exhibit::text(&name("csv"), report::csv(value, &own, true)));
        tables.push(Exhibit::text(&name("md"), report::markdown(value, &own)));
    }
    tables
}

fn add_tag_files(files: &mut BTreeMap<String, Vec<u8>>, claim: &Claim) {
    let info = format!(
        "Bag-Software-Agent: payproof {}\nBagging-Date: {}\nPayload-Oxum: {}\n",
        env!("CARGO_PKG_VERSION"),
        claim.reconciliation.as_of,
        payload_oxum(files)
    );
    let payload = manifest(files, is_payload);
    files.insert(BAGIT.to_string(), BAGIT_TEXT.as_bytes().to_vec());
    files.insert(BAG_INFO.to_string(), info.into_bytes());
    files.insert(MANIFEST.to_string(), payload.into_bytes());
    let tags = manifest(files, is_tag);
    files.insert(TAG_MANIFEST.to_string(), tags.into_bytes());
}
