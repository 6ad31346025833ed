package import TraceModel

/// Draws findings from one stream and the span that owns it.
struct StreamRules {
    let figures: StreamFigures
    let chunks: StreamChunks
    let info: StreamInfo
    let span: Span
    let facts: SpanFacts
    let settings: StreamSettings

    /// All findings, in the order of the table of rules.
    var findings: [Finding] {
        [stall, loop, truncated, abortedAfterToolCall, partialShownAsComplete, slowFirstChunk].compactMap { $0 }
    }

    private func finding(
        _ rule: FindingRule, _ certainty: FindingCertainty, _ message: String, severity: FindingSeverity? = nil,
        _ evidence: [(label: String, value: String?)]
    ) -> Finding {
        Finding(
            rule: rule.id, severity: severity ?? rule.severity, certainty: certainty, message: message,
            spanID: span.spanID,
            evidence: evidence.compactMap { label, value in
                value.map { FindingEvidence(spanID: span.spanID, label: label, value: $0) }
            })
    }

    /// Where chunks are missing, what is there only suggests how the stream went.
    private var proven: FindingCertainty { info.missingChunks.isEmpty ? .proven : .inferred }

    /// A made-up clock proves nothing about time.
    private var stall: Finding? {
        guard info.timing == .measured else { return nil }
        let stalls = figures.stalls.filter { $0.stallClass != .beforeFirst }
        guard let longest = stalls.max(by: { $0.durationNanos < $1.durationNanos }) else { return nil }
        let total = stalls.reduce(Int64(0)) { $0 + $1.durationNanos }
        let place = "\(longest.stallClass.words) at \(FigureText.duration(longest.startNanos))"
        let message =
            stalls.count == 1
            ? "The stream stood still for \(FigureText.duration(total)), \(place)."
            : "The stream stood still \(stalls.count) times for \(FigureText.duration(total)) in all, the longest "
                + "\(FigureText.duration(longest.durationNanos)) \(place)."
        let limit = settings.stallLimitNanos(medianGapNanos: figures.interChunk?.p50)
        return finding(
            FindingRules.streamStall, proven, message,
            [
                ("longest stall", FigureText.duration(longest.durationNanos)),
                ("limit", FigureText.duration(limit)),
                ("median gap", figures.interChunk.map { FigureText.duration($0.p50) }),
                ("stalled", FigureText.duration(total)),
                ("missing chunks", missing),
                ("duration", figures.durationNanos.map(FigureText.duration)),
            ])
    }

    /// How many chunks are missing, for evidence.
    private var missing: String? {
        if info.missingChunks.isEmpty { return nil }
        return info.droppedChunks > 0 ? String(info.droppedChunks) : "some"
    }

    private var loop: Finding? {
        guard
            let worst = figures.loops.max(by: {
                $0.endCharacter - $0.onsetCharacter < $1.endCharacter - $1.onsetCharacter
            })
        else { return nil }
        let when = info.timing == .measured ? worst.onsetNanos.map { " at \(FigureText.duration($0))" } ?? "" : ""
        let message =
            "The \(worst.kind.name.replacing("_", with: " ")) repeats \(worst.periodCharacters) characters "
            + "\(worst.repeats) times from character \(worst.onsetCharacter)\(when) on"
            + "\(worst.isNear ? ", with a counter that changes" : ""): \(FigureText.percent(worst.loopedShare)) of it"
            + "\(figures.loops.count > 1 ? ", the longest of \(figures.loops.count) loops" : "")."
        return finding(
            FindingRules.streamLoop, worst.isNear ? .inferred : proven, message,
            [
                ("onset", info.timing == .measured ? worst.onsetNanos.map(FigureText.duration) : nil),
                ("onset character", String(worst.onsetCharacter)),
                ("period", "\(worst.periodCharacters) characters"),
                ("repeats", String(worst.repeats)),
                ("looped share", FigureText.percent(worst.loopedShare)),
                ("wasted time", info.timing == .measured ? worst.wastedNanos.map(FigureText.duration) : nil),
                ("wasted tokens, estimated", worst.wastedTokens.map { String($0) }),
                ("finish reason", info.finishReason),
            ])
    }

    private var truncated: Finding? {
        let reasons = [info.finishReason].compactMap { $0 } + facts.finishReasons
        if let reason = reasons.first(where: Self.isLengthLimit) {
            return finding(
                FindingRules.streamTruncated, .proven,
                "The answer was cut at a length limit after \(figures.contentChunkCount) chunks.",
                [
                    ("finish reason", reason), ("billed tokens", info.tokensBilled.map { String($0) }),
                    ("end cause", info.endCause.name),
                ])
        }
        guard info.finishReason == nil, !chunks.kinds.contains(.terminal) else { return nil }
        let isEndThere = !info.missingChunks.contains(.last)
        let certainty: FindingCertainty
        switch info.endCause {
        case .connectionDropped, .serverError, .watchdog: certainty = isEndThere ? .proven : .inferred
        // Where the bytes of the wire were read, an end mark would have been seen.
        case .unknown where info.wireProtocol != nil && !chunks.isEmpty && isEndThere: certainty = .inferred
        case .unknown, .finished, .clientAbort: return nil
        }
        return finding(
            FindingRules.streamTruncated, certainty,
            "The stream ended after \(figures.contentChunkCount) chunks with content, without an end mark.",
            [("end cause", info.endCause.name), ("finish reason", "none"), ("error", info.errorMessage)])
    }

