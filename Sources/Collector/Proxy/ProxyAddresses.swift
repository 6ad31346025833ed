import Foundation
import NIOCore

/// Where the proxy waits for clients.
package struct ListenAddress: Equatable, Sendable {
    package let host: String
    /// 0 for any free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`, `[IPv6]:PORT`, `:PORT` or `PORT`; without a host it is the loopback address.
    package init(_ text: String) throws(CollectorError) {
        let split = text.lastIndex(of: ":")
        let number = split.map { text[text.index(after: $0)...] } ?? text[...]
        guard let port = Int(number), (0...65535).contains(port) else { throw .listen(text: text) }
        var host = split.map { String(text[..<$0]) } ?? ""
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw .listen(text: text)
        }
        self.init(host: host.isEmpty ? "127.0.0.1" : host, port: port)
    }

    /// True where only programs on this machine can connect.
    package var isLoopback: Bool {
        if host == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: port) else { return false }
        switch address {
        case .v4: return host.hasPrefix("127.")
        case .v6: return host == "::1"
        case .unixDomainSocket: return true
        }
    }

    /// `host:port`, with brackets around an IPv6 address.
    package var text: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

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
