import TraceModel

/// Which attributes state facts about an operation rather than what was said in it.
package enum DialectStructure {
    /// Whether the dialect reads a name, a kind, an id or a number out of the attribute.
    ///
    /// True also for the members of flattened lists that tell roles, types, names and ids, for the settings of a stream,
    /// and for what names a service and its telemetry.
    package static func isFact(_ key: String) -> Bool {
        if facts.contains(key) || key.hasPrefix("service.") || key.hasPrefix("telemetry.") { return true }
        if key.hasPrefix(StreamConvention.chunkEvent) || key.hasPrefix("gen_ai.response.stream.") {
            return !texts.contains(key)
        }
        guard DialectTable.searchFamilies.contains(where: { key.hasPrefix($0.prefix.description) }) else {
            return false
        }
        return endings.contains { key.hasSuffix($0) }
    }

    private static let facts: Set<String> = {
        var facts = Set(DialectTable.rules.flatMap { $0.rules.map(\.name) })
        for (name, fact) in DialectTable.evidenceNames {
            switch fact {
            // Free text.
            case .attemptReason, .verdict, .stepMetadata: break
            default: facts.insert(name)
            }
        }
        // Texts whose mere presence shows a kind, and conversations of which one member is a fact.
        for (name, role) in DialectTable.searchRoles where role != .plain { facts.remove(name) }
        facts.formUnion([
            "gen_ai.output.type", "gen_ai.tool.type", "gen_ai.evaluation.name", "deployment.environment",
            "deployment.environment.name", "event_type", "event.kind", "event_number",
        ])
        for name in ["retrieval.documents.0.document.content", "metadata", "error"] { facts.remove(name) }
        return facts
    }()

    private static let endings = [
        ".role", ".type", ".name", ".id", ".finish_reason", ".tool_call_id", ".function_call_name",
    ]

    /// Texts among the attributes of streams; their columns of one entry a chunk are no single facts either.
    private static let texts: Set<String> = [
        StreamConvention.EventKey.text, StreamConvention.ArrayKey.text, StreamConvention.StreamKey.errorMessage,
        StreamConvention.StreamKey.remarks,
    ]
}
