/// The exit codes of the program, after `sysexits.h`.
enum ExitStatus: Int32, CaseIterable, Sendable {
    case ok = 0
    case found = 3
    case usage = 64
    case data = 65
    case noInput = 66
    case inputOutput = 74

    /// One line of documentation.
    var help: String {
        switch self {
        case .ok: "all done; also when the reader of a pipe went away"
        case .found: "`findings --fail-on`: something at least so bad was found; `audit`: secrets were"
        case .usage: "wrong usage: an unknown option, a filter or a statement with a fault, an ambiguous id"
        case .data: "some or all of the input could not be decoded, or the file is no database of ours"
        case .noInput: "no such file, database, trace or span"
        case .inputOutput: "reading or writing failed, or the database is locked"
        }
    }
}
