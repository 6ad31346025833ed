import FastJSON
import TraceModel

/// Where a document begins in its input.
struct DocumentPlace {
    var offset: Int64
    var line: Int64
}

/// Makes spans of the JSON documents of one input, which come one by one.
protocol DocumentReader {
    /// Reads the next document; false where it is none of this format's.
    mutating func read(_ document: JSONValue, at place: DocumentPlace, into collector: BatchCollector) -> Bool

    /// Hands on what waited for the end of the input.
    mutating func finish(into collector: BatchCollector)
}

extension DocumentReader {
    mutating func finish(into collector: BatchCollector) {}
}

/// A reader for formats whose documents stand alone.
private struct LoneDocuments: DocumentReader {
    let body: @Sendable (JSONValue, DocumentPlace, BatchCollector) -> Bool

    mutating func read(_ document: JSONValue, at place: DocumentPlace, into collector: BatchCollector) -> Bool {
        body(document, place, collector)
    }
}

extension InputFormat {
    /// A format of JSON documents: one, a list of them, one a line, or several in a row; one at a time is in memory.
    static func documents(
        name: String, help: String, what: String, sniff: @escaping @Sendable (InputHead) -> SniffScore?,
        read: @escaping @Sendable (JSONValue, DocumentPlace, BatchCollector) -> Bool
    ) -> InputFormat {
        documents(name: name, help: help, what: what, growth: .lines, sniff: sniff) { LoneDocuments(body: read) }
    }

    /// The same where documents depend on each other, so that a reader lives as long as the input.
    static func documents(
        name: String, help: String, what: String, growth: Growth = .whole,
        sniff: @escaping @Sendable (InputHead) -> SniffScore?, open: @escaping @Sendable () -> any DocumentReader
    ) -> InputFormat {
        InputFormat(name: name, help: help, growth: growth, sniff: sniff) { reading in
            var reader = open()
            let collector = reading.collector
            var foreign = ForeignRun(what: "not \(what)")
            var count = 0
            var documents = JSONDocuments(source: reading.source, collector: collector)
            try documents.forEach { value, place in
                count += 1
                if reader.read(value, at: place, into: collector) {
                    foreign.end(collector)
                } else {
                    foreign.add(value, place, collector)
                }
            }
            foreign.end(collector)
            reader.finish(into: collector)
            if count == 0, collector.summary.rejected == 0, reading.source.failure == nil {
                collector.reject(Rejection(byteOffset: 0, line: nil, reason: "not \(what): empty"))
            }
            try collector.flushIfFull(at: documents.offset)
            return documents.offset
        }
    }
}

/// Documents of other kinds in a row, reported together: one line for a file of a million of them.
struct ForeignRun {
    let what: String
    private var run: (place: DocumentPlace, reason: String, count: Int)?

    init(what: String) { self.what = what }

    mutating func add(_ value: JSONValue, _ place: DocumentPlace, _ collector: BatchCollector) {
        let reason = KnownShape.name(of: value).map { "\(what): \($0)" } ?? what
        if run?.reason != reason { end(collector) }
        run = (run?.place ?? place, reason, (run?.count ?? 0) + 1)
    }

    mutating func end(_ collector: BatchCollector) {
        guard let run else { return }
        self.run = nil
        let more = run.count == 1 ? "" : ", as are \(run.count - 1) further values behind it"
        collector.reject(Rejection(byteOffset: run.place.offset, line: run.place.line, reason: run.reason + more))
    }
}
