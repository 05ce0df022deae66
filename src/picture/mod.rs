//! One scene, drawn as SVG and into the PDF: what a picture consists of, without saying on what it is drawn.

mod scene;

pub use scene::{Anchor, Ink, Scene, Shape, Weight};
