//! Text from files made harmless before a person sees it.
//!
//! A descriptor may carry an escape sequence that repaints the terminal or a mark that turns reading order round. Such
//! characters are shown instead of obeyed: ESC becomes `⟨1B⟩`, RIGHT-TO-LEFT OVERRIDE becomes `⟨U+202E⟩`.

use std::borrow::Cow;

/// Makes every character visible that a terminal or editor would obey rather than show.
///
/// One line in, one line out: line feeds and tabs are shown too. Printable text comes back unchanged and unallocated.
///
/// # Examples
/// ```
/// use payproof::text::clean;
/// assert_eq!(clean("OPENAI *CHATGPT"), "OPENAI *CHATGPT");
/// assert_eq!(clean("a\u{1b}[31mb\u{202e}"), "a⟨1B⟩[31mb⟨U+202E⟩");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_obeyed) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(&text[..first]);
    for character in text[first..].chars() {
        match is_obeyed(character) {
            true => shown.push_str(&name_of(character)),
            false => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// Whether the character acts on its surroundings instead of being seen.
fn is_obeyed(character: char) -> bool {
    matches!(character,
        // C0, DEL and C1 controls; ESC and CSI are among them.
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Direction: embeddings, overrides, isolates and marks.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // Without width: two texts that look alike would differ.
        | '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}'
        // Fillers that look like nothing, and variation selectors.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}'
        // Line and paragraph separators, interlinear marks, tag characters and further selectors.
        | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// `⟨1B⟩` for a control of one byte, `⟨U+202E⟩` for the rest.
fn name_of(character: char) -> String {
    let code = u32::from(character);
    match code {
        0..=0x9f => format!("⟨{code:02X}⟩"),
        _ => format!("⟨U+{code:04X}⟩"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_text_is_not_copied() {
        for text in ["", "PAYPAL *OPENAI", "招商银行 消费 ￥20.00", "Café – 20 €", "👍", "日本"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_would_be_obeyed_is_shown() {
        for (text, shown) in [
            ("\u{1b}]0;x\u{7}", "⟨1B⟩]0;x⟨07⟩"),
            ("a\r\nb\tc", "a⟨0D⟩⟨0A⟩b⟨09⟩c"),
            ("\u{9b}31m\u{7f}", "⟨9B⟩31m⟨7F⟩"),
            ("\u{202e}\u{2066}\u{2069}\u{61c}\u{200f}", "⟨U+202E⟩⟨U+2066⟩⟨U+2069⟩⟨U+061C⟩⟨U+200F⟩"),
            ("Open\u{200b}AI\u{feff}\u{2060}", "Open⟨U+200B⟩AI⟨U+FEFF⟩⟨U+2060⟩"),
            ("a\u{2028}b\u{2029}", "a⟨U+2028⟩b⟨U+2029⟩"),
            ("\u{e0041}\u{e007f}", "⟨U+E0041⟩⟨U+E007F⟩"),
        ] {
            assert_eq!(clean(text), shown);
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let once = clean("x\u{1b}[2J\u{202e}y").into_owned();
        assert_eq!(clean(&once), once);
    }
}
