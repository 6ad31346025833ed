import TraceModel

/// How the value of an attribute states a fact.
///
/// A transform gives nothing where the value does not state the fact; then the next name of the list has its turn.
enum Transform: Sendable, Equatable {
    /// Text that is not empty.
    case text
    /// Text in quotes, as JSON encodes it; text without quotes stands for itself.
    case quotedText
    /// A word of `DialectTable.kindWords`.
    case kindWord
    /// The attribute's presence says the kind.
    case presence(SpanKind)
    /// A whole number from 0 on.
    case count
    /// A number in a JSON object, at the first of several paths that exists.
    case countAt([[String]])
    /// Text in a JSON object, at a path.
    case textAt([String])
    /// A list of words, or one word.
    case words
    /// The `finish_reason` members of messages.
    case finishReasonsOfMessages
    /// A duration in seconds; one that exceeds the span is taken for milliseconds.
    case seconds
    case milliseconds
    /// An absolute time in ISO 8601, counted from the start of the span.
    case instant
    /// A truth value as it is.
    case truth
    /// A truth value turned round.
    case untruth
    /// True where the value is one of these words.
    case oneOf([String])
    /// The attribute's presence says that a number is out of range.
    case outOfRange
}
