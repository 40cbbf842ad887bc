//! What Muster says of itself.

use clap::Args;

/// `muster explain-code`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  muster explain-code M0103     one code
  muster explain-code           all of them, as docs/diagnostics.md has them")]
pub struct ExplainCode {
    /// The code that stands beside an error or a warning
    pub code: Option<String>,
}

/// `muster completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster completions bash > ~/.local/share/bash-completion/completions/muster")]
pub struct Completions {
    /// Whose
    pub shell: clap_complete::Shell,
}

/// `muster man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  muster man > muster.1 && man ./muster.1")]
pub struct Man {}
