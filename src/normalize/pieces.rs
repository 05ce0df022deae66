//! A big file read piece by piece: its rows, and the proof that all of it is text.

use super::{Options, ReadFile, read};
use crate::diagnostic::Diagnostic;
use crate::domain::SourceId;
use crate::source::{Interruption, PIECE_BYTES_MAX, Store, Stream, recognise_pieces};
use std::io;

/// Reads a file piece by piece, without holding it in memory; `None` where it must be read whole: only big tables in
/// UTF-8 are read so. The result is the one that the whole file would have.
///
/// # Errors
/// The bytes cannot be read.
pub fn read_pieces(
    path_shown: &str,
    store: &dyn Store,
    id: SourceId,
    options: &Options,
) -> io::Result<Option<Result<ReadFile, Vec<Diagnostic>>>> {
    read_pieces_of(PIECE_BYTES_MAX, path_shown, store, id, options)
}

fn read_pieces_of(
    piece: usize,
    path_shown: &str,
    store: &dyn Store,
    id: SourceId,
    options: &Options,
) -> io::Result<Option<Result<ReadFile, Vec<Diagnostic>>>> {
    let Some(stream) = Stream::open(store, piece, options.digested)? else { return Ok(None) };
    let read = recognise_pieces(path_shown, &stream, options.known).map(|document| read(document, id, options));
    // Bytes that no row was read from must be text too: else the file is in another encoding.
    let is_sound = read.is_some() && stream.is_sound();
    match stream.into_interruption() {
        Some(Interruption::Unreadable(error)) => Err(error),
        _ if is_sound => Ok(read),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Recognised, recognise};
    use crate::source::Known;
    use crate::source::paper::HereReader;
    use crate::vendor::Vendor;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static VENDOR: LazyLock<Vendor> = LazyLock::new(Vendor::embedded);

    fn both_ways(bytes: &[u8], piece: usize, skip_bad_rows: bool, keep_all: bool) -> (Option<String>, Option<String>) {
        let options = Options {
            vendor: &VENDOR,
            skip_bad_rows,
            keep_all,
            digested: true,
            stated_currency: None,
            known: Known::default(),
            seen_on: None,
            pdf: &HereReader,
        };
        let whole = match recognise("x.csv", bytes, &options) {
            Recognised::Ours(document) => Some(format!("{:#?}", read(document, SourceId(0), &options))),
            Recognised::NotOurs | Recognised::Unclear(_) | Recognised::Unread(_) => None,
        };
        let pieces = read_pieces_of(piece, "x.csv", &bytes, SourceId(0), &options).unwrap();
        (whole, pieces.map(|read| format!("{read:#?}")))
    }

    /// A cell of free text: quoted where it must be, at times where it need not.
    fn text() -> impl Strategy<Value = String> {
        let plain = "[A-Za-z0-9é€ ]{0,14}".prop_map(String::from);
        let quoted = "[a-z é界,;\"\r\n]{0,24}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
        let known = prop::sample::select(vec![
            "OPENAI *CHATGPT SUBSCR",
            "OpenAI",
            "\"OpenAI, LLC\"",
            "PAYPAL INST XFER",
            "FOREIGN TRANSACTION FEE",
            "OPENAIR CINEMA",
            "ＯＰＥＮＡＩ",
            "café openai.com",
            "   ",
            "12/25/2025",
            "\"a\"b",
            "\"open",
        ])
        .prop_map(String::from);
        prop_oneof![8 => plain, 4 => quoted, 3 => known]
    }

    fn amount() -> impl Strategy<Value = String> {
        prop_oneof![
            9 => (-99_999i32..99_999).prop_map(|cents| format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)),
            1 => prop::sample::select(vec!["", "1O.00", "\"1,250.00\"", "-", "20", "3.005"]).prop_map(String::from),
        ]
    }

    fn day() -> impl Strategy<Value = String> {
        prop_oneof![
            12 => (1u32..13, 1u32..29).prop_map(|(month, day)| format!("{month:02}/{day:02}/2025")),
            1 => prop::sample::select(vec!["", "13/40/2025", "soon", "2025-02-03"]).prop_map(String::from),
        ]
    }

    fn card_row() -> impl Strategy<Value = String> {
        (day(), day(), text(), text(), amount(), text()).prop_map(|(paid, booked, what, kind, amount, memo)| {
            format!("{paid},{booked},{what},{kind},Sale,{amount},{memo}")
        })
    }

    fn wallet_row() -> impl Strategy<Value = String> {
        let status = prop::sample::select(vec!["Completed", "Completed", "Pending", "Odd"]);
        let id = || prop::sample::select(vec!["", "A1", "B2", "C3", "D4", "E5"]);
        (day(), text(), status, amount(), amount(), id(), id()).prop_map(
            |(day, name, status, net, balance, id, reference)| {
                format!("{day},{name},General Payment,{status},USD,{net},{id},{reference},{balance}")
            },
        )
    }

    fn file() -> impl Strategy<Value = Vec<u8>> {
        let card = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo";
        let wallet = "Date,Name,Type,Status,Currency,Net,Transaction ID,Reference Txn ID,Balance";
        let rows = prop_oneof![
            (Just(card), prop::collection::vec(card_row(), 0..24)),
            (Just(wallet), prop::collection::vec(wallet_row(), 0..24)),
        ];
        let ends = prop::collection::vec(prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\n\n", "\r\n \r\n"]), 25);
        (rows, ends, any::<bool>(), any::<bool>(), 0u32..20).prop_map(|((header, rows), ends, marked, closed, tear)| {
            let mut text = if marked { "\u{feff}".to_string() } else { String::new() };
            text.push_str(header);
            for (row, end) in rows.iter().zip(&ends) {
                text.push_str(end);
                text.push_str(row);
            }
            text.push_str(if closed || rows.is_empty() { "\n" } else { "" });
            let mut bytes = text.into_bytes();
            if tear == 0 {
                // A byte of another encoding, or the first byte of a character without the others.
                bytes.push(0xE9);
            }
            bytes
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_500))]

        #[test]
        fn a_file_in_pieces_is_the_file(
            bytes in file(),
            piece in 1usize..300,
            skip_bad_rows in any::<bool>(),
            keep_all in any::<bool>(),
        ) {
            let (whole, pieces) = both_ways(&bytes, piece, skip_bad_rows, keep_all);
            match pieces {
                Some(_) => prop_assert_eq!(whole, pieces),
                // Whatever is not UTF-8 is left to those who see the whole file.
                None => prop_assert!(std::str::from_utf8(&bytes).is_err() || whole.is_none()),
            }
        }
    }

    #[test]
    fn what_is_no_table_in_utf8_is_left_to_the_whole_reading() {
        for bytes in
            [&b"Date,Amount,Description\r01/13/2025,1.00,x\r"[..], b"{\n}", b"PK\x03\x04\n", b"name,age\nx,1\n", b""]
        {
            assert_eq!(both_ways(bytes, 64, false, false).1, None);
        }
    }

    #[test]
    fn a_store_that_fails_is_told() {
        struct Broken;
        impl Store for Broken {
            fn length(&self) -> u64 {
                100_000
            }
            fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
                if at > 0 {
                    return Err(io::ErrorKind::PermissionDenied.into());
                }
                into.fill(b' ');
                let head = b"Date,Description,Amount,Currency\n2025-01-13,x,1.00,USD\n";
                into.iter_mut().zip(head).for_each(|(byte, known)| *byte = *known);
                Ok(())
            }
        }
        let options = Options {
            vendor: &VENDOR,
            skip_bad_rows: false,
            keep_all: false,
            digested: true,
            stated_currency: None,
            known: Known::default(),
            seen_on: None,
            pdf: &HereReader,
        };
        let read = read_pieces("x.csv", &Broken, SourceId(0), &options);
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
