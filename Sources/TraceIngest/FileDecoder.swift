import TraceModel

/// Decodes one input, whatever its format, plain or in gzip.
package enum FileDecoder {
    /// Gzip streams inside gzip streams that are unpacked.
    private static let gzipLayerLimit = 2

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
    ///     can only be read whole then give nothing at all, and gzip counts as whole.
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
            var source = PeekableSource(file)
            var layers = 0
            while layers < gzipLayerLimit && GzipSource.begins(source.peek(2)) {
                source = PeekableSource(GzipSource(source))
                layers += 1
            }
            defer { source.close() }
            let head = InputHead(
                source.peek(InputHead.size), isWhole: source.headIsWhole, name: input.name)
            guard let format = choose(format, head) else {
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

    private static func choose(_ format: InputFormat?, _ head: InputHead) -> InputFormat? {
        // An empty input is empty in every format.
        guard let format, !head.isBlank else { return InputFormat.scores(head).first?.format }
        return format
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
                    reason: "broken gzip data: \(reason), after \(offset) bytes of output"))
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
