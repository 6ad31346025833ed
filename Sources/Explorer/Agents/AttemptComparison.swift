import TraceModel
import TraceQuery

/// Two attempts of one instance: what each was told and what each answered.
struct AttemptComparison: Equatable, Sendable {
    /// The runs, by number.
    var earlierRun: Int32
    var laterRun: Int32
    var earlierLabel: String
    var laterLabel: String
    var earlier: AttemptTexts?
    var later: AttemptTexts?
    var error: QueryError?
    /// What changed, once both are there.
    var lines: [DisplayLine] = []
}
