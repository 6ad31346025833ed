import Basics
import Canvas
import TraceAnalysis
import TraceModel
import TraceQuery

/// What matters first about a span.
struct SpanHead {
    private static let textBytes = 600

    let document: SpanDocument

    private var facts: SpanFacts { document.detail.facts }
    private var isASCII: Bool { document.metrics.asciiOnly }

    // MARK: Title

    /// The first row: sign and name on the left, agent and duration on the right.
    func title(columns: Int, context: SpanViewContext) -> (left: DisplayLine, right: DisplayLine) {
        let row = document.detail.row
        var left = DisplayLine()
        if facts.isCancelled {
            left.append(Glyphs.cancelled(ascii: isASCII) + " ", .cancelled)
        } else if facts.isError || row.isError {
            left.append(Glyphs.error(ascii: isASCII) + " ", .error)
        }
        left.append(Glyphs.kind(facts.kind, ascii: isASCII) + " ", Self.role(of: facts.kind))
        let name = document.detail.span.name
        if name.isEmpty { left.append("(no name)", .dim) } else { left.append(oneRow(name), .header) }
        appendModels(to: &left)

        var right = DisplayLine()
        if columns >= 40, let (label, role) = agent(context) { right.append(label + "  ", role) }
        if columns >= 60, let start = context.traceStartUnixNano,
            let own = context.startUnixNano ?? document.detail.span.startUnixNano,
            let offset = own.subtractingIfFits(start)
        {
            if let shift = shownShift { right.append(Glyphs.shifted(later: shift > 0, ascii: isASCII), .accent) }
            right.append("\(offset < 0 ? "" : "+")\(Figures.duration(nanos: offset))  ", .dim)
        }
        let unfinished = document.detail.span.endUnixNano == nil
        let duration =
            unfinished
            ? Glyphs.unfinished(ascii: isASCII)
            : row.durationNanos.map { Figures.duration(nanos: $0) } ?? Glyphs.unknown(ascii: isASCII)
        right.append(figure(duration), .headerFigure)
        return (left, right)
    }

    /// How far the start that is shown is from the recorded one; nil where it is the same.
    private var shownShift: Int64? {
        guard document.place.adjustsClocks, let shift = document.place.clock?.offsetNanos, shift != 0 else {
            return nil
        }
        return shift
    }

    private func appendModels(to line: inout DisplayLine) {
        let arrow = " " + Glyphs.right(ascii: isASCII) + " "
        let requested = facts.modelRequested.map(oneRow)
        let resolved = facts.modelResolved.map(oneRow)
        if let requested, !document.detail.span.name.contains(requested) { line.append(" " + requested, .text) }
        if let resolved, resolved != requested { line.append(arrow + resolved, .text) }
    }

    private func agent(_ context: SpanViewContext) -> (String, Role)? {
        let detail = document.detail
        let row = detail.row
        var label = context.agentLabel
        if label == nil, let name = facts.agentName ?? detail.names[row.agent] {
            label = name
            if let instance = facts.agentInstance ?? detail.names[row.agentInstance] { label = "\(name)#\(instance)" }
        }
        guard let label else { return nil }
        let text = oneRow(LongText.prefix(label, bytes: 60).text)
        switch context.agentSource ?? (facts.agentSource == .missing ? row.agentSource : facts.agentSource) {
        case .declared: return (text, .agent)
        case .inherited: return (text, .agentInherited)
        case .inferred: return ("~" + text, .agentInferred)
        case .missing: return (text, .agentMissing)
        }
    }

    /// The role of a kind's sign.
    static func role(of kind: SpanKind) -> Role {
        switch kind {
        case .agent, .workflow: .kindAgent
        case .llm, .embedding, .reranker: .kindModel
        case .tool, .retrieval, .memory: .kindTool
        case .chain, .guardrail, .evaluator, .other: .kindOther
        }
    }

    // MARK: Further rows

