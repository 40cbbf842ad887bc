//! Positions of rows in a [`Dataset`](super::Dataset): a reference that was resolved when
//! the files were read, so it can't dangle and can't be taken for another kind's.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The row at `position`, counted from 0.
            ///
            /// # Panics
            /// If `position` does not fit 32 bits, which no file that fits in memory reaches.
            pub fn new(position: usize) -> Self {
                Self(u32::try_from(position).expect("fewer than 2^32 rows"))
            }

            /// Its position, counted from 0.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A row of `establishments.csv`.
    EstablishmentIx
);
index!(
    /// A row of `programme.csv`.
    InspectionIx
);
index!(
    /// A row of `inspectors.csv`.
    InspectorIx
);
