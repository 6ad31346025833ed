/// Recordings of model calls in the formats of their tools, of which one number is hostile.
enum HostileRecording: String, CaseIterable {
    case timedLines, ollama, har, adk, openAIUsage, anthropicUsage, geminiUsage, langSmith, chunkIndexes
    case atifTimes, atifMetrics, atifStep

    /// The extension by which the format is known.
    var fileExtension: String {
        switch self {
        case .har: "har"
        case .openAIUsage, .anthropicUsage, .geminiUsage, .chunkIndexes: "sse"
        case .atifTimes, .atifMetrics, .atifStep: "json"
        default: "jsonl"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    private static func delta(_ text: String, _ id: Int, usage: String = "", index: String = "0") -> String {
        #"{"id":"c\#(id)","object":"chat.completion.chunk","model":"m","choices":[{"index":\#(index),"#
            + #""delta":{"content":"\#(text)"}}]\#(usage)}"#
    }

    /// The text of the file; `id` tells it from those with other numbers.
    func text(_ number: HostileNumber, id: Int) -> String {
        let hostile = number.json
        func delta(_ text: String, usage: String = "", index: String = "0") -> String {
            Self.delta(text, id, usage: usage, index: index)
        }
        switch self {
        case .timedLines:
            return ["1795000000000000000", hostile, "1795000000900000000", hostile].map {
                #"{"t_unix_ns":\#($0),"bytes":\#(Self.quoted("data: \(delta("a\(id)"))\n\n"))}"#
            }.joined(separator: "\n")
        case .ollama:
            func line(_ second: Int, _ more: String) -> String {
                #"{"model":"m","created_at":"2026-08-07T06:08:1\#(second).5Z","#
                    + #""message":{"role":"assistant","content":"w\#(id)"},\#(more)}"#
            }
            return [
                line(1, #""done":false"#), line(2, #""done":false"#),
                line(
                    4,
                    #""done":true,"total_duration":\#(hostile),"eval_count":\#(hostile),"prompt_eval_count":\#(hostile),"#
                        + #""eval_duration":\#(hostile)"#),
            ].joined(separator: "\n")
        case .har:
            let events = ["1.5", hostile, "3.25"].map { #"{"time":\#($0),"data":\#(Self.quoted(delta("h\(id)")))}"# }
            return
                #"{"log":{"creator":{"name":"t"},"entries":[{"startedDateTime":"2026-08-07T06:08:14Z","time":\#(hostile),"#
                + #""request":{"method":"POST","url":"https://h/v1/chat/completions"},"#
                + #""response":{"status":200,"content":{"mimeType":"text/event-stream"}},"#
                + #""_eventSourceMessages":[\#(events.joined(separator: ","))]}]}}"#
        case .adk:
            return ["1795000000.5", hostile, "1795000002.25"].map {
                #"{"invocationId":"i\#(id)","author":"a","partial":true,"timestamp":\#($0),"#
                    + #""content":{"parts":[{"text":"k"}]},"usageMetadata":{"candidatesTokenCount":\#(hostile)}}"#
            }.joined(separator: "\n")
        case .openAIUsage:
            let usage =
                #","usage":{"prompt_tokens":\#(hostile),"completion_tokens":\#(hostile),"total_tokens":\#(hostile),"#
                + #""prompt_tokens_details":{"cached_tokens":\#(hostile)},"completion_tokens_details":{"reasoning_tokens":\#(hostile)}}"#
            return "data: \(delta("a"))\n\ndata: \(delta("b", usage: usage))\n\ndata: [DONE]\n\n"
        case .anthropicUsage:
            let usage =
                #""usage":{"input_tokens":\#(hostile),"cache_read_input_tokens":\#(hostile),"#
                + #""cache_creation_input_tokens":\#(hostile),"output_tokens":\#(hostile)}"#
            return #"data: {"type":"message_start","message":{"id":"m\#(id)","model":"m",\#(usage)}}"# + "\n\n"
                + #"data: {"type":"content_block_start","index":\#(hostile),"content_block":{"type":"text","text":""}}"#
                + "\n\n"
                + #"data: {"type":"content_block_delta","index":\#(hostile),"delta":{"type":"text_delta","text":"x"}}"#
                + "\n\n"
                + #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},\#(usage)}"# + "\n\n"
                + #"data: {"type":"message_stop"}"# + "\n\n"
        case .geminiUsage:
            return
                #"data: {"responseId":"g\#(id)","candidates":[{"index":\#(hostile),"content":{"parts":[{"text":"x"}]}}],"#
                + #""usageMetadata":{"promptTokenCount":\#(hostile),"toolUsePromptTokenCount":\#(hostile),"#
                + #""candidatesTokenCount":\#(hostile),"thoughtsTokenCount":\#(hostile)}}"# + "\n\n"
        case .langSmith:
            let events = ["1795000000500", hostile, "1795000002000"].map {
                #"{"name":"new_token","time":\#($0),"kwargs":{"token":"t"}}"#
            }
            return #"{"id":"l\#(id)","run_type":"llm","start_time":\#(hostile),"end_time":\#(hostile),"#
                + #""events":[\#(events.joined(separator: ","))],"outputs":{"generations":[[{"message":{"kwargs":{"#
                + #""usage_metadata":{"input_tokens":\#(hostile),"output_tokens":\#(hostile)}}}}]]}}"#
        case .chunkIndexes:
            let call =
                #"{"id":"t\#(id)","object":"chat.completion.chunk","choices":[{"index":\#(hostile),"delta":{"tool_calls":["#
                + #"{"index":\#(hostile),"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}"#
            return "data: \(delta("a", index: hostile))\n\ndata: \(call)\n\ndata: [DONE]\n\n"
        case .atifTimes, .atifMetrics, .atifStep: return atif(number, id: id)
        }
    }

    private func atif(_ number: HostileNumber, id: Int) -> String {
        func own(_ isHostile: Bool, _ usual: String) -> String { isHostile ? number.json : usual }
        let times =
            self == .atifTimes
            ? #""extra":{"spandrel":{"start_unix_nano":"\#(number.text)","duration_nanos":"\#(number.text)"}},"#
            : #""extra":{"invocation":{"start_timestamp":\#(own(self == .atifStep, "1.5")),"end_timestamp":\#(number.json)}},"#
        let tokens = own(self == .atifMetrics, "3")
        return
            #"{"schema_version":"ATIF-v1.4","session_id":"s\#(id)\#(rawValue)","agent":{"name":"a","version":"1"},"steps":["#
            + #"{"step_id":1,"source":"user","message":"hi"},"#
            + #"{"step_id":\#(own(self == .atifStep, "2")),"source":"agent",\#(times)"message":"yes","#
            + #""llm_call_count":\#(own(self == .atifMetrics, "1")),"#
            + #""metrics":{"prompt_tokens":\#(tokens),"completion_tokens":\#(tokens),"cached_tokens":\#(tokens),"cost_usd":\#(tokens)}}],"#
            + #""final_metrics":{"total_prompt_tokens":\#(tokens),"total_completion_tokens":\#(tokens),"total_steps":\#(tokens)}}"#
    }
}
