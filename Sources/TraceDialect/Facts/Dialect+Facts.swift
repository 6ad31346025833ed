package import TraceModel

extension Dialect {
    /// What the span is: kind, agent, models, tokens and the like.
    ///
    /// It reads the span's own attributes and events; what an ancestor says needs the tree.
    package static func facts(of span: Span) -> SpanFacts {
        let reader = FactReader(span)
        var facts = SpanFacts()
        setKind(&facts, reader, span)
        let hasKind = facts.kind != .other
        func text(_ fact: Fact) -> String? { reader.value(fact, hasKind: hasKind)?.text }
        func count(_ fact: Fact) -> Int64? { reader.value(fact, hasKind: hasKind)?.count }
        facts.provider = text(.provider)
        facts.modelRequested = text(.modelRequested)
        facts.modelResolved = text(.modelResolved)
        facts.responseID = text(.responseID)
        facts.tokens = TokenUsage(
            input: count(.tokensInput), output: count(.tokensOutput), cacheRead: count(.tokensCacheRead),
            cacheWrite: count(.tokensCacheWrite), reasoning: count(.tokensReasoning))
        facts.tokens.includeCache(total: count(.tokensTotal))
        facts.session = text(.session)
        facts.agentInstance = text(.agentInstance)
        setAgent(&facts, reader, span)
        setTool(&facts, reader, span)
        facts.finishReasons =
            reader.value(.finishReasons, hasKind: hasKind)?.words ?? reader.choiceFinishReasons
        // Some producers state the time of the whole answer where nothing was streamed.
        if reader.value(.streamed)?.truth != false {
            facts.timeToFirstChunkNanos = count(.timeToFirstChunk) ?? reader.firstChunkNanos
        }
        setOutcome(&facts, reader, span)
        if reader.hasNumberOutOfRange { facts.marks.insert(.outOfRange) }
        if waitsForHuman(facts, span) { facts.marks.insert(.humanWait) }
        return facts
    }

    /// Whether the time of the span went into waiting for a human: by an attribute, by its name, or by the tool that asks.
    private static func waitsForHuman(_ facts: SpanFacts, _ span: Span) -> Bool {
        func states(_ rules: [(key: String, words: Set<String>)]) -> Bool {
            rules.contains { key, words in span.attributes.text(key).map { words.contains($0.lowercased()) } == true }
        }
        let isTold =
            switch facts.kind {
            case .other, .chain, .workflow:
                states(DialectTable.humanWaits)
                    || DialectTable.humanWaitWords.matches(span.name, atWordStarts: true)
            case .tool:
                states(DialectTable.humanWaits)
                    || DialectTable.askingTools.contains((facts.toolName ?? "").lowercased().filter(\.isLetter))
            default: false
            }
        return isTold && !states(DialectTable.decidedWithoutHuman)
    }

    private static func setKind(_ facts: inout SpanFacts, _ reader: FactReader, _ span: Span) {
        if let phantom = DialectTable.phantomRules.first(where: { $0.fits(span) }) {
            facts.kind = phantom.kind
            facts.kindSource = span.name
            return
        }
        if case .kind(let kind) = reader.value(.kind) {
            facts.kind = kind
            facts.kindSource = reader.kindWord
            return
        }
        if let rule = DialectTable.nameRules.first(where: { $0.fits(span) }) {
            facts.kind = rule.kind
            facts.kindSource = span.name
            return
        }
        facts.kindSource = reader.unknownKindWord
        // Where an attribute limit took the kind, messages tell it that are left.
        guard span.droppedAttributesCount > 0 else { return }
        let left = span.attributes.first { attribute in
            DialectTable.messageListPrefixes.contains { attribute.key.hasPrefix($0) }
        }
        if let left {
            facts.kind = .llm
            facts.kindSource = left.key
        }
    }

