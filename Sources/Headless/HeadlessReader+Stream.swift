import Canvas
package import TraceAnalysis
package import TraceExport
import TraceModel
package import TraceQuery
import TraceTables

extension HeadlessReader {
    /// Reads the stream of a span, both named by the beginnings of their ids.
    ///
    /// With a pace, a stream without a clock gets a made-up one, and its figures are recomputed; one that has a
    /// clock is refused, since times must not be made up where they were measured.
    package func streamDetail(
        trace: String, span: String, pace: StreamPace? = nil
    ) async throws(HeadlessError) -> StreamDetail {
        var detail = try await answer(StreamRequest(.prefix(trace: trace, span: span)))
        if let pace {
            guard StreamPace.isNeeded(detail.info) else { throw .hasClock }
            pace.apply(to: &detail.chunks, info: &detail.info)
            detail.figures = StreamAnalysis.figures(of: detail.chunks, info: detail.info)
        }
        return detail
    }

    /// Writes the figures of a stream.
    package func stream(trace: String, span: String, pace: StreamPace? = nil) async throws(HeadlessError) {
        let detail = try await streamDetail(trace: trace, span: span, pace: pace)
        try emit { () throws(OutputError) in
            if presentation.format == .table {
                try output.write(StreamReport(detail, presentation: presentation).text)
                try output.flush()
            } else {
                try writeOne(StreamLine(detail), StreamColumns.all)
            }
        }
    }

    /// Writes a row for each chunk of a stream.
    package func chunks(trace: String, span: String, pace: StreamPace? = nil) async throws(HeadlessError) {
        let chunks = try await streamDetail(trace: trace, span: span, pace: pace).chunks
        let writer = RowWriter(
            StreamChunkColumns.columns(isSynthetic: pace != nil), presentation: presentation, output: output)
        try emit { () throws(OutputError) in
            try writer.begin()
            for start in stride(from: 0, to: max(1, chunks.count), by: 500) {
                try writer.write(chunks[start..<min(chunks.count, start + 500)].map { $0 })
            }
            try writer.end()
        }
    }
}

extension HeadlessReader {
    /// Plans the playback of a stream; one without a clock needs a pace.
    package func playback(
        trace: String, span: String, pace: StreamPace? = nil, options: StreamPlayback.Options
    ) async throws(HeadlessError) -> StreamPlayback {
        let detail = try await streamDetail(trace: trace, span: span, pace: pace)
        if StreamPace.isNeeded(detail.info) { throw .hasNoClock }
        return StreamPlayback(detail.chunks, info: detail.info, options: options, metrics: presentation.metrics)
    }

    /// Makes a file of a stream; files with times need a clock.
    package func exported(
        trace: String, span: String, pace: StreamPace? = nil, as format: StreamExportFormat
    ) async throws(HeadlessError) -> [UInt8] {
        let detail = try await streamDetail(trace: trace, span: span, pace: pace)
        if format.needsClock, StreamPace.isNeeded(detail.info) { throw .hasNoClock }
        let name = { (path: KeyPath<SpanRow, NameIndex>) in detail.names[detail.row[keyPath: path]] }
        let export = StreamExport(
            chunks: detail.chunks, info: detail.info, title: name(\.name) ?? detail.row.spanID.hex,
            model: name(\.modelResolved) ?? name(\.modelRequested), responseID: "span-\(detail.row.spanID.hex)")
        return export.bytes(as: format) { SafeText.block($0, metrics: presentation.metrics) }
    }

    /// Writes bytes as they are.
    package func write(_ bytes: [UInt8]) throws(HeadlessError) {
        try emit { () throws(OutputError) in
            try output.write(bytes)
            try output.flush()
        }
    }
}
