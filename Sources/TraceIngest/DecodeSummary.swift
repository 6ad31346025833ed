/// What a decoded input held.
package struct DecodeSummary: Equatable, Sendable {
    package var spans = 0
    /// Log records that name a span.
    package var logs = 0
    /// Recorded responses of models.
    package var streams = 0
    package var rejected = 0
    /// Log records that name no span.
    package var skippedLogs = 0
    /// Groups of metrics (`ResourceMetrics`), which this program does not store.
    package var skippedMetricGroups = 0
    /// Spans that were handed on before their resource or scope was complete, because both stood behind them in a
    /// stream that cannot be read twice.
    package var spansWithLateEnvelope = 0
    /// The bytes of the input after decompression.
    package var bytesDecoded: Int64 = 0

    package init() {}
}
