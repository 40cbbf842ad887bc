//! What differs between two results, or two datasets: who is told what where one plan takes the
//! place of another, and what an amendment changes in the files.

mod files;
mod posts;
mod read;
mod render;

pub use files::{FileChange, RowChange, Tables, files};
pub use posts::{Fate, Held, PostChange, posts};
pub use read::{Kind, Posts, held, kind, tables};
pub use render::{csv, files_json, files_text, posts_json, posts_text};
