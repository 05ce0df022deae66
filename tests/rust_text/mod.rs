//! Rust text reduced to its code, and what the house rules count in it.

/// Blanks what is not code. Lines stay where they are, so that line numbers and lengths of functions hold.
pub fn code_of(raw: &str) -> String {
    let text: Vec<char> = raw.chars().collect();
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while at < text.len() {
        let end = match text[at] {
            '/' if text.get(at + 1) == Some(&'/') => line_end(&text, at),
            '/' if text.get(at + 1) == Some(&'*') => block_comment_end(&text, at),
            '"' => string_end(&text, at),
            'r' | 'b' if !follows_word(&text, at) => literal_end(&text, at),
            '\'' => char_end(&text, at),
            _ => at,
        };
        if end == at {
            out.push(text[at]);
            at += 1;
            continue;
        }
        out.extend(text[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

fn follows_word(text: &[char], at: usize) -> bool {
    at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '_')
}

fn line_end(text: &[char], at: usize) -> usize {
    text[at..].iter().position(|&c| c == '\n').map_or(text.len(), |length| at + length)
}

fn block_comment_end(text: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut here = at;
    while here + 1 < text.len() {
        match (text[here], text[here + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                here += 1;
                continue;
            }
        }
        here += 2;
        if depth == 0 {
            return here;
        }
    }
    text.len()
}

fn string_end(text: &[char], at: usize) -> usize {
    let mut here = at + 1;
    while here < text.len() {
        match text[here] {
            '\\' => here += 2,
            '"' => return here + 1,
            _ => here += 1,
        }
    }
    text.len()
}

/// End of a raw string, byte string or byte character that begins here, or `at` if none does.
fn literal_end(text: &[char], at: usize) -> usize {
    let mut here = at;
    if text[here] == 'b' {
        here += 1;
        match text.get(here) {
            Some('"') => return string_end(text, here),
            Some('\'') => return char_end(text, here),
            _ => {}
        }
    }
    if text.get(here) != Some(&'r') {
        return at;
    }
    here += 1;
    let hashes = text[here..].iter().take_while(|&&c| c == '#').count();
    here += hashes;
    if text.get(here) != Some(&'"') {
        return at;
    }
    let closes = |from: usize| {
        text[from] == '"' && text[from + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    };
    (here + 1..text.len()).find(|&from| closes(from)).map_or(text.len(), |from| from + 1 + hashes)
}

/// End of a character literal, or `at` if the quote begins a lifetime.
fn char_end(text: &[char], at: usize) -> usize {
    match text.get(at + 1) {
        Some('\\') => text[at + 3..].iter().position(|&c| c == '\'').map_or(text.len(), |length| at + 3 + length + 1),
        Some(_) if text.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

/// Whether a character may stand in an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// Names directly after `crate::`: one, or those of a braced group.
pub fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (offset, _) in code.match_indices("crate::") {
        if code[..offset].ends_with(is_word) || code[..offset].ends_with('$') {
            continue;
        }
        let rest = &code[offset + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push((offset, rest.chars().take_while(|&c| is_word(c)).collect()));
            continue;
        };
        let mut depth = 1;
        let mut name = String::new();
        let mut path_started = false;
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => path_started = false,
                _ => {}
            }
            if depth >= 1 && is_word(c) && !path_started {
                name.push(c);
            } else if !name.is_empty() {
                found.push((offset, std::mem::take(&mut name)));
                path_started = depth > 1 || c == ':';
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// Line, name and number of lines of every function with a body.
pub fn functions(code: &str) -> Vec<(usize, String, usize)> {
    let mut found = Vec::new();
    for (offset, _) in code.match_indices("fn ") {
        if code[..offset].ends_with(is_word) {
            continue;
        }
        let name: String = code[offset + 3..].chars().take_while(|&c| is_word(c)).collect();
        let body = code[offset..].find(['{', ';']).filter(|&at| code[offset + at..].starts_with('{'));
        let Some(open) = body.filter(|_| !name.is_empty()) else { continue };
        let mut depth = 0;
        let close = code[offset + open..].char_indices().find_map(|(at, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0).then_some(offset + open + at)
        });
        let close = close.unwrap_or_else(|| panic!("fn {name} is never closed"));
        found.push((line_of(code, offset), name, code[offset..close].matches('\n').count() + 1));
    }
    found
}

#[test]
fn the_checks_themselves_see() {
    let code = code_of("a(\"// no { \\\" comment\"); // } b\n/* { */ let c = '{'; r#\"\n\" {\"# 'x: loop {}");
    assert_eq!(code.matches(['{', '}']).count(), 2, "{code}");
    assert_eq!(code.lines().count(), 3);
    let paths = crate_paths("use crate::{domain::{Day, Money}, run, text::x::Y}; crate::fx::go(); my_crate::no");
    let names: Vec<&str> = paths.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["domain", "run", "text", "fx"]);
    assert_eq!(functions("fn a() {\n if b {\n }\n}\nfn c();"), [(1, "a".to_string(), 4)]);
}
