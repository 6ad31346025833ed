/// The start of an agent within a trajectory.
struct AtifStart {
    /// The id of its own trajectory.
    var id: String
    /// The tool run or model call that started it, as an index.
    var span: Int?
    /// Where it begins in the order of time.
    var position: Int
}
