import Basics
import TraceModel

/// How the answer of a model call arrived, chunk by chunk.
struct StreamPlan: Sendable {
    /// A pause: after which share of the chunks, and how long in seconds.
    struct Hole: Sendable {
        var share: Double
        var seconds: Double
    }

    /// The chunks of content; nil cuts the text into pieces of about four characters.
    var chunkCount: Int?
    /// Whether the gaps between chunks differ as they do on a real line.
    var isEven = false
    var holes: [Hole] = []
    /// Seconds between the last chunk and the end of the response.
    var tail = 0.0
    var endCause = StreamEndCause.finished

    /// A piece of what the model wrote.
    private struct Piece {
        var kind: ChunkKind
        var text: Substring
        var call: StreamToolCall?
    }

    /// The chunks of an answer whose first one comes `first` seconds after the request, and the last at `last`.
    func chunks(of answer: ChatMessage, first: Double, last: Double, random: inout SplitMix64) -> StreamChunks {
        let pieces = pieces(of: answer, random: &random)
        var chunks = StreamChunks()
        let pauses = holes.reduce(0) { $0 + $1.seconds }
        let gaps = max(1, pieces.count - 1)
        let step = max(0, last - first - pauses) / Double(gaps - (holes.isEmpty ? 0 : holes.count))
        var time = first
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                let hole = holes.first { Int(clamped: $0.share * Double(gaps)) == index - 1 }
                time += hole?.seconds ?? step
            }
            let shift = isEven || index == 0 || index == gaps ? 0 : step * Double.random(in: -0.4...0.4, using: &random)
            chunks.append(
                offsetNanos: Int64(clamped: (time + shift) * 1e9), kind: piece.kind, text: piece.text.utf8,
                toolCall: piece.call)
        }
        if endCause == .finished {
            let end = Int64(clamped: last * 1e9)
            chunks.append(offsetNanos: end, kind: .usage, text: "".utf8)
            chunks.append(offsetNanos: end, kind: .terminal, text: "".utf8)
        }
        return chunks
    }

    private func pieces(of answer: ChatMessage, random: inout SplitMix64) -> [Piece] {
        var texts: [(kind: ChunkKind, text: String, call: StreamToolCall?)] = []
        var calls = 0
        for part in answer.parts {
            switch part {
            case .text(let text): texts.append((.text, text, nil))
            case .reasoning(let text): texts.append((.reasoning, text, nil))
            case .call(let id, let name, let arguments):
                texts.append((.toolArguments, arguments, StreamToolCall(index: calls, id: id, name: name)))
                calls += 1
            case .result: break
            }
        }
        let total = max(1, texts.reduce(0) { $0 + $1.text.count })
        var pieces: [Piece] = []
        for (kind, text, call) in texts {
            var rest = text[...]
            let wanted = chunkCount.map {
                max(1, Int(clamped: (Double($0) * Double(text.count) / Double(total)).rounded()))
            }
            var made = 0
            while !rest.isEmpty {
                let size: Int
                if let wanted {
                    // Evenly, whatever does not divide: the last piece ends with the text.
                    size = max(1, text.count * (made + 1) / wanted - (text.count - rest.count))
                } else {
                    size = Int.random(in: 2...6, using: &random)
                }
                pieces.append(Piece(kind: kind, text: rest.prefix(size), call: call))
                rest = rest.dropFirst(size)
                made += 1
            }
        }
        return pieces
    }
}
