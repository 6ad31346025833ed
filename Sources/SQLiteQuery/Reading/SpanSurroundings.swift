import TraceAnalysis
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

/// The spans around one span.
struct SpanSurroundings {
    let trace: Int64
    private let row: SpanRow
    private let rows: [SpanRow]
    private let forest: SpanForest
    private let place: Int
    private let reader: StoredSpanReader
    private let places: [LocalSpanID: Int]

    init(_ session: ReadSession, trace: Int64, of row: SpanRow) throws {
        self.trace = trace
        self.row = row
        let rows = try StructureReader(session: session).rows(ofTrace: trace)
        let places = Dictionary(rows.indices.map { (rows[$0].local, $0) }, uniquingKeysWith: { first, _ in first })
        (self.rows, self.places) = (rows, places)
        place = places[row.local] ?? 0
        forest = SpanForest(rows)
        reader = try StoredSpanReader(session.connection.handle)
    }

    func row(_ span: LocalSpanID) -> SpanRow? { places[span].map { rows[$0] } }

    func span(of row: SpanRow) throws -> Span? {
        guard var span = try reader.span(StoreKey.span(trace: trace, number: Int64(row.arrival))) else { return nil }
        span.events += try reader.logEvents(trace: span.traceID, span: span.spanID)
        return span
    }

    func content(of row: SpanRow) throws -> SpanContent {
        try span(of: row).map { Dialect.content(of: $0) } ?? SpanContent()
    }

    /// The other spans of the same call, the one that counts first.
    var sameCall: [SpanRow] { others(of: row) }

    private func others(of call: SpanRow) -> [SpanRow] {
        let counting = call.countedBy >= 0 ? call.countedBy : call.arrival
        let others = rows.filter {
            $0.arrival != call.arrival && ($0.arrival == counting || $0.countedBy == counting)
        }
        return others.filter { $0.arrival == counting } + others.filter { $0.arrival != counting }
    }

    /// What the nearest tool or agent around the call was asked to do.
    ///
    /// `logged` gives the arguments of a tool call that only the agent's log tells.
    func callerPrompt(logged: (String) throws -> String?) throws -> (text: String, span: LocalSpanID)? {
        var node = Int(forest.parents[place])
        while node >= 0, node < rows.count {
            let above = rows[node]
            if above.kind == .tool || above.kind == .agent, let span = try span(of: above) {
                let content = Dialect.content(of: span)
                if let prompt = Dialect.prompt(of: content, kind: above.kind) { return (prompt, above.local) }
                if above.kind == .tool, let id = Dialect.facts(of: span).toolCallID, let arguments = try logged(id) {
                    var called = content
                    called.toolArguments = arguments
                    if let prompt = Dialect.prompt(of: called, kind: .tool) { return (prompt, above.local) }
                }
                if above.kind == .agent { return nil }
            }
            node = Int(forest.parents[node])
        }
        return nil
    }

    /// The tools that started after the call did, under the same parent, and before its next call.
    func toolsAfter() -> [SpanRow] {
        let parent = forest.parents[place]
        guard parent >= 0, let start = row.startUnixNano else { return [] }
        var found: [SpanRow] = []
        for child in forest.children(of: parent) where Int(child) > place {
            let next = rows[Int(child)]
            if next.kind == .llm, !next.marks.contains(.sameCall) { break }
            let isRun = next.kind == .tool && !next.marks.contains(.sameCall)
            if isRun, let began = next.startUnixNano, began >= start { found.append(next) }
        }
        return found
    }

    // MARK: The call before

    /// How many calls before are looked at for one of the same conversation.
    private static let earlierCalls = 8

    /// Measures what the call was given, and compares it with the call of its agent before.
    ///
    /// Agents also ask beside their conversation, such as for a title: of a few calls before, the last one that begins
    /// alike is taken, else the last one.
    func context(of content: SpanContent) throws -> MessageContext? {
        let content = content.inputMessages.isEmpty ? try given(row) : content
        if content.inputMessages.isEmpty { return nil }
        var context = MessageContext(content)
        (context.systemHash, context.toolsHash) = Dialect.promptHashes(of: content)
        var last: (messages: [Message], span: LocalSpanID)?
        let opening = content.inputMessages.first { !$0.isInstruction }
        for call in callsBefore().prefix(Self.earlierCalls) {
            let messages = try given(call).inputMessages
            if !messages.isEmpty, messages.first(where: { !$0.isInstruction }) == opening {
                last = (messages, call.local)
                break
            }
            last = last ?? (messages, call.local)
        }
        if let last { context.compare(content.inputMessages, with: last.messages, of: last.span) }
        return context
    }

    /// What a call was given, as the first of its spans tells that records it.
    private func given(_ call: SpanRow) throws -> SpanContent {
        var content = try content(of: call)
        for other in others(of: call) where content.inputMessages.isEmpty { content = try self.content(of: other) }
        return content
    }

    /// The model calls of the same agent run that started before, the last one first; each counts once.
    private func callsBefore() -> [SpanRow] {
        guard let start = row.startUnixNano else { return [] }
        let counting = row.countedBy >= 0 ? row.countedBy : row.arrival
        return rows.filter { call in
            guard call.kind == .llm, call.agentRun == row.agentRun, call.countedBy < 0, call.arrival != counting,
                call.arrival != row.arrival, let began = call.startUnixNano
            else { return false }
            return (began, call.arrival) < (start, row.arrival)
        }.sorted { ($0.startUnixNano ?? 0, $0.arrival) > ($1.startUnixNano ?? 0, $1.arrival) }
    }
}
