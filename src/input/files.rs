//! Where the bytes of a dataset come from: a folder, or memory.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What is found under a name.
#[derive(Debug)]
pub enum Found {
    /// A file and its bytes.
    Bytes(Vec<u8>),
    /// Nothing.
    Nothing,
    /// A folder.
    Folder,
    /// Something else that can't be read, and why.
    Unreadable(String),
}

/// Files by name.
pub trait Files {
    /// The names of all that is there.
    ///
    /// # Errors
    /// If the place as a whole can't be read, with the reason.
    fn names(&self) -> Result<Vec<String>, String>;

    /// What is under `name`.
    fn find(&self, name: &str) -> Found;
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn names(&self) -> Result<Vec<String>, String> {
        Ok(self.keys().cloned().collect())
    }

    fn find(&self, name: &str) -> Found {
        match self.get(name) {
            Some(bytes) => Found::Bytes(bytes.clone()),
            None => Found::Nothing,
        }
    }
}

impl Files for Path {
    fn names(&self) -> Result<Vec<String>, String> {
        let shown = self.display();
        let entries = std::fs::read_dir(self).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("the folder {shown} doesn't exist"),
            io::ErrorKind::NotADirectory => format!("{shown} is a file, not a folder"),
            _ => format!("the folder {shown} can't be read: {error}"),
        })?;
        let mut names: Vec<_> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    fn find(&self, name: &str) -> Found {
        let path = self.join(name);
        // What is neither file nor folder (a pipe, a device) might never end.
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
            Err(error) => Found::Unreadable(error.to_string()),
            Ok(data) if data.is_dir() => Found::Folder,
            Ok(data) if !data.is_file() => Found::Unreadable("it is no ordinary file".to_owned()),
            Ok(_) => match std::fs::read(&path) {
                Ok(bytes) => Found::Bytes(bytes),
                Err(error) => Found::Unreadable(error.to_string()),
            },
        }
    }
}