    private static func setAgent(_ facts: inout SpanFacts, _ reader: FactReader, _ span: Span) {
        let hasKind = facts.kind != .other
        if let name = reader.value(.agentName, hasKind: hasKind)?.text, !isGeneric(name) {
            facts.agentName = name
            facts.agentSource = .declared
            return
        }
        // Spans that programs make themselves bear their own names; those of instrumentations bear names of classes.
        let isOwn =
            reader.kindName == "openinference.span.kind" && reader.value(.agentName) == nil
            && !span.scope.name.isEmpty && !span.scope.name.hasPrefix("openinference.")
        let namesAgents =
            facts.kind == .agent && (isOwn || DialectTable.kindsThatNameAgents.contains(reader.kindName ?? ""))
        let candidates = [
            nameInPattern(span.name),
            nameInStep(span),
            reader.value(.agentHint, hasKind: hasKind)?.text,
            facts.kind == .agent ? DialectTable.entityNames.lazy.compactMap { span.attributes.text($0) }.first : nil,
            namesAgents ? span.name : nil,
        ]
        for case let name? in candidates
        where !isGeneric(name) && name != facts.modelRequested && name != facts.modelResolved {
            facts.agentName = name
            facts.agentSource = .inferred
            return
        }
    }

    /// The agent's name in what a step of it was given.
    private static func nameInStep(_ span: Span) -> String? {
        let step = DialectTable.agentStep
        guard span.name.hasSuffix(step.suffix), span.scope.name == step.scope,
            let text = span.attributes.value(of: step.attribute)?.stringValue,
            let words = text.firstRange(of: step.words)
        else { return nil }
        return text[words.upperBound...].prefix(128).split(
            separator: "'", maxSplits: 1, omittingEmptySubsequences: false
        )
        .first.map { String($0) }
    }

    /// The agent's name in a span name such as `invoke_agent weather`.
    private static func nameInPattern(_ name: String) -> String? {
        for (prefix, suffix) in DialectTable.agentNamePatterns where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let rest = name.dropFirst(prefix.count).dropLast(suffix.count)
            return rest.isEmpty ? nil : String(rest)
        }
        return nil
    }

    /// Whether a name tells no agent from another.
    private static func isGeneric(_ name: String) -> Bool {
        let plain = name.lowercased()
        return plain.isEmpty || DialectTable.genericNames.contains(plain)
            || DialectTable.genericSuffixes.contains { plain.hasSuffix($0) }
            || DialectTable.genericPrefixes.contains { plain.hasPrefix($0) }
            || DialectTable.genericClassSuffixes.contains { plain.hasSuffix($0) }
            || DialectTable.agentNamePatterns.contains { plain == $0.prefix.dropLast() }
    }

    private static func setTool(_ facts: inout SpanFacts, _ reader: FactReader, _ span: Span) {
        // Some producers repeat on the model's span which tools it called; those are no tool runs.
        guard facts.kind == .tool || facts.kind == .other else { return }
        let hasKind = facts.kind != .other
        facts.toolName = reader.value(.toolName, hasKind: hasKind)?.text
        if DialectTable.scopesWithPlugins.contains(span.scope.name), let name = facts.toolName,
            let hyphen = name.firstIndex(of: "-")
        {
            facts.toolName = String(name[name.index(after: hyphen)...])
        }
        facts.toolCallID = reader.value(.toolCallID, hasKind: hasKind)?.text
        guard facts.toolName == nil && facts.kind == .tool else { return }
        let entity = span.attributes.value(of: "traceloop.entity.name")?.stringValue ?? ""
        let prefix = DialectTable.toolNamePrefixes.first { span.name.hasPrefix($0) } ?? ""
        let name = entity.isEmpty ? String(span.name.dropFirst(prefix.count)) : entity
        facts.toolName = name.isEmpty || isGeneric(name) ? nil : name
    }

    private static func setOutcome(_ facts: inout SpanFacts, _ reader: FactReader, _ span: Span) {
        facts.errorType = reader.value(.errorType)?.text ?? reader.exceptionType
        let hasKind = facts.kind != .other
        facts.isError =
            span.status.code == .error || reader.hasException || facts.errorType != nil
            || reader.value(.failed, hasKind: hasKind)?.truth == true
        facts.isCancelled =
            facts.errorType.map(meansCancelled) ?? false || facts.finishReasons.contains(where: meansCancelled)
            || span.attributes.value(of: "gen_ai.response.status")?.stringValue.map(meansCancelled) ?? false
    }

    private static func meansCancelled(_ word: String) -> Bool {
        let last = word.split(whereSeparator: { $0 == "." || $0 == ":" }).last ?? ""
        return DialectTable.cancellationWords.contains(last.lowercased())
    }
}
