extension AgentRun {
    /// The label of the run in at most `width` characters.
    ///
    /// What tells runs apart goes last: first the middle of the name, down to its first and its last character, then
    /// the reason of the attempt, then the name, then the attempt. Where not even `#3` fits, the label is cut at the
    /// end. A width below 1 gives nothing.
    public func label(width: Int) -> String {
        if width < 1 { return "" }
        let name = self.name ?? "?"
        let number = "#\(instance)"
        let tries = attempt > 1 ? " ·try \(attempt)" : ""
        let reason = attempt > 1 ? attemptReason.map { "←\($0.name)" } ?? "" : ""
        for tail in [number + tries + reason, number + tries] {
            let room = width - tail.count
            if room >= name.count { return name + tail }
            if room >= 3 { return AgentRun.shortened(name, to: room) + tail }
        }
        let short = number + tries
        if short.count <= width { return name.prefix(width - short.count) + short }
        if number.count <= width { return name.prefix(width - number.count) + number }
        return String(number.prefix(width))
    }

    /// Replaces the middle of a text by an ellipsis; `width` is less than its length and at least 3.
    private static func shortened(_ text: String, to width: Int) -> String {
        let tail = (width - 1) / 2
        return text.prefix(width - 1 - tail) + "…" + text.suffix(tail)
    }
}

extension IdentitySource {
    /// A mark that tells without colour how an identity came to a span; stands before the label.
    ///
    /// Declared and inherited ones have none: what is inherited is drawn dim or in parentheses.
    public var mark: String {
        switch self {
        case .declared, .inherited: ""
        case .inferred: "~"
        case .missing: "?"
        }
    }
}
