//! What work costs: CPU time of all threads, wall time, memory.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// What a piece of work took.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Cost {
    /// CPU seconds, user and system, of all threads.
    pub(crate) cpu: f64,
    /// Seconds that passed.
    pub(crate) wall: f64,
}

/// Does `work` and measures it.
pub(crate) fn cost<R>(work: impl FnOnce() -> R) -> (R, Cost) {
    let (cpu, wall) = (cpu(), Instant::now());
    let result = work();
    (result, Cost { cpu: self::cpu() - cpu, wall: wall.elapsed().as_secs_f64() })
}

/// CPU seconds of this process so far.
pub(crate) fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("CPU time is not negative").as_secs_f64()
}

/// Medians of CPU and of wall time.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    let middle = |value: &dyn Fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Cost { cpu: middle(&|cost| cost.cpu), wall: middle(&|cost| cost.wall) }
}

/// The largest memory of this process so far, in megabytes; `None` where the system does not tell.
pub(crate) fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// Threads to work with: the machine's.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
