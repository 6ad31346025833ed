import Foundation

/// A trace in OTLP/JSON of which one number, or all of a kind, is hostile.
///
/// It has an agent, a model call that asks for a tool, the tool, a model call that reads its result, a streamed model
/// call with an event for each chunk, and log records, so that every analysis has something to say.
struct HostileTrace {
    /// Where a number stands.
    enum Field: String, CaseIterable {
        case rootStart, rootEnd, modelStart, modelEnd, toolStart, toolEnd, eventTime, chunkTime, logTime, observedTime
        case flags, kind, status, severity, droppedAttributes, droppedEvents, droppedLinks, eventDropped, linkDropped
        case resourceDropped, scopeDropped, linkFlags
        case inputTokens, outputTokens, cacheRead, cacheWrite, reasoning, totalTokens, aggregatedInput, toolInputTokens
        case firstChunk, prefill, decode, queue, step, childrenExpected, stepsExpected, attempt, retry, score, cost
        case chunkOffset, chunkSequence, chunkTokens, chunkChoice, chunkCall
        case streamStart, streamDuration, streamBilled, streamDelivered, streamReasoning, streamDropped
        case arrayOffset, arrayTokens, arrayChoice, tokenTime

        /// How JSON states the number: as a field of OTLP, or as the value of an attribute.
        var isField: Bool {
            switch self {
            case .rootStart, .rootEnd, .modelStart, .modelEnd, .toolStart, .toolEnd, .eventTime, .chunkTime, .logTime,
                .observedTime, .flags, .kind, .status, .severity, .droppedAttributes, .droppedEvents, .droppedLinks,
                .eventDropped, .linkDropped, .resourceDropped, .scopeDropped, .linkFlags:
                true
            default: false
            }
        }
    }

    /// The forms that JSON has for a number at a field.
    enum Form: CaseIterable {
        /// Bare digits; as an attribute, an `intValue`.
        case bare
        /// Quoted digits; as an attribute, a `stringValue`.
        case quoted
        /// As an attribute, a `doubleValue`.
        case double
    }

    let id: Int
    /// The numbers that differ from those of a well-behaved trace, as JSON.
    private var stated: [Field: String] = [:]

    init(id: Int) { self.id = id }

    mutating func set(_ field: Field, _ number: HostileNumber, _ form: Form = .bare) {
        let quoted = "\"\(number.text)\""
        if field.isField {
            stated[field] = form == .quoted ? quoted : number.json
        } else {
            stated[field] =
                switch form {
                case .bare: "{\"intValue\":\(number.json)}"
                case .quoted: "{\"stringValue\":\(quoted)}"
                case .double: "{\"doubleValue\":\(number.json)}"
                }
        }
    }

    private static let start = 1_795_000_000_000_000_000

