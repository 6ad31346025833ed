/// Why the key of the hashes cannot be had.
package enum RedactionKeyError: Error, Equatable, Sendable {
    /// Other accounts may read or write it; `mode` holds the permission bits.
    case notPrivate(path: String, mode: UInt32)
    /// It is no regular file: a folder, a pipe, a device.
    case notAFile(path: String)
    /// It does not hold 64 hexadecimal digits.
    case malformed(path: String, reason: String)
    /// The system refused; `reason` is in its words.
    case system(path: String, action: String, reason: String)
}

extension RedactionKeyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notPrivate(let path, let mode):
            "\(path): others may read the redaction key (mode \(String(mode, radix: 8))): chmod 600 it"
        case .notAFile(let path):
            "\(path): the redaction key is no regular file"
        case .malformed(let path, let reason):
            "\(path): no redaction key: \(reason)"
        case .system(let path, let action, let reason):
            "\(path): cannot \(action) the redaction key: \(reason)"
        }
    }
}
