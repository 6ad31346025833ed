import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let claudeStreamJSON = recording(
        name: "claude-stream-json", help: "lines of Claude Code's stream-json with partial messages, without times",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.texts["type"] == "stream_event" { return .fields }
            return json.texts["type"] == "system" && json.has("session_id", "subtype") ? .fields : nil
        },
        read: { $0.readClaude($1) })
}

extension RecordingReader {
    /// Reads Claude's stream-json lines: the events of messages among lines of other kinds.
    ///
    /// Agents run side by side, so messages are told apart by the tool call that their agent belongs to.
    func readClaude(_ bytes: [UInt8]) {
        var open: [String: (assembler: StreamAssembler, recording: StreamRecording)] = [:]
        func close(_ agent: String) {
            open.removeValue(forKey: agent).map { finish($0.assembler, $0.recording) }
        }
        var events = 0
        for line in RecordedLine.lines(bytes) {
            guard let value = parse(line), value["type"]?.string == "stream_event", let event = value["event"] else {
                continue
            }
            events += 1
            let agent = value["parent_tool_use_id"]?.string ?? ""
            if event["type"]?.string == "message_start" { close(agent) }
            if open[agent] == nil {
                var recording = StreamRecording(source: "claude-stream-json")
                recording.endCauseWithoutMark = .unknown
                recording.hash.add(line.offset)
                if let session = value["session_id"]?.string {
                    recording.attributes.append(Attribute("gen_ai.conversation.id", .string(session)))
                }
                open[agent] = (StreamAssembler(protocol: .anthropicMessages), recording)
            }
            open[agent]?.recording.hash.add(line.bytes)
            open[agent]?.assembler.append(event: Array(event.text().utf8), offsetNanos: nil)
            if event["type"]?.string == "message_stop" { close(agent) }
        }
        for agent in open.keys.sorted() { close(agent) }
        if events == 0 {
            reject("no stream events: the session was recorded without partial messages", offset: 0)
        }
    }
}
