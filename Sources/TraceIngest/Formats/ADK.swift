import Basics
import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let adk = recording(
        name: "adk", help: "events of Google's Agent Development Kit with their times",
        sniff: { head in
            guard let json = head.json, json.has("author") else { return nil }
            return json.has("invocationId") || json.has("invocation_id") ? .fields : nil
        },
        read: { $0.readADK($1) })
}

extension RecordingReader {
    /// Reads events of Google's Agent Development Kit: partial ones with their times, each run ended by a whole one.
    func readADK(_ bytes: [UInt8]) {
        var open: [String: (assembler: StreamAssembler, recording: StreamRecording)] = [:]
        for (line, event) in objects(bytes) {
            let invocation = (event["invocationId"] ?? event["invocation_id"])?.string ?? ""
            let author = event["author"]?.string ?? ""
            let key = invocation + "\u{0}" + author
            let isPartial = event["partial"]?.bool == true
            guard isPartial || open[key] != nil else { continue }
            let time = event["timestamp"]?.double.flatMap { OutsideNumber.time(unixSeconds: $0) }
            var (assembler, recording) =
                open[key] ?? (StreamAssembler(protocol: .geminiGenerate), StreamRecording(source: "adk"))
            if open[key] == nil {
                recording.clock = "adk timestamp"
                recording.endCauseWithoutMark = .unknown
                recording.hash.add(line.offset)
                recording.hash.add(key.utf8)
                recording.attributes = [
                    Attribute("gen_ai.agent.name", .string(author)),
                    Attribute("gen_ai.operation.name", .string("generate_content")),
                ]
            }
            if recording.startUnixNano == nil, let time { recording.hash.add(time) }
            let offset = recording.note(time)
            let chunk = Self.geminiChunk(event, withContent: isPartial)
            recording.hash.add(chunk)
            if isPartial || chunk.count > 2 { assembler.append(event: chunk, offsetNanos: offset) }
            open[key] = (assembler, recording)
            if !isPartial { open.removeValue(forKey: key).map { finish($0.assembler, $0.recording) } }
        }
        for (_, rest) in open.sorted(by: { $0.key < $1.key }) { finish(rest.assembler, rest.recording) }
    }

    /// An event as a chunk of Gemini's; the whole event at the end repeats the text, so only the rest of it counts.
    private static func geminiChunk(_ event: JSONValue, withContent: Bool) -> [UInt8] {
        var candidate: [JSONMember] = []
        if withContent, let content = event["content"] { candidate.append(JSONMember("content", content)) }
        let reason = event["finishReason"] ?? event["finish_reason"]
        if let reason, !reason.isNull {
            candidate.append(JSONMember("finishReason", reason))
        } else if !withContent, (event["turnComplete"] ?? event["turn_complete"])?.bool != false {
            candidate.append(JSONMember("finishReason", .string("STOP")))
        }
        var members = [JSONMember("candidates", .array([.object(candidate)]))]
        for (key, name) in [("usageMetadata", "usage_metadata"), ("modelVersion", "model_version")] {
            for value in [event[key], event[name]].compactMap({ $0 }) where !value.isNull {
                members.append(JSONMember(key, value))
            }
        }
        return Array(JSONValue.object(members).text().utf8)
    }
}
