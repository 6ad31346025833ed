/// Where an export comes from, told in its files where the format has a place.
///
/// It holds no time and no path: the same selection of the same database gives the same bytes.
package struct ExportProvenance: Equatable, Sendable {
    /// Such as `spandrel 1.0.0`.
    package var program: String
    /// What was selected, as a person writes it, such as `--filter "status:error"`.
    package var selection: String
    /// The redaction policy of the export, `unredacted` where none was applied.
    package var policy: String

    package init(program: String, selection: String, policy: String) {
        self.program = program
        self.selection = selection
        self.policy = policy
    }
}
