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
