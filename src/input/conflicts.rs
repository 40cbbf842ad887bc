//! `conflicts.csv`. Reasons are not read.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest, quoted};
use crate::domain::{
    Conflict, ConflictWith, Establishment, EstablishmentIx, Inspector, InspectorIx,
};

use super::cells::{Cell, Cells};
use super::fields::{date, line_of_text};
use super::sheet::{Opened, Sheet, without_ids};

pub fn read(
    table: Opened,
    inspectors: &Sheet<Inspector>,
    establishments: &Sheet<Establishment>,
    diagnostics: &mut Diagnostics,
) -> Sheet<Conflict> {
    let providers: BTreeSet<_> = establishments
        .rows
        .iter()
        .filter_map(|one| one.education_provider.as_deref())
        .collect();
    without_ids(table, diagnostics, |cells| {
        let inspector = inspectors.ids.find(cells, "inspector_id");
        let with = conflict_with(cells, establishments, &providers);
        let until = cells.optional("until", date);
        Ok(Conflict {
            inspector: InspectorIx::new(inspector?),
            with: with?,
            until: until?,
            line: cells.line(),
        })
    })
}

fn conflict_with(
    cells: &mut Cells<'_>,
    establishments: &Sheet<Establishment>,
    providers: &BTreeSet<&str>,
) -> Cell<ConflictWith> {
    let establishment = cells.optional("establishment_id", Ok)?;
    let provider = cells.optional("education_provider", line_of_text)?;
    match (establishment, provider) {
        (Some(_), None) => {
            let found = establishments.ids.find(cells, "establishment_id")?;
            Ok(ConflictWith::Establishment(EstablishmentIx::new(found)))
        }
        (None, Some(provider)) => {
            if establishments.whole && !providers.contains(provider) {
                let message = format!("no establishment has the provider {}", quoted(provider));
                let few = providers.iter().copied().take(200);
                cells.report(
                    Diagnostic::at(codes::M0305, cells.place("education_provider"), message)
                        .cell(provider)
                        .help("write it exactly as in establishments.csv; until then it holds nowhere")
                        .suggest(nearest(provider, few)),
                );
            }
            Ok(ConflictWith::Provider(provider.to_owned()))
        }
        (both, _) => {
            let message = if both.is_some() {
                "both establishment_id and education_provider are given"
            } else {
                "neither establishment_id nor education_provider is given"
            };
            Err(cells.report(
                Diagnostic::at(codes::M0214, cells.place("establishment_id"), message)
                    .cell(both.unwrap_or_default())
                    .help("give exactly one of the two"),
            ))
        }
    }
}
