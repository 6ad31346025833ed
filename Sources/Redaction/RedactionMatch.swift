/// A text that a rule matches.
package struct RedactionMatch: Equatable, Sendable {
    /// The bytes that are replaced.
    package var range: Range<Int>
    /// The label of the rule.
    package var label: String

    package init(range: Range<Int>, label: String) {
        self.range = range
        self.label = label
    }
}
