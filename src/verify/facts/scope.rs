//! Which inspections Ofsted attends at all (¶16, 26).

use crate::domain::{Country, InspectionIx, Judgement, Kind, Status};

use super::Facts;

/// Why an inspection is out of scope: of several reasons, the first here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutOfScope {
    Cancelled,
    Postponed,
    /// In Wales: Estyn's.
    Estyn,
    /// HMIP's word for this one inspection.
    NotAttended,
    /// An IRP whose previous judgement doesn't ask for Ofsted.
    Judgement,
}

impl OutOfScope {
    /// As written in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
            Self::Estyn => "estyn",
            Self::NotAttended => "not-attended",
            Self::Judgement => "judgement",
        }
    }
}

impl Facts<'_> {
    /// Why an inspection is out of scope; nothing where it is in scope.
    pub fn out_of_scope(&self, ix: InspectionIx) -> Option<OutOfScope> {
        self.by_its_row(ix)
            .filter(|why| !self.was_attended(ix, *why))
    }

    fn by_its_row(&self, ix: InspectionIx) -> Option<OutOfScope> {
        let inspection = self.dataset.inspection(ix);
        let judged_so = matches!(
            inspection.previous_esw,
            Some(Judgement::RequiresImprovement | Judgement::Inadequate | Judgement::Awaited)
        );
        if inspection.status == Status::Cancelled {
            Some(OutOfScope::Cancelled)
        } else if inspection.status == Status::Postponed {
            Some(OutOfScope::Postponed)
        } else if self.site(ix).country == Country::Wales {
            Some(OutOfScope::Estyn)
        } else if inspection.ofsted_attends == Some(false) {
            Some(OutOfScope::NotAttended)
        } else if inspection.kind == Kind::Irp
            && !judged_so
            && inspection.ofsted_attends != Some(true)
        {
            Some(OutOfScope::Judgement)
        } else {
            None
        }
    }

    /// Every inspection in scope.
    pub fn in_scope(&self) -> impl Iterator<Item = InspectionIx> {
        self.dataset
            .inspection_ixs()
            .filter(|ix| self.out_of_scope(*ix).is_none())
    }

    /// Whether an inspection in scope is so only until its awaited judgement comes (¶26).
    pub fn is_provisional(&self, ix: InspectionIx) -> bool {
        let inspection = self.dataset.inspection(ix);
        self.out_of_scope(ix).is_none()
            && inspection.kind == Kind::Irp
            && inspection.previous_esw == Some(Judgement::Awaited)
            && inspection.ofsted_attends.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::test_support::Year;

    fn reason(change: impl FnOnce(&mut Year)) -> Option<OutOfScope> {
        let mut year = Year::new().irp("R1", "2026-05-12", "2026-05-14");
        change(&mut year);
        Facts::new(&year.dataset).out_of_scope(InspectionIx::new(0))
    }

    #[test]
    fn an_irp_is_in_scope_by_its_judgement_or_hmips_word() {
        let judged = |judgement, word| {
            reason(|year| {
                year.dataset.programme[0].previous_esw = Some(judgement);
                year.dataset.programme[0].ofsted_attends = word;
            })
        };
        assert_eq!(judged(Judgement::Inadequate, None), None);
        assert_eq!(judged(Judgement::RequiresImprovement, None), None);
        assert_eq!(judged(Judgement::Awaited, None), None);
        assert_eq!(judged(Judgement::Good, Some(true)), None);
        assert_eq!(judged(Judgement::Good, None), Some(OutOfScope::Judgement));
        assert_eq!(judged(Judgement::None, None), Some(OutOfScope::Judgement));
        assert_eq!(
            judged(Judgement::Inadequate, Some(false)),
            Some(OutOfScope::NotAttended)
        );
    }

    #[test]
    fn the_first_reason_is_given() {
        let wales_and = |status| {
            reason(|year| {
                year.dataset.establishments[0].country = Country::Wales;
                year.dataset.programme[0].status = status;
            })
        };
        assert_eq!(wales_and(Status::Planned), Some(OutOfScope::Estyn));
        assert_eq!(wales_and(Status::Postponed), Some(OutOfScope::Postponed));
        assert_eq!(wales_and(Status::Cancelled), Some(OutOfScope::Cancelled));
    }
}
