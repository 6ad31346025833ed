import Headless
import TraceQuery

/// Collects what a command writes.
final class Written {
    private(set) var bytes: [UInt8] = []
    private(set) var writes = 0

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What a command writes on a backend in a format.
    static func by(
        _ backend: FakeBackend, _ format: OutputFormat, terminal width: Int? = nil, pageSize: Int = 500,
        notify: @escaping (String) -> Void = { _ in },
        _ command: (HeadlessReader) async throws(HeadlessError) -> Void
    ) async throws -> String {
        let (written, output) = sink()
        let presentation = Presentation(format: format, isTerminal: width != nil, width: width)
        try await command(
            HeadlessReader(
                backend: backend, presentation: presentation, output: output, pageSize: pageSize, notify: notify))
        return written.text
    }

    /// An output, and what collects its bytes.
    static func sink() -> (collected: Written, output: ByteOutput) {
        let written = Written()
        let output = ByteOutput(capacity: 64) { bytes in
            written.bytes.append(contentsOf: bytes)
            written.writes += 1
            return .success(bytes.count)
        }
        return (written, output)
    }
}
