//! The encoding that a file names in its own first lines: an XML declaration, or the header of OFX 1.

use encoding_rs::{Encoding, GB18030, GBK};

/// How much of a file is searched for it.
const HEAD_BYTES: usize = 1024;

/// The encoding named; `None` where none is, or one that is not known.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD_BYTES.min(bytes.len()))?).to_ascii_lowercase();
    let label = if head.trim_start().starts_with("<?xml") {
        let declaration = head.split("?>").next()?;
        let (_, value) = declaration.split_once("encoding")?;
        value.trim_start_matches(['=', ' ', '"', '\'']).split(['"', '\'']).next()?.to_string()
    } else if head.contains("ofxheader:") {
        let (_, value) = head.split_once("charset:")?;
        value.split_whitespace().next()?.to_string()
    } else {
        return None;
    };
    let label = match label.as_str() {
        "932" => "shift_jis".to_string(),
        "936" => "gbk".to_string(),
        "949" => "euc-kr".to_string(),
        "950" => "big5".to_string(),
        page if page.len() == 4 && page.starts_with("125") => format!("windows-{page}"),
        iso if iso.starts_with("8859-") => format!("iso-{iso}"),
        label => label.to_string(),
    };
    // GB18030 holds all of GBK.
    Encoding::for_label(label.as_bytes()).map(|found| if found == GBK { GB18030 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_encoding() {
        let name = |text: &str| declared_encoding(text.as_bytes()).map(Encoding::name);
        assert_eq!(name("<?xml version='1.0' encoding='ISO-8859-15'?><a/>"), Some("ISO-8859-15"));
        assert_eq!(name("OFXHEADER:100\r\nENCODING:USASCII\r\nCHARSET:1250\r\n"), Some("windows-1250"));
        assert_eq!(name("OFXHEADER:100 CHARSET:936 "), Some("gb18030"));
        assert_eq!(name("OFXHEADER:100\nCHARSET:NONE\n"), None);
        assert_eq!(name("Date,encoding\n"), None);
        assert_eq!(name("<?xml"), None);
    }
}
