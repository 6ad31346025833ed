import TraceModel

/// What a span said and heard, as blocks in the order in which they happened.
struct ReportContent {
    let limits: ReportLimits

    /// The blocks of a span; messages that the history knows are counted, not told again.
    func blocks(_ span: ExportSpan, history: inout MessageHistory) -> [ReportBlock] {
        let content = span.content
        var blocks: [ReportBlock] = []
        let isTalk = !content.inputMessages.isEmpty || !content.outputMessages.isEmpty
        let isCall = span.row.kind == .llm
        tools(content, &history, &blocks)
        talk(content.inputMessages, isCall: isCall, showsLast: isCall, &history, &blocks)
        // Agents and chains hand on what model calls tell again.
        let isFolded = span.row.kind == .agent || span.row.kind == .chain || span.row.kind == .workflow
        if let value = content.toolArguments {
            blocks.append(block(.tool, "arguments", .code, value))
        } else if let value = content.inputValue, !isTalk {
            blocks.append(block(.other, "input", .prose, value, isFolded: isFolded))
        }
        documents(content.documents, &blocks)
        talk(content.outputMessages, isCall: isCall, showsAll: isCall, &history, &blocks)
        if let value = content.toolResult {
            blocks.append(block(.tool, "result", .code, value))
        } else if let value = content.outputValue, !isTalk {
            blocks.append(block(.other, "output", .prose, value, isFolded: isFolded))
        }
        evaluations(content.evaluations, &blocks)
        failures(span, &blocks)
        // Nothing but what was told: not worth a place.
        if blocks.allSatisfy({ $0.isHistory }) { return [] }
        guard blocks.count > limits.blocks else { return blocks }
        let rest = blocks.count - limits.blocks
        blocks.removeLast(rest)
        let remark = "\(ReportFigures.counted(rest, "further part")) of this span not shown"
        blocks.append(ReportBlock(voice: .other, title: "rest", pieces: [ReportPiece(remark: remark)]))
        return blocks
    }

    private func block(
        _ voice: ReportBlock.Voice, _ title: String, _ form: ReportPiece.Form, _ text: String, isFolded: Bool = false
    ) -> ReportBlock {
        let piece =
            text.isEmpty
            ? ReportPiece(remark: "empty") : ReportPiece(form, text, limits: limits, startsFolded: isFolded)
        return ReportBlock(voice: voice, title: title, pieces: [piece])
    }

    private func tools(_ content: SpanContent, _ history: inout MessageHistory, _ blocks: inout [ReportBlock]) {
        guard !content.toolDefinitions.isEmpty else { return }
        let count = ReportFigures.counted(content.toolDefinitions.count, "tool")
        guard history.offer(content.toolDefinitions) else {
            let remark = ReportPiece(remark: "the same as before")
            blocks.append(ReportBlock(voice: .other, title: "offered", note: count, pieces: [remark]))
            return
        }
        let pieces = content.toolDefinitions.prefix(limits.blocks).map {
            ReportPiece(.code, $0, limits: limits, startsFolded: true)
        }
        blocks.append(ReportBlock(voice: .other, title: "offered", note: count, pieces: Array(pieces)))
    }

    /// Messages; those that were told are counted in their place.
    ///
    /// The newest message that a call heard, and all that it said, is told even where it is the same again.
    private func talk(
        _ messages: [Message], isCall: Bool, showsLast: Bool = false, showsAll: Bool = false,
        _ history: inout MessageHistory, _ blocks: inout [ReportBlock]
    ) {
        var repeated = 0
        func flush() {
            guard repeated > 0 else { return }
            let remark = "\(ReportFigures.counted(repeated, "message")) as told above"
            let pieces = [ReportPiece(remark: remark)]
            blocks.append(ReportBlock(voice: .other, title: "history", pieces: pieces, isHistory: true))
            repeated = 0
        }
        for (place, message) in messages.enumerated() {
            let isNew = history.insert(message, ofCall: isCall)
            if !isNew, !showsAll, !showsLast || place < messages.count - 1 {
                repeated += 1
                continue
            }
            flush()
            blocks.append(block(message, isFolded: !isCall))
        }
        flush()
    }

