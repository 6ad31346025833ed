/// A question to a trace database: a value that says what its answer is.
///
/// A request assumes no SQL: any back end behind `TraceBackend` can answer it.
public protocol TraceRequest<Answer>: Hashable, Sendable {
    associatedtype Answer: Sendable
}

/// A trace by its store key or by a prefix of its hexadecimal id.
public enum TraceReference: Hashable, Sendable {
    case key(Int64)
    case prefix(String)
}

/// A span by its store key, or by prefixes of the hexadecimal ids of its trace and itself.
public enum SpanReference: Hashable, Sendable {
    case key(Int64)
    case prefix(trace: String, span: String)
}

/// A position in a sorted list, opaque to all but the back end; prints and parses as one word.
public struct PageCursor: Hashable, Sendable {
    public let text: String

    public init(text: String) {
        self.text = text
    }
}
