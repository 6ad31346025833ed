import Foundation
import Ingest
import TraceStore

/// Databases that are large, written without the detour through JSON.
enum LargeDatabase {
    /// A database of so many spans; one that a former run left in a folder that is kept is taken as it is.
    static func make(_ path: String, spans: Int, layout: SpanGenerator.Layout) throws {
        let mark = path + ".\(spans)"
        if FileManager.default.fileExists(atPath: mark), FileManager.default.fileExists(atPath: path) { return }
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let writer = try TraceWriter(path: path) { 0 }
        var generator = SpanGenerator(count: spans, layout: layout)
        var waiting: [PreparedSpan] = []
        while let trace = generator.nextTrace() {
            for first in stride(from: 0, to: trace.count, by: 512) {
                waiting += trace[first..<min(trace.count, first + 512)].map { PreparedSpan($0) }
                guard waiting.count >= 512 else { continue }
                _ = try writer.write(spans: waiting)
                waiting.removeAll(keepingCapacity: true)
            }
        }
        _ = try writer.write(spans: waiting)
        try writer.finish()
        try Data().write(to: URL(fileURLWithPath: mark))
    }
}
