import Foundation
import TraceIngest
import TraceModel

/// All that an input gave.
struct Decoded {
    var spans: [Span] = []
    var logs: [SpanLogRecord] = []
    var streams: [RecordedStream] = []
    var rejects: [Rejection] = []
    var summary = DecodeSummary()
    var batchSizes: [Int] = []

    init() {}

    init(_ input: InputFile, format: InputFormat? = nil, batchSize: Int = 512) throws {
        summary = try FileDecoder.decode(input, format: format, batchSize: batchSize) { batch in
            spans += batch.spans
            logs += batch.logs
            streams += batch.streams
            rejects += batch.rejects
            batchSizes.append(batch.spans.count + batch.logs.count + batch.streams.count + batch.rejects.count)
        }
    }

    /// Decodes bytes by way of a temporary file.
    init(_ bytes: [UInt8], name: String = "input.json", format: InputFormat? = nil, batchSize: Int = 512) throws {
        let file = try TemporaryFile(bytes, name: name)
        self = try Decoded(file.input, format: format, batchSize: batchSize)
    }

    init(_ text: String, name: String = "input.json") throws {
        self = try Decoded(Array(text.utf8), name: name)
    }
}

/// A file that goes away with its last reference.
final class TemporaryFile: Sendable {
    let folder: String
    let path: String

    init(_ bytes: [UInt8], name: String) throws {
        folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        path = folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var input: InputFile { InputFile(path: path) }
}
