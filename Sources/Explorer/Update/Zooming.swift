import TraceAnalysis
import TraceModel

/// The stretch of time that the waterfall shows.
enum Zooming {
    /// The shortest stretch, in nanoseconds.
    private static let shortest = 10.0

    /// Scales the window about the middle of the span under the cursor, as far as it is in sight.
    static func zoom(_ state: inout AppState, factor: Double) -> [Effect] {
        guard let trace = state.trace, let full = trace.loaded?.extent, let shown = trace.shownExtent else { return [] }
        let length = max(shortest, shown.length * factor)
        if length >= full.length { return fit(&state) }
        let first = full.offset(of: shown.start)
        var center = first + shown.length / 2
        if let span = trace.selectedSpan, let start = span.startUnixNano {
            let middle = (full.offset(of: start) + full.offset(of: span.endUnixNano ?? start)) / 2
            if factor < 1 || (first...first + shown.length).contains(middle) { center = middle }
        }
        set(&state, offset: center - length / 2, length: length)
        return []
    }

    static func pan(_ state: inout AppState, share: Double) -> [Effect] {
        guard let shown = state.trace?.window, let full = state.trace?.loaded?.extent else {
            state.notice = .information("the whole trace is in sight; z zooms in")
            return []
        }
        set(&state, offset: full.offset(of: shown.start) + shown.length * share, length: shown.length)
        return []
    }

    static func fit(_ state: inout AppState) -> [Effect] {
        state.trace?.window = nil
        return []
    }

    static func fitSelection(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let full = trace.loaded?.extent, let span = trace.selectedSpan,
            let start = span.startUnixNano
        else { return [] }
        let extent = TraceExtent(start: start, end: span.endUnixNano ?? full.end)
        let length = max(shortest, extent.length)
        // A margin shows that the span ends there.
        set(&state, offset: full.offset(of: start) - length * 0.02, length: length * 1.04)
        return []
    }

    /// Sets the window, kept within the trace; the offset counts from the start of the trace.
    private static func set(_ state: inout AppState, offset: Double, length: Double) {
        guard let full = state.trace?.loaded?.extent else { return }
        if length >= full.length {
            state.trace?.window = nil
            return
        }
        let first = min(max(offset, 0), full.length - length)
        state.trace?.window = TraceExtent(
            start: full.time(atOffset: first), end: full.time(atOffset: first + length))
    }
}
