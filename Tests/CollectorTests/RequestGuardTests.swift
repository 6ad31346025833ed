import Foundation
import NIOHTTP1
import TestSupport
import Testing
import TraceModel

@testable import Collector

@Suite("What the proxy refuses", .prompt)
struct RequestGuardTests {
    private static func status(
        _ target: String = "/v1/chat", method: HTTPMethod = .POST, listen: String = "127.0.0.1:7370",
        allowed: [String] = [], headers: [(String, String)] = [("Host", "127.0.0.1:7370")]
    ) throws -> Int? {
        let configuration = ProxyConfiguration(
            upstream: try UpstreamAddress("https://api.example.com/v1"), listen: try ListenAddress(listen),
            allowedHosts: allowed)
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: HTTPHeaders(headers))
        return RequestGuard(configuration).refusal(of: head).map { Int($0.status.code) }
    }

    @Test(
        "Names of this machine, of the listener and of the upstream are its own",
        arguments: [
            "127.0.0.1:7370", "localhost:7370", "LOCALHOST", "localhost.", "[::1]:7370", "app.localhost:1", "127.8.8.8",
            "api.example.com", "192.0.2.7:7370", "host.docker.internal:7370", "host.containers.internal",
            "friend.example:7370",
        ])
    func hosts(host: String) throws {
        #expect(try Self.status(allowed: ["Friend.example"], headers: [("Host", host)]) == nil)
    }

    @Test(
        "Other names are refused, as a page that lets its name point here has one",
        arguments: [
            "evil.example", "evil.example:7370", "localhost.evil.example", "127.0.0.1.evil.example", "notlocalhost",
            "workstation:7370", "localhost@evil.example", "evil.example#localhost", "[::1].evil.example", "", ":7370",
            "127.0.0.1:7370:7370", "0x7f.example",
        ])
    func foreignHosts(host: String) throws {
        #expect(try Self.status(headers: [("Host", host)]) == 403)
    }

    @Test("Where other machines may connect, names of the local network are taken too")
    func localNames() throws {
        #expect(try Self.status(listen: "0.0.0.0:7370", headers: [("Host", "workstation:7370")]) == nil)
        #expect(try Self.status(listen: "0.0.0.0:7370", headers: [("Host", "evil.example")]) == 403)
    }

    @Test("A request has one host")
    func oneHost() throws {
        #expect(try Self.status(headers: []) == 400)
        #expect(try Self.status(headers: [("Host", "localhost"), ("Host", "localhost")]) == 400)
        #expect(try Self.status(headers: [("Host", "localhost"), ("host", "evil.example")]) == 400)
    }

    @Test(
        "Pages of this machine may call, others not",
        arguments: [
            ("http://localhost:3000", nil), ("http://127.0.0.1:8080", nil), ("https://[::1]", nil),
            ("https://friend.example", nil), ("https://evil.example", 403), ("null", 403), ("", 403),
            ("http://192.0.2.7", 403), ("http://localhost.evil.example", 403), ("http://evil.internal", 403),
            ("http://localhost/x", 403), ("http://user@localhost", 403), ("file://", 403),
            ("chrome-extension://abcdef", 403),
        ] as [(String, Int?)])
    func origins(origin: String, status: Int?) throws {
        let headers = [("Host", "localhost:7370"), ("Origin", origin)]
        #expect(try Self.status(allowed: ["friend.example"], headers: headers) == status)
        #expect(try Self.status(method: .OPTIONS, allowed: ["friend.example"], headers: headers) == status)
    }

    @Test("A page's request that names no origin tells that it comes from another site")
    func fetchSite() throws {
        #expect(try Self.status(headers: [("Host", "localhost"), ("Sec-Fetch-Site", "cross-site")]) == 403)
        #expect(try Self.status(headers: [("Host", "localhost"), ("Sec-Fetch-Site", "none")]) == nil)
        let page = [("Host", "127.0.0.1"), ("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "cross-site")]
        #expect(try Self.status(headers: page) == nil)
    }

    @Test(
        "Paths that climb are refused, however they are written",
        arguments: [
            "/..", "/v1/../x", "/%2e%2e/x", "/.%2E/x", "/a/..%2fb", "/a%2f..%2fb", "/..\\x", "/a\\..\\b", "/a%5c..%5cb",
            "/%252e%252e/x", "/%252e%252e%252fx", "/..;/x", "/./x", "/a/.", "//..//x", "/a#b", "/..?x",
            "http://api.example.com/../x", "/..%00/x",
        ])
    func climbing(target: String) throws {
        #expect(try Self.status(target) == 400)
    }

    @Test(
        "Other paths pass, with one slash at their beginning",
        arguments: [
            ("/v1/models?x=../y", "/v1/models?x=../y"), ("//v1//models", "/v1//models"), ("/a..b/...", "/a..b/..."),
            ("/models%2Fx:y", "/models%2Fx:y"), ("/v1/%e4", "/v1/%e4"), ("*", "/"), ("v1", "/v1"),
            ("http://api.example.com", "/"), ("http://localhost:7370/v1?a=http://b/..", "/v1?a=http://b/.."),
            ("/x?next=http://evil.example/", "/x?next=http://evil.example/"),
        ])
    func passing(target: String, path: String) throws {
        #expect(try Self.status(target) == nil)
        #expect(RequestTarget.path(target) == path)
    }

    @Test("A whole address names a host of the proxy's")
    func absolute() throws {
        #expect(try Self.status("http://evil.example/v1") == 403)
        #expect(try Self.status("http://localhost@evil.example/v1") == 403)
        #expect(try Self.status("https://api.example.com:443/v1") == nil)
    }

    @Test(
        "Methods of proxies, bodies of two lengths and endless headers are refused",
        arguments: [
            ([("Content-Length", "3"), ("Content-Length", "3")], 400), ([("Content-Length", "+3")], 400),
            ([("Content-Length", "3, 3")], 400), ([("Content-Length", "-1")], 400),
            ([("Content-Length", "3"), ("Transfer-Encoding", "chunked")], 400), ([("Transfer-Encoding", "gzip")], 400),
            ([("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")], 400),
            ([("Transfer-Encoding", "xchunked")], 400), ([("X-A", "a\r\n b")], 400),
            ([("X-A", String(repeating: "x", count: 70_000))], 431), ([("Transfer-Encoding", "Chunked")], nil),
            ([("Content-Length", "30")], nil),
        ] as [([(String, String)], Int?)])
    func framing(headers: [(String, String)], status: Int?) throws {
        #expect(try Self.status(headers: [("Host", "localhost")] + headers) == status)
    }

    @Test("CONNECT and TRACE are not passed on", arguments: [HTTPMethod.CONNECT, .TRACE])
    func methods(method: HTTPMethod) throws {
        #expect(try Self.status(method: method) == 405)
    }

    /// Byte for byte, as no library would send it; nothing of it may reach the upstream or the record.
    @Test("On the wire, nothing that is refused reaches the upstream or the record")
    func wire() async throws {
        try await ProxyFixture.run { fixture in
            let host = "Host: localhost\r\n"
            let body = "Content-Length: \(ProxyFixture.chat.utf8.count)\r\n\r\n\(ProxyFixture.chat)"
            let post = "POST /v1/chat/completions HTTP/1.1\r\n"
            let requests: [(String, Set<Int>)] = [
                (post + "Host: evil.example\r\n" + body, [403]),
                (post + host + "Origin: https://evil.example\r\nContent-Type: text/plain\r\n" + body, [403]),
                (post + host + "Host: evil.example\r\n" + body, [400]), (post + body, [400]),
                (post + host + "Content-Length: 1\r\n" + body, [400]),
                (post + host + "Transfer-Encoding: chunked\r\n" + body, [400]),
                (post + host + "X-A: a\r\n b\r\nX-B : c\r\n" + body, [400]),
                (post + host + "X-A: " + String(repeating: "x", count: 100_000) + "\r\n" + body, [400, 431]),
                ("POST /../admin HTTP/1.1\r\n" + host + body, [400]),
                ("POST /%2e%2e/admin HTTP/1.1\r\n" + host + body, [400]),
                ("POST http://evil.example/v1 HTTP/1.1\r\n" + host + body, [403]),
                ("CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n", [400, 405]),
                ("TRACE / HTTP/1.1\r\n" + host + "\r\n", [405]),
                ("OPTIONS / HTTP/1.1\r\nOrigin: null\r\n" + host + "\r\n", [403]),
            ]
            for (request, statuses) in requests {
                let answer = try Self.send(request, port: fixture.proxy.address.port)
                let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) }
                #expect(statuses.contains(status ?? 0), "\(request.prefix(200)): \(answer)")
                if status == 403 { #expect(answer.contains("spandrel: ")) }
            }
            // What follows is the first that arrives, and the first that is stored.
            let sent = fixture.send(fixture.request("/after"))
            let call = try await fixture.upstream.next()
            #expect(call.head.uri == "/after")
            try await call.answer(.ok, [("Content-Type", "application/json")], "{}")
            #expect(try await sent.value.text() == "{}")
            #expect(try await fixture.sink.next().attribute("url.path") == .string("/after"))
        }
    }

    /// Sends bytes and reads until the other side closes.
    private static func send(_ text: String, port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw TestProblem("connect: \(errno)") }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
    }
}

@Suite("Words for errors of the upstream")
struct UpstreamFaultTests {
    private struct Told: Error, CustomStringConvertible { let description: String }

    @Test(
        "They are our own, without names of files",
        arguments: [
            (
                "handshakeFailed(sslError([Error: 268435581 error:1000007d:SSL routines:OPENSSL_internal:"
                    + "CERTIFICATE_VERIFY_FAILED at /home/builder/x/ssl/handshake.cc:393]))",
                "its certificate is not trusted: it has expired, has another name, or nobody known vouches for it"
            ),
            (
                "handshakeFailed(sslError([Error: 1 error:100000f7:SSL routines:OPENSSL_internal:"
                    + "WRONG_VERSION_NUMBER at /src/a.cc:1]))",
                "it does not speak TLS; is the address one of http://?"
            ),
            ("uncleanShutdown", "it closed the secure connection"),
            ("sslError([Error: at /build/x.cc:9])", "no secure connection could be made"),
            ("Something(at: \"/build/x.swift\")", "the exchange failed"),
        ])
    func words(description: String, words: String) throws {
        let upstream = try UpstreamAddress("https://api.example.com")
        #expect(UpstreamFault.text(Told(description: description), upstream) == "api.example.com:443: \(words)")
    }
}
