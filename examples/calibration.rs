//! How often the permutation tests speak where there is nothing, and where there is something.
//!
//! `cargo run --release --example calibration [STUDIES [SEED]]` invents studies (200 unless told otherwise) of documents
//! that differ in how much they take up a theme, as real interviews do, and prints the share of studies with p at or
//! under .05: without any difference (about .05 if the test is sound, and at most .09 in 200 studies), and with a theme
//! twice as frequent in the second phase (the power). The word-level G² stands beside it, to show why it is no test.
//! Last it times the largest comparison that has to be comfortable: 300 codes, 3,000 documents, 9,999 draws.
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

#[path = "../tests/it/stats/studies.rs"]
mod studies;

use std::time::Instant;

use studies::{DESIGNS, poisson, study_many};
use temakart::stats::Random;
use temakart::stats::permutation::{Plan, Side, Unit, pooled_rates};

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let studies = arguments.next().and_then(Result::ok).unwrap_or(200);
    let seed = arguments.next().and_then(Result::ok).unwrap_or(1);

    println!("{studies} studies of each kind, seed {seed}: share with p <= .05\n");
    println!("                                    no difference              twice as much");
    println!("documents a phase       least p     pooled  within   G²        pooled  within   G²");
    for design in DESIGNS {
        let null = study_many(design, 1.0, studies, Plan::usual(seed));
        let doubled = study_many(design, 2.0, studies, Plan::usual(seed + 1));
        let share = |speaking: u64| speaking as f64 / studies as f64;
        println!(
            "{:<22}  {:.4}      {:.3}   {:.3}   {:.3}      {:.3}   {:.3}   {:.3}",
            design.name,
            null.p_min,
            share(null.pooled),
            share(null.within),
            share(null.g2),
            share(doubled.pooled),
            share(doubled.within),
            share(doubled.g2)
        );
    }

    let (units, counts) = large_study();
    let begun = Instant::now();
    let tested = pooled_rates(&units, &counts, Plan::usual(seed)).expect("both sides have documents");
    println!(
        "\n{} codes, {} documents, {} draws: {:.2} s",
        tested.len(),
        units.len(),
        tested[0].assignments,
        begun.elapsed().as_secs_f64()
    );
}

/// 300 codes in 3,000 documents of ten cases, the rarest code in two of a hundred documents, the commonest in most.
fn large_study() -> (Vec<Unit>, Vec<Vec<u32>>) {
    let mut random = Random::stream(0, 0);
    let units: Vec<Unit> = (0..3_000)
        .map(|document| Unit {
            stratum: document % 10,
            side: if random.below(2) == 0 { Side::First } else { Side::Second },
            exposure: 200 + random.below(3_000),
        })
        .collect();
    let counts = (0..300)
        .map(|code| {
            let mean = 0.02 * 1.02_f64.powi(code);
            units.iter().map(|_| poisson(mean, &mut random)).collect()
        })
        .collect();
    (units, counts)
}
