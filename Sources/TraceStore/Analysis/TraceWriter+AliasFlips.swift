import Basics
import FastJSON
import TraceAnalysis
import TraceModel

extension TraceWriter {
    /// How long after the first answer of a new model traces are told of it.
    private static let flipWindowNanos: Int64 = 86_400 * 1_000_000_000

    /// A finding about one trace, as far as it may have been stored already.
    private struct AliasFinding: Hashable {
        var trace: Int64
        var span: Int64
        var severity: Int64
        var message: String
    }

    /// Finds names of models that other models answer to than before, over all traces, and stores what changed.
    ///
    /// Only names that were asked for in traces summed up since the last time are looked at; `all` looks at every name.
    func findAliasFlips(all: Bool) throws {
        var aliases = changedAliases
        if all {
            let select = statements.aliases.selectAliases
            while try select.step() { aliases.insert(select.int(0)) }
            select.reset()
        }
        for alias in aliases.sorted() { try findFlips(of: alias) }
        changedAliases.removeAll()
    }

    private func findFlips(of alias: Int64) throws {
        guard let requested = try text(of: Int32(clamping: alias)) else { return }
        let history = try history(of: alias, requested: requested)
        let rule = Int64(try intern(FindingRules.identityAliasFlip.id))
        var wanted: [AliasFinding: Finding] = [:]
        // One model and no other is the common case, and then there is nothing to read but what was found before.
        for flip in try history.flips(last: { try lastCall(of: alias, $0, before: $1) }) {
            try collect(flip, alias: alias, requested: requested, rule: rule, into: &wanted)
        }
        var changed: Set<Int64> = []
        for (id, known) in try storedFlips(requested, rule: rule) where wanted.removeValue(forKey: known) == nil {
            statements.aliases.deleteFinding.bind(1, id)
            try statements.aliases.deleteFinding.run()
            changed.insert(known.trace)
        }
        for (place, finding) in wanted.sorted(by: { $0.key.span < $1.key.span }) {
            try insert(finding, trace: place.trace, span: place.span)
            changed.insert(place.trace)
        }
        if !wanted.isEmpty { hasStreams = true }
        for trace in changed.sorted() { try refreshFindings(ofTrace: trace, rule: rule) }
    }

    private func history(of alias: Int64, requested: String) throws -> AliasHistory {
        var history = AliasHistory()
        var reference: Int64 = 0
        while let next = try value(statements.aliases.selectNextModel, alias, reference) {
            reference = next
            guard let name = try text(of: Int32(clamping: next)),
                let first = try value(statements.aliases.selectFirstCall, alias, next)
            else { continue }
            history.add(.init(name: name, references: [next], first: first), requested: requested)
        }
        return history
    }

    private func lastCall(of alias: Int64, _ model: AliasHistory.Model, before time: Int64) throws -> Int64? {
        try model.references.compactMap { try value(statements.aliases.selectLastCall, alias, $0, time) }.max()
    }

    /// The one number that a statement gives.
    private func value(_ select: PreparedStatement, _ parameters: Int64...) throws -> Int64? {
        for (index, parameter) in parameters.enumerated() { select.bind(Int32(index) + 1, parameter) }
        defer { select.reset() }
        return try select.step() ? select.optionalInt(0) : nil
    }

    /// The findings of a flip: one for each trace, at its first call that the new model answered.
    private func collect(
        _ flip: AliasHistory.Flip, alias: Int64, requested: String, rule: Int64,
        into wanted: inout [AliasFinding: Finding]
    ) throws {
        let end = flip.after.first.addingClamped(Self.flipWindowNanos)
        var calls: [Int64: (key: Int64, start: Int64)] = [:]
        let select = statements.aliases.selectCalls
        for reference in flip.after.references {
            for (index, value) in [alias, reference, flip.after.first, end].enumerated() {
                select.bind(Int32(index) + 1, value)
            }
            while try select.step() {
                let (key, start) = (select.int(0), select.int(1))
                let trace = StoreKey.trace(ofSpan: key)
                if let known = calls[trace], known.start <= start { continue }
                calls[trace] = (key, start)
            }
            select.reset()
        }
        let first = calls.values.min { ($0.start, $0.key) < ($1.start, $1.key) }?.key
        for (trace, call) in calls where try !isTold(call.key, rule) {
            let finding = AliasFlipText.finding(flip, alias: requested, isFirst: call.key == first)
            let place = AliasFinding(
                trace: trace, span: call.key, severity: Int64(finding.severity.rawValue), message: finding.message)
            wanted[place] = finding
        }
    }

    /// Whether the analysis of the trace says so of the call already.
    private func isTold(_ span: Int64, _ rule: Int64) throws -> Bool {
        let select = statements.aliases.selectIsTold
        select.bind(1, span)
        select.bind(2, rule)
        select.bind(3, AliasFlipText.mark)
        defer { select.reset() }
        return try select.step()
    }

    /// The findings about flips of a name over all traces that are stored.
    private func storedFlips(_ requested: String, rule: Int64) throws -> [(id: Int64, AliasFinding)] {
        let mark = StoredStreamJSON.text(
            [FindingEvidence(spanID: nil, label: AliasFlipText.mark, value: requested)], own: nil)
        let select = statements.aliases.selectFindings
        select.bind(1, rule)
        // Without the brackets around, and the span that stands before.
        select.bind(2, String(mark.dropFirst(2).dropLast(2)))
        defer { select.reset() }
        var found: [(id: Int64, AliasFinding)] = []
        while try select.step() {
            let finding = AliasFinding(
                trace: select.int(1), span: select.int(2), severity: select.int(3), message: select.text(4) ?? "")
            found.append((select.int(0), finding))
        }
        return found
    }

    /// Writes what a trace is found by because of its findings, after these changed.
    private func refreshFindings(ofTrace trace: Int64, rule: Int64) throws {
        let aliases = statements.aliases
        let found = try foundInStreams(trace)
        aliases.deleteFacets.bind(1, trace)
        aliases.deleteFacets.bind(2, rule)
        try aliases.deleteFacets.run()
        for facet in found.facets {
            aliases.replaceFacet.bind(1, trace)
            aliases.replaceFacet.bind(2, facet.field.rawValue)
            aliases.replaceFacet.bind(3, facet.value)
            aliases.replaceFacet.bind(4, facet.spans)
            try aliases.replaceFacet.run()
        }
        aliases.selectRules.bind(1, trace)
        defer { aliases.selectRules.reset() }
        guard try aliases.selectRules.step() else { return }
        let stored = try JSONValue(parsing: aliases.selectRules.text(0) ?? "[]").elements ?? []
        aliases.selectRules.reset()
        // The oddities of the structure are no rows of their own.
        let structural = stored.compactMap(\.string).filter { $0.hasPrefix("structure.") }
        aliases.updateRules.bind(1, trace)
        aliases.updateRules.bind(2, StoredStreamJSON.text(structural + found.rules))
        try aliases.updateRules.run()
    }
}
