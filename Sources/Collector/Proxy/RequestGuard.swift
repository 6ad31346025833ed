import Basics
import NIOCore
import NIOHTTP1

/// What the proxy refuses before anything of a request reaches the upstream or the record.
///
/// Programs on this machine use the proxy as they use the upstream. A page in a browser could too, by a form, by a script,
/// or under a name of its own that it lets point here (DNS rebinding): the name in `Host` and the page in `Origin` have to be
/// those of this machine, of the address that is listened on, of the upstream, or allowed by name.
struct RequestGuard: Sendable {
    /// Why a request is refused.
    struct Refusal: Equatable {
        var status: HTTPResponseStatus
        var reason: String
    }

    private let allowed: Set<String>
    private let listensEverywhere: Bool

    /// Bytes of all headers together above which a request is refused.
    static let headerLimit = 64 << 10

    init(_ configuration: ProxyConfiguration) {
        allowed = Set(
            ([configuration.listen.host, configuration.upstream.host] + configuration.allowedHosts).map {
                $0.lowercased()
            })
        listensEverywhere = !configuration.listen.isLoopback
    }

    /// Nil for a request that may pass.
    func refusal(of head: HTTPRequestHead) -> Refusal? {
        framing(head) ?? host(head) ?? origin(head) ?? target(head)
    }

    // MARK: Framing

    /// What one side could read as one request and the other as two, RFC 9112 §6.
    private func framing(_ head: HTTPRequestHead) -> Refusal? {
        if head.method == .CONNECT || head.method == .TRACE {
            return Refusal(status: .methodNotAllowed, reason: "\(head.method.rawValue) is not passed on")
        }
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard size <= Self.headerLimit, head.uri.utf8.count <= Self.headerLimit else {
            return Refusal(
                status: .requestHeaderFieldsTooLarge, reason: "the headers take more than \(Self.headerLimit) bytes")
        }
        let lengths = head.headers["content-length"]
        let codings = head.headers["transfer-encoding"]
        guard lengths.count <= 1, lengths.allSatisfy({ Int64($0) != nil && $0.utf8.allSatisfy(Self.isDigit) }) else {
            return Refusal(status: .badRequest, reason: "the length of the body is not stated once and as a number")
        }
        guard codings.isEmpty || lengths.isEmpty && codings.map({ $0.lowercased() }) == ["chunked"] else {
            return Refusal(status: .badRequest, reason: "it is not clear where the body ends")
        }
        guard !head.headers.contains(where: { $0.value.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 } }) else {
            return Refusal(status: .badRequest, reason: "a header goes on in the next line")
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    // MARK: Names

    private func host(_ head: HTTPRequestHead) -> Refusal? {
        let hosts = head.headers["host"]
        let isOld = (head.version.major, head.version.minor) < (1, 1)
        guard hosts.count == 1 || isOld && hosts.isEmpty else {
            return Refusal(status: .badRequest, reason: "a request names one host")
        }
        let names = hosts + (RequestTarget.authority(head.uri).map { [$0] } ?? [])
        for name in names where !isAllowed(Self.name(ofAuthority: name)) {
            return Refusal(
                status: .forbidden,
                reason: "the name in Host is none of this proxy's; --allow-host lets a further one in")
        }
        return nil
    }

    /// A page may call only if it comes from this machine or is allowed.
    private func origin(_ head: HTTPRequestHead) -> Refusal? {
        let origins = head.headers["origin"]
        let isForeign =
            origins.isEmpty
            ? head.headers["sec-fetch-site"].contains { $0.lowercased() == "cross-site" }
            : !origins.allSatisfy { origin in
                let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
                return parts.count == 3 && parts[0].hasSuffix(":") && parts[1].isEmpty
                    && isAllowed(Self.name(ofAuthority: String(parts[2])), asOrigin: true)
            }
        guard isForeign else { return nil }
        return Refusal(
            status: .forbidden, reason: "a page of another site may not call this proxy; --allow-host lets one in")
    }

    /// The host of `host:port` in lower case, without brackets; nil where it is none.
    private static func name(ofAuthority text: String) -> String? {
        guard !text.contains("@") else { return nil }
        var host = Substring(text)
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") && rest.dropFirst().utf8.allSatisfy(isDigit) else { return nil }
            return host[host.index(after: host.startIndex)..<end].lowercased()
        }
        if let colon = host.lastIndex(of: ":") {
            guard host[host.index(after: colon)...].utf8.allSatisfy(isDigit) else { return nil }
            host = host[..<colon]
        }
        if host.hasSuffix(".") { host = host.dropLast() }
        return host.isEmpty || host.contains(":") ? nil : host.lowercased()
    }

    private func isAllowed(_ name: String?, asOrigin: Bool = false) -> Bool {
        guard let name else { return false }
        if allowed.contains(name) || name == "localhost" || name.hasSuffix(".localhost") { return true }
        if let address = try? SocketAddress(ipAddress: name, port: 0) {
            // Nobody's name leads here; but a page may come from any address.
            return !asOrigin || ListenAddress(host: name, port: 0).isLoopback && address.protocol != .unix
        }
        if asOrigin { return false }
        // Names that no site can have: those that the hosts of containers give this machine, and those of a local network.
        return name.hasSuffix(".internal") || listensEverywhere && !name.contains(".")
    }

    // MARK: Target

    private func target(_ head: HTTPRequestHead) -> Refusal? {
        guard !RequestTarget.leavesItsPlace(head.uri) else {
            return Refusal(status: .badRequest, reason: "the path leads out of the upstream's")
        }
        return nil
    }
}

/// The target of a request: a path with its query, or a whole address as clients of proxies write it.
enum RequestTarget {
    /// The part that belongs to path and query, with one slash at its beginning.
    static func path(_ target: String) -> String {
        var path = Substring(target)
        if let start = afterScheme(target) {
            path = target[start...].firstIndex(of: "/").map { target[$0...] } ?? "/"
        }
        if path == "*" { return "/" }
        return "/" + path.drop { $0 == "/" }
    }

    /// The host and port of a whole address; nil for a path.
    static func authority(_ target: String) -> String? {
        afterScheme(target).map { String(target[$0...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }) }
    }

    private static func afterScheme(_ target: String) -> String.Index? {
        guard !target.hasPrefix("/"), let range = target.firstRange(of: "://"),
            target[..<range.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber })
        else { return nil }
        return range.upperBound
    }

    /// Whether a path climbs above its beginning, or has a fragment, however it is written.
    ///
    /// Servers undo percent signs, some of them twice, take backslashes for slashes, or cut a segment at a semicolon.
    static func leavesItsPlace(_ target: String) -> Bool {
        if target.contains("#") { return true }
        var path = Array(path(target).prefix { $0 != "?" }.utf8)
        for _ in 0..<3 {
            let segments = path.split(omittingEmptySubsequences: false) {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
            }
            let climbs = segments.contains { segment in
                let name = segment.prefix { $0 != UInt8(ascii: ";") && $0 != 0 }
                return name.elementsEqual("..".utf8) || name.elementsEqual(".".utf8)
            }
            if climbs { return true }
            guard path.contains(UInt8(ascii: "%")) else { return false }
            path = decoded(path)
        }
        return false
    }

    private static func decoded(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "%"), index + 2 < path.count, let high = Hex.digit(path[index + 1]),
                let low = Hex.digit(path[index + 2])
            {
                result.append(UInt8(high << 4 | low))
                index += 3
            } else {
                result.append(path[index])
                index += 1
            }
        }
        return result
    }
}
