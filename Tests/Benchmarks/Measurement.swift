import Foundation

/// One line of the table: what was measured, the bar, and whether it was reached.
struct Measurement {
    var what: String
    var bar: String
    var measured: String
    var isReached: Bool

    var line: String { "| \(what) | \(bar) | \(measured) | \(isReached ? "PASS" : "BELOW") |" }
}

/// Clocks and counters of the process.
enum Meter {
    /// Seconds that the body takes.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return now() - start
    }

    /// Seconds on a clock that only runs forward.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most resident memory so far, in bytes; nil where the system does not say.
    static func peakResidentBytes() -> Int64? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 * 1024 }
    }

    /// The resident memory of this process now, in bytes.
    static func residentBytes() -> Int64? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int64(fields[1]).map { $0 * Int64(getpagesize()) } : nil
    }

    static func milliseconds(_ seconds: Double) -> String {
        seconds < 0.1 ? String(format: "%.2f ms", seconds * 1e3) : String(format: "%.0f ms", seconds * 1e3)
    }
}
