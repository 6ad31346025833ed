import Canvas
import TraceModel

/// The clock of a span on the page of its resource.
struct ClockSection {
    let place: SpanPlace
    let metrics: TextMetrics

    /// What is known of the clock; nothing where the trace has one.
    func facts() -> [SpanBlock] {
        guard let clock = place.clock else { return [] }
        var facts = [fact("clock", clock.name)]
        if clock.offsetNanos != 0 {
            facts.append(fact("shift", ClockText.signed(clock.offsetNanos)))
            facts.append(fact("shown", place.adjustsClocks ? "adjusted; a shows times as recorded" : "as recorded"))
        } else {
            facts.append(fact("shift", "none"))
        }
        facts.append(fact("bounds", ClockText.bounds(clock)))
        let pairs = "\(clock.pairCount) pair\(clock.pairCount == 1 ? "" : "s") of parent and child"
        facts.append(fact("rests on", "\(clock.basis.name), \(pairs)"))
        return facts
    }

    private func fact(_ name: String, _ value: String) -> SpanBlock {
        let text = metrics.asciiOnly ? value.replacing("µ", with: "u") : value
        var block = SpanBlock.text(text)
        block.gutter = name
        return block
    }
}

/// The shift of a clock in words.
enum ClockText {
    /// The shift with its bounds, such as `+1.20s (1.10s to 1.35s) web-1`.
    static func offset(_ clock: ClockEstimate) -> String {
        "\(signed(clock.offsetNanos)) (\(bounds(clock))) \(clock.name)"
    }

    /// What the shift may be at least and at most, and what that rests on.
    static func bounds(_ clock: ClockEstimate) -> String {
        switch clock.basis {
        case .reference: "the clock of the root"
        case .unconnected: "nothing ties it to another clock"
        case .consistent, .bounded, .contradictory:
            switch (clock.lowerNanos, clock.upperNanos) {
            case (let lower?, let upper?) where clock.basis != .contradictory:
                "between \(signed(lower)) and \(signed(upper))"
            case (let lower?, nil): "at least \(signed(lower))"
            case (nil, let upper?): "at most \(signed(upper))"
            case (_?, _?): "no shift fits all"
            case (nil, nil): "not bounded"
            }
        }
    }

    static func signed(_ nanos: Int64) -> String {
        (nanos > 0 ? "+" : "") + Figures.duration(nanos: nanos)
    }
}
