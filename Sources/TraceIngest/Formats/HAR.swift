import Basics
import FastJSON
import StreamDecoding
import TraceDialect
import TraceModel

extension InputFormat {
    package static let har = recording(
        name: "har", help: "HTTP archives (HAR) with the responses of models",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("log"), json.innerKeys.contains("entries") || json.innerKeys.contains("creator") {
                return .signature
            }
            return head.hasSuffix(".har") && json.isObject ? .name : nil
        },
        read: { $0.readHAR($1) })
}

extension RecordingReader {
    /// Reads an HTTP archive (HAR 1.2): event streams and WebSockets with the times that browsers add, and bodies.
    func readHAR(_ bytes: [UInt8]) {
        guard let document = parse(RecordedLine(whole: bytes)) else { return }
        guard let entries = document["log"]?["entries"]?.elements else {
            reject("a HAR file without log.entries", offset: 0)
            return
        }
        let before = findings
        var empty = 0
        for (index, entry) in entries.enumerated() where !readHAREntry(entry, index: index) {
            if Self.isEventStream(entry) { empty += 1 }
        }
        guard findings == before else { return }
        let streams = empty == 0 ? "" : ", \(empty) of them event streams whose bodies or providers are unknown"
        reject("no response of a model among \(entries.count) HTTP exchanges\(streams)", offset: 0)
    }

    private static func isEventStream(_ entry: JSONValue) -> Bool {
        entry["response"]?["content"]?["mimeType"]?.string?.hasPrefix("text/event-stream") == true
            || entry["_webSocketMessages"] != nil
    }

    /// Reads one exchange; false where it is no call of a model.
    private func readHAREntry(_ entry: JSONValue, index: Int) -> Bool {
        var recording = StreamRecording(source: "har")
        recording.hash.add(Int64(index))
        let request = entry["request"]
        let url = SplitURL(request?["url"]?.string ?? "")
        recording.request = ModelRequest(
            method: request?["method"]?.string ?? "GET", host: url.host, path: url.path,
            body: Array((request?["postData"]?["text"]?.string ?? "").utf8))
        let hint = recording.request?.wireProtocol
        recording.startUnixNano = entry["startedDateTime"]?.string.flatMap(ISOTime.nanos)
        if let start = recording.startUnixNano,
            let took = entry["time"]?.double.flatMap({ OutsideNumber.duration($0 * 1e6) })
        {
            recording.endUnixNano = start.addingIfFits(took)
            recording.hash.add(start)
        }
        var assembler = StreamAssembler(protocol: hint)
        var isStreamed = true
        if let messages = entry["_eventSourceMessages"]?.elements, !messages.isEmpty {
            recording.clock = "har EventSource"
            read(messages, into: &assembler, &recording)
        } else if let messages = entry["_webSocketMessages"]?.elements, !messages.isEmpty {
            recording.clock = "har WebSocket"
            // What comes before the first message sent is no answer to it.
            if let sent = messages.first(where: { $0["type"]?.string == "send" }).flatMap(Self.time) {
                recording.startUnixNano = sent
            }
            read(messages.filter { $0["type"]?.string != "send" }, into: &assembler, &recording)
        } else {
            guard let body = Self.body(entry["response"]?["content"]), !body.isEmpty else { return false }
            recording.hash.add(body)
            assembler.append(body, offsetNanos: nil)
            isStreamed = Self.isEventStream(entry) || recording.request?.isStreaming == true
        }
        let response = assembler.finish()
        // A path like that of a model's API is no proof: the answer must read as one.
        guard response.wireProtocol != nil, !response.messages.isEmpty || response.errorType != nil,
            assembler.chunkCount > 0
        else { return false }
        if isStreamed {
            collector.add(recording.stream(assembler.chunks, response))
        } else {
            collector.add(recording.span(response))
        }
        return true
    }

    private static func time(_ message: JSONValue) -> Int64? {
        message["time"]?.double.flatMap { OutsideNumber.time(unixSeconds: $0) }
    }

    /// Reads messages with times in seconds since the epoch.
    private func read(
        _ messages: [JSONValue], into assembler: inout StreamAssembler, _ recording: inout StreamRecording
    ) {
        for message in messages {
            let offset = recording.note(Self.time(message))
            guard let data = message["data"]?.string else { continue }
            recording.hash.add(data.utf8)
            assembler.append(
                event: Array(data.utf8), name: message["eventName"]?.string.flatMap { $0.isEmpty ? nil : $0 },
                offsetNanos: offset)
        }
    }

    /// The bytes of a body, which may be in base64.
    private static func body(_ content: JSONValue?) -> [UInt8]? {
        guard let text = content?["text"]?.string else { return nil }
        guard content?["encoding"]?.string == "base64" else { return Array(text.utf8) }
        return Array(text.utf8).withUnsafeBytes { Base64.decode($0, .urlSafe) }
    }
}

/// The host and path of an address.
struct SplitURL {
    var host: String?
    /// With its query.
    var path: String

    init(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else {
            path = url
            return
        }
        let rest = url[scheme.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        host = String(rest[..<slash])
        path = String(rest[slash...])
    }
}
