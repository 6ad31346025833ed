/// Why a measurement cannot be made.
enum BenchError: Error, CustomStringConvertible {
    case cannotWrite(String)
    case sqlite(String)
    case unexpected(String)
    case usage(String)

    var description: String {
        switch self {
        case .cannotWrite(let path): "\(path): cannot write"
        case .sqlite(let message): "SQLite: \(message)"
        case .unexpected(let message), .usage(let message): message
        }
    }
}
