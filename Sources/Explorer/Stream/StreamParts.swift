import Basics
import TraceModel

/// A stretch of a stream in one voice: text, reasoning, a refusal, or the arguments of one call.
package struct StreamBlock: Equatable, Sendable {
    package enum Voice: Hashable, Sendable {
        case text, reasoning, refusal
        /// The arguments of a call, by its index in the choice.
        case toolArguments(Int)
    }

    package var voice: Voice
    /// The chunk that opens the block.
    package var firstChunk: Int
    /// Where its text begins in the bytes of the tape.
    package var start: Int
    /// What stands above the block; nil for an answer that nothing precedes.
    package var label: String?
}

/// A moment of a stream that one can jump to.
package struct StreamMarker: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case firstVisible
        case stall(durationNanos: Int64)
        case loop(repeats: Int, isNear: Bool)
        case toolCall(name: String?)
        case end
    }

    package var kind: Kind
    /// The true time in the stream, in nanoseconds from the request; nil without a clock.
    package var time: Int64?
    /// The chunks that are shown at the marker.
    package var count: Int

    package var isStall: Bool { if case .stall = kind { true } else { false } }
    package var isLoop: Bool { if case .loop = kind { true } else { false } }
    package var isToolCall: Bool { if case .toolCall = kind { true } else { false } }
}

/// What the times of a tape are worth; every screen of a stream says it.
package enum StreamTiming: Equatable, Sendable {
    case measured
    case firstAndLast
    /// Chunks a second, where they are known.
    case synthetic(perSecond: Double?)
    case none

    package var label: String {
        switch self {
        case .measured: return "measured chunks"
        case .firstAndLast: return "first and last only"
        case .synthetic(let rate):
            guard let rate else { return "synthetic clock" }
            let text = rate == rate.rounded() && rate < 1e9 ? "\(Int(clamped: rate))" : "\(rate)"
            return "synthetic clock \(text)/s"
        case .none: return "no clock: step only"
        }
    }
}
