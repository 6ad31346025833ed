import Foundation

/// Where requests are passed on to: a scheme, a host, a port, and a path that stands before the client's.
package struct UpstreamAddress: Equatable, Sendable {
    package let host: String
    /// Nil for the port that belongs to the scheme.
    package let port: Int?
    package let isSecure: Bool
    /// Without a slash at its end; empty for none.
    package let basePath: String

    /// Reads an `http` or `https` address.
    ///
    /// User information is refused, since the address is shown; so are a query and a fragment, which have no place in
    /// front of a path.
    package init(_ text: String) throws(CollectorError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https"
        else { throw .upstream(text: Self.withoutUser(text), reason: "must begin with http:// or https://") }
        guard let host = parts.host, !host.isEmpty else { throw .upstream(text: text, reason: "names no host") }
        guard parts.user == nil, parts.password == nil else {
            throw .upstream(text: host, reason: "must not hold a user or a password; send them in a header")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw .upstream(text: host, reason: "must not hold a query or a fragment")
        }
        self.host = host
        isSecure = scheme == "https"
        port = parts.port
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        basePath = path
    }

    /// `https://host:port/path`, without a slash at its end.
    package var text: String {
        (isSecure ? "https://" : "http://") + authority + basePath
    }

    /// The port that is connected to.
    package var effectivePort: Int { port ?? (isSecure ? 443 : 80) }

    private var authority: String {
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    private static func withoutUser(_ text: String) -> String {
        text.firstIndex(of: "@").map { String(text[text.index(after: $0)...]) } ?? text
    }
}
