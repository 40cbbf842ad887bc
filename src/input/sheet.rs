//! The rows of one file as domain types.

use crate::diagnostics::Diagnostics;

use super::cells::{Cell, Cells};
use super::ids::Ids;
use super::table::Table;

/// What could be read of a file.
pub struct Sheet<T> {
    /// Its rows that are right, in the file's order.
    pub rows: Vec<T>,
    /// The ids of all its rows, for a file that has them.
    pub ids: Ids,
    /// Whether every row of it was right, so that counts over the whole file mean something.
    pub whole: bool,
}

/// A file whose table could not be had.
pub enum Missing {
    /// It is optional and isn't there: no rows.
    Fine,
    /// That has been reported.
    Reported,
}

/// A file's table, or why there is none.
pub type Opened = Result<Table, Missing>;

/// The rows of a file whose first column is an id that others refer to.
pub fn with_ids<T>(
    table: Opened,
    mut ids: Ids,
    id_column: &str,
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut Cells<'_>, Cell<String>) -> Cell<T>,
    id_of: impl Fn(&T) -> &str,
) -> Sheet<T> {
    let mut rows = Vec::new();
    match &table {
        Ok(table) => {
            if !table.complete || !table.has(id_column) {
                ids.set_incomplete();
            }
            table.for_each(diagnostics, |cells| {
                let id = ids.add(cells);
                if let Ok(row) = read(cells, id) {
                    ids.set_position(id_of(&row), rows.len());
                    rows.push(row);
                }
            });
        }
        Err(Missing::Fine) => {}
        Err(Missing::Reported) => ids.set_incomplete(),
    }
    let whole = is_whole(&table, rows.len());
    Sheet { rows, ids, whole }
}

/// The rows of a file that nothing refers to.
pub fn without_ids<T>(
    table: Opened,
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut Cells<'_>) -> Cell<T>,
) -> Sheet<T> {
    let mut rows = Vec::new();
    if let Ok(table) = &table {
        table.for_each(diagnostics, |cells| rows.extend(read(cells)));
    }
    let whole = is_whole(&table, rows.len());
    let ids = Ids::new("", "");
    Sheet { rows, ids, whole }
}

/// Whether the `read` rows are all there are.
fn is_whole(table: &Opened, read: usize) -> bool {
    match table {
        Ok(table) => table.complete && table.len() == read,
        Err(Missing::Fine) => true,
        Err(Missing::Reported) => false,
    }
}
