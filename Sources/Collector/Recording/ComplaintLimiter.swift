import Foundation
import Synchronization

/// Passes on what there is to complain about, at most one line of each kind in ten seconds.
final class ComplaintLimiter: Sendable {
    private struct Kind {
        var saidAt: Double
        var held: String?
        var heldCount = 0
    }

    private let kinds = Mutex<[String: Kind]>([:])
    private let complain: Recorder.Complaint
    private static let interval = 10.0

    init(_ complain: @escaping Recorder.Complaint) {
        self.complain = complain
    }

    func say(_ text: String, about name: String) {
        let now = ProcessInfo.processInfo.systemUptime
        let line: String? = kinds.withLock { kinds in
            guard var kind = kinds[name], now - kind.saidAt < Self.interval else {
                let held = kinds[name]?.heldCount ?? 0
                kinds[name] = Kind(saidAt: now)
                return held > 0 ? "\(text) (and \(held) like it)" : text
            }
            kind.held = text
            kind.heldCount += 1
            kinds[name] = kind
            return nil
        }
        if let line { complain(line) }
    }

    /// Says what was held back.
    func flush() {
        let lines = kinds.withLock { kinds in
            defer { kinds = [:] }
            return kinds.values.compactMap { kind in
                kind.held.map { kind.heldCount > 1 ? "\($0) (and \(kind.heldCount - 1) like it)" : $0 }
            }
        }
        for line in lines { complain(line) }
    }
}
