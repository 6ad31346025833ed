extension RedactionRules {
    /// Keys of services that move money and goods.
    static let commerce: [RedactionRule] = [
        RedactionRule(
            "STRIPE_KEY", .secret, "Stripe API key", literals: ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
            pattern: "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", boundary: .word, check: .entropy(3)),
        RedactionRule(
            "STRIPE_WEBHOOK_SECRET", .secret, "Stripe webhook secret", literals: ["whsec_"],
            pattern: "whsec_[A-Za-z0-9+/]{24,}={0,2}", boundary: .word, check: .entropy(3)),
        RedactionRule(
            "SHOPIFY_TOKEN", .secret, "Shopify token", literals: ["shpat_", "shpca_", "shppa_", "shpss_"],
            pattern: "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}", boundary: .word),
        RedactionRule(
            "SQUARE_TOKEN", .secret, "Square token", literals: ["sq0atp-", "sq0csp-", "EAAA"],
            pattern: "(?:sq0atp-[A-Za-z0-9_-]{22}|sq0csp-[A-Za-z0-9_-]{43}|EAAA[A-Za-z0-9_-]{60})", boundary: .key,
            check: .entropy(3.2)),
    ]
}
