import CSQLite

/// What SQLite answered when it did not do what was asked.
package struct SQLiteFailure: Error, Equatable, Sendable {
    /// The extended result code.
    package var code: Int32
    /// SQLite's own word.
    package var message: String

    package init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// Reads the last failure of a connection.
    package init(connection: OpaquePointer?) {
        code = sqlite3_extended_errcode(connection)
        message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown error"
    }

    /// The result code without its extension.
    package var primaryCode: Int32 { code & 0xFF }
}
