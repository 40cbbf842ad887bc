//! A small dataset with nothing wrong and nothing odd about it, to be damaged by tests.
//! All of it is invented.

use std::collections::BTreeMap;

/// Files by name.
pub type Dataset = BTreeMap<String, Vec<u8>>;

const FILES: [(&str, &str); 10] = [
    (
        "policy.toml",
        "programme_year = 2026\n[notice]\nirps_min = 1\nirps_max = 3\n[priority]\nbase = 3\n",
    ),
    (
        "establishments.csv",
        "establishment_id,name,country,region,type,age_group,clearance_required,site_capacity,education_provider,latitude,longitude\n\
         ash,HMP Ashdown,England,North,reception,adult,ctc,14,Novus,53.8,-1.5\n\
         birch,HMP Birchwood,England,North,training,adult,,,Milton,54.1,-1.6\n\
         cedar,HMYOI Cedar Park,England,South,yoi,children,enhanced-1,12,Novus,51.2,-0.4\n",
    ),
    (
        "programme.csv",
        "inspection_id,establishment_id,kind,announced,start_date,end_date,hmip_team,partner_team,team_required,previous_esw,different_week,attend_from,attend_to,earliest,latest,dates_named_on,ofsted_attends,notified_on,prison_named_on,status\n\
         P1,ash,full,no,2026-05-11,2026-05-21,7,2,4,good,ask,,,,,,,2025-10-01,,planned\n\
         P2,birch,irp,yes,2026-06-15,2026-06-17,3,0,2,inadequate,no,,,,,,,2025-10-01,,\n\
         P3,cedar,full,no,2026-09-07,2026-09-17,6,2,3,requires-improvement,no,2026-09-14,2026-09-17,,,,,2025-10-01,,planned\n\
         S1,birch,standalone,yes,2026-11-09,2026-11-12,,,2,,no,,,2026-11-02,2026-11-26,2026-07-01,,,2026-06-01,planned\n",
    ),
    (
        "inspectors.csv",
        "inspector_id,name,grade,lead_trained,region,latitude,longitude,dbs_expires,clearance,clearance_expires,max_days,days_used,working_days\n\
         I1,Alex Moore,HMI,yes,North,53.5,-1.2,2028-03-31,ctc,2028-03-31,120,10,Mon-Fri\n\
         I2,Robin Hale,HMI,yes,South,51.5,-0.1,2028-03-31,sc,2028-03-31,100,,\"Mon,Tue,Wed,Thu\"\n\
         I3,Sam Ode,OI,no,North,53.9,-1.1,2028-03-31,ctc,2028-03-31,60,0,\n",
    ),
    (
        "availability.csv",
        "inspector_id,from,to,kind,reason\n\
         I1,2026-08-03,2026-08-14,unavailable,annual leave\n\
         I3,2026-05-11,2026-06-30,offered,\n\
         I3,2026-05-25,2026-05-29,unavailable,hospital\n",
    ),
    (
        "conflicts.csv",
        "inspector_id,establishment_id,education_provider,until,reason\n\
         I1,cedar,,2027-01-31,worked there\n\
         I3,,Milton,,adviser\n",
    ),
    (
        "pins.csv",
        "inspection_id,inspector_id,role,action\nP1,I1,lead,pin\nP3,I3,,forbid\n",
    ),
    (
        "history.csv",
        "establishment_id,inspector_id,role,date\nbirch,I1,lead,2025-09-18\n",
    ),
    (
        "bank_holidays.csv",
        "date,name\n2026-05-25,Spring bank holiday\n2026-12-25,Christmas Day\n",
    ),
    (
        "notes.txt",
        "Other files may lie in the folder and are left alone.\n",
    ),
];

/// The dataset, undamaged.
pub fn small_year() -> Dataset {
    FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect()
}
