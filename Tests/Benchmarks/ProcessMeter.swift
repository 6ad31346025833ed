import Foundation

/// What the system counts about another process.
struct ProcessMeter {
    let pid: pid_t

    /// Nanoseconds that all its threads have run; nil once it is gone.
    var cpuNanos: Int64? {
        var sum: Int64 = 0
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") else {
            return nil
        }
        for thread in threads {
            let line = try? String(contentsOfFile: "/proc/\(pid)/task/\(thread)/schedstat", encoding: .utf8)
            sum += line?.split(separator: " ").first.flatMap { Int64($0) } ?? 0
        }
        return sum
    }

    /// How often its threads went to sleep of themselves, so how often they were woken.
    var wakeUps: Int64? {
        var sum: Int64 = 0
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") else {
            return nil
        }
        for thread in threads {
            sum += ProcessMeter.field("voluntary_ctxt_switches:", of: "/proc/\(pid)/task/\(thread)/status") ?? 0
        }
        return sum
    }

    /// The most resident memory so far, in bytes.
    var peakResidentBytes: Int64? {
        ProcessMeter.field("VmHWM:", of: "/proc/\(pid)/status").map { $0 * 1024 }
    }

    private static func field(_ name: String, of path: String) -> Int64? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.dropFirst(name.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int64($0) }
    }
}
