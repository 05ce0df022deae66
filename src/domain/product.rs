//! What is bought, and by which route it is paid.

/// One of the vendor's three products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// A subscription of the chat service.
    ChatgptPlan,
    /// Prepaid credits of the chat service.
    ChatgptCredits,
    /// Prepaid credit of the programming interface.
    ApiCredits,
}

/// What a descriptor says about the product bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProductHint {
    /// The descriptor names the product.
    Named(Product),
    /// The descriptor is usually that product's, but others have been seen under it.
    Usual(Product),
    /// The descriptor names the vendor alone and contradicts nothing.
    Unknown,
}

impl ProductHint {
    /// The product named or usual, if any.
    pub fn product(self) -> Option<Product> {
        match self {
            ProductHint::Named(product) | ProductHint::Usual(product) => Some(product),
            ProductHint::Unknown => None,
        }
    }

    /// Whether the descriptor rules the product out. A merely usual product rules nothing out.
    pub fn contradicts(self, product: Product) -> bool {
        matches!(self, ProductHint::Named(named) if named != product)
    }
}

impl Product {
    /// The name used in files and reports: `chatgpt-plan`.
    pub fn name(self) -> &'static str {
        match self {
            Product::ChatgptPlan => "chatgpt-plan",
            Product::ChatgptCredits => "chatgpt-credits",
            Product::ApiCredits => "api-credits",
        }
    }

    /// The product of that name.
    pub fn parse(text: &str) -> Option<Product> {
        [Product::ChatgptPlan, Product::ChatgptCredits, Product::ApiCredits].into_iter().find(|p| p.name() == text)
    }
}

/// How the money travelled from the payer to the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// A card or account charged by the vendor itself.
    Card,
    /// PayPal.
    Paypal,
    /// Apple's store.
    Apple,
    /// Google's store.
    Google,
    /// Any other intermediary.
    Other,
}
