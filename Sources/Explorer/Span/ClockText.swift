import Canvas
import TraceModel

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
