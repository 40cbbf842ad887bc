//! What is wrong or odd in a dataset, said so that a scheduler can mend it: where, what, and
//! what to do.
//!
//! Every stage that reads the dataset reports here. A [`Diagnostic`] has a stable code of
//! [`codes`], which alone says whether it is an error or a warning; [`Diagnostics`] collects
//! them with the text of the files they speak of; [`render`] draws them for people and
//! writes them for programs.

pub mod codes;
mod diagnostic;
mod places;
pub mod render;
mod source;
mod words;

pub use codes::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Related, Severity};
pub use places::{Place, Position};
pub(crate) use source::QuoteFault;
pub use source::{Source, TableLayout};
pub use words::{nearest, quoted};
