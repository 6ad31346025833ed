import Basics
import FastJSON
import StreamDecoding
import TraceDialect
import TraceModel

extension InputFormat {
    package static let langSmith = recording(
        name: "langsmith", help: "runs of LangSmith with an event for each new token",
        sniff: { head in
            guard let json = head.json, json.has("run_type") else { return nil }
            return json.has("events") || json.has("start_time") ? .fields : nil
        },
        read: { $0.readLangSmith($1) })
}

extension RecordingReader {
    /// Reads runs of LangSmith: model calls with a `new_token` event for each piece.
    func readLangSmith(_ bytes: [UInt8]) {
        var withoutTokens = 0
        for (line, value) in objects(bytes) {
            for run in value["runs"]?.elements ?? [value] {
                let events = run["events"]?.elements ?? []
                guard events.contains(where: { $0["name"]?.string == "new_token" }) else {
                    withoutTokens += 1
                    continue
                }
                readLangSmithRun(run, events, line)
            }
        }
        if collector.summary.streams == 0 && withoutTokens > 0 {
            reject("\(withoutTokens) runs without new_token events", offset: 0)
        }
    }

    private func readLangSmithRun(_ run: JSONValue, _ events: [JSONValue], _ line: RecordedLine) {
        var recording = StreamRecording(source: "langsmith")
        recording.clock = "langsmith event time"
        recording.hash.add(Array((run["id"]?.string ?? "").utf8))
        recording.hash.add(line.offset)
        recording.startUnixNano = run["start_time"].flatMap(Self.time)
        recording.endUnixNano = run["end_time"].flatMap(Self.time)
        var chunks = StreamChunks()
        var text = ""
        for event in events where event["name"]?.string == "new_token" {
            let time = event["time"].flatMap(Self.time)
            recording.begin(at: time)
            let token = event["kwargs"]?["token"]
            let piece = token?.string ?? Self.joinedText(token)
            recording.hash.add(Array(event.text().utf8))
            text += piece
            chunks.append(
                offsetNanos: recording.offset(of: time), kind: piece.isEmpty ? .other : .text,
                text: (piece.isEmpty ? event["kwargs"]?["chunk"]?.text() ?? "" : piece).utf8)
        }
        var response = AssembledResponse()
        let generation = run["outputs"]?["generations"]?[0]
        let first = generation?[0] ?? generation
        let message = first?["message"]?["kwargs"] ?? first?["message"]
        let metadata = message?["response_metadata"] ?? first?["generation_info"]
        response.responseID = metadata?["id"]?.string
        response.modelResolved = (metadata?["model_name"] ?? metadata?["model"])?.string
        let reason = (metadata?["finish_reason"] ?? metadata?["stop_reason"])?.string
        response.finishReasons = [reason].compactMap { $0 }
        let usage = message?["usage_metadata"]
        response.usage = TokenUsage(input: usage?["input_tokens"]?.int, output: usage?["output_tokens"]?.int)
        response.isFinished = reason != nil || run["end_time"].map { !$0.isNull } == true
        if let error = run["error"]?.string, !error.isEmpty {
            response.errorType = String(error.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
            response.errorMessage = error
        }
        response.messages = [Message(role: "assistant", parts: [.text(text)], finishReason: reason)]
        let parameters = run["extra"]?["invocation_params"]
        var request = ModelRequest()
        request.model = (parameters?["model"] ?? parameters?["model_name"])?.string
        request.operation = "chat"
        request.provider = run["extra"]?["metadata"]?["ls_provider"]?.string
        request.isStreaming = true
        recording.request = request
        if let messages = run["inputs"]?["messages"] {
            recording.attributes.append(Attribute("gen_ai.input.messages", .string(messages.text())))
        }
        recording.endCauseWithoutMark = .unknown
        collector.add(recording.stream(chunks, response))
    }

    /// Times as text, or as numbers of milliseconds.
    private static func time(_ value: JSONValue) -> Int64? {
        if let text = value.string { return ISOTime.nanos(text) }
        return value.double.flatMap { OutsideNumber.time(unixSeconds: $0 / 1000) }
    }

    /// The text of a token that is a list of content parts.
    private static func joinedText(_ value: JSONValue?) -> String {
        (value?.elements ?? []).compactMap { $0["text"]?.string ?? $0.string }.joined()
    }
}
