import Basics
import FastJSON

/// The events of one trace, each a JSON object, on their way to a file in order of time.
struct ChromeEvents {
    private struct Event {
        /// Nanoseconds from the start of the trace; nil for what has no time.
        var nanos: Int64?
        var range: Range<Int>
    }

    let pid: Int
    private let startUnixNano: Int64
    private var json = JSONWriter()
    private var events: [Event] = []

    init(pid: Int, startUnixNano: Int64) {
        self.pid = pid
        self.startUnixNano = startUnixNano
    }

    /// Adds an event; `more` writes the members that not all events have.
    mutating func add(
        _ phase: String, _ name: String, tid: Int, atUnixNano time: Int64?, _ more: (inout JSONWriter) -> Void
    ) {
        let start = json.bytes.count
        json.beginObject()
        json.member("ph", phase)
        json.member("name", name)
        json.member("pid", pid)
        json.member("tid", tid)
        let nanos = time.map { $0.subtractingClamped(startUnixNano) }
        if let nanos {
            json.key("ts")
            json.raw(Self.micros(nanos))
        }
        more(&json)
        json.endObject()
        events.append(Event(nanos: nanos, range: start..<json.bytes.count))
    }

    /// Writes how long something took.
    static func duration(_ nanos: Int64, into json: inout JSONWriter) {
        json.key("dur")
        json.raw(micros(nanos))
    }

    /// Hands over all events, those without a time first, of equal times in the order of adding.
    func write(into out: inout [UInt8], isFirst: inout Bool) {
        let order = events.indices.sorted { a, b in
            (events[a].nanos ?? .min, a) < (events[b].nanos ?? .min, b)
        }
        for index in order {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(0x0A)
            out.append(contentsOf: json.bytes[events[index].range])
        }
    }

    /// Microseconds with the nanoseconds as their fraction, exactly.
    private static func micros(_ nanos: Int64) -> String {
        let magnitude = nanos.magnitude
        return (nanos < 0 ? "-" : "") + "\(magnitude / 1000).\((magnitude % 1000).padded(to: 3))"
    }
}
