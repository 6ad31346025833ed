import Basics
import TraceModel

/// The lines of a ledger as they are gathered; of each kind only so many stand alone.
struct LedgerEntries {
    /// The most lines of one kind; what is beyond is told in one line more.
    static let cap = 100

    let input: TraceInput
    let forest: SpanForest
    private(set) var items: [LedgerItem] = []
    private var counts = [Int](repeating: 0, count: LedgerItem.Kind.allCases.count)
    private var summaries: [LedgerItem.Kind: Int] = [:]

    init(_ input: TraceInput, _ forest: SpanForest) {
        self.input = input
        self.forest = forest
    }

    static func isCall(_ kind: SpanKind) -> Bool {
        switch kind {
        case .llm, .tool, .agent, .retrieval, .reranker, .embedding: true
        case .other, .chain, .guardrail, .evaluator, .workflow, .memory: false
        }
    }

    mutating func add(_ item: LedgerItem) {
        counts[item.kind.rawValue] += 1
        if counts[item.kind.rawValue] <= Self.cap {
            items.append(item)
        } else if let place = summaries[item.kind] {
            items[place].missing = items[place].missing.addingClamped(item.missing)
            items[place].message = "\(counts[item.kind.rawValue] - Self.cap) more of this kind are not listed."
        } else {
            summaries[item.kind] = items.count
            items.append(
                LedgerItem(
                    kind: item.kind, missing: item.missing, message: "1 more of this kind is not listed.",
                    spanID: nil, certainty: item.certainty))
        }
    }

    func name(_ span: Int) -> String { input.names[input.spans[span].name] ?? "a span without a name" }

    func evidence(_ span: Int, _ label: String, _ value: String) -> FindingEvidence {
        FindingEvidence(spanID: input.spans[span].spanID, label: label, value: value)
    }
}
