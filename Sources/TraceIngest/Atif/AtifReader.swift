import FastJSON
import TraceModel

extension InputFormat {
    package static let atif = InputFormat(
        name: "atif", help: "trajectories in the Agent Trajectory Interchange Format", growth: .lines,
        sniff: { $0.json?.texts["schema_version"]?.hasPrefix("ATIF-v") == true ? .signature : nil },
        decode: { reading in
            var reader = AtifReader(source: reading.source, collector: reading.collector)
            try reader.run()
            return reader.offset
        })
}

/// Reads trajectories in ATIF: one document, a list of them, or one a line; each becomes a trace.
///
/// Memory holds one document. What the format does not allow is rejected with its place and kept on the span where it
/// stood; what is no document at all is rejected alone.
struct AtifReader: ~Copyable {
    /// Faults of one document that are told apart.
    private static let faultLimit = 32

    private var tokenizer: JSONTokenizer
    private let source: any ByteSource
    private let collector: BatchCollector

    init(source: any ByteSource, collector: BatchCollector) {
        self.source = source
        self.collector = collector
        tokenizer = JSONTokenizer { buffer in source.read(into: buffer) }
    }

    /// The place reached in the decompressed input.
    var offset: Int64 { tokenizer.offset }

    /// Decodes to the end; throws only what the collector's receiver throws.
    mutating func run() throws {
        var sawDocument = false
        while true {
            do {
                tokenizer.newlineEndsValue = try nextLineIsDocument()
                let token = try tokenizer.next()
                if token == .endOfInput { break }
                sawDocument = true
                if token == .beginArray {
                    try readList()
                } else {
                    try readDocument(token)
                }
            } catch let error as JSONError {
                // A stream that broke off is reported by whoever knows why.
                if source.failure == nil { reject("\(error.reason)", error.offset, error.line) }
                guard try recover() else { break }
            }
            try collector.flushIfFull(at: offset)
        }
        if !sawDocument && source.failure == nil { reject("no trajectory in it", 0, nil) }
    }

    // MARK: Documents

    private mutating func readList() throws {
        while true {
            let token = try tokenizer.next()
            if token == .endArray { return }
            try readDocument(token)
            try collector.flushIfFull(at: offset)
        }
    }

    private mutating func readDocument(_ token: JSONToken) throws(JSONError) {
        let (offset, line) = (tokenizer.tokenOffset, tokenizer.line)
        let value = try JSONValue(reading: &tokenizer, from: token)
        guard value["schema_version"]?.string?.hasPrefix("ATIF-v") == true else {
            reject("no ATIF document: no schema_version that begins with ATIF-v", offset, line)
            return
        }
        add(value, offset, line)
    }

    /// Hands on the spans of a document, those of trajectories within it beneath the calls that refer to them.
    private func add(_ document: JSONValue, _ offset: Int64, _ line: Int64) {
        var hash = RecordingHash()
        hash.addCanonical(document)
        let traceID = hash.traceID
        var faults: [String] = []
        var open: [(value: JSONValue, parent: SpanID?, index: Int?, place: String)] = [(document, nil, nil, "")]
        while let next = open.popLast() {
            guard next.value.members != nil else {
                faults.append("\(next.place)no object")
                continue
            }
            let trajectory = AtifTrajectory(
                next.value, traceID: traceID, parent: next.parent, index: next.index, hash: hash)
            hash = trajectory.hash
            for span in trajectory.spans { collector.add(span) }
            faults += trajectory.faults.map { next.place + $0 }
            for (index, value) in trajectory.subagents.enumerated() where value["trajectory_id"]?.string == nil {
                faults.append("subagent_trajectories[\(index)]: trajectory_id is missing")
            }
            for (index, value) in trajectory.subagents.enumerated().reversed() {
                let names = ["trajectory_id", "session_id"].compactMap { value[$0]?.string }
                let owner = names.lazy.compactMap { trajectory.owners[$0] }.first
                open.append((value, owner ?? trajectory.root, index, "subagent_trajectories[\(index)]: "))
            }
        }
        for fault in faults.prefix(Self.faultLimit) { reject("trajectory: \(fault)", offset, line) }
        if faults.count > Self.faultLimit {
            reject("trajectory: \(faults.count - Self.faultLimit) further faults", offset, line)
        }
    }

    private func reject(_ reason: String, _ offset: Int64?, _ line: Int64?) {
        collector.reject(Rejection(byteOffset: offset, line: line, reason: reason))
    }

    // MARK: Recovery

    /// Whether this line is a whole document and the next begins another, or nothing follows.
    ///
    /// Then a line break ends the document, and a faulty line does not swallow the next.
    private mutating func nextLineIsDocument() throws(JSONError) -> Bool {
        try tokenizer.withUpcomingBytes(atLeast: 64 << 10) { bytes in
            guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start] == UInt8(ascii: "{"),
                let end = bytes[start...].firstIndex(of: 0x0A),
                bytes[start..<end].last(where: { $0 > 0x20 }) == UInt8(ascii: "}")
            else { return false }
            return Self.beginsDocument(bytes[(end + 1)...])
        }
    }

    private static let firstKeys = [
        "schema_version", "session_id", "trajectory_id", "agent", "steps", "notes", "final_metrics", "extra",
        "continued_trajectory_ref", "subagent_trajectories",
    ].map { Array("\"\($0)\"".utf8) }

    /// Whether the bytes are an opening brace and a key of a trajectory.
    private static func beginsDocument(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "{") else { return false }
        let rest = bytes.dropFirst().drop { $0 <= 0x20 }
        return firstKeys.contains { rest.starts(with: $0) }
    }

    /// Moves to the next place where a document may begin, not indented; false at the end of the input.
    private mutating func recover() throws(JSONError) -> Bool {
        try tokenizer.recover { $1 && Self.beginsDocument($0) }
    }
}
