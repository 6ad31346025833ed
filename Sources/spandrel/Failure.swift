import Exporter
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
        case .unexpectedResult: self = .other(.inputOutput, error.description)
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
        case .query(.corrupt), .query(.foreign), .query(.newerVersion), .query(.olderVersion): .data
        case .query(.ambiguous), .query(.filter), .query(.sql): .usage
        case .query(.locked), .query(.cancelled), .query(.backend): .inputOutput
        case .output(.closed): .ok
        case .store(.corrupt), .store(.foreign), .store(.newerVersion): .data
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
                "\(error)\n  \(Caret.line(text))\n  \(Caret.pointer(in: text, at: position))"
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
}
