import TraceModel

/// A record that belongs to a resource and a scope.
protocol RecordInGroup {
    var resource: Resource { get set }
    var scope: InstrumentationScope { get set }
}

extension Span: RecordInGroup {}
extension SpanLogRecord: RecordInGroup {}

/// A resource group that is being read: its records wait until all of their surroundings are known.
struct ResourceGroup {
    /// How records get their resource and scope.
    enum Mode {
        /// They wait for the end of the group.
        case waiting
        /// All is known from a look ahead.
        case planned(EnvelopePlan)
        /// The group is too large to wait for and cannot be looked at ahead: what is known so far has to do.
        case passing
    }

    /// The offset of the group's opening brace.
    let offset: Int64
    var mode = Mode.waiting
    var resource = Resource()
    var scope = InstrumentationScope()
    var scopeIndex = -1
    private(set) var spans: [Span] = []
    private(set) var logs: [SpanLogRecord] = []
    private var firstSpanOfScope = 0
    private var firstLogOfScope = 0
    /// Records handed on with what was known.
    var passedCount = 0

    init(offset: Int64) { self.offset = offset }

    mutating func beginScope() {
        scopeIndex += 1
        scope = InstrumentationScope()
        firstSpanOfScope = spans.count
        firstLogOfScope = logs.count
    }

    var isWaiting: Bool {
        if case .waiting = mode { return true }
        return false
    }

    /// Gives a span its resource and scope; false where it waits for them instead.
    mutating func complete(_ span: inout Span) -> Bool {
        if isWaiting { spans.append(span) }
        return surround(&span)
    }

    /// Gives a log record its resource and scope; false where it waits for them instead.
    mutating func complete(_ log: inout SpanLogRecord) -> Bool {
        if isWaiting { logs.append(log) }
        return surround(&log)
    }

    private mutating func surround(_ record: inout some RecordInGroup) -> Bool {
        switch mode {
        case .waiting:
            return false
        case .planned(let plan):
            record.resource = plan.resource
            if plan.scopes.indices.contains(scopeIndex) { record.scope = plan.scopes[scopeIndex] }
        case .passing:
            record.resource = resource
            record.scope = scope
            passedCount += 1
        }
        return true
    }

    /// Ends the waiting: the plan tells what all records of the group belong to.
    mutating func follow(_ plan: EnvelopePlan) {
        resource = plan.resource
        if plan.scopes.indices.contains(scopeIndex) { scope = plan.scopes[scopeIndex] }
        mode = .planned(plan)
        endScope()
    }

    /// Ends the waiting: records go on with what is known so far.
    mutating func pass() {
        passedCount = spans.count + logs.count
        mode = .passing
        endScope()
    }

    /// Gives the waiting records of the scope what is now known of it.
    mutating func endScope() {
        for index in spans.indices.dropFirst(firstSpanOfScope) { spans[index].scope = scope }
        for index in logs.indices.dropFirst(firstLogOfScope) { logs[index].scope = scope }
        firstSpanOfScope = spans.count
        firstLogOfScope = logs.count
    }

    /// The waiting records, complete.
    mutating func release() -> (spans: [Span], logs: [SpanLogRecord]) {
        for index in spans.indices { spans[index].resource = resource }
        for index in logs.indices { logs[index].resource = resource }
        defer {
            spans = []
            logs = []
            firstSpanOfScope = 0
            firstLogOfScope = 0
        }
        return (spans, logs)
    }
}
