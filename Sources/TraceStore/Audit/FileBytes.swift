import CSQLite

/// A file of an open database that is read piece by piece.
///
/// It is read through SQLite: to open it once more and to close that would drop the locks that SQLite holds on it.
struct FileBytes {
    enum File {
        case database
        case log
    }

    private let file: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods
    let size: Int64

    /// Nil where there is no such file.
    init?(_ file: File, of connection: SQLiteConnection) {
        var found: UnsafeMutablePointer<sqlite3_file>?
        let question = file == .database ? SQLITE_FCNTL_FILE_POINTER : SQLITE_FCNTL_JOURNAL_POINTER
        guard sqlite3_file_control(connection.handle, "main", question, &found) == SQLITE_OK, let found,
            let methods = found.pointee.pMethods?.pointee
        else { return nil }
        var size: Int64 = 0
        guard methods.xFileSize?(found, &size) == SQLITE_OK else { return nil }
        self.file = found
        self.methods = methods
        self.size = size
    }

    /// Bytes from an offset, fewer at the end of the file; nil where it cannot be read.
    func read(_ offset: Int64, _ count: Int) -> [UInt8]? {
        let count = Int(min(Int64(count), max(0, size - offset)))
        var isFine = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            // What a file lacks that became shorter meanwhile comes as zeros.
            let code = methods.xRead?(file, buffer.baseAddress, Int32(count), offset) ?? SQLITE_ERROR
            isFine = code == SQLITE_OK || code == Self.shortRead
            filled = isFine ? count : 0
        }
        return isFine ? bytes : nil
    }

    /// The macro of SQLite, which Swift does not see.
    private static let shortRead = SQLITE_IOERR | (2 << 8)
}
