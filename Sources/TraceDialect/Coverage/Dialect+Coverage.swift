package import TraceModel

extension Dialect {
    /// Counts what a span tells, by which rules, and what of it no rule reads.
    ///
    /// The span comes with the log records that belong to it among its events.
    package static func count(_ span: Span, in coverage: inout SourceCoverage) {
        let facts = facts(of: span)
        let content = content(of: span)
        coverage.spans += 1
        if span.marks.contains(.sameCall) { coverage.sameCalls += 1 }
        coverage.kinds[facts.kind, default: 0] += 1
        let reader = FactReader(span)
        if facts.kind != .other {
            let rule = reader.kindName.map { "\($0) = \(reader.kindWord ?? "…")" } ?? "name"
            coverage.kindRules["\(facts.kind.name): \(rule)", default: 0] += 1
        }
        for (fact, key) in reader.keys(hasKind: facts.kind != .other) where fact != .kind && fact != .otherNumber {
            coverage.facts[String(describing: fact), default: [:]][key, default: 0] += 1
        }
        for attribute in span.attributes where !isRead(attribute.key) {
            coverage.left[attribute.key, default: 0] += 1
        }
        coverage.count(.session, facts.session != nil)
        if let session = facts.session { coverage.sessions.insert(session) }
        if let agent = facts.agentName { coverage.agents.insert(agent) }
        switch facts.kind {
        case .llm:
            coverage.count(.model, facts.modelRequested != nil || facts.modelResolved != nil)
            coverage.count(.input, !content.inputMessages.isEmpty || content.inputValue != nil)
            coverage.count(.output, !content.outputMessages.isEmpty || content.outputValue != nil)
            coverage.count(.tokens, facts.tokens.input != nil || facts.tokens.output != nil)
            coverage.count(.firstToken, facts.timeToFirstChunkNanos != nil)
            coverage.count(.finish, !facts.finishReasons.isEmpty)
        case .tool:
            coverage.count(.toolName, facts.toolName != nil)
            coverage.count(.toolCallID, facts.toolCallID != nil)
            coverage.count(.arguments, content.toolArguments != nil)
            coverage.count(.result, content.toolResult != nil)
        case .agent:
            coverage.count(.agent, facts.agentName != nil)
        default: break
        }
    }

    /// Whether a rule reads an attribute, as a fact, as evidence or as content.
    private static func isRead(_ key: String) -> Bool {
        if DialectStructure.isFact(key) || DialectTable.evidenceNames[key] != nil
            || DialectTable.searchRoles[key] != nil
            || readNames.contains(key)
        {
            return true
        }
        return readPrefixes.contains { key.hasPrefix($0) }
    }

    private static let readNames: Set<String> = Set(
        DialectFields.prompts.names + DialectFields.prompts.valueNames + DialectFields.outputs.names
            + DialectFields.outputs.valueNames + DialectFields.reasoning + DialectFields.arguments.names
            + DialectFields.arguments.valueNames + DialectFields.results.names + DialectFields.results.valueNames
            + DialectTable.toolDefinitionNames + DialectTable.documentNames + DialectTable.inputReferences
            + DialectTable.outputReferences)

    private static let readPrefixes: [String] =
        DialectTable.searchFamilies.map { $0.prefix.description } + DialectTable.documentLists
        + DialectTable.toolDefinitionLists.map { $0.0 } + DialectTable.evaluationLists.map { $0.0 }
        + [StreamConvention.chunkEvent, "gen_ai.response.stream."]
}
