import TraceModel

@testable import TraceAnalysis

extension StepFixture {
    /// The ledger of the spans, without joints unless given.
    func ledger(_ joints: ToolJoints = []) -> TraceLedger {
        LedgerBuilder.ledger(input, forest: SpanForest(spans), joints: joints)
    }

    /// Changes the last span that was added.
    mutating func change(_ body: (inout SpanRow) -> Void) {
        if let last = spans.indices.last { body(&spans[last]) }
    }
}

extension JointFixture {
    /// The ledger of the spans, with the joints that are found among them.
    var ledger: TraceLedger {
        let input = input
        return LedgerBuilder.ledger(input, forest: SpanForest(input.spans), joints: report.joints)
    }
}

extension TraceLedger {
    func items(_ kind: LedgerItem.Kind) -> [LedgerItem] { items.filter { $0.kind == kind } }
}
