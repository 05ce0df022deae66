//! An exact figure as it is written, before it is money.

use rust_decimal::Decimal;

/// An exact figure: `mantissa` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Signed digits without the mark.
    pub mantissa: i64,
    /// Number of decimals.
    pub scale: u32,
}

impl Figure {
    /// Whether the figure is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The same figure without zeros at the end of its decimals: `20.00` and `20.0` become one.
    #[must_use]
    pub fn normalized(self) -> Figure {
        let mut figure = self;
        while figure.scale > 0 && figure.mantissa % 10 == 0 {
            figure.mantissa /= 10;
            figure.scale -= 1;
        }
        figure
    }

    /// The figure with the other sign.
    #[must_use]
    pub fn negated(self) -> Figure {
        // At most 18 digits: the negation always fits.
        Figure { mantissa: self.mantissa.saturating_neg(), ..self }
    }

    /// The figure without its sign.
    #[must_use]
    pub fn unsigned(self) -> Figure {
        Figure { mantissa: self.mantissa.saturating_abs(), ..self }
    }

    /// Adds another figure; `None` where the sum does not fit.
    pub fn plus(self, other: Figure) -> Option<Figure> {
        if self.scale == other.scale {
            return Some(Figure { mantissa: self.mantissa.checked_add(other.mantissa)?, ..self });
        }
        let scale = self.scale.max(other.scale);
        let lift = |figure: Figure| figure.mantissa.checked_mul(10i64.checked_pow(scale - figure.scale)?);
        Some(Figure { mantissa: lift(self)?.checked_add(lift(other)?)?, scale })
    }

    /// The figure as a decimal with the decimals it was written with.
    pub fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.mantissa), self.scale)
    }
}
