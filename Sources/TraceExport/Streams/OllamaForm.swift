import Basics
import FastJSON
import TraceModel

/// Chunks as the JSON lines of Ollama's chat; calls are whole there, so that arguments wait for their last piece.
struct OllamaForm: ProviderEvents.Form {
    private let stream: StreamExport
    private var arguments: [Int: (call: StreamToolCall, text: String)] = [:]
    /// Times and counts of the last line, which the recording has as a chunk of their own.
    private let usage: [JSONMember]

    init(_ stream: StreamExport) {
        self.stream = stream
        let place = stream.chunks.kinds.lastIndex(of: .usage)
        usage = place.flatMap { try? JSONValue(parsing: stream.chunks[$0].text) }?.members ?? []
    }

    mutating func content(_ chunk: StreamChunk, isLastOfCall: Bool, nanos: Int64) -> String {
        guard chunk.kind == .toolArguments else {
            return line(nanos) { json in
                json.member("content", chunk.kind == .reasoning ? "" : chunk.text)
                if chunk.kind == .reasoning { json.member("thinking", chunk.text) }
            }
        }
        let call = chunk.toolCall ?? StreamToolCall(index: 0)
        var (known, text) = arguments[call.index] ?? (call, "")
        known.name = known.name ?? call.name
        text += chunk.text
        arguments[call.index] = (known, text)
        guard isLastOfCall else { return "" }
        return line(nanos) { json in
            json.member("content", "")
            json.list("tool_calls", [known]) { json, call in
                json.object { json in
                    json.object("function") { json in
                        json.member("name", call.name ?? "unknown")
                        json.key("arguments")
                        WholeArguments.write(text, into: &json)
                    }
                }
            }
        }
    }

    mutating func mark(_ chunk: StreamChunk, next: StreamChunk?, nanos: Int64) -> String {
        switch chunk.kind {
        case .terminal: return end(nanos: nanos)
        case .usage: return ""
        default:
            if let json = ProviderEvents.object(chunk) { return json + "\n" }
            return chunk.text.isEmpty ? line(nanos) { $0.member("content", "") } : ""
        }
    }

    mutating func end(nanos: Int64) -> String {
        line(nanos, isDone: true) { $0.member("content", "") }
    }

    private func line(_ nanos: Int64, isDone: Bool = false, _ message: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("model", stream.model ?? "unknown")
            if let start = stream.info.startUnixNano, stream.info.timing == .measured,
                let time = start.addingIfFits(nanos)
            {
                json.member("created_at", Self.text(unixNanos: time))
            }
            json.object("message") { json in
                json.member("role", "assistant")
                message(&json)
            }
            json.member("done", isDone)
            guard isDone else { return }
            if let reason = stream.info.finishReason { json.member("done_reason", reason) }
            for member in usage { json.member(member.key, value: member.value) }
            guard usage.isEmpty else { return }
            if let duration = stream.info.durationNanos { json.member("total_duration", duration) }
            if let billed = stream.info.tokensBilled { json.member("eval_count", billed) }
        }
        return json.text + "\n"
    }

    /// A time as in RFC 3339 with nanoseconds, in UTC.
    static func text(unixNanos: Int64) -> String {
        let time = CivilTime(unixNano: unixNanos)
        return "\(time.date.text)T\(time.clock(decimals: 9))Z"
    }
}
