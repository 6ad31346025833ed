import Basics
import FastJSON
import StreamDecoding
import TraceModel
import Yams

extension InputFormat {
    package static let vcr = recording(
        name: "vcr", help: "cassettes of VCR.py: HTTP requests with their responses, as YAML",
        sniff: { $0.firstField == .interactions ? .fields : nil },
        read: { $0.readCassette($1) })
}

extension RecordingReader {
    /// Reads a cassette of VCR.py: requests with their responses, bodies as text, as binary, or parsed.
    func readCassette(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            reject("a cassette that is not valid UTF-8", offset: 0)
            return
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            let fault = Self.fault(of: error)
            reject("invalid YAML: \(fault.problem)", offset: fault.line == nil ? 0 : nil, line: fault.line)
            return
        }
        guard let interactions = root?["interactions"]?.sequence else {
            reject("a cassette without interactions", offset: 0)
            return
        }
        let before = findings
        for (index, interaction) in interactions.enumerated() { read(interaction, index: index) }
        if findings == before {
            reject("no response of a model among \(interactions.count) interactions", offset: 0)
        }
    }

    private static func fault(of error: any Error) -> (problem: String, line: Int64?) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (problem, Int64(mark.line))
        case .reader(let problem, _, _, _):
            (problem, nil)
        default:
            ("it cannot be read", nil)
        }
    }

    private func read(_ interaction: Node, index: Int) {
        guard let request = interaction["request"], let response = interaction["response"] else { return }
        let url = SplitURL(request["uri"]?.string ?? "")
        let place = Int64(interaction.mark?.line ?? 0)
        let sent = Self.body(of: request) ?? []
        guard var received = Self.body(of: response), !received.isEmpty else { return }
        if received.starts(with: [0x1F, 0x8B]) {
            let source = CompressedSource(MemorySource(received), .gzip)
            guard let plain = Self.readAll(source), source.failure == nil else {
                reject("interaction \(index): a broken gzip body", line: place)
                return
            }
            received = plain
        }
        var recording = StreamRecording(source: "vcr")
        let call = ModelRequest(
            method: request["method"]?.string ?? "POST", host: url.host, path: url.path, body: sent)
        recording.request = call
        recording.hash.add(Int64(index))
        recording.hash.add(received)
        var assembler = StreamAssembler(protocol: call.wireProtocol)
        assembler.append(received, offsetNanos: nil)
        var result = assembler.finish()
        // Uploads and lists are no calls; one whose answer is still queued is.
        let isAnswer = !result.messages.isEmpty || result.errorType != nil || result.responseID != nil
        guard result.wireProtocol != nil, isAnswer, assembler.chunkCount > 0 else { return }
        let status = response["status"]?["code"]?.int ?? 200
        if status >= 400 && result.errorType == nil { result.errorType = String(status) }
        if Self.isStream(response, received) {
            collector.add(recording.stream(assembler.chunks, result))
        } else {
            collector.add(recording.span(result))
        }
    }

    private static func isStream(_ response: Node, _ body: [UInt8]) -> Bool {
        for (name, value) in response["headers"]?.mapping.map(Array.init) ?? []
        where name.string?.lowercased() == "content-type" {
            let type = value.string ?? value.sequence?.first?.string ?? ""
            return ["event-stream", "eventstream", "ndjson", "jsonl"].contains { type.contains($0) }
        }
        let start = body.drop { $0 <= 0x20 }.prefix(6)
        return start.starts(with: Array("data:".utf8)) || start.starts(with: Array("event:".utf8))
    }

    /// The body of a request or response: text, binary, or a parsed document that becomes JSON again.
    private static func body(of message: Node) -> [UInt8]? {
        if let parsed = message["parsed_body"] {
            var budget = YAMLDocument.nodeLimit
            return Array(YAMLDocument.json(parsed, depth: 0, budget: &budget).text().utf8)
        }
        guard let body = message["body"] else { return nil }
        let content = body["string"] ?? body["base64_string"] ?? body
        guard let text = content.scalar?.string else { return nil }
        let isBinary = content.tag.description.hasSuffix("binary") || body["base64_string"] != nil
        guard isBinary else { return Array(text.utf8) }
        let packed = text.utf8.filter { $0 > 0x20 }
        return packed.withUnsafeBytes { Base64.decode($0, .urlSafe) }
    }
}

/// Turns YAML into the JSON that it was made from.
enum YAMLDocument {
    /// Nodes of a document that are read: aliases can make a small file stand for an endless one.
    static let nodeLimit = 1_000_000
    private static let depthLimit = 256

    /// The value of a node; recursion ends at a depth that no request has.
    static func json(_ node: Node, depth: Int, budget: inout Int) -> JSONValue {
        budget -= 1
        guard budget > 0, depth < depthLimit else { return .null }
        switch node {
        case .mapping(let mapping):
            return .object(
                mapping.map { JSONMember($0.key.string ?? "", json($0.value, depth: depth + 1, budget: &budget)) })
        case .sequence(let sequence):
            return .array(sequence.map { json($0, depth: depth + 1, budget: &budget) })
        case .scalar(let scalar):
            return json(scalar, node)
        case .alias:
            return .null
        }
    }

    private static func json(_ scalar: Node.Scalar, _ node: Node) -> JSONValue {
        let tag = node.tag.description
        if tag.hasSuffix(":null") { return .null }
        if tag.hasSuffix(":bool"), let value = node.bool { return .bool(value) }
        if tag.hasSuffix(":int"), let value = node.int { return .int(Int64(value)) }
        if tag.hasSuffix(":float"), let value = node.float { return .double(value) }
        return .string(scalar.string)
    }
}
