import Basics
import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let langSmith = documents(
        name: "langsmith",
        help: "runs of LangSmith: lines, lists, answers of its API; times of tokens where they have them",
        what: "a run of LangSmith",
        sniff: { head in
            guard let json = head.json else { return nil }
            let keys = json.has("runs") ? json.innerKeys : json.keys
            return keys.contains("run_type") && (keys.contains("events") || keys.contains("start_time")) ? .fields : nil
        },
        read: { value, place, collector in
            let runs = value["runs"]?.elements ?? value.elements ?? [value]
            guard runs.contains(where: { $0["run_type"] != nil }) else { return value["runs"] != nil && runs.isEmpty }
            // Runs may hold those beneath them; a stack takes the place of recursion.
            var open = Array(runs.reversed())
            while let run = open.popLast() {
                guard run["id"]?.string != nil else {
                    collector.reject(Rejection(byteOffset: place.offset, line: place.line, reason: "run: no id"))
                    continue
                }
                LangSmithRun(run).add(to: collector)
                open += (run["child_runs"]?.elements ?? []).filter { $0.members != nil }.reversed()
            }
            return true
        })
}

/// One run of LangSmith: its span, and its stream where it kept more than the first token.
private struct LangSmithRun {
    private let run: JSONValue
    private let metadata: JSONValue
    private let parameters: JSONValue?
    private let isModel: Bool

    init(_ run: JSONValue) {
        self.run = run
        metadata = run["extra"]?["metadata"] ?? .null
        parameters = run["extra"]?["invocation_params"]
        isModel = run["run_type"] == "llm"
    }

    func add(to collector: BatchCollector) {
        let id = run["id"]?.string ?? ""
        // Older exports have no trace_id; the order of runs begins with that of the root.
        let root = run["dotted_order"]?.string?.split(separator: ".").first.flatMap { $0.split(separator: "Z").last }
        let trace = run["trace_id"]?.filledString ?? root.map(String.init) ?? id
        var made = ForeignSpan(
            trace: trace, id: id, parent: run["parent_run_id"]?.string, name: run["name"]?.string ?? "",
            scope: "langsmith", idName: "langsmith.run.id")
        made.times(run["start_time"], run["end_time"])
        made.set("langsmith.span.kind", run["run_type"])
        for key in ["session_id", "thread_id", "conversation_id"] { made.set("gen_ai.conversation.id", metadata[key]) }
        made.set("langsmith.project.id", run["session_id"])
        made.set("langsmith.project.name", run["session_name"])
        if let tags = run["tags"], !tags.isVoid { made.set("langsmith.tags", tags) }
        if let error = run["error"]?.filledString {
            let type = error.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            made.fail(error, type: type.isEmpty ? nil : String(type))
        }
        let chunks = isModel ? addCall(to: &made) : nil
        if !isModel { addStep(to: &made) }
        for member in metadata.members ?? [] { made.set("langsmith.metadata." + member.key, member.value) }
        let span = made.finished()
        collector.add(span)
        if let chunks { collector.add(chunks.stream(of: span)) }
    }

    /// A chain, a tool, a retriever.
    private func addStep(to made: inout ForeignSpan) {
        let (inputs, outputs) = (run["inputs"], run["outputs"])
        if run["run_type"] == "tool" {
            made.set("gen_ai.tool.name", run["name"])
            made.set(
                "gen_ai.tool.call.id",
                outputs?["output"]?["tool_call_id"] ?? outputs?["output"]?["kwargs"]?["tool_call_id"])
        }
        if let inputs, !inputs.isVoid {
            made.set("input.value", inputs["input"].flatMap { inputs.members?.count == 1 ? $0 : nil } ?? inputs)
        }
        if let outputs, !outputs.isVoid {
            let output = outputs["output"].flatMap { outputs.members?.count == 1 ? $0 : nil } ?? outputs
            made.set(
                "output.value", run["run_type"] == "tool" ? (output["kwargs"] ?? output)["content"] ?? output : output)
        }
        made.set("langgraph_node", metadata["langgraph_node"])
    }

