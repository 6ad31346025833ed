/// How an export ended.
package enum ExportOutcome: Equatable, Sendable {
    /// The file is whole. Remarks say what the format has no place for, one sentence each.
    case success(path: String, traces: Int, spans: Int, bytes: Int64, remarks: [String])
    /// Nothing was written; where a file stands in the way, the user may have it replaced.
    case failure(message: String, fileExists: Bool)
}
