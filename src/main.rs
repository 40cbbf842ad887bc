//! The program: it hands its arguments to the library, and its exit code to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    muster::cli::main(std::env::args_os()).into()
}
