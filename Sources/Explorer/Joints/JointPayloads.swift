import TraceModel
import TraceQuery

/// The whole payloads of two stages of a call, and how they differ.
struct JointPayloads: Equatable, Sendable {
    /// The joint, by number.
    var joint: Int32
    var callID: String?
    var earlierStage: JointStage
    var laterStage: JointStage
    var hasEarlier = false
    var hasLater = false
    var earlier: String?
    var later: String?
    var error: QueryError?
    /// What differs, once both are there.
    var lines: [DisplayLine] = []
}
