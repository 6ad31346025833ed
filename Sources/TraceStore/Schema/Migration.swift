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
