/// A step of the schema from one version to the next.
package struct Migration: Sendable {
    /// The version after the step.
    package var version: Int
    /// The statements of the step, in order.
    package var statements: [String]

    /// Every step, oldest first; released steps never change.
    package static let all: [Migration] = [
        Migration(version: 1, statements: Migration.version1),
        Migration(version: 2, statements: Migration.version2),
        Migration(version: 3, statements: Migration.version3),
        Migration(version: 4, statements: Migration.version4),
        Migration(version: 5, statements: Migration.version5),
    ]
}

/// What marks a SQLite file as a trace database of ours.
package enum StoreSchema {
    /// SQLite's `application_id`: the letters "SPDR".
    package static let applicationID = 0x5350_4452
    /// SQLite's `user_version` after all migrations.
    package static var version: Int { Migration.all.last?.version ?? 0 }
    /// The oldest version that can be read without a migration.
    package static let oldestReadable = 1
    /// The first version with streams and findings; older files are read as if they had none.
    package static let firstWithStreams = 2
    /// The first version with the analysis of traces; older files are read as if nothing was analysed.
    package static let firstWithAnalysis = 3
    /// The first version that tells what was redacted; of older files nothing is known.
    package static let firstWithRedaction = 4
    /// The first version that tells the sources of a span, its provider, and the usage of models.
    package static let firstWithSources = 5
    /// Bytes; pages of this size hold payload rows of a few kilobytes with little waste.
    package static let pageSize = 8192
}
