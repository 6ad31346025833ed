import CSQLite
import Glibc
package import TraceModel

/// Rewrites a database in place with other texts or fewer traces.
///
/// Everything goes through the writer into a fresh file beside it, which then takes the place of the content in one
/// transaction: whoever kills it on the way leaves the old database as it was. Nobody else can write meanwhile, and
/// readers see either all of the old or all of the new. Afterwards nothing that was left out or replaced is in any file
/// of the database, unless a reader holds on to it; the report says so.
package struct StoreRewriter {
    private let path: String
    private let clock: TraceWriter.Clock
    private let patience: Int32

    /// `clock` gives the current time in nanoseconds since the Unix epoch; `patience` is how long it waits for locks of
    /// others, in milliseconds.
    package init(path: String, clock: @escaping TraceWriter.Clock, patience: Int32 = 10_000) {
        self.path = path
        self.clock = clock
        self.patience = patience
    }

    /// Rewrites the database and adds a line to its audit log.
    ///
    /// - Parameters:
    ///   - treatment: what becomes of each trace, by its id.
    ///   - common: what is done to texts that belong to no trace, such as rejects; nil leaves them.
    ///   - progress: called after each trace; what it throws ends the rewrite and leaves the database as it was.
    package func rewrite(
        audit: AuditRecord, common: TextTreatment?,
        treatment: @escaping (_ id: TraceID) -> TraceTreatment,
        progress: (RewriteProgress) throws -> Void = { _ in }
    ) throws(StoreError) -> RewriteReport {
        do {
            // Before anything else: a file that is not ours stays untouched.
            _ = try StoreFile.checkedVersion(SQLiteConnection.reading(path), path: path)
            let scratch = try ScratchFile(beside: path)
            defer { scratch.remove() }
            return try rewrite(scratch, audit, common, treatment, progress)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private func rewrite(
        _ scratch: ScratchFile, _ audit: AuditRecord, _ common: TextTreatment?,
        _ treatment: @escaping (_ id: TraceID) -> TraceTreatment,
        _ progress: (RewriteProgress) throws -> Void
    ) throws -> RewriteReport {
        // Only to make the schema, which the lock needs.
        do { _ = try TraceWriter(path: scratch.path, clock: clock) }
        let replacement = try DatabaseReplacement(path, with: scratch.path, patience: patience)
        defer { replacement.close() }
        scratch.removeOlder(of: path)
        var report = try copy(to: scratch.path, audit, common, treatment, progress)
        report.bytesBefore = Self.size(of: path)
        try replacement.replace()
        report.isWalPending = try !replacement.emptyLog()
        report.bytesAfter = Self.size(of: path)
        return report
    }

    /// The bytes of a file; 0 where there is none.
    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private func copy(
        to scratch: String, _ audit: AuditRecord, _ common: TextTreatment?,
        _ treatment: @escaping (_ id: TraceID) -> TraceTreatment,
        _ progress: (RewriteProgress) throws -> Void
    ) throws -> RewriteReport {
        let source = try RewriteSource(path)
        let writer = try TraceWriter(path: scratch, clock: clock)
        var copy = RewriteCopy(from: source, to: writer, common: common, treatment: treatment)
        try copy.run(progress)
        try writer.append(audit: audit)
        try writer.finish()
        return copy.report
    }
}
