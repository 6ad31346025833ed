import TraceModel

/// How many calls of each sort lie beneath each node of a trace: one pass from the leaves up, however deep it is.
struct CallTallies {
    struct Tally: Equatable {
        var tools = 0
        var agents = 0
        var models = 0
        /// Spans right beneath, of any kind.
        var children = 0

        mutating func count(_ kind: SpanKind, by number: Int = 1) {
            switch kind {
            case .tool: tools += number
            case .agent: agents += number
            case .llm: models += number
            default: break
            }
        }

        /// Adds the calls of another; its children are no children here.
        mutating func addCalls(_ other: Tally) {
            tools += other.tools
            agents += other.agents
            models += other.models
        }
    }

    private let spans: [SpanRow]
    private var beneath: [Tally]
    /// What lies beneath parents that nobody recorded.
    private var orphans = Tally()
    /// The nodes that lie beneath such a parent.
    private var isCutOff: [Bool]

    init(_ spans: [SpanRow], _ forest: SpanForest) {
        beneath = Array(repeating: Tally(), count: forest.nodeCount)
        isCutOff = Array(repeating: false, count: forest.nodeCount)
        for node in forest.preorder.reversed() {
            let parent = Int(forest.parents[Int(node)])
            if parent >= 0 {
                beneath[parent].addCalls(beneath[Int(node)])
                beneath[parent].count(spans[Int(node)].kind)
                beneath[parent].children += 1
            } else if forest.isPlaceholder(node) {
                orphans.addCalls(beneath[Int(node)])
                orphans.children += beneath[Int(node)].children
            }
        }
        for node in forest.preorder {
            let parent = Int(forest.parents[Int(node)])
            isCutOff[Int(node)] = parent >= 0 ? isCutOff[parent] : forest.isPlaceholder(node)
        }
        self.spans = spans
    }

    /// The calls that may belong beneath a span: those that do, and all orphans.
    ///
    /// Where parents are missing, nothing tells whose children the orphans are, and a call is called missing only
    /// where it must be.
    func possible(beneath span: Int) -> Tally {
        var tally = orphans
        if isCutOff[span] {
            // What lies beneath the span is among the orphans already, and so is the span itself.
            tally.count(spans[span].kind, by: -1)
        } else {
            tally.addCalls(beneath[span])
        }
        tally.children += beneath[span].children
        return tally
    }
}
