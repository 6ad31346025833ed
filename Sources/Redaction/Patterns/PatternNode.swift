/// What a pattern is made of.
indirect enum PatternNode: Sendable {
    case bytes(ByteSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// At least `minimum` times, at most `maximum` times where there is one.
    case repeated(PatternNode, minimum: Int, maximum: Int?)
}
