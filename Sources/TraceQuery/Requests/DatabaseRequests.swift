public import TraceModel

/// The rows of a statement of the user's own, which can only read.
public struct SQLRequest: TraceRequest {
    public typealias Answer = SQLTable

    public var statement: String
    /// The most rows.
    public var limit: Int
    /// The most seconds that it may take.
    public var timeout: Double

    public init(_ statement: String, limit: Int, timeout: Double = 30) {
        self.statement = statement
        self.limit = limit
        self.timeout = timeout
    }
}

/// The rows of a read-only SQL statement.
public struct SQLTable: Equatable, Sendable {
    public enum Value: Equatable, Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob(bytes: [UInt8])
    }

    public var columns: [String]
    public var rows: [[Value]]
    /// True when the statement had more rows than the limit.
    public var isPartial: Bool

    public init(columns: [String], rows: [[Value]], isPartial: Bool) {
        self.columns = columns
        self.rows = rows
        self.isPartial = isPartial
    }
}

/// The records that could not be stored, in the order in which they were met.
public struct RejectsRequest: TraceRequest {
    public typealias Answer = [RejectedRecord]

    public var limit: Int

    public init(limit: Int) {
        self.limit = limit
    }
}

/// An input record that could not be stored.
public struct RejectedRecord: Equatable, Sendable {
    /// The file as it was named to the import; `-` for standard input.
    public var file: String
    /// The byte offset in the decompressed input where the record or the fault lies.
    public var byteOffset: Int64?
    /// The line, from 1, where the input has lines.
    public var line: Int64?
    public var reason: String
    /// When it was rejected, nanoseconds since the Unix epoch.
    public var timeUnixNano: Int64

    public init(file: String, byteOffset: Int64?, line: Int64?, reason: String, timeUnixNano: Int64) {
        self.file = file
        self.byteOffset = byteOffset
        self.line = line
        self.reason = reason
        self.timeUnixNano = timeUnixNano
    }
}

/// The lines of the audit log, the newest first.
public struct AuditLogRequest: TraceRequest {
    public typealias Answer = [AuditRecord]

    public var limit: Int

    public init(limit: Int) {
        self.limit = limit
    }
}
