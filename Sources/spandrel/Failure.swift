import ArgumentParser
import Canvas
import Exporter
import Foundation
import Headless
import TraceQuery
import TraceStore

/// Why a command ends early.
enum Failure: Error {
    case query(QueryError)
    case output(OutputError)
    case store(StoreError)
    case export(ExportError)
    /// A fault with its exit code, worded for a person.
    case other(ExitStatus, String)

    init(_ error: HeadlessError) {
        switch error {
        case .query(let error): self = .query(error)
        case .output(let error): self = .output(error)
        case .hasClock, .hasNoClock: self = .other(.usage, error.description)
        }
    }

    init(_ error: ExportError) {
        switch error {
        case .query(let error): self = .query(error)
        case .store(let error): self = .store(error)
        case .closed: self = .output(.closed)
        default: self = .export(error)
        }
    }

    var status: ExitStatus {
        switch self {
        case .query(.missing), .query(.unreadable), .query(.notFound): .noInput
        case .query(.corrupt), .query(.foreign), .query(.altered), .query(.newerVersion), .query(.olderVersion): .data
        case .query(.ambiguous), .query(.filter), .query(.sql), .query(.unsupported): .usage
        case .query(.exhausted): .limited
        case .query(.locked), .query(.cancelled), .query(.backend): .inputOutput
        case .output(.closed): .ok
        case .store(.corrupt), .store(.foreign), .store(.altered), .store(.newerVersion): .data
        case .store: .inputOutput
        case .output(.failed): .inputOutput
        case .export(.nothingSelected): .noInput
        case .export(.fileExists), .export(.needsFile): .usage
        case .export: .inputOutput
        case .other(let status, _): status
        }
    }

    /// What a person reads: one line, under which a fault of a filter is pointed at; nil where there is nothing to say.
    var message: String? {
        switch self {
        case .query(let error):
            if case .filter(_, let text, let position) = error {
                "\(error)\n  \(SafeText.line(text))\n  \(Self.caret(under: text, at: position))"
            } else {
                "\(error)"
            }
        case .output(.closed): nil
        case .output(let error): "\(error)"
        case .store(let error): "\(error)"
        case .export(let error): "\(error)"
        case .other(_, let message): message
        }
    }

    /// A caret under the character at a position, counted from 0; wide characters before it count twice.
    private static func caret(under text: String, at position: Int) -> String {
        String(repeating: " ", count: TextMetrics().width(of: String(text.prefix(max(0, position))))) + "^"
    }

    /// Does what reads or writes a database file; its errors become those of a command.
    static func storing<Value>(_ body: () throws(StoreError) -> Value) throws(Failure) -> Value {
        do { return try body() } catch { throw .store(error) }
    }
}

/// The end of the program.
enum Exit {
    /// Says on standard error what went wrong and ends with the code that fits.
    static func end(with error: any Error) -> Never {
        if let failure = error as? Failure {
            if let message = failure.message { Console.complain(message) }
            exit(failure.status.rawValue)
        }
        let code = Spandrel.exitCode(for: error)
        if code == .success || error is ExitCode {
            // Help, the version, or a code that a command chose.
            Spandrel.exit(withError: error)
        }
        let message = Spandrel.message(for: error)
        if code == .validationFailure {
            Console.complain("\(onOneLine(message)) (see: spandrel help)")
            exit(ExitStatus.usage.rawValue)
        }
        Console.complain(message)
        exit(ExitStatus.inputOutput.rawValue)
    }

    /// A message whose list of choices stands on lines of its own, as one line.
    private static func onOneLine(_ message: String) -> String {
        message.replacing(":\n  - ", with: ": ").replacing("\n  - ", with: ", ").replacing("\n", with: " ")
    }
}

/// The exit codes of the program, after `sysexits.h`.
enum ExitStatus: Int32, CaseIterable, Sendable {
    case ok = 0
    case found = 3
    case usage = 64
    case data = 65
    case noInput = 66
    case inputOutput = 74
    case limited = 75

    /// One line of documentation.
    var help: String {
        switch self {
        case .ok: "all done; also when the reader of a pipe went away"
        case .found: "`findings --fail-on`: something at least so bad was found; `audit`: secrets were"
        case .usage: "wrong usage: an unknown option, a filter or a statement with a fault, an ambiguous id"
        case .data:
            "some or all of the input could not be decoded, the file is no database of ours, or `audit` could not look "
                + "at all of it and found nothing in the rest"
        case .noInput: "no such file, database, trace or span"
        case .limited: "a statement of `sql` took more time or memory than it may"
        case .inputOutput: "reading or writing failed, or the database is locked"
        }
    }
}
