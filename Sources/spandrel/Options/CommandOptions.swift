import ArgumentParser
import Basics
import Canvas
import Foundation
import Headless
import Tables
import TraceModel
import TraceQuery
import TraceStore

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("db"),
        help: ArgumentHelp(
            "The database: a file, or sqlite:FILE (default: $SPANDREL_DB, else spandrel/traces.db in the XDG data "
                + "folder).", valueName: "database"),
        completion: .file())
    var database: String?

    /// Opens the database for reading.
    func open() throws(Failure) -> any TraceBackend {
        try BackendAddress(database ?? DatabasePath.standard()).open()
    }

    /// The file that a command writes to.
    var file: String {
        get throws(Failure) { try BackendAddress(database ?? DatabasePath.standard()).writableFile }
    }

    /// Opens the database for writing; the folder of the standard one is made where it is missing.
    func writer() throws(Failure) -> TraceWriter {
        let path = try file
        if database == nil { try DatabasePath.makeFolder(of: path) }
        return try Failure.storing { () throws(StoreError) in try TraceWriter(path: path, clock: Clocks.unixNanos) }
    }
}

/// Which rows a command keeps.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Keep what the filter matches, such as 'kind:tool status:error dur>2s'.", valueName: "filter"))
    var filter: String?

    /// The filter as a value; nil where there is none.
    var expression: FilterExpression? {
        get throws(HeadlessError) {
            guard let filter else { return nil }
            do { return try FilterExpression.parse(filter) } catch { throw .query(error) }
        }
    }
}

/// Which part of a list a command writes.
struct PageOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Resume after this cursor, printed as 'more rows' on standard error.", valueName: "position"))
    var after: String?

    var cursor: PageCursor? { after.map(PageCursor.init(text:)) }

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    /// Says where the rest of a cut list starts.
    func remark(_ next: PageCursor?) {
        if let next { Console.complain("more rows: --after \(next.text)") }
    }
}

extension OutputFormat: ExpressibleByArgument {}

/// How a command writes its rows.
struct OutputOptions: ParsableArguments {
    @Option(help: "How rows are written: table, json, ndjson or csv (default: table on a terminal, else ndjson).")
    var format: OutputFormat?

    /// What answers requests in rows on standard output.
    static func reader(_ backend: any TraceBackend, format: OutputFormat? = nil) -> HeadlessReader {
        HeadlessReader(
            backend: backend, presentation: standardPresentation(format: format),
            output: ByteOutput(descriptor: STDOUT_FILENO), notify: Console.complain)
    }

    /// Writes rows that are at hand.
    func write<Row>(_ rows: [Row], _ columns: [Column<Row>]) throws(Failure) {
        let writer = RowWriter(
            columns, presentation: Self.standardPresentation(format: format),
            output: ByteOutput(descriptor: STDOUT_FILENO))
        do { try writer.writeAll(rows) } catch { throw .output(error) }
    }

    /// The presentation on standard output: a table on a terminal, else NDJSON, where no format is asked for.
    private static func standardPresentation(format: OutputFormat?) -> Presentation {
        let isTerminal = Console.isTerminal(STDOUT_FILENO)
        return Presentation(
            format: format ?? (isTerminal ? .table : .ndjson), isTerminal: isTerminal,
            width: isTerminal ? Console.columns(STDOUT_FILENO) : nil, timeZone: .current)
    }
}

/// What a list can be ordered by.
protocol OrderKey: RawRepresentable<String>, CaseIterable {
    /// False for what is read from the least up, such as names.
    var descendsByNature: Bool { get }
}

extension TraceListRequest.SortKey: OrderKey {
    var descendsByNature: Bool { self != .name }
}

extension TraceRowOrder: OrderKey {
    var descendsByNature: Bool { self != .start }
}

/// An order of rows: a key, and a direction where it is not the natural one.
struct SortOption<Key: OrderKey>: ExpressibleByArgument {
    var key: Key
    var descending: Bool

    /// Reads `duration`, `duration:asc`, `name:desc`.
    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let key = Key(rawValue: String(first)) else { return nil }
        self.key = key
        switch parts.count == 2 ? parts[1] : "" {
        case "": descending = key.descendsByNature
        case "asc": descending = false
        case "desc": descending = true
        default: return nil
        }
    }

    static var allValueStrings: [String] { Key.allCases.map(\.rawValue) }
}

/// How bad a finding must be.
struct SeverityOption: ExpressibleByArgument {
    var severity: FindingSeverity

    init(_ severity: FindingSeverity) {
        self.severity = severity
    }

    init?(argument: String) {
        guard let severity = FindingSeverity.allCases.first(where: { $0.name == argument }) else { return nil }
        self.severity = severity
    }

    var defaultValueDescription: String { severity.name }

    static var allValueStrings: [String] { FindingSeverity.allCases.map(\.name) }
}

/// A time in seconds or milliseconds, such as `3.2`, `3.2s` or `250ms`.
struct TimeOption: ExpressibleByArgument {
    var nanos: Int64

    init?(argument: String) {
        let (number, unit): (Substring, Double) =
            if argument.hasSuffix("ms") {
                (argument.dropLast(2), 1e6)
            } else if argument.hasSuffix("s") {
                (argument.dropLast(), 1e9)
            } else {
                (argument[...], 1e9)
            }
        guard let nanos = Double(number).flatMap({ OutsideNumber.duration($0 * unit) }) else { return nil }
        self.nanos = nanos
    }
}