    /// A model call; gives its chunks where the run tells when tokens came.
    private func addCall(to made: inout ForeignSpan) -> TokenEvents? {
        let outputs = run["outputs"]
        let generation = outputs?["generations"]?[0]
        let first = generation?[0] ?? generation
        let message = first?["message"]
        let fields = message?["kwargs"] ?? message
        let details = fields?["response_metadata"] ?? first?["generation_info"]
        made.set("gen_ai.operation.name", "chat")
        made.set("gen_ai.provider.name", metadata["ls_provider"])
        made.set("gen_ai.request.model", parameters?["model"] ?? parameters?["model_name"] ?? metadata["ls_model_name"])
        made.set("gen_ai.response.model", details?["model_name"] ?? details?["model"] ?? outputs?["model"])
        made.set("gen_ai.response.id", details?["id"] ?? outputs?["id"])
        made.set("gen_ai.response.finish_reasons", details?["finish_reason"] ?? details?["stop_reason"])
        setUsage(
            outputs?["usage_metadata"] ?? fields?["usage_metadata"] ?? outputs?["llm_output"]?["token_usage"], &made)
        made.set("gen_ai.usage.input_tokens", count("prompt_tokens"))
        made.set("gen_ai.usage.output_tokens", count("completion_tokens"))
        if let inputs = run["inputs"], !inputs.isVoid {
            made.set("gen_ai.input.messages", inputs["messages"] ?? inputs)
        }
        let text = first?["text"]?.filledString
        if let message, message.members != nil {
            made.set("gen_ai.output.messages", JSONValue.array([message]))
        } else if let text {
            made.set(
                "gen_ai.output.messages", JSONValue.array([AtifContent.message("assistant", [AtifContent.part(text)])]))
        } else if let outputs, !outputs.isVoid {
            made.set("gen_ai.output.messages", outputs["messages"] ?? outputs)
        }
        let answer = text ?? fields?["content"]?.string ?? outputs?["choices"]?[0]?["message"]?["content"]?.string
        let start = made.span.startUnixNano
        let events = TokenEvents(run, start: start, end: made.span.endUnixNano, answer: answer)
        let firstTime = events?.firstTime ?? ForeignTime.nanos(run["first_token_time"], .milliseconds)
        if let start, let firstTime, let taken = firstTime.subtractingIfFits(start), taken >= 0 {
            made.set("gen_ai.response.time_to_first_chunk", .double(Double(taken) / 1e9))
        }
        if events != nil { made.set("gen_ai.request.stream", .bool(true)) }
        return events
    }

    /// A count at the run, where 0 stands for what nobody counted.
    private func count(_ key: String) -> JSONValue? {
        run[key]?.int.flatMap { $0 > 0 ? .int($0) : nil }
    }

    private func setUsage(_ usage: JSONValue?, _ made: inout ForeignSpan) {
        made.setUsage(usage)
        let values = [
            ("cache_read.input_tokens", usage?["input_token_details"]?["cache_read"]),
            ("cache_creation.input_tokens", usage?["input_token_details"]?["cache_creation"]),
            ("reasoning.output_tokens", usage?["output_token_details"]?["reasoning"]),
        ]
        for (name, value) in values { made.set("gen_ai.usage." + name, value) }
    }
}

/// The `new_token` events of a run.
///
/// The SDKs keep only the first one since the middle of 2025: then the answer stands in the outputs, and what came
/// after the first token has no time.
private struct TokenEvents {
    private let recording: StreamRecording
    private let chunks: StreamChunks
    private let error: String?
    let firstTime: Int64?

    init?(_ run: JSONValue, start: Int64?, end: Int64?, answer: String?) {
        let events = (run["events"]?.elements ?? []).filter { $0["name"]?.string == "new_token" }
        guard !events.isEmpty else { return nil }
        var recording = StreamRecording(source: "langsmith")
        recording.clock = "langsmith event time"
        recording.endCauseWithoutMark = .unknown
        (recording.startUnixNano, recording.endUnixNano) = (start, end)
        var chunks = StreamChunks()
        var text = ""
        for event in events {
            let time = ForeignTime.nanos(event["time"], .milliseconds)
            recording.begin(at: time)
            let token = event["kwargs"]?["token"]
            let parts = (token?.elements ?? []).compactMap { $0["text"]?.string ?? $0.string }
            let piece = token?.string ?? parts.joined()
            text += piece
            chunks.append(
                offsetNanos: recording.offset(of: time), kind: piece.isEmpty ? .other : .text,
                text: (piece.isEmpty ? event["kwargs"]?["chunk"]?.text() ?? "" : piece).utf8)
        }
        if events.count == 1, let answer, answer.hasPrefix(text), answer.utf8.count > text.utf8.count {
            chunks.append(offsetNanos: nil, kind: .text, text: answer.dropFirst(text.count).utf8)
        }
        firstTime = ForeignTime.nanos(events.first?["time"], .milliseconds)
        error = run["error"]?.filledString
        self.recording = recording
        self.chunks = chunks
    }

    /// The stream of the run's span.
    func stream(of span: Span) -> RecordedStream {
        var response = AssembledResponse()
        response.finishReasons = [span.attributes.value(of: "gen_ai.response.finish_reasons")?.stringValue].compactMap {
            $0
        }
        response.usage = TokenUsage(output: span.attributes.value(of: "gen_ai.usage.output_tokens")?.intValue)
        response.isFinished = span.endUnixNano != nil
        response.errorMessage = error
        response.errorType = error.map { _ in span.attributes.value(of: "error.type")?.stringValue ?? "error" }
        var stream = recording.stream(chunks, response)
        stream.span = span
        stream.owner = .span(span.traceID, span.spanID)
        return stream
    }
}
