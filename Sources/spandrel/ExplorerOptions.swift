/// How the explorer starts.
struct ExplorerOptions: Sendable {
    /// The path of the database, for the header and for commands that name it.
    var database: String
    /// The text of the first filter, already known to be valid.
    var filter: String?
    /// The id of a trace to open first, or the beginning of it.
    var trace: String?
    /// Commands of the `:` prompt to run first, in order.
    var commands: [String]
    var theme: String?
    var ascii: Bool
    /// Nil leaves the mouse to the configuration.
    var mouse: Bool?
    var readOnly: Bool
}
