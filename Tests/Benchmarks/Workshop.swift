import Foundation

/// The folder in which measurements make their data, and what they measure on.
final class Workshop {
    let options: BenchOptions
    let folder: String
    private let isTemporary: Bool

    init(_ options: BenchOptions) throws {
        self.options = options
        isTemporary = options.folder == nil
        folder =
            options.folder ?? NSTemporaryDirectory() + "spandrel-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        if isTemporary { try? FileManager.default.removeItem(atPath: folder) }
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Removes a database with its companions.
    func remove(_ database: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + suffix) }
    }

    func measure(_ row: BenchOptions.Row) async throws -> [Measurement] {
        switch row {
        case .import: try ImportBench(self).measure()
        default: []
        }
    }
}
