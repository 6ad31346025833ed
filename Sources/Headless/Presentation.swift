package import Canvas
package import Foundation

/// How rows reach their reader.
package struct Presentation: Sendable {
    package var format: OutputFormat
    /// True when the reader is a terminal: text is then made safe, and tables fit its width.
    package var isTerminal: Bool
    /// The columns of the terminal; nil where the width has no limit.
    package var width: Int?
    package var timeZone: TimeZone
    package var metrics: TextMetrics

    package init(
        format: OutputFormat, isTerminal: Bool = false, width: Int? = nil,
        timeZone: TimeZone = TimeZone(secondsFromGMT: 0) ?? .current, metrics: TextMetrics = TextMetrics()
    ) {
        self.format = format
        self.isTerminal = isTerminal
        self.width = width
        self.timeZone = timeZone
        self.metrics = metrics
    }
}

/// How rows are written.
package enum OutputFormat: String, CaseIterable, Sendable {
    /// Aligned columns for people.
    case table
    /// One array, or one object where there is exactly one.
    case json
    /// One object a line.
    case ndjson
    /// Comma-separated values as in RFC 4180, with a line of names and `\n` as the end of line.
    case csv
}
