//! File rights: what is written is for its owner only. One place, because systems differ: on
//! Unix, folders are 0700 and files 0600; elsewhere a new file has its folder's rights, which
//! in a user's own profile are that user's.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a file that only its owner can read or write; it must not exist.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    for_its_owner(&mut options);
    options.open(path)
}

/// Opens a file for reading and writing, what it holds left alone; where there is none, it is created, for
/// its owner only.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    for_its_owner(&mut options);
    options.open(path)
}

fn for_its_owner(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = options;
}

/// Creates a folder that only its owner can enter; it must not exist.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has rights to set"))]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}
