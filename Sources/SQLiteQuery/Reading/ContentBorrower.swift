import TraceAnalysis
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

/// Completes what a span said and heard with what other spans of its trace tell of it.
///
/// Many sources tell a call's content anywhere but on its span: on another span of the same call, in the messages of the
/// model that asked for it and was given its result, in the log of the agent around it. Each part that is taken from
/// there says so.
struct ContentBorrower {
    let session: ReadSession
    /// Logs are read once, though several parts of a span may stand in them.
    private let logs = KnownLogs()

    /// In larger traces a span is shown as it stands.
    private static let spanLimit = 50_000
    /// How many calls of a thread are followed back.
    private static let threadLimit = 64
    private static let logLimit = 20_000
    private static let sessionLimit = 16

    static let selectLogs = "SELECT event FROM log_record WHERE trace_id = ?1 ORDER BY time_ns, id LIMIT \(logLimit)"
    /// Other traces of the session of a trace.
    static let selectSessionMates = """
        SELECT DISTINCT trace.id FROM facet AS mine
            CROSS JOIN facet AS other INDEXED BY facet_value ON other.field = mine.field AND other.value = mine.value
            CROSS JOIN trace ON trace.key = other.trace
        WHERE mine.trace = ?1 AND mine.field = \(TraceFacet.Field.session.rawValue) AND other.trace <> ?1
        ORDER BY other.trace LIMIT \(sessionLimit)
        """
    static let selectSpanCount = "SELECT span_count FROM trace WHERE key = ?1"

    /// Completes a span whose content lacks something that spans of its kind have, and compares what a model call was
    /// given with what the call before was.
    func complete(_ detail: inout SpanDetail, key: Int64) throws {
        let isLacking = Self.lacksContent(detail) || detail.content.continuesThread
        guard isLacking || detail.facts.kind == .llm else { return }
        let trace = StoreKey.trace(ofSpan: key)
        let count = try session.statement(Self.selectSpanCount)
        count.bind(1, trace)
        defer { count.reset() }
        guard try count.step(), count.int(0) <= Self.spanLimit else { return }
        let surroundings = try SpanSurroundings(session, trace: trace, of: detail.row)
        switch detail.facts.kind {
        case .tool: try completeTool(&detail, surroundings)
        case .llm:
            // What is compared is what was recorded of each call, not what is put together here.
            detail.context = try surroundings.context(of: detail.content)
            if isLacking { try completeModelCall(&detail, surroundings) }
        default: break
        }
    }

    private static func lacksContent(_ detail: SpanDetail) -> Bool {
        let content = detail.content
        switch detail.facts.kind {
        case .tool: return content.toolArguments == nil || content.toolResult == nil
        case .llm: return !content.inputMessages.haveContent || !content.outputMessages.haveContent
        default: return false
        }
    }

    // MARK: Tools

    private func completeTool(_ detail: inout SpanDetail, _ surroundings: SpanSurroundings) throws {
        func set(_ arguments: String?, _ result: String?, _ origin: ContentSource.Origin, _ span: LocalSpanID?) {
            if detail.content.toolArguments == nil, let arguments {
                detail.content.toolArguments = arguments
                detail.content.sources.append(ContentSource(.toolArguments, origin, span))
            }
            if detail.content.toolResult == nil, let result {
                detail.content.toolResult = result
                detail.content.sources.append(ContentSource(.toolResult, origin, span))
            }
        }
        let partners = surroundings.sameCall
        for partner in partners {
            let content = try surroundings.content(of: partner)
            set(content.toolArguments, content.toolResult, .sameCall, partner.local)
        }
        let spans = Set([detail.row.local] + partners.map(\.local))
        if let joint = try joint(of: spans, in: surroundings.trace) {
            for stage in [JointStage.asked, .delivered] {
                guard let hop = joint.hop(stage), let row = surroundings.row(hop.span) else { continue }
                let told = try surroundings.content(of: row).told(of: joint, hop)
                set(told.arguments, told.result, .modelMessage, hop.span)
            }
        }
        guard let id = detail.facts.toolCallID, Self.lacksContent(detail) else { return }
        set(try loggedArguments(id, detail, surroundings.trace), nil, .agentLog, nil)
    }

