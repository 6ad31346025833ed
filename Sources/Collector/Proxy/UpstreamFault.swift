import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
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
        case let error as HTTPParserError where error == .invalidEOFState:
            return "\(place) closed the connection"
        case let error as IOError:
            let reason = String(cString: strerror(error.errnoCode))
            switch error.errnoCode {
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH: return "cannot connect to \(place): \(reason)"
            default: return "\(place): \(reason)"
            }
        default:
            return "\(place): \(String(describing: error))"
        }
    }
}
