//! The channels' bands of fx.md, section 4, in hundredths of a percent.

#[derive(Clone, Copy, Debug)]
pub struct Band {
    pub name: &'static str,
    pub lo: i64,
    pub hi: i64,
}

pub const BANDS: [Band; 9] = [
    Band { name: "scheme", lo: -75, hi: 150 },
    Band { name: "card_embedded_fee", lo: -75, hi: 500 },
    Band { name: "bank_conversion", lo: -50, hi: 450 },
    Band { name: "fintech", lo: -50, hi: 250 },
    Band { name: "paypal", lo: 200, hi: 500 },
    Band { name: "adaptive_pricing", lo: 150, hi: 475 },
    Band { name: "dcc", lo: 200, hi: 1250 },
    Band { name: "wire", lo: -50, hi: 400 },
    Band { name: "unknown", lo: -100, hi: 600 },
];

pub fn band(name: &str) -> Band {
    *BANDS.iter().find(|band| band.name == name).unwrap_or_else(|| panic!("no band is called {name}"))
}
