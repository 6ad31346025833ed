extension StreamInfo {
    /// The remark on streams whose recording does not say when the request was sent.
    ///
    /// Their offsets, and `startUnixNano`, count from the first chunk, so that no time to the first chunk is known.
    public static let startsAtFirstChunkRemark =
        "the recording does not say when the request was sent: times count from the first chunk"

    /// False where times count from the first chunk because nobody recorded the request's.
    public var isRequestTimeKnown: Bool {
        startUnixNano != nil && !remarks.contains(Self.startsAtFirstChunkRemark)
    }
}
