//! What a `:86:` says: free text, subfields behind a mark (`?20`, German banks), or words between slashes (`/REMI/`,
//! Dutch and Belgian banks).

use std::collections::BTreeMap;

/// Characters of a subfield that is full, so that a word may go on in the next.
const FULL_SUBFIELD: usize = 27;
/// Codes between slashes. Any other `/WORD/` is text.
const CODES: [&str; 26] = [
    "EREF", "PREF", "IREF", "RTRN", "CNTP", "ORDP", "BENM", "REMI", "MARF", "CSID", "NAME", "IBAN", "BIC", "ID",
    "TRTP", "OCMT", "EXCH", "CHGS", "CHRG", "PURP", "ULTB", "ULTC", "ULTD", "SVCL", "ADDR", "TRCD",
];
/// German business codes of payments by card: there the text names the shop, the party may be the bank's own.
const CARD_CODES: [&str; 4] = ["004", "005", "106", "110"];

/// What the details of a record say.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// Who was paid or paid, by name; the text where nobody is named.
    pub party: String,
    /// All that is said, the marks of subfields left out.
    pub text: String,
    /// Free text: party and text are one.
    pub is_plain: bool,
    /// Currency and amount of the payment before it was converted.
    pub original: Option<(String, String)>,
}

/// The character that begins a subfield of `177?00...`.
fn subfield_mark(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let code = letters.by_ref().take(3).filter(char::is_ascii_digit).count() == 3;
    let mark = letters.next().filter(|mark| mark.is_ascii_punctuation())?;
    let digits = letters.take(2).filter(char::is_ascii_digit).count() == 2;
    (code && digits).then_some(mark)
}

fn begins_with_code(text: &str) -> bool {
    let code = text.strip_prefix('/').and_then(|rest| rest.split_once('/')).map(|(code, _)| code);
    code.is_some_and(|code| CODES.contains(&code))
}

/// Whether a text has parts that are told apart, so that its lines are cut anywhere.
pub(super) fn is_structured(text: &str) -> bool {
    subfield_mark(text).is_some() || begins_with_code(text)
}

impl Details {
    /// Understands the text of a `:86:`.
    pub(super) fn of(text: &str) -> Details {
        if let Some(mark) = subfield_mark(text) {
            subfields(text, mark)
        } else if begins_with_code(text) {
            slashed(text)
        } else {
            Details::plain(text.to_string())
        }
    }

    /// Text without parts.
    pub(super) fn plain(text: String) -> Details {
        Details { party: text, is_plain: true, ..Details::default() }
    }
}

fn subfields(text: &str, mark: char) -> Details {
    let mut purpose = String::new();
    let mut name = String::new();
    let mut before = 0;
    for part in text.split(mark).skip(1) {
        let (Some(number), Some(content)) = (part.get(..2), part.get(2..)) else { continue };
        match number.parse::<u32>() {
            Ok(20..=29 | 60..=63) => {
                if !purpose.is_empty() && before < FULL_SUBFIELD {
                    purpose.push(' ');
                }
                purpose.push_str(content);
                before = content.chars().count();
            }
            Ok(32 | 33) => name.push_str(content),
            _ => {}
        }
    }
    let by_card = text.get(..3).is_some_and(|code| CARD_CODES.contains(&code));
    let said = purpose.split_once("SVWZ+").map_or(purpose.as_str(), |(_, said)| said).trim();
    let party = match (name.trim(), said) {
        ("", said) => said.to_string(),
        (name, said) if by_card => format!("{name} {said}"),
        (name, _) => name.to_string(),
    };
    Details { party, text: purpose, ..Details::default() }
}

fn slashed(text: &str) -> Details {
    let parts = parts(text);
    let part = |code: &str| parts.get(code).copied().unwrap_or_default();
    let named = match part("NAME") {
        "" => ["CNTP", "BENM", "ORDP"].into_iter().map(|code| in_party(part(code))).find(|name| !name.is_empty()),
        name => Some(name),
    };
    let said = part("REMI").trim_matches('/');
    let said = said.strip_prefix("USTD//").or(said.strip_prefix("STRD/")).unwrap_or(said).trim_matches('/').trim();
    let party = named.filter(|name| !name.is_empty()).unwrap_or(if said.is_empty() { text } else { said });
    let original = part("OCMT").trim_matches('/');
    let original = original.get(..3).zip(original.get(3..)).filter(|(code, amount)| {
        code.bytes().all(|letter| letter.is_ascii_uppercase()) && amount.starts_with(|c: char| c.is_ascii_digit())
    });
    Details {
        party: party.to_string(),
        text: text.to_string(),
        is_plain: false,
        original: original.map(|(code, amount)| (code.to_string(), amount.trim_end_matches(',').to_string())),
    }
}

/// The name in `account/bank/name/city`.
fn in_party(part: &str) -> &str {
    let mut fields = part.split('/');
    match part.matches('/').count() {
        0 => part,
        1 => fields.nth(1).unwrap_or_default(),
        _ => fields.nth(2).unwrap_or_default(),
    }
    .trim()
}

/// What stands behind each code, the first of its name, slashes at the end left out.
fn parts(text: &str) -> BTreeMap<&str, &str> {
    let mut places = Vec::new();
    let mut slashes = text.match_indices('/').map(|(at, _)| at).peekable();
    while let Some(at) = slashes.next() {
        let Some(&next) = slashes.peek() else { break };
        if let Some(code) = text.get(at + 1..next).filter(|code| CODES.contains(code)) {
            places.push((at, next + 1, code));
        }
    }
    let ends = places.iter().skip(1).map(|place| place.0).chain([text.len()]);
    let mut parts = BTreeMap::new();
    for (&(_, from, code), end) in places.iter().zip(ends) {
        let content = text.get(from..end).unwrap_or_default().trim_end_matches('/').trim();
        parts.entry(code).or_insert(content);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_party_is_found_in_each_form() {
        for (text, party) in [
            ("OPENAI *CHATGPT SUBSCR +14158799686", "OPENAI *CHATGPT SUBSCR +14158799686"),
            (
                "105?00LASTSCHRIFT?20EREF+77?21SVWZ+Ihr Einkauf bei?22 OpenAI?32PayPal Europe S.a.r.l.?33 et Cie",
                "PayPal Europe S.a.r.l. et Cie",
            ),
            ("106?00KARTE?20SVWZ+OPENAI *CHATGPT SUB?21SCR?32BANK", "BANK OPENAI *CHATGPT SUB SCR"),
            ("177?00A?20123456789012345678901234567?218", "1234567890123456789012345678"),
            ("/EREF/E1//CNTP/NL32INGB0000012345/INGBNL2A/OPENAI IRELAND///REMI/USTD//INV 7/", "OPENAI IRELAND"),
            ("/TRTP/SEPA INCASSO/IBAN/NL1/BIC/ABNANL2A/NAME/TEA HOUSE/MARF/M/REMI/thanks", "TEA HOUSE"),
            ("/PREF/M1//REMI/USTD//TOTAAL 1/", "TOTAAL 1"),
            ("/EREF/1", "/EREF/1"),
        ] {
            assert_eq!(Details::of(text).party, party, "{text}");
        }
    }

    #[test]
    fn an_original_amount_is_found() {
        let found = Details::of("/OCMT/USD20,/EXCH/1,0832/REMI/x").original;
        assert_eq!(found, Some(("USD".to_string(), "20".to_string())));
        assert_eq!(Details::of("/OCMT/twenty/REMI/x").original, None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_understood(text in "(/[A-Z]{2,4}/|[0-9?+/é ]){0,30}") {
            let _ = Details::of(&text);
        }
    }
}
