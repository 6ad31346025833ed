import TraceModel

/// Words for what was redacted.
enum RedactionWords {
    /// Such as `STRIPE_KEY 3, EMAIL 1`.
    static func list(_ counts: RedactionCounts) -> String {
        counts.sorted.map { "\($0.rule) \($0.count)" }.joined(separator: ", ")
    }
}

/// Words for a count.
enum Counted {
    /// Such as `1 trace` and `3 traces`.
    static func text(_ count: Int, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}
