//! E-mail addresses.

use super::Finding;

/// First character and domain of an address: `m***@example.com`. A text without `@` comes back as a mask alone.
pub fn mask_mail(address: &str) -> String {
    match address.rsplit_once(['@', '＠']) {
        Some((name, domain)) => match name.chars().next() {
            Some(first) => format!("{first}***@{domain}"),
            None => format!("***@{domain}"),
        },
        None => "***".to_string(),
    }
}

/// Every address in the text.
pub(super) fn find(text: &str) -> Vec<Finding> {
    text.match_indices(['@', '＠']).filter_map(|(at, sign)| around(text, at, sign.len())).collect()
}

fn around(text: &str, at: usize, sign: usize) -> Option<Finding> {
    let (before, after) = (&text[..at], &text[at + sign..]);
    let in_name = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let in_domain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let name = before.trim_end_matches(in_name);
    let domain = after.len() - after.trim_start_matches(in_domain).len();
    let domain = after[..domain].trim_end_matches(['.', '-']);
    // Signs before the first letter or digit belong to the text around it: a code span, a quotation.
    let is_sign = |c: char| !c.is_alphanumeric() && c != '*' && c != '_';
    let start = at - before[name.len()..].trim_start_matches(is_sign).len();
    if start == at || !domain.contains('.') || domain.starts_with('.') {
        return None;
    }
    let end = at + sign + domain.len();
    // An address masked before is left as it is.
    if before.ends_with("***") && before[start..].chars().count() <= 4 {
        return None;
    }
    Some(Finding { at: start..end, mask: mask_mail(&text[start..end]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_stays() {
        assert_eq!(mask_mail("mei@example.com"), "m***@example.com");
        assert_eq!(mask_mail("梅@example.com"), "梅***@example.com");
        assert_eq!(mask_mail("@example.com"), "***@example.com");
        assert_eq!(mask_mail("mei"), "***");
    }
}
