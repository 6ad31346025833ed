/// Why the recording proxy cannot start.
package enum CollectorError: Error, Equatable, Sendable {
    /// The address of the upstream is none that can be called; `reason` says what is wrong with it.
    case upstream(text: String, reason: String)
    /// The address to listen on is malformed.
    case listen(text: String)
    /// The address cannot be listened on; `detail` is the system's own word.
    case bind(address: String, detail: String)
}

extension CollectorError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .upstream(let text, let reason): "upstream \(text): \(reason)"
        case .listen(let text): "listen \(text): not an address with a port, such as 127.0.0.1:7370"
        case .bind(let address, let detail): "cannot listen on \(address): \(detail)"
        }
    }
}
