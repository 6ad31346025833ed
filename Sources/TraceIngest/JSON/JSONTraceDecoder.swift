import FastJSON
import Glibc
import TraceModel

/// Decodes OTLP/JSON: one document, an array of documents, or a sequence of documents such as JSON Lines.
///
/// It reads span by span, so memory does not grow with the input.
struct JSONTraceDecoder: ~Copyable {
    /// Bytes of a resource group whose records may wait for its end.
    static let waitingLimit: Int64 = 8 << 20
    /// Objects around a document that are looked into.
    private static let wrapperLimit = 2

    var records: JSONRecordReader
    let source: any ByteSource
    let collector: BatchCollector
    private var spanHint = 0
    private var logHint = 0
    /// Whether the current top-level value holds anything of OTLP.
    private var sawSignal = false
    /// Where the current top-level value begins.
    private var valueStart: Int64 = 0
    /// Bytes that were read a second time.
    private var bytesReread: Int64 = 0
    /// Top-level values in a row that hold nothing of OTLP, reported together.
    private var foreignRun: (offset: Int64, line: Int64, reason: String, count: Int)?

    init(source: any ByteSource, collector: BatchCollector) {
        self.source = source
        self.collector = collector
        records = JSONRecordReader(tokenizer: JSONTokenizer { buffer in source.read(into: buffer) })
    }

    /// The place reached in the decompressed input.
    var offset: Int64 { records.tokenizer.offset }

    /// Decodes to the end; throws only what the collector's receiver throws.
    mutating func run() throws {
        while true {
            do {
                records.tokenizer.newlineEndsValue = try nextLineIsDocument()
                let token = try records.tokenizer.next()
                if token == .endOfInput { break }
                try readTopLevel(token)
            } catch let error as JSONError {
                endForeignRun()
                // A stream that broke off is reported by whoever knows why.
                if source.failure == nil { reject(error) }
                if goBack() { continue }
                guard try recover() else { break }
            }
            try collector.flushIfFull(at: offset)
        }
        endForeignRun()
    }

    // MARK: Recovery

