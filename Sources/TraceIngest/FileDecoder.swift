import TraceModel

/// Decodes one input, whatever its form: JSON documents and lines, protobuf bodies, each plain or in gzip.
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
    ///   - input: the file, or standard input.
    ///   - format: how to read it; `auto` tells by the first bytes, and by the name where they leave a doubt.
    ///   - batchSize: records after which a batch is handed on.
    ///   - emit: the receiver; what it throws ends the work and is thrown on.
    /// - Returns: what the input held, skipped things included.
    /// - Throws: `IngestError` where the machine fails; batches handed on before are good.
    @discardableResult
    package static func decode(
        _ input: InputFile, format: InputFormat = .auto, batchSize: Int = 512,
        emit: (IngestBatch) throws -> Void
    ) throws -> DecodeSummary {
        let file = try input.open()
        defer { file.close() }
        return try withoutActuallyEscaping(emit) { emit in
            let collector = BatchCollector(batchSize: batchSize, bytesConsumed: { file.bytesConsumed }, emit: emit)
            var source = PeekableSource(file)
            var layers = 0
            while layers < gzipLayerLimit && ContentSniffer.isGzip(source.peek(2)) {
                source = PeekableSource(GzipSource(source))
                layers += 1
            }
            defer { source.close() }
            let offset = try decode(source, input: input, format: format, collector: collector)
            try report(source.failure, path: input.displayName, at: offset, collector: collector)
            var summary = collector.summary
            summary.bytesDecoded = offset
            return summary
        }
    }

    /// Runs the decoder that fits and returns the place reached.
    private static func decode(
        _ source: PeekableSource, input: InputFile, format: InputFormat, collector: BatchCollector
    ) throws -> Int64 {
        let name = input.name
        switch content(source, name: name, format: format) {
        case .stream(.atif):
            var reader = AtifReader(source: source, collector: collector)
            try reader.run()
            return reader.offset
        case .stream(let format):
            let importer = StreamImporter(input: input, collector: collector)
            return try importer.run(source, format: format)
        case .json:
            var decoder = JSONTraceDecoder(source: source, collector: collector)
            try decoder.run()
            return decoder.offset
        case .protobuf:
            let hint = ContentSniffer.hintedSignal(name: name)
            var decoder = WireTraceDecoder(source: source, collector: collector, hint: hint)
            try decoder.run()
            return decoder.offset
        case .foreign(let description):
            // A stream that broke at once is reported with its own reason.
            if source.failure == nil {
                collector.reject(Rejection(byteOffset: 0, line: nil, reason: "not OTLP: \(description)"))
            }
            return 0
        }
    }

    private static func content(
        _ source: PeekableSource, name: String, format: InputFormat
    ) -> ContentSniffer.Content {
        let head = source.peek(ContentSniffer.headSize)
        let sniffed = ContentSniffer.content(head, name: name)
        // An empty input is empty in every format.
        if case .foreign = sniffed, head.allSatisfy({ $0 <= 0x20 }) { return sniffed }
        switch format {
        case .auto: return sniffed
        case .otlpJSON: return .json
        case .otlpProtobuf: return .protobuf(.traces)
        default: return .stream(format)
        }
    }

    /// Reports why a stream broke off, if it did, and hands on what is left.
    private static func report(
        _ failure: SourceFailure?, path: String, at offset: Int64, collector: BatchCollector
    ) throws {
        if case .corrupt(let reason) = failure {
            collector.reject(
                Rejection(
                    byteOffset: offset, line: nil,
                    reason: "broken gzip data: \(reason), after \(offset) bytes of output"))
        }
        try collector.flush(at: offset)
        switch failure {
        case .io(let reason): throw IngestError.cannotRead(path: path, reason: reason)
        case .noDecompressor(let reason): throw IngestError.cannotDecompress(path: path, reason: reason)
        case .corrupt, nil: break
        }
    }
}
