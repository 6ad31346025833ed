import CSQLite
import TraceModel

/// A compiled statement of the SQLite C API, for the paths where every microsecond counts.
///
/// It belongs to one connection and is used only on that connection's queue. Parameters are numbered from 1, columns
/// from 0. Bound bytes are not copied: they must stay in place until the next `reset`.
package final class PreparedStatement {
    package let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Compiles a statement that is kept for many runs.
    package init(_ sql: String, on connection: OpaquePointer) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(connection, sql, -1, flags, &handle, nil) == SQLITE_OK, let handle else {
            throw SQLiteFailure(connection: connection)
        }
        self.handle = handle
        self.connection = connection
    }

    deinit {
        sqlite3_finalize(handle)
    }

    // MARK: Running

    /// Moves to the next row; false when there is none, after which the statement is ready for its next run.
    @inline(__always)
    package func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW:
            return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            let failure = SQLiteFailure(connection: connection)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement that gives no rows, or whose rows do not matter.
    @inline(__always)
    package func run() throws(SQLiteFailure) {
        while try step() {}
    }

    /// Runs a statement with bytes of text as one parameter, without a copy of them.
    package func run(binding bytes: UnsafeBufferPointer<UInt8>, at index: Int32) throws(SQLiteFailure) {
        bind(text: index, uncopied: bytes)
        defer { bindNull(index) }
        try run()
    }

    /// Runs a statement with UTF-8 bytes as one parameter.
    package func run(binding bytes: [UInt8], at index: Int32) throws(SQLiteFailure) {
        try bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(SQLiteFailure) in try run(binding: bytes, at: index) }
        }.get()
    }

    /// Runs a statement with a text as one parameter.
    package func run(binding text: String, at index: Int32) throws(SQLiteFailure) {
        var text = text
        try text.withUTF8 { bytes in
            Result { () throws(SQLiteFailure) in try run(binding: bytes, at: index) }
        }.get()
    }

    /// Makes the statement ready for its next run; parameters keep their values.
    @inline(__always)
    package func reset() {
        sqlite3_reset(handle)
    }

    // MARK: Parameters

    @inline(__always)
    package func bind(_ index: Int32, _ value: Int64) {
        sqlite3_bind_int64(handle, index, value)
    }

    @inline(__always)
    package func bind(_ index: Int32, _ value: Int64?) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    @inline(__always)
    package func bind(_ index: Int32, _ value: Int) {
        sqlite3_bind_int64(handle, index, Int64(value))
    }

    @inline(__always)
    package func bindNull(_ index: Int32) {
        sqlite3_bind_null(handle, index)
    }

    /// Binds a reference, whose 0 stands for absence.
    @inline(__always)
    package func bind(reference index: Int32, _ value: Int32) {
        if value == 0 { sqlite3_bind_null(handle, index) } else { sqlite3_bind_int64(handle, index, Int64(value)) }
    }

    /// Binds a copy of a text.
    package func bind(_ index: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(handle, index)
            return
        }
        text.withUTF8 { bytes in
            bindBytes(index, bytes, isText: true, destructor: PreparedStatement.transient)
        }
    }

    /// Binds UTF-8 bytes that stay in place until the next reset.
    @inline(__always)
    package func bind(text index: Int32, uncopied bytes: UnsafeBufferPointer<UInt8>) {
        bindBytes(index, bytes, isText: true, destructor: nil)
    }

    /// Binds a copy of bytes.
    package func bind(blob index: Int32, _ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer {
            bindBytes(index, $0, isText: false, destructor: PreparedStatement.transient)
        }
    }

    private func bindBytes(
        _ index: Int32, _ bytes: UnsafeBufferPointer<UInt8>, isText: Bool, destructor: sqlite3_destructor_type?
    ) {
        // A null pointer would bind NULL, so that an empty text needs some address.
        let start = UnsafeRawPointer(bytes.baseAddress) ?? UnsafeRawPointer(handle)
        if isText {
            sqlite3_bind_text64(
                handle, index, start.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), destructor,
                UInt8(SQLITE_UTF8))
        } else {
            sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), destructor)
        }
    }

    /// SQLite's sign that it shall copy what is bound.
    private static var transient: sqlite3_destructor_type {
        unsafeBitCast(-1 as Int, to: sqlite3_destructor_type.self)
    }

    // MARK: Columns

    @inline(__always)
    package func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    @inline(__always)
    package func int(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    @inline(__always)
    package func optionalInt(_ column: Int32) -> Int64? {
        let value = sqlite3_column_int64(handle, column)
        // NULL reads as 0, so that the type is asked for only then.
        return value == 0 && sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : value
    }

    /// A count, held within the range that may be calculated with: files hold what older builds and others wrote.
    @inline(__always)
    package func count(_ column: Int32) -> Int {
        OutOfRange.held(Int(sqlite3_column_int64(handle, column)))
    }

    /// A reference, whose NULL reads as 0.
    @inline(__always)
    package func reference(_ column: Int32) -> Int32 {
        Int32(truncatingIfNeeded: sqlite3_column_int64(handle, column))
    }

    /// The text of a column; nil for NULL.
    package func text(_ column: Int32) -> String? {
        guard !isNull(column) else { return nil }
        return withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Gives the bytes of a text or blob, valid inside the closure.
    package func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}
