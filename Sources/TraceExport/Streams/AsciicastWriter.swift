import TraceAnalysis
import TraceModel

/// Writes a stream as a recording of a terminal that shows it.
///
/// Events are `o` for text and `m` for stalls and loops. Line ends are CR LF, as a terminal in raw mode needs them.
struct AsciicastWriter {
    private static let columns = 80
    private static let rows = 24

    let version: AsciicastEncoder.Version
    let makeSafe: (String) -> String

    private struct Event {
        var nanos: Int64
        var code: String
        var data: String
    }

    func bytes(_ stream: StreamExport) -> [UInt8] {
        var bytes: [UInt8] = []
        var encoder = AsciicastEncoder(version)
        let label = stream.info.timing == .measured ? "" : " (\(stream.info.timing.name) times)"
        encoder.header(
            columns: Self.columns, rows: Self.rows, startUnixNano: stream.info.startUnixNano,
            title: makeSafe(stream.title) + label, into: &bytes)
        for event in events(stream) {
            encoder.event(nanos: event.nanos, event.code, event.data, into: &bytes)
        }
        return bytes
    }

    private func events(_ stream: StreamExport) -> [Event] {
        var events = StreamScript(stream.chunks).steps.map { step in
            Event(nanos: step.nanos, code: "o", data: makeSafe(step.text).replacing("\n", with: "\r\n"))
        }
        let isAfterReturn = events.last?.data.hasSuffix("\r\n") ?? true
        let figures = StreamAnalysis.figures(of: stream.chunks, info: stream.info)
        let end = max(figures.durationNanos ?? 0, events.last?.nanos ?? 0)
        events.append(Event(nanos: end, code: "o", data: isAfterReturn ? "" : "\r\n"))
        events += figures.stalls.map { Event(nanos: $0.startNanos, code: "m", data: "stall \($0.stallClass.name)") }
        events += figures.loops.compactMap { loop in
            loop.onsetNanos.map { Event(nanos: $0, code: "m", data: "loop ×\(loop.repeats)") }
        }
        // A sort that keeps the order of equal times.
        return events.enumerated().sorted { ($0.element.nanos, $0.offset) < ($1.element.nanos, $1.offset) }
            .map(\.element)
    }
}
