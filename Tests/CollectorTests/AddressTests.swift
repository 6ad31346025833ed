import Collector
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test("An upstream is a scheme, a host, a port and a path")
    func upstream() throws {
        let address = try UpstreamAddress("https://api.example.com/v1/")
        #expect(address.text == "https://api.example.com/v1")
        #expect(address.effectivePort == 443)
        #expect(try UpstreamAddress("http://[::1]:8080").text == "http://[::1]:8080")
        #expect(try UpstreamAddress("HTTP://localhost").effectivePort == 80)
    }

    @Test(
        "An upstream that cannot be called is refused without showing what may be secret",
        arguments: [
            "", "api.example.com", "ftp://x", "https://", "https://u:hunter2@h", "https://h?key=hunter2", "https://h#f",
        ])
    func faults(text: String) {
        let error = #expect(throws: CollectorError.self) { try UpstreamAddress(text) }
        #expect(!(error.map { "\($0)" } ?? "").contains("hunter2"))
    }

    @Test("A place to listen is a host and a port")
    func listen() throws {
        #expect(try ListenAddress("127.0.0.1:80") == ListenAddress(host: "127.0.0.1", port: 80))
        #expect(try ListenAddress("8080").text == "127.0.0.1:8080")
        #expect(try ListenAddress(":0").isLoopback)
        #expect(try ListenAddress("[::1]:1").text == "[::1]:1")
        #expect(try ListenAddress("[::1]:1").isLoopback)
        #expect(try ListenAddress("localhost:1").isLoopback)
        #expect(try !ListenAddress("0.0.0.0:1").isLoopback)
        #expect(try !ListenAddress("192.0.2.1:1").isLoopback)
        #expect(try !ListenAddress("127.example.com:1").isLoopback)
        for fault in ["", "h", "h:", "h:70000", "h:-1", "::1:80"] {
            #expect(throws: CollectorError.self, "\(fault)") { try ListenAddress(fault) }
        }
    }
}
