import Canvas
import FastJSON
package import Tables
import TraceModel
package import TraceQuery

/// The columns of `spandrel stats`.
package enum StatisticsColumns {
    package static let all: [Column<SelectionStatistics>] = [
        Column("traces", "traces that the filter keeps") { $0.traces },
        Column("spans", "their spans") { $0.spans },
        Column("errors", "their spans that failed") { $0.errors },
        Column("rejected", "records of the database's imports that could not be decoded") { $0.rejected },
        Column("model_calls", "model calls, none counted twice") { $0.modelCalls },
        Column("model_calls_with_tokens", "those that state their tokens, so what the sums cover") {
            $0.modelCallsWithTokens
        },
        Column("tokens_input", "their sum; null where no call states it") { $0.tokensInput },
        Column("tokens_output", "likewise") { $0.tokensOutput },
        Column("first_start_unix_nano", "the earliest start of a trace", .time) { $0.firstStartUnixNano },
        Column("last_start_unix_nano", "the latest start of a trace", .time) { $0.lastStartUnixNano },
        Column("database_bytes", "the size of the database files", .bytes) { $0.databaseBytes },
        Column("spans_by_kind", "spans by kind") { counts($0.spansByKind) },
        Column("spans_by_mark", "spans by the oddity marked on them") { counts($0.spansByMark) },
        Column("streams", "spans whose streamed chunks are stored") { $0.streams },
        Column("streams_by_timing", "the same by how the times of the chunks came to be") {
            counts($0.streamsByTiming)
        },
        Column("spans_by_finding", "spans by what was found about them") { counts($0.spansByFinding) },
        Column("spans_redacted", "spans that a redactor saw; null in files of older versions") {
            $0.redaction?.spansRedacted
        },
        Column("spans_raw", "spans that were stored as they came, on request") { $0.redaction?.spansRaw },
        Column("redactions_by_rule", "texts that were replaced, by the label of the rule", nullable: true) {
            redactions($0.redaction)
        },
        Column(
            "usage",
            "`model, provider, calls, calls_with_tokens, calls_without_cache, input, input_stated, output, cache_read, "
                + "cache_write, reasoning` in tokens, none counted twice; `input` holds what came from a cache, "
                + "`input_stated` only as far as the sources count it",
            type: "object[]", nullable: true
        ) {
            usage($0.usage)
        },
    ]

    /// The figures for people, a line each.
    package static let figures: [Column<Figure>] = [
        .shown("figure") { $0.name }.inTable("figure", 1),
        .shown("value") { $0.text }.inTable("value", 2),
    ]

    /// A line of the table for people.
    package struct Figure: Sendable {
        var name: String
        var text: String
    }

    package static func figures(_ statistics: SelectionStatistics, time: LocalTime) -> [Figure] {
        let coverage = "\(statistics.modelCallsWithTokens)/\(statistics.modelCalls) model calls"
        func tokens(_ count: Int64?) -> String { count.map { "\($0) (from \(coverage))" } ?? Figures.unknown }
        var figures = [
            Figure(name: "traces", text: String(statistics.traces)),
            Figure(name: "spans", text: String(statistics.spans)),
            Figure(name: "errors", text: String(statistics.errors)),
            Figure(name: "rejected", text: String(statistics.rejected)),
            Figure(name: "tokens in", text: tokens(statistics.tokensInput)),
            Figure(name: "tokens out", text: tokens(statistics.tokensOutput)),
            Figure(name: "streams", text: String(statistics.streams)),
            Figure(name: "first start", text: time.text(nanos: statistics.firstStartUnixNano)),
            Figure(name: "last start", text: time.text(nanos: statistics.lastStartUnixNano)),
            Figure(name: "database", text: Figures.bytes(statistics.databaseBytes)),
        ]
        for (title, values) in [
            ("kind", statistics.spansByKind), ("mark", statistics.spansByMark),
            ("stream", statistics.streamsByTiming), ("finding", statistics.spansByFinding),
        ] {
            figures += values.map {
                Figure(name: "\(title) \($0.value ?? Figures.unknown)", text: String($0.count))
            }
        }
        return figures + redactionFigures(statistics.redaction)
    }

    /// What was redacted, and how many spans nothing is known of.
    private static func redactionFigures(_ redaction: TraceRedaction?) -> [Figure] {
        guard let redaction else { return [Figure(name: "redacted", text: Figures.unknown)] }
        var figures = [Figure(name: "redacted", text: "\(redaction.spansRedacted) spans")]
        if redaction.spansRaw > 0 { figures.append(Figure(name: "raw", text: "\(redaction.spansRaw) spans")) }
        if redaction.spansUnknown > 0 {
            figures.append(Figure(name: "unknown", text: "\(redaction.spansUnknown) spans, redacted or not"))
        }
        return figures
            + redaction.counts.sorted.map { Figure(name: "redacted \($0.rule)", text: String($0.count)) }
    }

    private static func usage(_ usage: [ModelUsage]?) -> TableCell {
        guard let usage else { return .missing }
        return .nested { json in
            json.list(usage) { json, model in
                json.beginObject()
                json.member("model", model.model)
                json.member("provider", model.provider)
                json.member("calls", model.calls)
                json.member("calls_with_tokens", model.callsWithTokens)
                json.member("calls_without_cache", model.callsWithoutCache)
                json.member("input", model.input)
                json.member("input_stated", model.inputStated)
                json.member("output", model.output)
                json.member("cache_read", model.cacheRead)
                json.member("cache_write", model.cacheWrite)
                json.member("reasoning", model.reasoning)
                json.endObject()
            }
        }
    }

    private static func redactions(_ redaction: TraceRedaction?) -> TableCell {
        guard let redaction else { return .missing }
        return counts(redaction.counts.sorted.map { FacetPage.Value(value: $0.rule, count: $0.count) })
    }

    private static func counts(_ values: [FacetPage.Value]) -> TableCell {
        .nested { json in
            json.object { json in
                for value in values { json.member(value.value ?? "", value.count) }
            }
        }
    }
}
