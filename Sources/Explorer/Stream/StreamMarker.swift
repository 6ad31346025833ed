import TraceModel

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
