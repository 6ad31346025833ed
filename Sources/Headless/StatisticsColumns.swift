import Canvas
import FastJSON
import TraceModel
package import TraceQuery

/// The fields of `spandrel stats`.
package enum StatisticsColumns {
    package static let all: [Column<SelectionStatistics>] = [
        Column("traces", "integer", "traces that the filter keeps") { FieldValue($0.traces) },
        Column("spans", "integer", "their spans") { FieldValue($0.spans) },
        Column("errors", "integer", "their spans that failed") { FieldValue($0.errors) },
        Column("rejected", "integer", "records of the database's imports that could not be decoded") {
            FieldValue($0.rejected)
        },
        Column("model_calls", "integer", "model calls, none counted twice") { FieldValue($0.modelCalls) },
        Column("model_calls_with_tokens", "integer", "those that state their tokens, so what the sums cover") {
            FieldValue($0.modelCallsWithTokens)
        },
        Column("tokens_input", "integer", nullable: true, "their sum; null where no call states it") {
            FieldValue($0.tokensInput)
        },
        Column("tokens_output", "integer", nullable: true, "likewise") { FieldValue($0.tokensOutput) },
        Column("first_start_unix_nano", "integer", nullable: true, "the earliest start of a trace") {
            FieldValue($0.firstStartUnixNano)
        },
        Column("last_start_unix_nano", "integer", nullable: true, "the latest start of a trace") {
            FieldValue($0.lastStartUnixNano)
        },
        Column("database_bytes", "integer", nullable: true, "the size of the database files") {
            FieldValue($0.databaseBytes)
        },
        Column("spans_by_kind", "object", "spans by kind") { counts($0.spansByKind) },
        Column("spans_by_mark", "object", "spans by the oddity marked on them") { counts($0.spansByMark) },
        Column("streams", "integer", "spans whose streamed chunks are stored") { FieldValue($0.streams) },
        Column("streams_by_timing", "object", "the same by how the times of the chunks came to be") {
            counts($0.streamsByTiming)
        },
        Column("spans_by_finding", "object", "spans by what was found about them") { counts($0.spansByFinding) },
        Column(
            "spans_redacted", "integer", nullable: true, "spans that a redactor saw; null in files of older versions"
        ) {
            FieldValue($0.redaction.map { Int64($0.spansRedacted) })
        },
        Column("spans_raw", "integer", nullable: true, "spans that were stored as they came, on request") {
            FieldValue($0.redaction.map { Int64($0.spansRaw) })
        },
        Column("redactions_by_rule", "object", nullable: true, "texts that were replaced, by the label of the rule") {
            redactions($0.redaction)
        },
        Column(
            "usage", "object[]", nullable: true,
            "`model, provider, calls, calls_with_tokens, calls_without_cache, input, input_stated, output, cache_read, "
                + "cache_write, reasoning` in tokens, none counted twice; `input` holds what came from a cache, "
                + "`input_stated` only as far as the sources count it"
        ) {
            usage($0.usage)
        },
    ]

    /// A line of the table for people.
    struct Figure: Sendable {
        var name: String
        var text: String
    }

    static let table: [TableColumn<Figure>] = [
        TableColumn("figure") { $0.name },
        TableColumn("value") { $0.text },
    ]

    static func figures(_ statistics: SelectionStatistics, time: LocalTime) -> [Figure] {
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
        for kind in statistics.spansByKind {
            figures.append(Figure(name: "kind \(kind.value ?? Figures.unknown)", text: String(kind.count)))
        }
        for mark in statistics.spansByMark {
            figures.append(Figure(name: "mark \(mark.value ?? Figures.unknown)", text: String(mark.count)))
        }
        for timing in statistics.streamsByTiming {
            figures.append(Figure(name: "stream \(timing.value ?? Figures.unknown)", text: String(timing.count)))
        }
        for finding in statistics.spansByFinding {
            figures.append(Figure(name: "finding \(finding.value ?? Figures.unknown)", text: String(finding.count)))
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

    private static func usage(_ usage: [ModelUsage]?) -> FieldValue {
        guard let usage else { return .null }
        return .nested { json in
            json.beginArray()
            for model in usage {
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
            json.endArray()
        }
    }

    private static func redactions(_ redaction: TraceRedaction?) -> FieldValue {
        guard let redaction else { return .null }
        return counts(redaction.counts.sorted.map { FacetPage.Value(value: $0.rule, count: $0.count) })
    }

    private static func counts(_ values: [FacetPage.Value]) -> FieldValue {
        .nested { json in
            json.beginObject()
            for value in values {
                json.member(value.value ?? "", value.count)
            }
            json.endObject()
        }
    }
}
