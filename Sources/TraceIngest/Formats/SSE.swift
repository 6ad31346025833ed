import TraceModel

extension InputFormat {
    package static let sse = recording(
        name: "sse", help: "server-sent events of a model's response, as text without times",
        sniff: { head in
            switch head.firstField {
            case .event?: .fields
            case .comment? where head.hasSuffix(".sse"): .name
            default: nil
            }
        },
        read: { $0.readWire($1, source: "sse", endCause: .connectionDropped) })
}

extension InputHead {
    /// What the first line that says something is, among the texts that are no JSON.
    enum FirstField {
        /// A field of server-sent events.
        case event
        /// A comment, with nothing said behind it.
        case comment
        /// The list of a cassette of VCR.
        case interactions
    }

    private static let eventFields = ["data:", "event:", "id:", "retry:"].map { Array($0.utf8) }

    /// Comments and blank lines come before events too, and a cassette may begin with its version.
    var firstField: FirstField? {
        guard json == nil else { return nil }
        var sawDocumentStart = false
        lines: for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(2_000) {
            if line.first == UInt8(ascii: ":") || line.first == UInt8(ascii: "#") || line.allSatisfy({ $0 <= 0x20 }) {
                continue
            }
            if Self.eventFields.contains(where: { line.starts(with: $0) }) { return sawDocumentStart ? nil : .event }
            if line.starts(with: Array("interactions:".utf8)) { return .interactions }
            guard line.starts(with: Array("---".utf8)) || line.starts(with: Array("version:".utf8)) else {
                break lines
            }
            sawDocumentStart = true
        }
        return text.first == UInt8(ascii: ":") ? .comment : nil
    }
}
