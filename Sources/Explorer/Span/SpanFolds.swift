/// Which parts of a page are open, stated as what differs from a rule.
package struct SpanFolds: Equatable, Sendable {
    /// What is open where the user has said nothing about it.
    package enum Rule: Int, Sendable, CaseIterable {
        /// As the page proposes.
        case proposed
        case allOpen
        case allClosed
    }

    /// Something that opens and closes: a section or block, its long text, a JSON container, or a long JSON string.
    package struct Target: Hashable, Sendable {
        var block: Int
        /// The line of the container or string; see also `whole` and `text`.
        var line: Int

        init(block: Int, line: Int) {
            self.block = block
            self.line = line
        }

        /// The section or block itself.
        static func whole(_ block: Int) -> Target { Target(block: block, line: -1) }
        /// The plain text of a block.
        static func text(_ block: Int) -> Target { Target(block: block, line: -2) }

        var isWhole: Bool { line == -1 }
    }

    package private(set) var rule = Rule.proposed
    /// What stands against the rule.
    package private(set) var exceptions: Set<Target> = []

    package init() {}

    /// True when the target is open, given what the page proposes for it.
    func isOpen(_ target: Target, proposed: Bool) -> Bool {
        let ruled = rule == .proposed ? proposed : rule == .allOpen
        return ruled != exceptions.contains(target)
    }

    /// True when a container at a nesting depth is closed.
    ///
    /// Where all is closed, an outermost container still lists its members.
    func isClosedContainer(_ target: Target, depth: Int) -> Bool {
        let opensByRule = rule != .allClosed || depth == 0
        return opensByRule == exceptions.contains(target)
    }

    mutating func toggle(_ target: Target) {
        if exceptions.remove(target) == nil { exceptions.insert(target) }
    }

    mutating func set(_ rule: Rule) {
        self.rule = rule
        exceptions = []
    }
}