    /// Whether the rest of this line and the start of the next look like JSON Lines.
    ///
    /// Then a line break ends the document, and a cut line does not swallow the next.
    private mutating func nextLineIsDocument() throws -> Bool {
        try records.tokenizer.withUpcomingBytes(atLeast: 64 << 10) { bytes in
            guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start] == UInt8(ascii: "{"),
                let first = bytes.baseAddress, let found = memchr(first + start, 0x0A, bytes.count - start)
            else { return false }
            let lineBreak = UnsafeRawPointer(found) - first
            let rest = UnsafeRawBufferPointer(rebasing: bytes[(lineBreak + 1)...])
            return DocumentField.beginsDocument(rest) || !rest.contains { $0 > 0x20 }
        }
    }

    /// Moves to the next place where a document may begin; false at the end of the input.
    private mutating func recover() throws(JSONError) -> Bool {
        // What stands in documents too begins one only where a line does.
        try records.tokenizer.recover { ahead, isFirst in
            DocumentField.beginsDocument(ahead) || isFirst && DocumentField.begins(ahead, with: OTLPShape.firstKeys)
        }
    }

    /// Goes back to a whole document that stands within one that was cut; false where there is none.
    ///
    /// A program that died within a line left its head, and the next one wrote on in the same line. What is read twice
    /// is bounded by what was read.
    private mutating func goBack() -> Bool {
        let length = offset - valueStart
        guard bytesReread + length <= 2 * offset + (1 << 20),
            records.tokenizer.goBack(behind: valueStart, { DocumentField.beginsDocument($0) })
        else { return false }
        bytesReread += length
        return true
    }

    private func reject(_ error: JSONError) {
        collector.reject(Rejection(byteOffset: error.offset, line: error.line, reason: "\(error.reason)"))
    }

    private func reject(_ fault: RecordFault, _ what: StaticString) {
        collector.reject(Rejection(byteOffset: fault.offset, line: fault.line, reason: "\(what): \(fault.reason)"))
    }

    /// Reports what was noted outside of records and forgets it.
    private mutating func rejectNoted(_ what: StaticString) {
        if let fault = records.fault { reject(fault, what) }
        records.fault = nil
    }

    // MARK: Documents

    private mutating func readTopLevel(_ token: JSONToken) throws {
        let start = records.tokenizer.tokenOffset
        let line = records.tokenizer.line
        valueStart = start
        sawSignal = false
        records.fault = nil
        var foreign: String?
        switch token {
        case .beginObject:
            foreign = try readObject()
        case .beginArray:
            while try records.nextObject("an element of the top-level array") {
                foreign = try readObject()
                try collector.flushIfFull(at: offset)
            }
        default:
            // A word or a number is how a line of a log begins: a document may follow on it.
            records.tokenizer.newlineEndsValue = true
            _ = try recover()
        }
        if sawSignal {
            rejectNoted("document")
        } else {
            let reason = foreign ?? "no resourceSpans, resourceLogs or resourceMetrics in it"
            if foreignRun?.reason != reason { endForeignRun() }
            foreignRun = (foreignRun?.offset ?? start, foreignRun?.line ?? line, reason, (foreignRun?.count ?? 0) + 1)
        }
    }

    /// Reports the run of foreign values that ends here: one line for a file of a million of them.
    private mutating func endForeignRun() {
        guard let run = foreignRun else { return }
        foreignRun = nil
        let what = run.count == 1 ? "JSON without traces" : "\(run.count) JSON values without traces from here on"
        collector.reject(
            Rejection(byteOffset: run.offset, line: run.line, reason: "\(what): \(run.reason)"))
    }

    /// Reads an object whose opening brace was just pulled; what it is instead where it is nothing of OTLP.
    private mutating func readObject() throws -> String? {
        let shape = try records.tokenizer.withUpcomingBytes(atLeast: OTLPShape.size, OTLPShape.init)
        switch shape {
        case .document:
            try readDocument()
        case .group:
            endForeignRun()
            sawSignal = true
            try readResourceGroup()
        case .span:
            try readBareSpan()
        case .foreign(let name):
            try records.tokenizer.skip(toDepth: records.tokenizer.depth - 1)
            return name
        }
        return nil
    }

    private mutating func readBareSpan() throws {
        endForeignRun()
        sawSignal = true
        var group = ResourceGroup(offset: records.tokenizer.tokenOffset)
        group.beginScope()
        try readSpan(&group)
        group.endScope()
        try release(&group)
    }

    private mutating func readDocument() throws {
        let depth = records.tokenizer.depth
        var hint = 0
        while records.tokenizer.depth >= depth {
            guard try records.tokenizer.next() == .key else { continue }
            switch records.field(in: DocumentField.table, hint: &hint) {
            case .resourceSpans, .resourceLogs:
                endForeignRun()
                sawSignal = true
                guard try records.enterArray("resourceSpans") else { continue }
                while try records.nextObject("resourceSpans") { try readResourceGroup() }
            case .resourceMetrics:
                endForeignRun()
                sawSignal = true
                guard try records.enterArray("resourceMetrics") else { continue }
                while try records.nextObject("resourceMetrics") {
                    try records.tokenizer.skip(toDepth: records.tokenizer.depth - 1)
                    collector.skippedMetrics()
                    try collector.flushIfFull(at: offset)
                }
            case .spans:
                let token = try records.tokenizer.next()
                guard token == .beginArray else {
                    try records.skipRest(token)
                    continue
                }
                while try records.nextObject("data") {
                    if case .span = try records.tokenizer.withUpcomingBytes(atLeast: OTLPShape.size, OTLPShape.init) {
                        try readBareSpan()
                    } else {
                        try records.tokenizer.skip(toDepth: records.tokenizer.depth - 1)
                    }
                    try collector.flushIfFull(at: offset)
                }
            case .wrapper:
                // The object within is read as if its members stood here, and so are those behind it.
                let token = try records.tokenizer.next()
                if token != .beginObject || records.tokenizer.depth > depth + Self.wrapperLimit {
                    try records.skipRest(token)
                }
            case nil:
                try records.tokenizer.skipValue()
            }
        }
    }

    // MARK: Groups

    private mutating func readResourceGroup() throws {
        var group = ResourceGroup(offset: records.tokenizer.tokenOffset)
        var hint = 0
        do {
            while try records.tokenizer.next() == .key {
                switch records.field(in: ResourceGroupField.table, hint: &hint) {
                case .resource:
                    try records.read(&group.resource)
                    rejectNoted("resource")
                    noteLate(&group)
                case .schemaURL:
                    group.resource.schemaURL = try records.readRepeatedText("schemaUrl")
                    noteLate(&group)
                case .scopeGroups:
                    guard try records.enterArray("scopeSpans") else { continue }
                    while try records.nextObject("scopeSpans") { try readScopeGroup(&group) }
                case nil:
                    try records.tokenizer.skipValue()
                }
            }
        } catch {
            // What was read before a fault is good.
            group.endScope()
            try release(&group)
            throw error
        }
        try release(&group)
    }

    private mutating func readScopeGroup(_ group: inout ResourceGroup) throws {
        group.beginScope()
        var hint = 0
        while try records.tokenizer.next() == .key {
            switch records.field(in: ScopeGroupField.table, hint: &hint) {
            case .scope:
                try records.read(&group.scope)
                rejectNoted("scope")
                noteLate(&group)
            case .schemaURL:
                group.scope.schemaURL = try records.readRepeatedText("schemaUrl")
                noteLate(&group)
            case .spans:
                guard try records.enterArray("spans") else { continue }
                while try records.nextObject("spans") { try readSpan(&group) }
            case .logRecords:
                guard try records.enterArray("logRecords") else { continue }
                while try records.nextObject("logRecords") { try readLogRecord(&group) }
            case nil:
                try records.tokenizer.skipValue()
            }
        }
        group.endScope()
    }

    /// Counts records that went on without what stands behind them.
    private func noteLate(_ group: inout ResourceGroup) {
        if group.passedCount > 0 { collector.lateEnvelope(of: group.passedCount) }
        group.passedCount = 0
    }

    /// Hands on the records that waited.
    private func release(_ group: inout ResourceGroup) throws {
        let (spans, logs) = group.release()
        for span in spans {
            collector.add(span)
            try collector.flushIfFull(at: offset)
        }
        for log in logs {
            collector.add(log)
            try collector.flushIfFull(at: offset)
        }
    }

    // MARK: Records

    private mutating func readSpan(_ group: inout ResourceGroup) throws {
        // Faults of the list itself, such as a number among the spans.
        rejectNoted("spans")
        let depth = records.tokenizer.depth
        do throws(JSONError) {
            if var span = try records.readSpan(hint: &spanHint) {
                if group.complete(&span) { collector.add(span) }
            } else {
                rejectNoted("span")
            }
        } catch {
            try skipTooDeep(error, depth, "span")
        }
        try makeRoom(&group)
        try collector.flushIfFull(at: offset)
    }

    private mutating func readLogRecord(_ group: inout ResourceGroup) throws {
        rejectNoted("logRecords")
        let depth = records.tokenizer.depth
        do throws(JSONError) {
            switch try records.readLogRecord(hint: &logHint) {
            case .foreign: collector.skippedLog()
            case .faulty(let fault): reject(fault, "log record")
            case .record(var record): if group.complete(&record) { collector.add(record) }
            }
            records.fault = nil
        } catch {
            try skipTooDeep(error, depth, "log record")
        }
        try makeRoom(&group)
        try collector.flushIfFull(at: offset)
    }

    /// Rejects a record that is nested too deep and moves behind it; passes all other faults on.
    private mutating func skipTooDeep(_ error: JSONError, _ depth: Int, _ what: StaticString) throws(JSONError) {
        guard case .nestingTooDeep(let limit) = error.reason else { throw error }
        reject(RecordFault(offset: error.offset, line: error.line, reason: "\(error.reason)"), what)
        records.fault = nil
        records.tokenizer.depthLimit = .max
        defer { records.tokenizer.depthLimit = limit }
        try records.tokenizer.skip(toDepth: depth - 1)
    }

    /// Ends the waiting once the group has grown large: by a look ahead, or by going on with what is known.
    private func makeRoom(_ group: inout ResourceGroup) throws {
        guard group.isWaiting && offset - group.offset > Self.waitingLimit else { return }
        if let ahead = source.reopened() {
            defer { ahead.close() }
            group.follow(EnvelopePlan(source: ahead, offset: group.offset))
        } else {
            group.pass()
        }
        try release(&group)
    }
}
