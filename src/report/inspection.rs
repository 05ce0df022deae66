//! How the files were understood, as text or JSON.

mod json;
mod text;

pub use json::json as inspection_json;
pub use text::text as inspection_text;
