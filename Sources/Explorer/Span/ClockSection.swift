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
