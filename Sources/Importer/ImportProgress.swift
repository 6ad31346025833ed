/// How far an import is.
package struct ImportProgress: Equatable, Sendable {
    /// Bytes of the inputs taken so far, before decompression.
    package var bytesDone: Int64 = 0
    /// The bytes of all inputs; nil where one of them is a pipe.
    package var bytesTotal: Int64?
    package var spans = 0
    /// Seconds since the start.
    package var seconds: Double = 0

    package init() {}

    /// Stored spans a second, over the whole import; nil at its very start.
    package var spansPerSecond: Double? { seconds > 0 ? Double(spans) / seconds : nil }

    /// The share of the bytes that is done, from 0 to 1; nil where the total is unknown.
    package var share: Double? {
        guard let bytesTotal, bytesTotal > 0 else { return nil }
        return min(1, Double(bytesDone) / Double(bytesTotal))
    }

    /// The time that the rest takes at the pace so far, in seconds; nil where that cannot be told.
    package var secondsLeft: Double? {
        guard let share, share > 0.001 else { return nil }
        return seconds * (1 - share) / share
    }
}
