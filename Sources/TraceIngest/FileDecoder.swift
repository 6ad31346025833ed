import FastJSON
import TraceModel

/// Decodes one input, whatever its format, plain or compressed, in UTF-8 or UTF-16, bare or in the lines of a log.
package enum FileDecoder {
    /// Reads an input to its end and hands on its records in batches, in input order.
    ///
    /// Memory does not grow with the input. A batch comes at the latest every few MiB of decompressed input, even
    /// empty, so that progress can be shown and the receiver can stop the work by throwing. Undecodable parts are
    /// rejections in the batches, not errors.
    ///
    /// - Parameters:
    ///   - input: where the bytes come from.
    ///   - format: how to read it; nil tells by the first bytes, and by the name where they leave a doubt.
    ///   - start: the position that an earlier call returned for the same input.
    ///   - isGrowing: more bytes may come, so that an unfinished record at the end waits and is no error. Formats that
    ///     can only be read whole then give nothing at all, and what is packed counts as whole.
    ///   - batchSize: records after which a batch is handed on.
    ///   - emit: the receiver; what it throws ends the work and is thrown on.
    /// - Returns: what the input held, skipped things included, and where to go on.
    /// - Throws: `IngestError` where the machine fails; batches handed on before are good.
    @discardableResult
    package static func decode(
        _ input: InputFile, format: InputFormat? = nil, from start: InputPosition = InputPosition(),
        isGrowing: Bool = false, batchSize: Int = 512, emit: (IngestBatch) throws -> Void
    ) throws -> DecodeSummary {
        let file = try input.open()
        defer { file.close() }
        return try withoutActuallyEscaping(emit) { emit in
            let collector = BatchCollector(
                batchSize: batchSize, start: start, bytesConsumed: { file.bytesConsumed }, emit: emit)
            var (source, layers) = PeekableSource.unpacking(file)
            if let order = UTF16Source.order(of: source.peek(InputHead.size)) {
                source = PeekableSource(UTF16Source(source, order))
                layers += 1
                collector.knowsOffsets = false
            }
            var head = InputHead(source.peek(InputHead.size), isWhole: source.headIsWhole, name: input.name)
            var best = choose(format, head)
            if best.score ?? .syntax <= .syntax, !head.isBlank, let inner = logHead(of: source, head) {
                let found = choose(format, inner.head)
                if let score = found.score, score > .syntax {
                    (head, best) = (inner.head, found)
                    if inner.isWrapped {
                        source = PeekableSource(LogSource(source))
                        layers += 1
                        collector.knowsOffsets = false
                    }
                }
            }
            defer { source.close() }
            guard let format = best.format else {
                // What is still empty may become anything.
                if !(isGrowing && head.isWhole) { try reject(head, source, input, collector) }
                return collector.summary
            }
            var summary = DecodeSummary()
            if isGrowing || start.offset > 0 {
                let isLines = format.growth == .lines && (head.json == nil || head.beginsWithWholeLine)
                summary.position = start
                guard layers == 0 && (isLines || format.growth == .records) || !isGrowing, source.skip(start.offset)
                else { return summary }
                let part = PartSource(source, start: start.offset, wholeLinesOnly: isGrowing && isLines)
                let reached = try run(format, part, input, collector, isGrowing: isGrowing)
                summary = collector.summary
                summary.bytesDecoded = reached
                summary.position = InputPosition(offset: start.offset + reached, lines: start.lines + part.lines)
            } else {
                let reached = try run(format, source, input, collector, isGrowing: false)
                summary = collector.summary
                summary.bytesDecoded = reached
                summary.position.offset = reached
            }
            return summary
        }
    }

    /// The format that reads an input, and how sure it is; a format that the user names needs no score.
    private static func choose(
        _ format: InputFormat?, _ head: InputHead
    ) -> (format: InputFormat?, score: SniffScore?) {
        // An empty input is empty in every format.
        guard let format, !head.isBlank else {
            let best = InputFormat.scores(head).first
            return (best?.format, best?.score)
        }
        return (format, format.sniff(head))
    }

    /// The start of an input from the first line on that begins JSON, without what logs put around lines; nil where that
    /// is the start itself.
    private static func logHead(
        of source: PeekableSource, _ head: InputHead
    ) -> (head: InputHead, isWrapped: Bool)? {
        guard head.firstField == nil else { return nil }
        var bytes = head.bytes
        // A first line that is longer than the start is looked at whole, within limits.
        if !bytes.contains(0x0A), !head.isWhole { bytes = source.peek(LogSource.longestHead) }
        let inner = LogSource.rewritten(bytes)
        let lines = inner.split(separator: 0x0A, omittingEmptySubsequences: false)
        let first = lines.firstIndex { line in
            let text = line.drop { $0 <= 0x20 }
            guard text.opensContainer else { return false }
            return text.dropFirst().first { $0 > 0x20 }.map { "{[\"}]".utf8.contains($0) } ?? true
        }
        guard let first, let start = lines[first...].first?.startIndex else { return nil }
        let isWrapped = inner.count != bytes.count || !inner.elementsEqual(bytes)
        guard isWrapped || start > inner.startIndex else { return nil }
        return (InputHead(inner[start...], isWhole: head.isWhole, name: head.name), isWrapped)
    }

    /// Runs a decoder, reports why the stream broke off, if it did, and returns the place reached.
    private static func run(
        _ format: InputFormat, _ source: any ByteSource, _ input: InputFile, _ collector: BatchCollector,
        isGrowing: Bool
    ) throws -> Int64 {
        let offset = try format.decode(
            InputReading(input: input, source: source, collector: collector, isGrowing: isGrowing))
        try end(source, at: offset, input, collector)
        return offset
    }

    private static func end(
        _ source: any ByteSource, at offset: Int64, _ input: InputFile, _ collector: BatchCollector
    ) throws {
        if case .corrupt(let reason) = source.failure {
            collector.reject(
                Rejection(
                    byteOffset: offset, line: nil,
                    reason: "\(reason), after \(offset) bytes of output"))
        }
        try collector.flush(at: offset)
        if case .io(let reason) = source.failure {
            throw IngestError.cannotRead(path: input.displayName, reason: reason)
        }
    }

    /// Reports an input that no format reads; a stream that broke at once is reported with its own reason.
    private static func reject(
        _ head: InputHead, _ source: any ByteSource, _ input: InputFile, _ collector: BatchCollector
    ) throws {
        if source.failure == nil {
            collector.reject(Rejection(byteOffset: 0, line: nil, reason: "not OTLP: \(head.description)"))
        }
        try end(source, at: 0, input, collector)
    }
}
