import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The words for what went wrong with the upstream.
enum UpstreamFault {
    /// One line without any part of the request, in words of our own.
    ///
    /// What libraries say of their errors holds names of their source files.
    static func text(_ error: any Error, _ upstream: UpstreamAddress) -> String {
        let place = "\(upstream.host):\(upstream.effectivePort)"
        switch error {
        case let error as HTTPClientError:
            if error == .remoteConnectionClosed { return "\(place) closed the connection" }
            if error == .connectTimeout { return "\(place) did not accept a connection in time" }
            return "\(place): \(error.shortDescription)"
        case let error as NIOConnectionError:
            if let last = error.connectionErrors.last { return text(last.error, upstream) }
            let isUnknown = error.dnsAError != nil || error.dnsAAAAError != nil
            return "cannot connect to \(place): \(isUnknown ? "the name is not known" : "no address")"
        case let error as HTTPParserError where error == .invalidEOFState:
            return "\(place) closed the connection"
        case let error as IOError:
            let reason = String(cString: strerror(error.errnoCode))
            switch error.errnoCode {
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH: return "cannot connect to \(place): \(reason)"
            default: return "\(place): \(reason)"
            }
        case is ChannelError: return "\(place) closed the connection"
        default: return "\(place): \(words(String(describing: error)))"
        }
    }

    /// What went wrong, told by the names that BoringSSL and its wrapper have for it.
    private static func words(_ description: String) -> String {
        for (names, words) in reasons where names.contains(where: { description.contains($0) }) { return words }
        let isSecure = ["ssl", "tls", "certificate"].contains { description.lowercased().contains($0) }
        return isSecure ? "no secure connection could be made" : "the exchange failed"
    }

    private static let reasons: [(names: [String], words: String)] = [
        (
            ["CERTIFICATE_VERIFY_FAILED", "unableToValidateCertificate"],
            "its certificate is not trusted: it has expired, has another name, or nobody known vouches for it"
        ),
        (["noCertificateToValidate"], "it showed no certificate"),
        (["failedToMatchHostname", "HOSTNAME_MISMATCH"], "its certificate is for another name"),
        (["WRONG_VERSION_NUMBER", "HTTP_REQUEST"], "it does not speak TLS; is the address one of http://?"),
        (["UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION"], "it speaks no version of TLS that is safe"),
        (["HANDSHAKE_FAILURE", "NO_SHARED_CIPHER"], "it took none of our ways to encrypt"),
        (["CERTIFICATE_REQUIRED", "BAD_CERTIFICATE"], "it asks for a certificate of the client"),
        (["uncleanShutdown", "eofDuringHandshake", "UNEXPECTED_EOF"], "it closed the secure connection"),
    ]
}