    private func block(_ message: Message, isFolded: Bool) -> ReportBlock {
        let voice: ReportBlock.Voice =
            switch message.role.lowercased() {
            case "system", "developer": .system
            case "user", "human": .user
            case "assistant", "ai", "model": .assistant
            case "tool", "function": .tool
            default: .other
            }
        var notes: [String] = []
        if let name = message.name { notes.append(name) }
        if let reason = message.finishReason { notes.append("finish reason " + reason) }
        var pieces = message.parts.map { part in
            var piece = piece(part)
            if isFolded, piece.form != .remark { piece.startsFolded = true }
            return piece
        }
        if pieces.isEmpty { pieces = [ReportPiece(remark: "no content")] }
        return ReportBlock(
            voice: voice, title: message.role.isEmpty ? "role unknown" : message.role,
            note: notes.isEmpty ? nil : notes.joined(separator: ", "), pieces: pieces)
    }

    private func piece(_ part: MessagePart) -> ReportPiece {
        func text(_ form: ReportPiece.Form, _ label: String?, _ text: String?) -> ReportPiece {
            guard let text else {
                return ReportPiece(remark: (label.map { $0 + ": " } ?? "") + ReportFigures.notRecorded)
            }
            if text.isEmpty { return ReportPiece(remark: (label.map { $0 + ": " } ?? "") + "empty") }
            return ReportPiece(form, label: label, text, limits: limits, startsFolded: form == .reasoning)
        }
        switch part {
        case .text(let value): return text(.prose, nil, value)
        case .reasoning(let value): return text(.reasoning, "reasoning", value)
        case .toolCall(let id, let name, let arguments):
            return text(.code, "calls " + (name ?? "a tool without a name") + idText(id), arguments)
        case .toolResult(let id, let result): return text(.code, "result" + idText(id), result)
        case .media(let modality, let mimeType, let reference):
            let short = ReportPiece.cut(reference, to: 200)
            let rest = reference.utf8.count - short.utf8.count
            let more = rest > 0 ? "… (\(ReportFigures.bytes(reference.utf8.count)))" : ""
            return text(.code, [modality, mimeType].compactMap { $0 }.joined(separator: " "), short + more)
        case .other(let type, let json): return text(.code, type, json)
        case .redacted: return ReportPiece(remark: "withheld by the producer")
        }
    }

    private func idText(_ id: String?) -> String { id.map { " · " + $0 } ?? "" }

    private func documents(_ documents: [RetrievedDocument], _ blocks: inout [ReportBlock]) {
        guard !documents.isEmpty else { return }
        let pieces = documents.prefix(limits.blocks).enumerated().flatMap { place, document in
            var label = "\(place + 1). " + (document.id ?? "id \(ReportFigures.notRecorded)")
            if let score = document.score { label += ", score \(ReportFigures.score(score))" }
            var pieces = [
                document.content.map { ReportPiece(.prose, label: label, $0, limits: limits, startsFolded: true) }
                    ?? ReportPiece(remark: label + ": content " + ReportFigures.notRecorded)
            ]
            if let metadata = document.metadata {
                pieces.append(ReportPiece(.code, label: "metadata", metadata, limits: limits, startsFolded: true))
            }
            return pieces
        }
        let count = ReportFigures.counted(documents.count, "document")
        blocks.append(ReportBlock(voice: .tool, title: "retrieved", note: count, pieces: Array(pieces)))
    }

    private func evaluations(_ evaluations: [Evaluation], _ blocks: inout [ReportBlock]) {
        for evaluation in evaluations {
            let label = evaluation.label.map { ", " + $0 } ?? ""
            let note = "score \(ReportFigures.score(evaluation.score))\(label)"
            let pieces = evaluation.explanation.map { [ReportPiece(.prose, $0, limits: limits)] }
            let title = "evaluation " + evaluation.name
            blocks.append(ReportBlock(voice: .other, title: title, note: note, pieces: pieces ?? []))
        }
    }

    private func failures(_ span: ExportSpan, _ blocks: inout [ReportBlock]) {
        if !span.span.status.message.isEmpty {
            let isError = span.span.status.code == .error
            blocks.append(
                block(isError ? .error : .other, isError ? "error" : "status", .prose, span.span.status.message))
        }
        for event in span.span.events where event.name == "exception" {
            let type = event.attributes.value(of: "exception.type")?.stringValue
            let message = event.attributes.value(of: "exception.message")?.stringValue
            var pieces: [ReportPiece] = []
            if let message, message != span.span.status.message {
                pieces.append(ReportPiece(.prose, message, limits: limits))
            }
            if let trace = event.attributes.value(of: "exception.stacktrace")?.stringValue {
                pieces.append(ReportPiece(.code, label: "stack trace", trace, limits: limits, startsFolded: true))
            }
            blocks.append(ReportBlock(voice: .error, title: "exception", note: type, pieces: pieces))
        }
    }
}
