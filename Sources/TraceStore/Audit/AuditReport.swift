import TraceModel

/// What a database still holds that a policy would replace.
///
/// It never holds the found texts themselves.
package struct AuditReport: Equatable, Sendable {
    /// What one rule found in one place.
    package struct Finding: Equatable, Sendable {
        /// A column such as `span_payload.attributes`, or one of the places that are no rows.
        package var place: String
        /// The label of the rule.
        package var rule: String
        package var count: Int
        /// Where the first one is: `trace id/span id`, or the row or the page where no span is known.
        package var example: String
    }

    /// The words of the text index.
    package static let textIndex = "span_text"
    /// Pages that hold no rows any more.
    package static let freePages = "free pages"
    /// Bytes beside the rows of a page, and pages that newer ones in the write-ahead log stand for.
    package static let unusedBytes = "unused bytes"
    package static let log = "wal"

    /// In order of places, then of rules.
    package var findings: [Finding] = []
    package var spans = 0
    /// Bytes of the database and its write-ahead log.
    package var bytes: Int64 = 0

    package init() {}

    package var isClean: Bool { findings.isEmpty }
}

/// How far an audit is.
package struct AuditProgress: Equatable, Sendable {
    package var spansDone = 0
    package var spansTotal = 0
    /// Bytes of the files that were looked through after the rows.
    package var bytesDone: Int64 = 0
    package var bytesTotal: Int64 = 0
}

/// Adds up what an audit finds.
struct AuditTally {
    private struct Place: Hashable {
        var place: String
        var rule: String
    }

    private var found: [Place: (count: Int, example: String)] = [:]

    /// Adds what a rule found; `example` is asked for only once.
    mutating func add(_ rule: String, _ count: Int = 1, in place: String, at example: () throws -> String) rethrows {
        let key = Place(place: place, rule: rule)
        if let known = found[key] {
            found[key] = (known.count + count, known.example)
        } else {
            found[key] = (count, try example())
        }
    }

    /// Adds what rules found in one place.
    mutating func add(_ counts: RedactionCounts, in place: String, at example: () throws -> String) rethrows {
        for (rule, count) in counts.byRule { try add(rule, count, in: place, at: example) }
    }

    var findings: [AuditReport.Finding] {
        found.map { .init(place: $0.key.place, rule: $0.key.rule, count: $0.value.count, example: $0.value.example) }
            .sorted { ($0.place, $0.rule) < ($1.place, $1.rule) }
    }
}
