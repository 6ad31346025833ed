import FastJSON
import TraceAnalysis
import TraceModel

/// Writes a stream as a recording of a terminal that shows it.
///
/// A header line and then one event a line: `o` for text, `m` for stalls and loops. In v2 an event has the seconds since
/// the start, in v3 those since the event before, in milliseconds, with the rest of the rounding carried on so that
/// the sum does not drift. Line ends are CR LF, as a terminal in raw mode needs them. Source: the descriptions of
/// asciicast v2 and v3 in the manual of asciinema.
struct AsciicastWriter {
    enum Version: Int {
        case v2 = 2
        case v3 = 3
    }

    private static let columns = 80
    private static let rows = 24

    let version: Version
    let makeSafe: (String) -> String

    private struct Event {
        var nanos: Int64
        var code: String
        var data: String
    }

    func bytes(_ stream: StreamExport) -> [UInt8] {
        var json = JSONWriter()
        header(stream, into: &json)
        var written: Int64 = 0
        for event in events(stream) {
            let time: String
            if version == .v3 {
                let due = event.nanos / 1_000_000 + (event.nanos % 1_000_000 >= 500_000 ? 1 : 0)
                time = decimal(due - written, digits: 3)
                written = due
            } else {
                time = decimal(event.nanos / 1000, digits: 6)
            }
            json.beginArray()
            json.raw(time)
            json.string(event.code)
            json.string(event.data)
            json.endArray()
            json.newline()
        }
        return json.bytes
    }

    private func header(_ stream: StreamExport, into json: inout JSONWriter) {
        json.beginObject()
        json.member("version", version.rawValue)
        if version == .v3 {
            json.key("term")
            json.beginObject()
            json.member("cols", Self.columns)
            json.member("rows", Self.rows)
            json.endObject()
        } else {
            json.member("width", Self.columns)
            json.member("height", Self.rows)
        }
        if let start = stream.info.startUnixNano, start >= 0 { json.member("timestamp", start / 1_000_000_000) }
        let label = stream.info.timing == .measured ? "" : " (\(stream.info.timing.name) times)"
        json.member("title", makeSafe(stream.title) + label)
        json.endObject()
        json.newline()
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

    private func decimal(_ value: Int64, digits: Int) -> String {
        let scale: Int64 = digits == 3 ? 1000 : 1_000_000
        let fraction = String(value % scale)
        return "\(value / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
