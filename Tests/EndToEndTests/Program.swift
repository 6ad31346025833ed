import Foundation
import Testing

/// The built program, run with arguments and looked at from outside.
struct Program {
    /// What a run left behind.
    struct Outcome {
        var output: String
        var errors: String
        var code: Int32

        /// The lines on standard error.
        var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// A home of its own, so that no test meets the user's files.
    let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
    }

    /// The executable beside the test bundle.
    static let path: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("spandrel").path
    }()

    var environment: [String: String] {
        [
            "HOME": home.path, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
        ]
    }

    /// Runs the program to its end.
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: home.path)
        // Files, not pipes: neither side can block the other.
        let stem = home.path + "/run-" + UUID().uuidString
        for suffix in [".in", ".out", ".err"] {
            try Data((suffix == ".in" ? input : "").utf8).write(to: URL(fileURLWithPath: stem + suffix))
        }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: stem + ".in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: stem + ".out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: stem + ".err"))
        try process.run()
        process.waitUntilExit()
        func text(_ suffix: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: stem + suffix)), as: UTF8.self)
        }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Outcome(output: try text(".out"), errors: try text(".err"), code: code)
    }

    /// Runs a line of the shell in which `spandrel` is the program.
    func shell(_ line: String) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "spandrel() { \"$SPANDREL\" \"$@\"; }; " + line]
        process.environment = environment.merging(["SPANDREL": Program.path]) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: home.path)
        let output = home.path + "/sh-" + UUID().uuidString
        for suffix in [".out", ".err"] { try Data().write(to: URL(fileURLWithPath: output + suffix)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output + ".out"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: output + ".err"))
        try process.run()
        process.waitUntilExit()
        func text(_ suffix: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: output + suffix)), as: UTF8.self)
        }
        return Outcome(output: try text(".out"), errors: try text(".err"), code: process.terminationStatus)
    }
}
