//! One file a rule: what it says, its paragraph, its rows and its test.

pub mod contracted_days;
pub mod off_site_span;
pub mod one_lead;
pub mod one_place_at_a_time;
pub mod pins;
pub mod rolling_load;
pub mod settled;
pub mod site_capacity;
