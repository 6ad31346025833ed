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
