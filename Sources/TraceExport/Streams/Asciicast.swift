import Basics
import FastJSON
import TraceAnalysis
import TraceModel

/// Writes the lines of a terminal recording: a header and then one event a line.
///
/// In v2 an event has the seconds since the start, in v3 those since the event before, in milliseconds, with the rest of
/// the rounding carried on so that the sum does not drift. Source: the descriptions of asciicast v2 and v3 in the manual
/// of asciinema.
struct AsciicastEncoder {
    enum Version: Int {
        case v2 = 2
        case v3 = 3
    }

    let version: Version
    /// The time of the event before, in milliseconds.
    private var written: Int64 = 0

    init(_ version: Version) {
        self.version = version
    }

    /// Appends the header; `startUnixNano` may be unknown, players skip all of a pause beyond the limit.
    func header(
        columns: Int, rows: Int, startUnixNano: Int64?, title: String, idleLimitSeconds: Int? = nil,
        into bytes: inout [UInt8]
    ) {
        var json = JSONWriter()
        json.object { json in
            json.member("version", version.rawValue)
            if version == .v3 {
                json.member("term", value: ["cols": .int(Int64(columns)), "rows": .int(Int64(rows))])
            } else {
                json.member("width", columns)
                json.member("height", rows)
            }
            if let startUnixNano, startUnixNano >= 0 { json.member("timestamp", startUnixNano / 1_000_000_000) }
            if let idleLimitSeconds { json.member("idle_time_limit", idleLimitSeconds) }
            json.member("title", title)
        }
        json.newline()
        bytes.append(contentsOf: json.bytes)
    }

    /// Appends an event at a time from the start, never before the one in front of it: `o` for output, `m` for a marker.
    mutating func event(nanos: Int64, _ code: String, _ data: String, into bytes: inout [UInt8]) {
        let time: String
        if version == .v3 {
            let due = max(written, nanos / 1_000_000 + (nanos % 1_000_000 >= 500_000 ? 1 : 0))
            time = decimal(due - written, digits: 3)
            written = due
        } else {
            time = decimal(nanos / 1000, digits: 6)
        }
        var json = JSONWriter()
        json.beginArray()
        json.raw(time)
        json.string(code)
        json.string(data)
        json.endArray()
        json.newline()
        bytes.append(contentsOf: json.bytes)
    }

    private func decimal(_ value: Int64, digits: Int) -> String {
        let scale: Int64 = digits == 3 ? 1000 : 1_000_000
        return "\(value / scale).\((value % scale).padded(to: digits))"
    }
}

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
