import Foundation

/// The version of the program.
enum Version {
    static let text = "0.1.0"
}

/// The environment variables that the program reads.
struct EnvironmentVariable: Sendable {
    var name: String
    var help: String

    static let all: [EnvironmentVariable] = [
        EnvironmentVariable(name: "SPANDREL_DB", help: "The database where no option names one."),
        EnvironmentVariable(
            name: "XDG_DATA_HOME", help: "The folder of spandrel/traces.db; ~/.local/share where it is unset."),
        EnvironmentVariable(
            name: "XDG_CACHE_HOME", help: "The folder of spandrel/demo.db; ~/.cache where it is unset."),
        EnvironmentVariable(
            name: "XDG_CONFIG_HOME",
            help: "The folder of spandrel/config and spandrel/keymap; ~/.config where it is unset."),
        EnvironmentVariable(name: "NO_COLOR", help: "Any text in it turns colours off."),
        EnvironmentVariable(name: "TZ", help: "The time zone of the times that tables show and filters read."),
    ]
}

/// Where the database is when no option says it.
enum DatabasePath {
    /// `$SPANDREL_DB`; else `spandrel/traces.db` in the XDG data folder.
    static func standard(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let path = environment["SPANDREL_DB"], !path.isEmpty { return path }
        return folder("XDG_DATA_HOME", else: ".local/share", environment) + "/traces.db"
    }

    /// `spandrel/demo.db` in the XDG cache folder.
    static func demo(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        folder("XDG_CACHE_HOME", else: ".cache", environment) + "/demo.db"
    }

    /// The XDG configuration folder of the program.
    static func configuration(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        folder("XDG_CONFIG_HOME", else: ".config", environment)
    }

    /// Makes the folder of a file, readable by its owner only.
    static func makeFolder(of path: String) throws(Failure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .other(.inputOutput, "\(folder.path): cannot make the folder")
        }
    }

    /// The XDG rule: a relative path in the variable counts as none.
    private static func folder(_ variable: String, else fallback: String, _ environment: [String: String]) -> String {
        if let base = environment[variable], base.hasPrefix("/") { return base + "/spandrel" }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return home + "/" + fallback + "/spandrel"
    }
}

/// The clocks of the machine, which everything below takes as an input.
enum Clocks {
    /// Nanoseconds since the Unix epoch.
    static let unixNanos: @Sendable () -> Int64 = { nanos(CLOCK_REALTIME) }
    /// Nanoseconds on a clock that only runs forward.
    static let monotonicNanos: @Sendable () -> Int64 = { nanos(CLOCK_MONOTONIC) }
    /// Seconds on a clock that only runs forward.
    static let seconds: @Sendable () -> Double = { Double(nanos(CLOCK_MONOTONIC)) / 1e9 }

    private static func nanos(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
