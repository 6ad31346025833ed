import FastJSON
import TraceExport

/// A Chrome trace as a strict reader sees it.
struct ChromeTraceFile {
    struct Slice {
        var start: Int64
        var end: Int64
        var event: JSONValue
    }

    /// A thread of a process.
    struct Thread: Hashable, Comparable {
        var pid: Int64
        var tid: Int64

        static func < (a: Thread, b: Thread) -> Bool { (a.pid, a.tid) < (b.pid, b.tid) }
    }

    let document: JSONValue
    let events: [JSONValue]

    init(_ bytes: [UInt8]) throws {
        document = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
        events = document["traceEvents"]?.elements ?? []
    }

    func events(_ phase: String) -> [JSONValue] { events.filter { $0["ph"]?.string == phase } }

    static func thread(_ event: JSONValue) -> Thread {
        Thread(pid: event["pid"]?.int ?? -1, tid: event["tid"]?.int ?? -1)
    }

    /// Nanoseconds; the times of a test stay below 2⁵³ of them.
    static func nanos(_ event: JSONValue, _ key: String = "ts") -> Int64 {
        Int64(((event[key]?.double ?? -1) * 1000).rounded())
    }

    /// The slices of each thread in order of start, longer ones first.
    var slices: [Thread: [Slice]] {
        Dictionary(grouping: events("X"), by: Self.thread).mapValues { events in
            events.map { event in
                let start = Self.nanos(event)
                return Slice(start: start, end: start + Self.nanos(event, "dur"), event: event)
            }
        }
    }

    /// What a viewer could not draw, one sentence each.
    var faults: [String] {
        var faults: [String] = []
        for (thread, slices) in slices.sorted(by: { $0.key < $1.key }) {
            var open: [Int64] = []
            for slice in slices.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) {
                while let end = open.last, end <= slice.start { open.removeLast() }
                if let end = open.last, slice.end > end {
                    faults.append("\(thread): \(slice.event["name"] ?? .null) ends behind what it lies in")
                }
                open.append(slice.end)
            }
        }
        let (sources, targets) = (events("s"), events("f"))
        if sources.compactMap({ $0["id"]?.int }).sorted() != targets.compactMap({ $0["id"]?.int }).sorted() {
            faults.append("an arrow has one end only")
        }
        let starts = Dictionary(uniqueKeysWithValues: sources.map { ($0["id"]?.int ?? -1, Self.nanos($0)) })
        for end in sources + targets {
            let time = Self.nanos(end)
            let around = slices[Self.thread(end)] ?? []
            if !around.contains(where: { $0.start <= time && (time < $0.end || time == $0.start) }) {
                faults.append("an arrow ends in no slice: \(end.text())")
            }
        }
        for target in targets {
            if target["bp"] != "e" { faults.append("an arrow binds to the next slice") }
            if Self.nanos(target) < starts[target["id"]?.int ?? -1] ?? .max { faults.append("an arrow back in time") }
        }
        let timed = Dictionary(grouping: events.filter { $0["ph"] != "M" }) { $0["pid"]?.int ?? -1 }
        for (_, events) in timed.sorted(by: { $0.key < $1.key }) {
            let times = events.map { Self.nanos($0) }
            if times != times.sorted() { faults.append("events are not in order of time") }
            if !times.allSatisfy({ $0 >= 0 }) { faults.append("a time before the start of the trace") }
        }
        return faults
    }

    /// The names of threads by process.
    var threadNames: [Int64: [String]] {
        var names: [Int64: [String]] = [:]
        for event in events("M") where event["name"] == "thread_name" {
            names[event["pid"]?.int ?? -1, default: []].append(event["args"]?["name"]?.string ?? "")
        }
        return names
    }
}
