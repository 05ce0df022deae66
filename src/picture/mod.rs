//! One scene, drawn as SVG and into the PDF: what a picture consists of, without saying on what it is drawn; and the
//! two pictures of a case, made from texts that are already in the reader's language.

mod mark;
mod ruler;
mod scene;
mod svg;
mod timeline;
mod waterfall;

pub use mark::Mark;
pub use scene::{Anchor, Ink, Scene, Shape, Weight};
pub use svg::{STYLE as SVG_STYLE, svg};
pub use timeline::{Event, Lane, Stretch, StretchKind, Timeline, timeline};
pub use waterfall::{Bar, BarKind, Waterfall, waterfall};