    private func joint(of spans: Set<LocalSpanID>, in trace: Int64) throws -> ToolJoint? {
        var state = AnalysisState.current
        let joints = try AnalysisReader(session: session).joints(ofTrace: trace, &state)
        return joints.first { joint in
            joint.hops.contains {
                [JointStage.dispatched, .ran, .returned].contains($0.stage) && spans.contains($0.span)
            }
        }
    }

    // MARK: Model calls

    private func completeModelCall(_ detail: inout SpanDetail, _ surroundings: SpanSurroundings) throws {
        for partner in surroundings.sameCall {
            let content = try surroundings.content(of: partner)
            if !detail.content.inputMessages.haveContent, content.inputMessages.haveContent {
                detail.content.inputMessages = content.inputMessages
                detail.content.sources.append(ContentSource(.inputMessages, .sameCall, partner.local))
            }
            if !detail.content.outputMessages.haveContent, content.outputMessages.haveContent {
                detail.content.outputMessages = content.outputMessages
                detail.content.sources.append(ContentSource(.outputMessages, .sameCall, partner.local))
            }
        }
        if detail.content.continuesThread { try addThread(to: &detail, surroundings) }
        if !detail.content.outputMessages.haveContent {
            let span = detail.span
            if let answer = try agentLog(detail, surroundings.trace, hasAnswer: { $0.answer(to: span) != nil })?
                .answer(to: span)
            {
                detail.content.outputMessages = [Message(role: "assistant", parts: [.text(answer)])]
                detail.content.sources.append(ContentSource(.outputMessages, .agentLog, nil))
            }
        }
        try addAskedTools(to: &detail, surroundings)
        let asked = detail
        func logged(_ id: String) throws -> String? { try loggedArguments(id, asked, surroundings.trace) }
        if detail.content.inputMessages.isEmpty, let (text, span) = try surroundings.callerPrompt(logged: logged) {
            detail.content.inputMessages = [Message(role: "user", parts: [.text(text)])]
            detail.content.sources.append(ContentSource(.inputMessages, .caller, span))
        }
    }

    /// Puts before messages that continue a thread those of the calls that it continues.
    private func addThread(to detail: inout SpanDetail, _ surroundings: SpanSurroundings) throws {
        var state = AnalysisState.current
        let joints = try AnalysisReader(session: session).joints(ofTrace: surroundings.trace, &state)
        // The span whose answer asked for a result that stands in the input of another one.
        var askedBy: [LocalSpanID: LocalSpanID] = [:]
        for joint in joints {
            guard let asked = joint.hop(.asked), let delivered = joint.hop(.delivered) else { continue }
            if askedBy[delivered.span] == nil { askedBy[delivered.span] = asked.span }
        }
        var at = detail.row.local
        var seen: Set<LocalSpanID> = [at]
        var history: [Message] = []
        var nearest: LocalSpanID?
        while seen.count <= Self.threadLimit, let before = askedBy[at], seen.insert(before).inserted,
            let row = surroundings.row(before)
        {
            let content = try surroundings.content(of: row)
            history = content.inputMessages + content.outputMessages + history
            nearest = nearest ?? before
            guard content.continuesThread else { break }
            at = before
        }
        guard !history.isEmpty else { return }
        detail.content.inputMessages = history + detail.content.inputMessages
        detail.content.sources.append(ContentSource(.inputMessages, .earlierCall, nearest))
    }

