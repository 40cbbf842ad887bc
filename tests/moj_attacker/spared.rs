//! Who can be left without a shortfall: how many inspections a site may have, and what becomes
//! of it where somebody is to have none.

use super::formulation::Formulation;
use super::knowledge::Knowledge;
use super::solver::Program;

/// Who is to have no shortfall, in any of the packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A site of a class, its review of progress not announced.
    Plain(usize),
    /// A site whose review is announced, by its place in the knowledge.
    Announced(usize),
}

impl Formulation {
    /// Everyone whom the figures tell apart.
    pub fn all(&self) -> Vec<Who> {
        let plain = self.classes.iter().enumerate();
        let plain = plain.filter(|(_, class)| class.plain > 0);
        let announced = self.announced.iter().map(|(_, site)| Who::Announced(*site));
        plain
            .map(|(at, _)| Who::Plain(at))
            .chain(announced)
            .collect()
    }

    /// The sites that `who` stands for.
    pub fn sites(&self, who: Who, knowledge: &Knowledge) -> Vec<usize> {
        match who {
            Who::Announced(site) => vec![site],
            Who::Plain(class) => {
                let sites = self.classes[class].sites.iter().copied();
                let plain = sites.filter(|at| knowledge.sites[*at].review.is_none());
                plain.collect()
            }
        }
    }

    /// Columns of pack `t`: the full inspections of a class, its reviews of progress that are
    /// not announced, or those of a site.
    fn columns(&self, t: usize, class: usize, irp: bool, site: Option<usize>) -> Vec<(usize, i64)> {
        let places = self.places.iter();
        let places = places.filter(|place| {
            place.class == class
                && place.shape.is_irp == irp
                && place.review.map(|(site, _)| site) == site
                && place.span.0 <= t
                && t <= place.span.1
        });
        places.map(|place| (place.column, 1)).collect()
    }

    /// What must not be more than how much: a site has at most one inspection of a kind in each
    /// pack's year, and whoever is to be spared has none.
    fn limits(&self, spared: Option<Who>) -> Vec<(Vec<(usize, i64)>, i64)> {
        let mut limits = Vec::new();
        for t in 0..self.packs {
            for (at, class) in self.classes.iter().enumerate() {
                let is_plain = spared == Some(Who::Plain(at));
                let is_announced =
                    matches!(spared, Some(Who::Announced(site)) if class.sites.contains(&site));
                let less = i64::from(is_plain || is_announced);
                let full = self.columns(t, at, false, None);
                limits.push((full, class.sites.len() as i64 - less));
                let irp = self.columns(t, at, true, None);
                limits.push((irp, class.plain as i64 - i64::from(is_plain)));
            }
            for (class, site) in &self.announced {
                let irp = self.columns(t, *class, true, Some(*site));
                let less = i64::from(spared == Some(Who::Announced(*site)));
                limits.push((irp, 1 - less));
            }
        }
        limits
    }

    /// The program in which `spared` has no shortfall, and at most so many ways end.
    pub fn with(&self, spared: Option<Who>, ends: Option<i64>) -> Program {
        let mut program = self.program.clone();
        for (terms, most) in self.limits(spared) {
            let reach: i64 = terms.iter().map(|(at, _)| program.columns[*at].0).sum();
            if reach > most {
                program.line(terms, 0, most);
            }
        }
        if let Some(ends) = ends {
            let columns = program.columns.iter().enumerate();
            let ending = columns.filter(|(_, (_, cost))| *cost > 0);
            let terms: Vec<_> = ending.map(|(at, _)| (at, 1)).collect();
            program.line(terms, 0, ends);
            for column in &mut program.columns {
                column.1 = 0;
            }
        }
        program
    }

    /// Whether `who` has no shortfall in a solution, or can have none by exchange with another
    /// of its class.
    pub fn spares(&self, who: Who, solution: &[i64]) -> bool {
        let limits = self.limits(Some(who));
        limits.iter().all(|(terms, most)| {
            let sum: i64 = terms.iter().map(|(at, _)| solution[*at]).sum();
            sum <= *most
        })
    }
}
