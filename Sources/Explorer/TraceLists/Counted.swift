import Canvas

/// A number with what it counts: `1 call`, `12 calls`.
enum Counted {
    static func text(_ count: Int, _ word: String) -> String {
        "\(Figures.count(Int64(count))) \(word)\(count == 1 ? "" : "s")"
    }
}
