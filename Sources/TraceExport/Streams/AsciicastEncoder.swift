import FastJSON

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
        json.beginObject()
        json.member("version", version.rawValue)
        if version == .v3 {
            json.key("term")
            json.beginObject()
            json.member("cols", columns)
            json.member("rows", rows)
            json.endObject()
        } else {
            json.member("width", columns)
            json.member("height", rows)
        }
        if let startUnixNano, startUnixNano >= 0 { json.member("timestamp", startUnixNano / 1_000_000_000) }
        if let idleLimitSeconds { json.member("idle_time_limit", idleLimitSeconds) }
        json.member("title", title)
        json.endObject()
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
        let fraction = String(value % scale)
        return "\(value / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
