/// A fault of the machine, not of the data: the input could not be read at all, or not further.
package enum IngestError: Error, Equatable, Sendable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    case cannotDecompress(path: String, reason: String)

    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "\(path): cannot open: \(reason)"
        case .cannotRead(let path, let reason): "\(path): cannot read: \(reason)"
        case .cannotDecompress(let path, let reason): "\(path): cannot decompress: \(reason)"
        }
    }
}
