//! A share of a count, with the interval in which the true one may lie.

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that count.
    pub part: u64,
    /// All of them.
    pub whole: u64,
}

/// The quantile of the normal distribution that leaves 2.5 % on each side: for intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// The share, 0 to 1; `None` of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// The 95 % interval of [`wilson`]; `None` of nothing.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.part, self.whole)
    }

    /// How many must be looked at to see one that counts: 1 / share; `None` where none does.
    #[must_use]
    pub fn number_needed(self) -> Option<f64> {
        (self.part > 0).then(|| self.whole as f64 / self.part as f64)
    }

    /// The interval of [`Share::number_needed`], from the ends of [`Share::interval`]; without an upper end where no share
    /// can be too small, `None` of nothing.
    #[must_use]
    pub fn number_needed_interval(self) -> Option<(f64, Option<f64>)> {
        self.interval().map(|(low, high)| (1.0 / high, (low > 0.0).then(|| 1.0 / low)))
    }
}

/// The score interval of 95 % for `part` of `whole`, both ends in 0..=1; `None` where `whole` is 0.
///
/// With p = part / n: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). It stays within 0 and 1 and holds for few records
/// and for shares near 0 and 1, where p ± 1.96 standard errors does not.
///
/// Source: Wilson EB. Probable inference, the law of succession, and statistical inference. *Journal of the American
/// Statistical Association* 1927;22(158):209-212. doi 10.1080/01621459.1927.10502953
///
/// ```
/// use refsieve::evaluate::wilson;
/// let (low, high) = wilson(8, 10).unwrap();
/// assert_eq!((format!("{low:.4}"), format!("{high:.4}")), ("0.4902".into(), "0.9433".into()));
/// assert_eq!(wilson(0, 0), None);
/// ```
#[must_use]
pub fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let n = whole as f64;
    let p = part.min(whole) as f64 / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // At the ends the formula gives 0 and 1 but for rounding.
    let low = if part == 0 { 0.0 } else { (centre - half) / scale };
    let high = if part >= whole { 1.0 } else { (centre + half) / scale };
    Some((low.max(0.0), high.min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Part, whole, and both ends to four places. Newcombe RG. Two-sided confidence intervals for the single proportion.
    /// *Statistics in Medicine* 1998;17:857-872, table I, method 3.
    const NEWCOMBE: [(u64, u64, &str, &str); 4] =
        [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0.0000", "0.1611"), (1, 29, "0.0061", "0.1718")];

    #[test]
    fn ends_are_those_of_the_literature() {
        for (part, whole, low, high) in NEWCOMBE {
            let found = wilson(part, whole).map(|(low, high)| (format!("{low:.4}"), format!("{high:.4}")));
            assert_eq!(found, Some((low.to_owned(), high.to_owned())), "{part} of {whole}");
        }
    }

    #[test]
    fn nothing_has_no_share_and_none_has_no_number_needed() {
        let of = |part, whole| Share { part, whole };
        assert_eq!((of(0, 0).value(), of(0, 0).interval(), of(0, 0).number_needed_interval()), (None, None, None));
        assert_eq!((of(0, 4).value(), of(0, 4).number_needed()), (Some(0.0), None));
        assert!(matches!(of(0, 4).number_needed_interval(), Some((low, None)) if low > 2.0));
        assert_eq!(of(3, 12).number_needed(), Some(4.0));
        let (low, high) = of(3, 12).number_needed_interval().unwrap();
        assert!(low < 4.0 && high.is_some_and(|high| high > 4.0));
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval_and_both_sides_are_alike(whole in 1u64..5000, part in 0u64..5000) {
            let part = part % (whole + 1);
            let share = Share { part, whole };
            let (low, high) = share.interval().unwrap();
            let value = share.value().unwrap();
            prop_assert!(0.0 <= low && low <= value && value <= high && high <= 1.0 && low < high);
            let (other_low, other_high) = wilson(whole - part, whole).unwrap();
            prop_assert!((other_low - (1.0 - high)).abs() < 1e-9 && (other_high - (1.0 - low)).abs() < 1e-9);
        }
    }
}
