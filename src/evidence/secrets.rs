//! What in a source file opens an account: links to the payment portal, tokens of a session. Such a file is not passed on,
//! even where whole sources are asked for: whoever holds the link can act in the payer's name.

use crate::embedded::{self, carried};
use crate::source::mail::parts_of;
use crate::source::paper::{is_pdf, unfolded};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// What was found, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secret {
    /// A link that shows or pays in somebody's name.
    Link,
    /// A token of a session, or a key.
    Token,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretFile {
    secret: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    kind: Secret,
    patterns: Vec<String>,
}

static KNOWN: LazyLock<Vec<(Secret, Regex)>> = LazyLock::new(|| {
    let file: SecretFile = embedded::read(carried!("evidence/data/secrets"));
    let of = |kind: Kind| {
        let pattern = format!("(?i)(?:{})", kind.patterns.join("|"));
        (kind.kind, Regex::new(&pattern).expect("the embedded patterns are valid"))
    };
    file.secret.into_iter().map(of).collect()
});

/// What in a source file opens an account; the parts of a mail and the streams of a PDF are looked into as well.
pub fn secret_in(bytes: &[u8]) -> Option<Secret> {
    let mut parts = parts_of(bytes);
    parts.push(bytes.to_vec());
    parts.iter().find_map(|part| {
        let streams = if is_pdf(part) { unfolded(part) } else { Vec::new() };
        streams.iter().chain([part]).find_map(|text| secret_in_text(text))
    })
}

fn secret_in_text(bytes: &[u8]) -> Option<Secret> {
    let text = String::from_utf8_lossy(bytes).replace("\\/", "/");
    KNOWN.iter().find(|(_, pattern)| pattern.is_match(&text)).map(|(secret, _)| *secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_tokens_are_found_wherever_they_stand() {
        for (text, found) in [
            (
                r#"{"hosted_invoice_url": "https:\/\/invoice.stripe.com\/i\/acct_1\/live_ABCDEFGH12"}"#,
                Some(Secret::Link),
            ),
            (r#"{"portal": "https://pay.openai.com/p/session/live_ABCDEFGH12"}"#, Some(Secret::Link)),
            (r#"{"accessToken": "abcdefghijklmnop"}"#, Some(Secret::Token)),
            ("see https://help.openai.com/articles/1", None),
            ("2026-06-15,OPENAI *CHATGPT SUBSCR,-20.00,sub_live", None),
            (
                "From: a@example.com\nSubject: x\nContent-Transfer-Encoding: base64\n\naHR0cHM6Ly9wYXkub3BlbmFpLmNvbS9wL3Nlc3Npb24vYWJj\n",
                Some(Secret::Link),
            ),
        ] {
            assert_eq!(secret_in(text.as_bytes()), found, "{text}");
        }
    }
}
