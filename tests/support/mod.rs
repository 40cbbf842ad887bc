//! What several integration tests share.
#![allow(dead_code, unused_imports)] // each test program uses its own share of it

pub mod checked;
pub mod exhaustive;
pub mod generated;
pub mod kept;
pub mod published;
pub mod share;
pub mod staffed;
pub mod tiny;
