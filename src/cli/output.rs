//! What is printed, and where. A reader who closes the pipe is no fault.

use std::io::{IsTerminal as _, Write as _};

/// Prints to the standard output.
pub(super) fn say(text: impl AsRef<str>) {
    let mut out = anstream::stdout();
    let _ = out
        .write_all(text.as_ref().as_bytes())
        .and_then(|()| out.flush());
}

/// Prints a line of our own to the standard error.
pub(super) fn complain(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "muster: {text}");
}

/// Whether somebody looks at the standard error.
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}
