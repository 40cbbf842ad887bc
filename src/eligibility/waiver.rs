//! What is taken as mended, to ask whether that alone would fill a post.

use crate::domain::InspectionIx;

/// What the rules take as mended: one field a mend, none by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiver {
    /// An inspection whose people need neither clearance, DBS check nor training (H5, H6).
    pub clearance_at: Option<InspectionIx>,
}

impl Waiver {
    /// Whether people need no papers at `inspection`.
    pub(super) fn clears(self, inspection: InspectionIx) -> bool {
        self.clearance_at == Some(inspection)
    }
}
