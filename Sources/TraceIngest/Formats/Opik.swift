import FastJSON
import TraceModel

extension InputFormat {
    package static let opik = documents(
        name: "opik", help: "traces and spans of Comet Opik: lines, lists, answers of its API, {trace, spans}",
        what: "a trace or a span of Opik",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("trace", "spans") { return .fields }
            let keys = json.has("content") ? json.innerKeys : json.keys
            guard keys.contains("start_time"), keys.contains("id"), !keys.contains("run_type") else { return nil }
            if keys.contains("parent_span_id"), keys.contains("trace_id"),
                keys.contains("input") || keys.contains("type")
            {
                return .fields
            }
            let marks = ["feedback_scores", "thread_id", "project_id", "project_name", "total_estimated_cost"]
            return keys.contains("input") && !keys.isDisjoint(with: marks) ? .fields : nil
        },
        read: { value, place, collector in
            if let spans = value["spans"]?.elements, let trace = value["trace"], let id = trace["id"]?.string {
                collector.add(opikTrace(trace, id: id))
                for span in spans { add(span, rootOf: id, place, collector) }
                return true
            }
            let records = value["content"]?.elements ?? value.elements ?? [value]
            var isOurs = value["content"] != nil && records.isEmpty
            for record in records where record["id"]?.string != nil && record.field("startTime") != nil {
                isOurs = true
                if record.field("traceId") != nil {
                    add(record, rootOf: nil, place, collector)
                } else {
                    collector.add(opikTrace(record, id: record["id"]?.string ?? ""))
                }
            }
            return isOurs
        })

    private static func add(
        _ span: JSONValue, rootOf trace: String?, _ place: DocumentPlace, _ collector: BatchCollector
    ) {
        guard let id = span["id"]?.filledString, let traceID = span.field("traceId")?.filledString ?? trace else {
            collector.reject(
                Rejection(byteOffset: place.offset, line: place.line, reason: "span: no id or no trace_id"))
            return
        }
        collector.add(opikSpan(span, id: id, trace: traceID, root: trace))
    }
}

/// The root of a trace: Opik keeps the trace apart from its spans.
private func opikTrace(_ value: JSONValue, id: String) -> Span {
    var made = ForeignSpan(trace: id, id: "opik trace " + id, name: value["name"]?.string ?? "trace", scope: "opik")
    made.set("opik.trace.id", .string(id))
    describeOpik(value, &made)
    return made.finished()
}

private func opikSpan(_ value: JSONValue, id: String, trace: String, root: String?) -> Span {
    let parent = value.field("parentSpanId")?.string ?? root.map { "opik trace " + $0 }
    var made = ForeignSpan(
        trace: trace, id: id, parent: parent, name: value["name"]?.string ?? "", scope: "opik", idName: "opik.span.id")
    switch value["type"]?.string {
    case "llm"?: made.set("gen_ai.operation.name", "chat")
    case "tool"?:
        made.set("gen_ai.operation.name", "execute_tool")
        made.set("gen_ai.tool.name", value["name"])
    case "guardrail"?: made.set("openinference.span.kind", "GUARDRAIL")
    default: break
    }
    made.set("gen_ai.request.model", value["model"])
    made.set("gen_ai.provider.name", value["provider"])
    made.setUsage(value["usage"])
    // What is part of the sums is only in the provider's own figures, flattened.
    for (name, keys) in opikDetails {
        for key in keys { made.set("gen_ai.usage." + name, value["usage"]?["original_usage." + key]) }
    }
    // In milliseconds, like `duration`.
    let taken = value["ttft"]
    if let milliseconds = taken?.double ?? taken?.int.map({ Double($0) }) {
        made.set("gen_ai.response.time_to_first_chunk", .double(milliseconds / 1e3))
    }
    describeOpik(value, &made)
    return made.finished()
}

private let opikDetails: [(name: String, keys: [String])] = [
    (
        "cache_read.input_tokens",
        [
            "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens", "cache_read_input_tokens",
            "cached_content_token_count", "cacheReadInputTokens",
        ]
    ), ("cache_creation.input_tokens", ["cache_creation_input_tokens", "cacheWriteInputTokens"]),
    (
        "reasoning.output_tokens",
        [
            "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens",
            "thoughts_token_count",
        ]
    ),
]

private func describeOpik(_ value: JSONValue, _ made: inout ForeignSpan) {
    made.times(value.field("startTime"), value.field("endTime"))
    made.set("gen_ai.conversation.id", value.field("threadId"))
    if let input = value["input"], !input.isVoid { made.set("input.value", input) }
    if let output = value["output"], !output.isVoid { made.set("output.value", output) }
    made.set("opik.cost", value.field("totalEstimatedCost"))
    if let tags = value["tags"], !tags.isVoid { made.set("opik.tags", tags) }
    if let error = value.field("errorInfo") {
        made.fail(error["message"]?.string, type: error.field("exceptionType")?.string)
        made.set("exception.stacktrace", error["traceback"])
    }
    for (index, score) in (value.field("feedbackScores")?.elements ?? []).enumerated() {
        for (key, name) in [("name", "name"), ("value", "score"), ("reason", "explanation")] {
            made.set("evaluations.\(index).evaluation.\(name)", score[key])
        }
    }
    for member in value["metadata"]?.members ?? [] { made.set("opik.metadata." + member.key, member.value) }
}
