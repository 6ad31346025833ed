import Foundation

/// The folder in which measurements make their data, and what they measure on.
final class Workshop {
    let options: BenchOptions
    let folder: String
    private let isTemporary: Bool
    private var pressed: (cpu: [Measurement], bytes: [Measurement])?

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

    /// The large database with 50 spans a trace, made when it is first asked for.
    func manyTraces() throws -> String {
        let path = path("many.db")
        try LargeDatabase.make(path, spans: options.large, layout: .even(50))
        return path
    }

    /// A database of one trace, made when it is first asked for.
    func oneTrace(_ spans: Int) throws -> String {
        let path = path("one-\(spans).db")
        try LargeDatabase.make(path, spans: spans, layout: .even(spans))
        return path
    }

    /// Removes a database with its companions.
    func remove(_ database: String) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + suffix) }
    }

    func measure(_ row: BenchOptions.Row) async throws -> [Measurement] {
        switch row {
        case .import: return try ImportBench(self).measure()
        case .growth: return try GrowthBench(self).measure()
        case .start: return try ExplorerBench(self).start()
        case .open: return try ExplorerBench(self).openTrace(options.spans, seconds: 0.1, megabytes: 150)
        case .openLarge: return try ExplorerBench(self).openTrace(options.large, seconds: 1.2, megabytes: 700)
        case .keys: return try keysAndBytes().cpu
        case .bytes: return try keysAndBytes().bytes
        case .search: return [try await QueryBench(self).search()]
        case .filter: return [try await QueryBench(self).filter()]
        case .idle: return try ExplorerBench(self).idle()
        case .proxy: return try await ProxyBench(self).measure()
        case .play: return try PlayBench().measure()
        case .chunks: return try await ChunkBench(self).measure()
        case .loops: return StreamBench().loops()
        case .figures: return StreamBench().figures()
        case .analysis: return AnalysisBench(self).analysis()
        case .views: return try await AnalysisBench(self).views()
        case .redaction: return try RedactionBench(self).measure()
        case .export: return try await ExportBench(self).measure()
        case .culprits: return try await CulpritBench(self).measure()
        }
    }

    /// Both come from the same run of the explorer.
    private func keysAndBytes() throws -> (cpu: [Measurement], bytes: [Measurement]) {
        if let pressed { return pressed }
        let measured = try ExplorerBench(self).keys()
        pressed = measured
        return measured
    }
}