    static func isLengthLimit(_ reason: String) -> Bool {
        ["length", "max_tokens", "max_output_tokens", "model_length", "incomplete"].contains(reason.lowercased())
    }

    private var isBroken: Bool {
        switch info.endCause {
        case .clientAbort, .connectionDropped, .serverError, .watchdog: true
        case .unknown, .finished: false
        }
    }

    private var abortedAfterToolCall: Finding? {
        guard isBroken, let last = chunks.kinds.lastIndex(of: .toolArguments) else { return nil }
        let call = chunks.toolCall(last)
        var arguments: [UInt8] = []
        var name = call?.name
        for index in chunks.indices where chunks.kinds[index] == .toolArguments {
            guard let other = chunks.toolCall(index), other.index == call?.index else { continue }
            guard chunks.choiceIndex(index) == chunks.choiceIndex(last) else { continue }
            name = name ?? other.name
            arguments += chunks.text[chunks.textRange(index)]
        }
        let isWhole = Self.isWholeObject(arguments)
        return finding(
            FindingRules.streamAbortedAfterToolCall, proven,
            "The stream broke after the call of \(name ?? "a tool") had begun; its arguments are "
                + "\(isWhole ? "complete, so that it may have run" : "incomplete").",
            [
                ("end cause", info.endCause.name), ("tool", name), ("call", call?.id),
                ("arguments", isWhole ? "complete" : "incomplete"), ("error", info.errorMessage),
            ])
    }

    /// True where the brackets of JSON text close, whatever stands between them.
    static func isWholeObject(_ bytes: [UInt8]) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        var opened = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInString = false
                }
                continue
            }
            switch byte {
            case 0x22: isInString = true
            case 0x7B, 0x5B:
                depth += 1
                opened = true
            case 0x7D, 0x5D: depth -= 1
            default: break
            }
        }
        return opened && depth == 0 && !isInString
    }

    private var partialShownAsComplete: Finding? {
        guard isBroken, !facts.isError, !facts.isCancelled, span.status.code != .error else { return nil }
        let claims = facts.finishReasons.first { !Self.isLengthLimit($0) && $0.lowercased() != "error" }
        guard span.status.code == .ok || claims != nil || span.endUnixNano != nil else { return nil }
        let isProven = span.status.code == .ok || claims != nil
        let status = span.status.code == .ok ? "ok" : "unset"
        return finding(
            FindingRules.streamPartialShownAsComplete, isProven ? .proven : .inferred,
            "The stream broke (\(info.endCause.name.replacing("_", with: " "))) after \(figures.contentChunkCount) "
                + "chunks with content, and the span ends without an error.",
            severity: isProven ? .error : .warning,
            [
                ("end cause", info.endCause.name), ("span status", status),
                ("span finish reason", facts.finishReasons.first), ("error", info.errorMessage),
            ])
    }

    private var slowFirstChunk: Finding? {
        guard info.timing == .measured || info.timing == .firstAndLastOnly,
            let first = figures.timeToFirstChunkNanos, first > settings.slowFirstChunkNanos
        else { return nil }
        let limit = FigureText.duration(settings.slowFirstChunkNanos)
        return finding(
            FindingRules.streamSlowFirstChunk, .proven,
            "The first chunk came after \(FigureText.duration(first)), over the limit of \(limit).",
            [
                ("time to first chunk", FigureText.duration(first)), ("limit", limit),
                ("time to first visible chunk", figures.timeToFirstVisibleChunkNanos.map(FigureText.duration)),
            ])
    }
}

extension StreamAnalysis {
    /// What is wrong with a stream, given the span that owns it and the vendor-neutral reading of that span.
    ///
    /// Findings about time need a measured clock. At most one finding of each rule, in the order of `FindingRules.all`.
    package static func findings(
        figures: StreamFigures, chunks: StreamChunks, info: StreamInfo, span: Span, facts: SpanFacts,
        settings: StreamSettings = StreamSettings()
    ) -> [Finding] {
        StreamRules(
            figures: figures, chunks: chunks, info: info, span: span, facts: facts, settings: settings
        ).findings
    }
}

extension StreamStall.Class {
    /// Where the stream stood still, for people.
    package var words: String {
        switch self {
        case .beforeFirst: "before the first chunk"
        case .midText: "in the text"
        case .midToolArguments: "in the arguments of a tool call"
        case .tailHang: "after the last content"
        }
    }
}
