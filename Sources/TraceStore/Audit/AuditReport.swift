import CSQLite
import FastJSON
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

    /// Something that was not looked at, so that nothing is known of what it holds.
    package struct Unread: Equatable, Sendable {
        /// A table or column, or one of the places that are no rows.
        package var place: String
        package var reason: String
        package var count: Int
        /// Where the first one is.
        package var example: String
    }

    /// The words of the text index.
    package static let textIndex = "span_text"
    /// Pages that hold no rows any more.
    package static let freePages = "free pages"
    /// Bytes beside the rows of a page, and pages that newer ones in the write-ahead log stand for.
    package static let unusedBytes = "unused bytes"
    package static let log = "wal"
    /// Pages of a damaged database, looked through as bytes.
    package static let pages = "damaged pages"
    /// The rollback journal of a program that was killed.
    package static let journal = "journal"
    /// What a rewrite left beside the database when it was killed.
    package static let unfinishedRewrite = "unfinished rewrite"
    /// The database as a whole.
    package static let database = "database"

    /// In order of places, then of rules.
    package var findings: [Finding] = []
    /// In order of places, then of reasons.
    package var unread: [Unread] = []
    package var spans = 0
    /// Bytes of the database and its write-ahead log.
    package var bytes: Int64 = 0

    package init() {}

    /// Whether all was looked at and nothing found.
    package var isClean: Bool { findings.isEmpty && unread.isEmpty }
}

/// How far an audit is.
package struct AuditProgress: Equatable, Sendable {
    package var spansDone = 0
    package var spansTotal = 0
    /// Bytes of the files that were looked through after the rows.
    package var bytesDone: Int64 = 0
    package var bytesTotal: Int64 = 0
}

/// Adds up what an audit finds, and what it cannot look at.
struct AuditTally {
    private struct Place: Hashable {
        var place: String
        /// The rule, or the reason.
        var rule: String
    }

    private typealias Counts = [Place: (count: Int, example: String)]

    private var found: Counts = [:]
    private var unread: Counts = [:]

    /// Adds what a rule found; `example` is asked for only once.
    mutating func add(_ rule: String, _ count: Int = 1, in place: String, at example: () throws -> String) rethrows {
        try Self.add(rule, count, in: place, to: &found, at: example)
    }

    /// Adds what rules found in one place.
    mutating func add(_ counts: RedactionCounts, in place: String, at example: () throws -> String) rethrows {
        for (rule, count) in counts.byRule { try add(rule, count, in: place, at: example) }
    }

    /// Adds what was not looked at.
    mutating func miss(_ reason: String, _ count: Int = 1, in place: String, at example: () throws -> String) rethrows {
        try Self.add(reason, count, in: place, to: &unread, at: example)
    }

    /// Adds values whose text is closed.
    mutating func miss(
        _ closed: [ClosedContent: Int], in place: String, at example: () throws -> String
    ) rethrows {
        for (kind, count) in closed { try miss(kind.reason, count, in: place, at: example) }
    }

    private static func add(
        _ rule: String, _ count: Int, in place: String, to counts: inout Counts, at example: () throws -> String
    ) rethrows {
        let key = Place(place: place, rule: rule)
        if let known = counts[key] {
            counts[key] = (known.count + count, known.example)
        } else {
            counts[key] = (count, try example())
        }
    }

    /// Whether something could not be looked at because it is damaged.
    var isDamaged: Bool { unread.keys.contains { $0.rule == AuditDamage.unreadable || $0.rule == AuditDamage.odd } }

    var findings: [AuditReport.Finding] {
        found.map { .init(place: $0.key.place, rule: $0.key.rule, count: $0.value.count, example: $0.value.example) }
            .sorted { ($0.place, $0.rule) < ($1.place, $1.rule) }
    }

    var misses: [AuditReport.Unread] {
        unread.map { .init(place: $0.key.place, reason: $0.key.rule, count: $0.value.count, example: $0.value.example) }
            .sorted { ($0.place, $0.reason) < ($1.place, $1.reason) }
    }
}

/// What keeps an audit from reading a part of a database; other errors end it.
enum AuditDamage {
    static let unreadable = "damaged, so that it cannot be read"
    static let odd = "not written as this program writes it"
    static let isolated = "part of it is missing"

    /// The reason that an error of reading gives; nil for one that is none of the part that was read.
    static func reason(_ error: any Error) -> String? {
        switch error {
        case let error as SQLiteFailure:
            [SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_FORMAT].contains(error.primaryCode) ? unreadable : nil
        case is JSONError, is StreamBlockDecoder.Damage: odd
        default: nil
        }
    }
}
