//! Names of people who do not exist, and that look it.

use super::draw::Draw;

const FIRST: [&str; 48] = [
    "Ada", "Amir", "Anwen", "Bea", "Bodhi", "Carys", "Cedric", "Chidi", "Clara", "Dev", "Dora",
    "Edmund", "Elif", "Esme", "Farah", "Felix", "Freya", "Gita", "Gwen", "Hana", "Hugo", "Imani",
    "Iris", "Ivo", "Jaya", "Jonas", "Kit", "Kofi", "Lena", "Lewin", "Mabel", "Marek", "Mina",
    "Nadia", "Niall", "Odette", "Omar", "Petra", "Priya", "Rafi", "Rosa", "Sami", "Sunita",
    "Tilda", "Uma", "Wilf", "Yara", "Zeke",
];

const LAST_BEGINS: [&str; 20] = [
    "Alder", "Amber", "Bramble", "Clover", "Copper", "Fern", "Gorse", "Hazel", "Juniper", "Lark",
    "Marl", "Otter", "Pebble", "Quill", "Sedge", "Sorrel", "Teasel", "Thistle", "Willow", "Yarrow",
];

const LAST_ENDS: [&str; 12] = [
    "beck", "croft", "feather", "field", "holt", "lock", "mere", "shaw", "stow", "thwaite", "wick",
    "wold",
];

/// `count` names, no two alike while there are names left.
pub(super) fn names(count: usize, draw: &mut Draw) -> Vec<String> {
    let mut all: Vec<(usize, usize, usize)> = (0..FIRST.len())
        .flat_map(|first| {
            (0..LAST_BEGINS.len())
                .flat_map(move |begins| (0..LAST_ENDS.len()).map(move |ends| (first, begins, ends)))
        })
        .collect();
    draw.shuffle(&mut all);
    all.iter()
        .cycle()
        .take(count)
        .map(|&(first, begins, ends)| {
            format!(
                "{} {}{}",
                FIRST[first], LAST_BEGINS[begins], LAST_ENDS[ends]
            )
        })
        .collect()
}