    private func field(_ field: Field, _ value: Int) -> String { stated[field] ?? "\"\(value)\"" }
    private func time(_ field: Field, _ milliseconds: Int) -> String {
        self.field(field, Self.start + milliseconds * 1_000_000)
    }
    private func value(_ field: Field, _ value: Int) -> String { stated[field] ?? "{\"intValue\":\(value)}" }
    private func attribute(_ key: String, _ value: String) -> String { #"{"key":"\#(key)","value":\#(value)}"# }
    private func text(_ key: String, _ text: String) -> String {
        attribute(key, "{\"stringValue\":\"\(text.replacing("\"", with: "\\\""))\"}")
    }
    private func number(_ key: String, _ field: Field, _ value: Int) -> String {
        attribute(key, self.value(field, value))
    }

    private var traceID: String {
        String(repeating: "0", count: 32 - String(id, radix: 16).count) + String(id, radix: 16)
    }

    private func span(
        _ number: Int, parent: Int?, _ name: String, _ from: String, _ to: String, _ attributes: [String],
        more: String = ""
    ) -> String {
        let parent = parent.map { #","parentSpanId":"000000000000000\#($0)""# } ?? ""
        return #"{"traceId":"\#(traceID)","spanId":"000000000000000\#(number)"\#(parent),"name":"\#(name)","#
            + #""startTimeUnixNano":\#(from),"endTimeUnixNano":\#(to),"attributes":[\#(attributes.joined(separator: ","))]"#
            + more + "}"
    }

    private static let asked =
        #"[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"find","arguments":{"q":1}}]}]"#
    private static let answered =
        #"[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"42"}]}]"#

    private var root: String {
        span(
            1, parent: nil, "hostile \(id)", time(.rootStart, 0), time(.rootEnd, 9_000),
            [
                text("gen_ai.operation.name", "invoke_agent"), text("gen_ai.agent.name", "lead"),
                number("agent.children.expected", .childrenExpected, 4),
                number("agent.steps.expected", .stepsExpected, 2),
                number("gen_ai.aggregated_usage.input_tokens", .aggregatedInput, 20),
                number("agent.attempt", .attempt, 1), number("retry_count", .retry, 0),
            ],
            more:
                #","kind":\#(stated[.kind] ?? "1"),"flags":\#(field(.flags, 1)),"status":{"code":\#(stated[.status] ?? "0")}"#
                + #","droppedAttributesCount":\#(field(.droppedAttributes, 0)),"droppedEventsCount":\#(field(.droppedEvents, 0))"#
                + #","droppedLinksCount":\#(field(.droppedLinks, 0)),"links":[{"traceId":"\#(traceID)","#
                + #""spanId":"0000000000000002","flags":\#(field(.linkFlags, 1)),"#
                + #""droppedAttributesCount":\#(field(.linkDropped, 0))}]"#)
    }

    private var model: String {
        span(
            2, parent: 1, "chat m", time(.modelStart, 100), time(.modelEnd, 2_000),
            [
                text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "m"),
                text("gen_ai.output.messages", Self.asked), number("step", .step, 1),
                number("gen_ai.usage.input_tokens", .inputTokens, 12),
                number("gen_ai.usage.output_tokens", .outputTokens, 5),
                number("gen_ai.usage.cache_read.input_tokens", .cacheRead, 3),
                number("gen_ai.usage.cache_creation.input_tokens", .cacheWrite, 3),
                number("gen_ai.usage.reasoning.output_tokens", .reasoning, 1),
                number("gen_ai.usage.total_tokens", .totalTokens, 17), number("gen_ai.usage.cost", .cost, 1),
                number("gen_ai.response.time_to_first_chunk", .firstChunk, 1),
                number("gen_ai.latency.time_in_model_prefill", .prefill, 1),
                number("gen_ai.latency.time_in_model_decode", .decode, 1),
                number("gen_ai.latency.time_in_queue", .queue, 0), number("gen_ai.evaluation.score.value", .score, 1),
            ],
            more: #","events":[{"timeUnixNano":\#(time(.eventTime, 500)),"name":"gen_ai.first_token","#
                + #""droppedAttributesCount":\#(field(.eventDropped, 0))}]"#)
    }

    private var rest: [String] {
        [
            span(
                3, parent: 1, "execute_tool find", time(.toolStart, 2_100), time(.toolEnd, 4_000),
                [
                    text("gen_ai.operation.name", "execute_tool"), text("gen_ai.tool.name", "find"),
                    text("gen_ai.tool.call.id", "c1"), text("gen_ai.tool.call.arguments", #"{"q":1}"#),
                    text("gen_ai.tool.call.result", "42"), number("gen_ai.usage.input_tokens", .toolInputTokens, 1),
                ]),
            span(
                4, parent: 1, "chat m", "\"\(Self.start + 4_200_000_000)\"", "\"\(Self.start + 8_000_000_000)\"",
                [
                    text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "m"),
                    text("gen_ai.input.messages", Self.answered), number("gen_ai.usage.input_tokens", .inputTokens, 9),
                    number("gen_ai.usage.output_tokens", .outputTokens, 7),
                    number("gen_ai.response.stream.start_unix_nano", .streamStart, Self.start + 4_200_000_000),
                    number("gen_ai.response.stream.duration_ns", .streamDuration, 3_800_000_000),
                    number("gen_ai.response.stream.tokens_billed", .streamBilled, 7),
                    number("gen_ai.response.stream.tokens_delivered", .streamDelivered, 6),
                    number("gen_ai.response.stream.tokens_reasoning", .streamReasoning, 1),
                    number("gen_ai.response.stream.dropped_chunks", .streamDropped, 0),
                ], more: #","events":[\#((0..<6).map(chunk).joined(separator: ","))]"#),
            span(
                5, parent: 1, "chat m", "\"\(Self.start + 8_100_000_000)\"", "\"\(Self.start + 8_900_000_000)\"",
                [
                    text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "m"),
                    array("gen_ai.response.chunks.offset_ns", .arrayOffset, 100),
                    array("gen_ai.response.chunks.token_count", .arrayTokens, 1),
                    array("gen_ai.response.chunks.choice_index", .arrayChoice, 0),
                    attribute(
                        "gen_ai.response.chunks.text",
                        #"{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"},{"stringValue":"c"}]}}"#),
                ]),
            span(
                6, parent: 1, "chat m", "\"\(Self.start + 8_200_000_000)\"", "\"\(Self.start + 8_900_000_000)\"",
                [
                    text("gen_ai.operation.name", "chat"),
                    array("gen_ai.response.per_token_time_to_generate", .tokenTime, 1),
                ]),
        ]
    }

    private func array(_ key: String, _ field: Field, _ step: Int) -> String {
        let values = (1...3).map { $0 == 2 ? value(field, $0 * step) : "{\"intValue\":\($0 * step)}" }
        return attribute(key, #"{"arrayValue":{"values":[\#(values.joined(separator: ","))]}}"#)
    }

    /// The third chunk, and the last, are the hostile ones.
    private func chunk(_ index: Int) -> String {
        let isHostile = index == 2 || index == 5
        func number(_ key: String, _ field: Field, _ value: Int) -> String {
            attribute("gen_ai.response.chunk." + key, isHostile ? self.value(field, value) : "{\"intValue\":\(value)}")
        }
        let own = Self.start + 4_300_000_000 + index * 200_000_000
        let attributes = [
            number("sequence", .chunkSequence, index), number("offset_ns", .chunkOffset, 100_000_000 * (index + 1)),
            number("token_count", .chunkTokens, 1), number("choice_index", .chunkChoice, 0),
            number("tool_call.index", .chunkCall, 0), text("gen_ai.response.chunk.kind", "text"),
            text("gen_ai.response.chunk.text", "word \(index) "),
        ]
        return #"{"timeUnixNano":\#(isHostile ? field(.chunkTime, own) : "\"\(own)\""),"name":"gen_ai.response.chunk","#
            + #""attributes":[\#(attributes.joined(separator: ","))]}"#
    }

    /// One line of OTLP/JSON with the spans, and one with a log record.
    var lines: String {
        let spans = ([root, model] + rest).joined(separator: ",")
        let log =
            #"{"traceId":"\#(traceID)","spanId":"0000000000000002","timeUnixNano":\#(time(.logTime, 300)),"#
            + #""observedTimeUnixNano":\#(time(.observedTime, 301)),"severityNumber":\#(field(.severity, 9)),"#
            + #""body":{"stringValue":"log of \#(id)"}}"#
        return #"{"resourceSpans":[{"resource":{"attributes":[\#(text("service.name", "s"))],"#
            + #""droppedAttributesCount":\#(field(.resourceDropped, 0))},"scopeSpans":[{"scope":{"name":"t","#
            + #""droppedAttributesCount":\#(field(.scopeDropped, 0))},"spans":[\#(spans)]}]}]}"# + "\n"
            + #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[\#(log)]}]}]}"# + "\n"
    }
}
