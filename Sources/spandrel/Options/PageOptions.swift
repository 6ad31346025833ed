import ArgumentParser
import TraceQuery

/// Which part of a list a command writes.
struct PageOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Continue after this position, as the line 'more rows' on standard error names it.", valueName: "position"))
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
