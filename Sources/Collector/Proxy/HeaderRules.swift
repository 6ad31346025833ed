import NIOHTTP1

/// Which headers a proxy keeps to itself.
enum HeaderRules {
    /// The headers of one connection, RFC 9110 §7.6.1, with those that the framing of each side sets anew.
    ///
    /// `Proxy-Authorization` is meant for this hop too; `Expect` is answered here.
    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// The headers for the upstream; the length of the body stands apart, and the host is set by the client library.
    static func forUpstream(_ headers: HTTPHeaders, traceContext: TraceContext?) -> HTTPHeaders {
        let named = Set(headers[canonicalForm: "connection"].map { $0.lowercased() })
        var kept = HTTPHeaders()
        kept.reserveCapacity(headers.count)
        for (name, value) in headers {
            let lower = name.lowercased()
            switch lower {
            case "host", "content-length", "expect", "x-spandrel-session": continue
            case "traceparent":
                if let traceContext {
                    kept.add(name: name, value: traceContext.header)
                } else {
                    kept.add(name: name, value: value)
                }
            default:
                if !hopByHop.contains(lower), !named.contains(lower) { kept.add(name: name, value: value) }
            }
        }
        return kept
    }

    /// The headers for the client, with the framing that its request and its version of HTTP ask for.
    static func forClient(
        _ head: HTTPResponseHead, method: HTTPMethod, version: HTTPVersion, willClose: Bool
    ) -> HTTPHeaders {
        let named = Set(head.headers[canonicalForm: "connection"].map { $0.lowercased() })
        var kept = HTTPHeaders()
        kept.reserveCapacity(head.headers.count + 1)
        for (name, value) in head.headers {
            let lower = name.lowercased()
            if !hopByHop.contains(lower), !named.contains(lower) { kept.add(name: name, value: value) }
        }
        let hasBody = method != .HEAD && head.status.mayHaveResponseBody
        var closes = willClose
        if hasBody, !kept.contains(name: "content-length") {
            if (version.major, version.minor) >= (1, 1) {
                kept.add(name: "Transfer-Encoding", value: "chunked")
            } else {
                // The end of the connection is the end of the body.
                closes = true
            }
        }
        if closes { kept.add(name: "Connection", value: "close") }
        return kept
    }
}
