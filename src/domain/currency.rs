//! Currencies by their ISO 4217 code, with the number of decimals their amounts carry.

use std::cmp::Ordering;
use std::fmt;

/// A currency of ISO 4217.
///
/// # Invariants
/// The code is one of the list below: there is no "assume two decimals" for an unknown code.
///
/// # Examples
/// ```
/// use payproof::domain::Currency;
/// assert_eq!(Currency::parse("jpy").unwrap().exponent(), 0);
/// assert!(Currency::parse("US").is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// The text that is no ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCurrency(pub String);

/// Active codes of ISO 4217, and those that euro adopters used within the embedded rate history.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR \
RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH \
UGX USD UYI UYU UYW UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Bytes from one code of a list to the next.
const CODE_STEP: usize = 4;

const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
const FOUR_DECIMALS: &str = "CLF UYW";

/// Whether a list, sorted and parted by one blank each, has the code.
fn lists(codes: &str, code: &str) -> bool {
    let after = codes.len() + 1;
    let (mut low, mut high) = (0, after / CODE_STEP);
    while low < high {
        let middle = low.midpoint(high);
        let known = codes.get(middle * CODE_STEP..middle * CODE_STEP + 3).unwrap_or_default();
        match known.cmp(code) {
            Ordering::Equal => return true,
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    false
}

impl Currency {
    /// The US dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");
    /// The Chinese yuan.
    pub const CNY: Currency = Currency(*b"CNY");

    /// Reads a three-letter code in either case, blanks around it ignored.
    ///
    /// # Errors
    /// The text is not an ISO 4217 code.
    pub fn parse(text: &str) -> Result<Currency, UnknownCurrency> {
        let bytes = text.trim().as_bytes();
        if let &[a, b, c] = bytes {
            let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()];
            if code.iter().all(u8::is_ascii_uppercase) && lists(CODES, std::str::from_utf8(&code).unwrap_or_default()) {
                return Ok(Currency(code));
            }
        }
        Err(UnknownCurrency(text.trim().to_string()))
    }

    /// The three capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// The letters of the code.
    pub fn letters(self) -> [u8; 3] {
        self.0
    }

    /// Number of decimals of the minor unit: JPY 0, USD 2, KWD 3 (source: ISO 4217).
    pub fn exponent(self) -> u32 {
        let code = self.code();
        if lists(NO_DECIMALS, code) {
            0
        } else if lists(THREE_DECIMALS, code) {
            3
        } else if lists(FOUR_DECIMALS, code) {
            4
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an ISO 4217 currency code", self.0)
    }
}

impl std::error::Error for UnknownCurrency {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exception_is_a_listed_code() {
        for list in [CODES, NO_DECIMALS, THREE_DECIMALS, FOUR_DECIMALS] {
            for code in list.split(' ') {
                assert!(Currency::parse(code).is_ok(), "{code}");
            }
        }
        assert_eq!(Currency::parse("KWD").unwrap().exponent(), 3);
        assert_eq!(Currency::parse("HUF").unwrap().exponent(), 2);
        assert!(Currency::parse("CNH").is_err());
        assert!(Currency::parse("美元").is_err());
    }
}
