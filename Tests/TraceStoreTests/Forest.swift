import Basics
import TestSupport
import TraceModel

@testable import TraceStore

/// Random traces with everything that is odd about trees.
enum Forest {
    static func spans(traces: Int, spans: Int, using random: inout SplitMix64) -> [Span] {
        var all: [Span] = []
        for trace in 0..<traces {
            for id in 1...spans {
                // Twins of the root: what arrives first is the parent of others, so that it must not matter which.
                let isTwin = Int.random(in: 0..<20, using: &random) == 0
                // Parents are mostly spans of the trace, sometimes the span itself, a later one, or nobody.
                var parent: UInt64? = UInt64(Int.random(in: 1...spans + 4, using: &random))
                if id == 1 || isTwin || Int.random(in: 0..<12, using: &random) == 0 { parent = nil }
                var attributes = [
                    Attribute("kind", .string(["llm", "tool", "agent"].randomElement(using: &random) ?? ""))
                ]
                if Int.random(in: 0..<4, using: &random) == 0 {
                    attributes.append(Attribute("agent", .string("agent-\(Int.random(in: 0..<3, using: &random))")))
                }
                if Int.random(in: 0..<2, using: &random) == 0 {
                    attributes += [Attribute("in", .int(Int64(id))), Attribute("out", .int(1))]
                }
                if id == 1 || isTwin { attributes = [Attribute("kind", .string("tool"))] }
                let start = Int64.random(in: 0..<1_000_000, using: &random) * 100 + Int64(id)
                let name = "step \(Int.random(in: 0..<5, using: &random))"
                let span = Fixture.span(
                    isTwin ? 1 : UInt64(id), parent: parent, trace: UInt64(trace), name: name, start: start,
                    attributes: attributes)
                all.append(span)
            }
        }
        return all
    }

    /// Statements whose rows do not depend on the order of arrival, but for twins, which are told apart by start.
    static let comparable = [
        """
        SELECT lower(hex(id)) || ' ' || ifnull(name, '-') || ' ' || start_ns || ' ' || duration_ns || ' ' || span_count
            || ' ' || error_count || services || models || findings || ' ' || ifnull(longest_span_ns, '-')
            || ' ' || ifnull(most_span_tokens, '-') || ' ' || dirty
        FROM trace ORDER BY id
        """,
        """
        SELECT t.id || ' ' || s.id || ' ' || s.start_ns || ' ' || (s.marks & 6) || ' ' || (s.marks & 16)
        FROM span AS s JOIN trace AS t ON t.key = s.trace ORDER BY t.id, s.id, s.start_ns
        """,
        """
        SELECT t.id || f.field || ' ' || ifnull(n.text, f.value) || ' ' || f.spans
        FROM facet AS f JOIN trace AS t ON t.key = f.trace LEFT JOIN name AS n ON n.id = f.value AND f.field IN (1, 8)
        WHERE f.field IN (1, 6, 7, 8) ORDER BY 1
        """,
        "SELECT count(*) || ' ' || sum(value) FROM counter",
    ]
}
