import AsyncHTTPClient
import NIOCore
import NIOPosix

/// The words for what went wrong with the upstream.
enum UpstreamFault {
    /// One line without any part of the request.
    static func text(_ error: any Error, _ upstream: UpstreamAddress) -> String {
        let place = "\(upstream.host):\(upstream.effectivePort)"
        switch error {
        case let error as HTTPClientError:
            if error == .remoteConnectionClosed { return "\(place) closed the connection" }
            if error == .connectTimeout { return "\(place) did not accept a connection in time" }
            return "\(place): \(error.shortDescription)"
        case let error as NIOConnectionError:
            let reasons = error.connectionErrors.map { String(describing: $0.error) }
            let detail = error.dnsAError.map { String(describing: $0) } ?? reasons.last ?? "no address"
            return "cannot connect to \(place): \(detail)"
        case let error as IOError:
            return "\(place): \(error.description)"
        default:
            return "\(place): \(String(describing: error))"
        }
    }
}
