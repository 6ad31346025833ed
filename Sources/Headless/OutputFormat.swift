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
