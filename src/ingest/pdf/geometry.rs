//! Places on a page: transformations, and which way text runs.

use super::object::Object;

/// A transformation `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

impl Matrix {
    /// Leaves every place as it is.
    pub(super) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The transformation that six numbers stand for.
    pub(super) fn of(numbers: &[Object]) -> Option<Self> {
        let [a, b, c, d, e, f] = numbers else { return None };
        let n = Object::as_number;
        Some(Self { a: n(a)?, b: n(b)?, c: n(c)?, d: n(d)?, e: n(e)?, f: n(f)? })
    }

    /// A move by `e` to the right and `f` upwards.
    pub(super) fn shift(e: f64, f: f64) -> Self {
        Self { e, f, ..Self::IDENTITY }
    }

    /// This transformation first, `then` after it.
    pub(super) fn then(self, then: Self) -> Self {
        Self {
            a: self.a * then.a + self.b * then.c,
            b: self.a * then.b + self.b * then.d,
            c: self.c * then.a + self.d * then.c,
            d: self.c * then.b + self.d * then.d,
            e: self.e * then.a + self.f * then.c + then.e,
            f: self.e * then.b + self.f * then.d + then.f,
        }
    }
}

/// Which way a baseline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Right,
    Up,
    Left,
    Down,
    /// Across the page, as watermarks do.
    Slanted,
}

impl Direction {
    /// The direction of a baseline that runs `a` to the right and `b` upwards.
    pub(super) fn of(a: f64, b: f64) -> Self {
        // Up to about 6 degrees, as a crooked scan has them.
        if b.abs() <= a.abs() * 0.1 {
            if a >= 0.0 { Self::Right } else { Self::Left }
        } else if a.abs() <= b.abs() * 0.1 {
            if b > 0.0 { Self::Up } else { Self::Down }
        } else {
            Self::Slanted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_follow_each_other() {
        let turned = Matrix { a: 0.0, b: 1.0, c: -1.0, d: 0.0, e: 0.0, f: 0.0 };
        let moved = Matrix::shift(2.0, 3.0).then(turned);
        assert_eq!((moved.e, moved.f), (-3.0, 2.0));
        assert_eq!(Direction::of(moved.a, moved.b), Direction::Up);
    }
}
