//! One file for its owner only, whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::private;

/// Writes `bytes` to `path`. What is there already is kept, unless `force` is given; then it is
/// exchanged in one step.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    if !force && path.exists() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it exists already; choose another name, or give --force",
        ));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = format!(".{name}.muster-{}", std::process::id());
    let aside = folder.unwrap_or(Path::new(".")).join(aside);
    let written = private::create_file(&aside)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        // What is left is of no use; that it can't be removed is no other fault than the first.
        let _ = fs::remove_file(&aside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_unless_forced() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("one.toml");
        write(&path, b"first", false).expect("written");
        let again = write(&path, b"second", false).expect_err("it is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("read"), b"first");
        write(&path, b"second", true).expect("written");
        assert_eq!(fs::read(&path).expect("read"), b"second");
        assert!(write(&place.path().join("no/one.toml"), b"", false).is_err());
        let names = fs::read_dir(place.path()).expect("read").count();
        assert_eq!(names, 1, "nothing is left aside");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_its_owners_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("one.toml");
        write(&path, b"text", false).expect("written");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
