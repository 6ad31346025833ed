import Foundation

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
