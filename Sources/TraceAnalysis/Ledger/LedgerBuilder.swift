import Basics
import TraceModel

/// Sets what a trace says it should hold against what it holds.
///
/// Calls are spans of models, tools, agents, retrievers, rerankers and embedders. Expectations about the same calls are
/// not added up: the largest of them counts, since a declared number, a gap in the steps and a request without execution
/// may all mean the same call. Where one declared number tells of all that is missing, the recorded ones are those that
/// it may mean; else they are all calls of the trace.
enum LedgerBuilder {
    static func ledger(_ input: TraceInput, forest: SpanForest, joints: ToolJoints) -> TraceLedger {
        var builder = LedgerEntries(input, forest)
        builder.addMissingParents()
        let declared = builder.addDeclaredCounts()
        let gaps = builder.addStepGaps()
        let unexecuted = builder.addJoints(joints)
        builder.addSpans()
        builder.addUsage()
        builder.addResponses()
        // One call may be missed by each of the three, so that only the largest number is sure.
        let missing = max(declared.missing, gaps, unexecuted)
        let scope = declared.missing >= max(gaps, unexecuted) ? declared.recorded : nil
        let recorded = scope ?? input.columns.kinds.count { LedgerEntries.isCall($0) }
        return TraceLedger(
            expectedAtLeast: Int(clamping: missing.addingClamped(Int64(recorded))), recorded: recorded,
            items: builder.items)
    }
}

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

/// How many calls are missing for sure, and how many of the same sort are recorded.
struct MissingCalls: Equatable {
    static let none = MissingCalls(missing: 0, recorded: nil)

    /// A lower bound.
    var missing: Int64
    /// Nil where several spans tell of different calls.
    var recorded: Int?

    /// Adds what another part of the trace misses: parts that share no span.
    mutating func join(_ other: MissingCalls) {
        guard other.missing > 0 else { return }
        guard missing > 0 else {
            self = other
            return
        }
        missing = missing.addingClamped(other.missing)
        recorded = nil
    }
}
