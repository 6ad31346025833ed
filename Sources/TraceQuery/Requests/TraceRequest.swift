public import TraceModel

/// A question to a trace database: a value that says what its answer is.
///
/// A request assumes no SQL: any back end behind `TraceBackend` can answer it.
public protocol TraceRequest<Answer>: Hashable, Sendable {
    associatedtype Answer: Sendable
}

/// A trace by its id or by a prefix of its hexadecimal id.
public enum TraceReference: Hashable, Sendable {
    case id(TraceID)
    case prefix(String)
}

/// A span by its address, or as people write it.
public enum SpanReference: Hashable, Sendable {
    case address(SpanAddress)
    /// Prefixes of the hexadecimal ids of its trace and itself; behind the latter, `#2` names the second record with the
    /// id where records contradict each other.
    case prefix(trace: String, span: String)

    /// As the command line names it.
    public var text: String {
        switch self {
        case .address(let address): address.text
        case .prefix(let trace, let span): trace + "/" + span
        }
    }
}

/// A span of a known trace as people write it: a prefix of its hexadecimal id, and `#2` for the second record with it.
public struct SpanPrefix: Hashable, Sendable {
    /// Hexadecimal digits, in lower case.
    public var digits: String
    /// 0 where none is named.
    public var ordinal: Int32

    public init(digits: String, ordinal: Int32 = 0) {
        self.digits = digits
        self.ordinal = ordinal
    }

    /// Nil where what stands behind `#` is no number from 1 on.
    public init?(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        digits = (parts.first ?? "").lowercased()
        ordinal = 0
        guard parts.count == 2 else { return }
        guard let number = Int32(parts[1]), number > 0 else { return nil }
        ordinal = number - 1
    }

    /// Whether the span is meant.
    public func matches(_ span: LocalSpanID) -> Bool { span.ordinal == ordinal && span.span.hex.hasPrefix(digits) }
}

/// A position in a sorted list, opaque to all but the back end; prints and parses as one word.
public struct PageCursor: Hashable, Sendable {
    public let text: String

    public init(text: String) {
        self.text = text
    }
}