    /// Error, figures and marks, in at most `limit` rows.
    func rows(columns: Int, limit: Int) -> [DisplayLine] {
        guard limit > 0 else { return [] }
        let figures = flow(figureItems(), columns: columns)
        let marks = flow(markItems(), columns: columns)
        let error = errorRows(columns: columns)
        // Each kind of row gets one; what is left goes to the error, then to figures, then to marks.
        let stream = flow(streamItems(), columns: columns)
        let place = flow(placeItems(), columns: columns)
        let kinds = [findingRows(columns: columns), error, stream, figures, place, marks]
        var shares = kinds.map { _ in 0 }
        var left = limit
        for index in kinds.indices where left > 0 && !kinds[index].isEmpty {
            shares[index] = 1
            left -= 1
        }
        for index in kinds.indices {
            let more = min(left, kinds[index].count - shares[index], index < 2 ? 2 : 1)
            if more > 0 {
                shares[index] += more
                left -= more
            }
        }
        return zip(kinds, shares).flatMap { rows, share in
            var shown = Array(rows.prefix(share))
            if share > 0, rows.count > share { shown[share - 1].append(Glyphs.more(ascii: isASCII), .dim) }
            return shown
        }
    }

    /// What was found about the span, gravest first, with what it rests on.
    private func findingRows(columns: Int) -> [DisplayLine] {
        let findings = document.findings.sorted { $0.severity > $1.severity }
        let wrapper = RowWrapper(metrics: document.metrics, width: max(1, columns - 4))
        return findings.prefix(8).flatMap { finding -> [DisplayLine] in
            var line = DisplayLine(hang: 2)
            line.append(Glyphs.finding(ascii: isASCII) + " " + oneRow(finding.rule), .finding)
            line.append("  " + oneRow(finding.message), .text)
            let evidence = finding.evidence.prefix(4).map { oneRow("\($0.label) \($0.value)") }
            let basis = finding.certainty.name.replacing("_", with: " ")
            let separator = evidence.isEmpty ? "" : ": "
            line.append("  \(basis)\(separator)\(evidence.joined(separator: ", "))", .dim)
            return wrapper.rows(of: line).map { line.slice($0.start..<$0.end, indent: $0.indent) }
        }
    }

    private func errorRows(columns: Int) -> [DisplayLine] {
        guard let text = errorText else { return [] }
        let role = facts.isCancelled ? Role.cancelled : .error
        let sign = facts.isCancelled ? Glyphs.cancelled(ascii: isASCII) : Glyphs.error(ascii: isASCII)
        let line = DisplayLine(sign + " " + text, role: role, hang: 2)
        // The last column is left to the sign that more follows.
        let wrapper = RowWrapper(metrics: document.metrics, width: max(1, columns - 4))
        return wrapper.rows(of: line).map { row in
            DisplayLine(
                String(repeating: " ", count: row.indent) + LongText.slice(line.text, row.start..<row.end), role: role)
        }
    }

