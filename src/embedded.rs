//! The data that the program carries: names, words, layouts, prices. People keep them as TOML; the build makes JSON of
//! them (`prepare.rs`).

use serde::de::DeserializeOwned;

/// The text of one file of data, named without its ending and from `src` on.
macro_rules! carried {
    ($path:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $path, ".json"))
    };
}
pub(crate) use carried;

/// The data of a text that is carried.
///
/// # Panics
/// Never in a build whose tests passed: each text is read by one of them.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the data carried have the form in which they are read")
}