    /// Adds the tools that ran after a call which says that it asked for some and not for which.
    private func addAskedTools(to detail: inout SpanDetail, _ surroundings: SpanSurroundings) throws {
        let asked = detail.content.outputMessages.contains { message in
            message.parts.contains { if case .toolCall = $0 { true } else { false } }
        }
        let reasons = ["tool_use", "tool_calls", "tool_call", "function_call"]
        guard !asked, detail.facts.finishReasons.contains(where: reasons.contains) else { return }
        let tools = surroundings.toolsAfter()
        guard !tools.isEmpty else { return }
        var parts: [MessagePart] = []
        for tool in tools {
            guard let span = try surroundings.span(of: tool) else { continue }
            let facts = Dialect.facts(of: span)
            var arguments = try surroundings.content(of: tool).toolArguments
            if arguments == nil, let id = facts.toolCallID {
                arguments = try loggedArguments(id, detail, surroundings.trace)
            }
            parts.append(
                .toolCall(id: facts.toolCallID, name: Dialect.askedName(of: span, facts), arguments: arguments))
        }
        if detail.content.outputMessages.isEmpty {
            detail.content.outputMessages = [Message(role: "assistant", parts: parts)]
        } else {
            detail.content.outputMessages[detail.content.outputMessages.count - 1].parts += parts
        }
        detail.content.sources.append(ContentSource(.outputMessages, .toolSpans, tools.first?.local))
    }

    // MARK: Logs

    /// The log of the agent whose trace, or another one of the same session, tells what is asked for.
    private func agentLog(
        _ detail: SpanDetail, _ trace: Int64, hasAnswer: (AgentLog) -> Bool
    ) throws -> AgentLog? {
        guard AgentLog.isKept(by: detail.span) else { return nil }
        let own = try agentLog(detail.span.traceID)
        if hasAnswer(own) { return own }
        for mate in try sessionMates(of: trace) {
            let log = try agentLog(mate)
            if hasAnswer(log) { return log }
        }
        return nil
    }

    private func sessionMates(of trace: Int64) throws -> [TraceID] {
        if let known = logs.mates { return known }
        let select = try session.statement(Self.selectSessionMates)
        select.bind(1, trace)
        defer { select.reset() }
        var mates: [TraceID] = []
        while try select.step() { if let id = select.withBytes(0, { TraceID(bytes: $0) }) { mates.append(id) } }
        logs.mates = mates
        return mates
    }

    private func loggedArguments(_ call: String, _ detail: SpanDetail, _ trace: Int64) throws -> String? {
        try agentLog(detail, trace, hasAnswer: { $0.arguments(ofCall: call) != nil })?.arguments(ofCall: call)
    }

    private func agentLog(_ trace: TraceID) throws -> AgentLog {
        if let known = logs.byTrace[trace] { return known }
        let select = try session.statement(Self.selectLogs)
        select.bind(blob: 1, trace.bytes)
        defer { select.reset() }
        var log = AgentLog()
        while try select.step() {
            log.add(try select.withBytes(0) { json in Result { try PayloadDecoder.event(json) } }.get())
        }
        logs.byTrace[trace] = log
        return log
    }

    private final class KnownLogs {
        var byTrace: [TraceID: AgentLog] = [:]
        /// The other traces of the session of the span's trace.
        var mates: [TraceID]?
    }
}

extension [Message] {
    /// Anything but parts that were withheld.
    fileprivate var haveContent: Bool { contains { $0.parts.contains { $0 != .redacted } } }
}

extension SpanContent {
    /// The messages begin with results of tools that nothing in them asked for: earlier calls of the thread did.
    fileprivate var continuesThread: Bool {
        guard let first = inputMessages.first(where: { !$0.isInstruction })?.parts.first
        else { return false }
        if case .toolResult = first { return true }
        return false
    }

    /// What messages tell of a tool call at one stage of its way.
    fileprivate func told(of joint: ToolJoint, _ hop: JointHop) -> (arguments: String?, result: String?) {
        for part in (hop.stage == .asked ? outputMessages : inputMessages.reversed()).flatMap(\.parts) {
            switch part {
            case .toolCall(let id, let name, let arguments?) where hop.stage == .asked:
                let fits = joint.callID.map { id == $0 } ?? (name == joint.toolName)
                if fits, joint.callID != nil || arguments.hasPrefix(hop.payload?.preview ?? "") {
                    return (arguments, nil)
                }
            case .toolResult(let id, let result?) where hop.stage == .delivered:
                if joint.callID.map({ id == $0 }) ?? result.hasPrefix(hop.payload?.preview ?? "") {
                    return (nil, result)
                }
            default: continue
            }
        }
        return (nil, nil)
    }
}