    /// The type and message of what went wrong; nil where nothing did.
    var errorText: String? {
        let span = document.detail.span
        guard facts.isError || facts.isCancelled || span.status.code == .error else { return nil }
        let exception = span.events.last { $0.name == "exception" }?.attributes
        let type = facts.errorType ?? exception?.value(of: "exception.type")?.stringValue
        var message: String? = span.status.message.isEmpty ? nil : span.status.message
        message = message ?? exception?.value(of: "exception.message")?.stringValue
        // Line breaks would spend rows that the view has not.
        let parts = [type, message].compactMap { $0 }.filter { !$0.isEmpty }.map {
            LongText.prefix($0, bytes: Self.textBytes).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        if parts.isEmpty { return facts.isCancelled ? "cancelled" : "failed; neither type nor message was recorded" }
        // Many messages repeat the type, in full or by its last word.
        if parts.count == 2, let word = parts[0].split(separator: ".").last {
            if parts[1].hasPrefix(parts[0]) { return parts[1] }
            if parts[1].hasPrefix(word + ": ") { return parts[0] + parts[1].dropFirst(word.count) }
        }
        return parts.joined(separator: ": ")
    }

    private func figureItems() -> [DisplayLine] {
        var items: [DisplayLine] = []
        func add(_ label: String, _ value: String) {
            var item = DisplayLine(label + " ", role: .dim)
            item.append(value, .text)
            items.append(item)
        }
        let tokens = facts.tokens
        if [.llm, .embedding, .reranker].contains(facts.kind) || tokens != TokenUsage() {
            add("in", figure(Figures.count(tokens.input)))
            if let stated = tokens.inputStated { add("stated without cache", figure(Figures.count(stated))) }
            add("out", figure(Figures.count(tokens.output)))
            add("cache read", figure(Figures.count(tokens.cacheRead)))
            add("cache write", figure(Figures.count(tokens.cacheWrite)))
            add("reasoning", figure(Figures.count(tokens.reasoning)))
        }
        if !facts.finishReasons.isEmpty {
            add("finish", facts.finishReasons.prefix(8).map { oneRow($0) }.joined(separator: ", "))
        }
        if let nanos = facts.timeToFirstChunkNanos {
            add("first chunk", figure(Figures.duration(nanos: nanos)))
        }
        if let tool = facts.toolName { add("tool", oneRow(tool)) }
        if let id = facts.toolCallID { add("call", oneRow(id)) }
        if let provider = facts.provider { add("provider", oneRow(provider)) }
        if let session = facts.session { add("session", oneRow(session)) }
        return items
    }

    /// The stream in a word; it has a row of its own, which figures never push away.
    private func streamItems() -> [DisplayLine] {
        guard let stream = document.detail.stream else { return [] }
        var item = DisplayLine("stream: ", role: .dim)
        item.append(streamText(stream), .text)
        return [item]
    }

    /// How many chunks, how they came, and the key that plays them.
    private func streamText(_ stream: StreamBrief) -> String {
        let count = stream.figures.chunkCount
        var parts = ["\(count) chunk\(count == 1 ? "" : "s")"]
        switch stream.info.timing {
        case .measured:
            let stalls = stream.figures.stalls.count
            parts.append(stalls == 0 ? "no stall" : "\(stalls) stall\(stalls == 1 ? "" : "s")")
        case .firstAndLastOnly: parts.append("first and last only")
        case .synthetic: parts.append("synthetic clock")
        case .none: parts.append("no clock")
        }
        if !stream.figures.loops.isEmpty { parts.append("loops") }
        return parts.joined(separator: ", ") + "   p play"
    }

    /// What the span takes of the trace's time, and how far its clock is off.
    private func placeItems() -> [DisplayLine] {
        let place = document.place
        var items: [DisplayLine] = []
        func add(_ label: String, _ value: String) {
            var item = DisplayLine(label + " ", role: .dim)
            item.append(figure(value), .text)
            items.append(item)
        }
        if let nanos = place.selfNanos { add("self", Figures.duration(nanos: nanos)) }
        if document.detail.sources > 1 {
            items.append(DisplayLine("\(document.detail.sources) sources", role: .dim))
        }
        if let whatIf = place.whatIf { items.append(whatIfItem(whatIf)) }
        if let clock = place.clock, clock.offsetNanos != 0 {
            add(place.adjustsClocks ? "clock adjusted by" : "clock off by", ClockText.offset(clock))
        }
        return items
    }

    private func whatIfItem(_ whatIf: WhatIf) -> DisplayLine {
        let saved = whatIf.savedNanos
        if saved <= 0 {
            let reason = document.place.isOnCriticalPath ? "others then decide" : "off the critical path"
            return DisplayLine("without it nothing is saved: \(reason)", role: .dim)
        }
        var item = DisplayLine("without it the trace takes ", role: .dim)
        let text =
            "\(Figures.duration(nanos: whatIf.afterNanos)) (\(isASCII ? "-" : "−")\(Figures.duration(nanos: saved)))"
        item.append(figure(text), .text)
        return item
    }

    private func markItems() -> [DisplayLine] {
        let marks = document.detail.span.marks.union(document.detail.row.marks)
        return SpanMarks.named.filter { marks.contains($0.mark) }.map { mark in
            var item = DisplayLine(Glyphs.finding(ascii: isASCII) + " " + mark.name, role: .warning)
            item.append(" " + mark.help, .dim)
            return item
        }
    }

    /// Items side by side, two columns apart, on as many rows as they need.
    private func flow(_ items: [DisplayLine], columns: Int) -> [DisplayLine] {
        var rows: [DisplayLine] = []
        var used = 0
        for item in items {
            let width = document.metrics.columns(of: item.text)
            if rows.isEmpty || used + 2 + width > columns - 4 {
                rows.append(item)
                used = width
            } else {
                rows[rows.count - 1].append("  ", .dim)
                rows[rows.count - 1].append(item)
                used += 2 + width
            }
        }
        return rows
    }

    /// A bounded start of a text, without line breaks.
    private func oneRow(_ text: String) -> String {
        let (start, isWhole) = LongText.prefix(text, bytes: 240)
        let line = start.split(whereSeparator: \.isNewline).joined(separator: " ")
        return isWhole ? line : line + Glyphs.more(ascii: isASCII)
    }

    /// A figure in the characters that the terminal has.
    private func figure(_ text: String) -> String {
        guard isASCII else { return text }
        return text == Figures.unknown
            ? Glyphs.unknown(ascii: true)
            : String(text.map { $0 == "µ" ? "u" : $0 })
    }
}
