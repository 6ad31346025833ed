import TraceModel

/// What an attribute can say about a span.
enum Fact: Int, CaseIterable {
    case kind
    case agentName
    /// A name that stands for an agent only with some likelihood.
    case agentHint
    case agentInstance
    case provider
    case modelRequested
    case modelResolved
    case toolName
    case toolCallID
    case responseID
    case tokensInput
    case tokensOutput
    case tokensCacheRead
    case tokensCacheWrite
    case tokensReasoning
    /// All tokens of the call in one number.
    case tokensTotal
    case session
    case finishReasons
    case timeToFirstChunk
    case errorType
    /// Whether the source says that the operation failed.
    case failed
    /// Whether the source says that the call was streamed.
    case streamed
    /// Numbers that state none of these, of which only the range is looked at.
    case otherNumber
}

/// One attribute name in the precedence list of a fact.
struct AttributeRule: Sendable {
    let name: String
    let transform: Transform
    /// Whether the name is too common to be believed on spans that show no other sign of GenAI.
    let needsKind: Bool

    init(_ name: String, _ transform: Transform = .text, needsKind: Bool = false) {
        self.name = name
        self.transform = transform
        self.needsKind = needsKind
    }
}

extension [AttributeRule] {
    /// Rules for several names whose values are read alike.
    static func names(_ names: String..., as transform: Transform = .text, needsKind: Bool = false) -> Self {
        Self.names(names, as: transform, needsKind: needsKind)
    }

    /// The same for names that several facts share.
    static func names(_ names: [String], as transform: Transform, needsKind: Bool = false) -> Self {
        names.map { AttributeRule($0, transform, needsKind: needsKind) }
    }
}

/// A span name that shows a kind.
struct SpanNameRule: Sendable {
    /// The scope that writes the name, or the beginning of its path; nil where the name alone is plain enough.
    let scope: String?
    let prefix: String
    var suffix = ""
    let kind: SpanKind

    func fits(_ span: Span) -> Bool {
        guard span.name.hasPrefix(prefix), span.name.hasSuffix(suffix) else { return false }
        guard let scope else { return true }
        return span.scope.name == scope || span.scope.name.hasPrefix(scope + ".")
    }
}

/// How the value of an attribute states a fact.
///
/// A transform gives nothing where the value does not state the fact; then the next name of the list has its turn.
enum Transform: Sendable, Equatable {
    /// Text that is not empty.
    case text
    /// Text in quotes, as JSON encodes it; text without quotes stands for itself.
    case quotedText
    /// Text that names a conversation: some frameworks write the id of the response before, which each call has anew.
    case conversation
    /// A word of `DialectTable.kindWords`, plain or as JSON encodes it.
    case kindWord
    /// Such a word in a JSON object, at a path.
    case kindWordAt([String])
    /// The name of a class, whose ending is one of `DialectTable.kindEndings`.
    case kindOfClass
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
    /// The same in a JSON object, at a path.
    case secondsAt([String])
    case milliseconds
    /// An absolute time in ISO 8601, counted from the start of the span.
    case instant
    /// The same in a JSON object, at a path.
    case instantAt([String])
    /// An absolute time in milliseconds since the Unix epoch in a JSON object, at a path.
    case epochMillisAt([String])
    /// A truth value as it is.
    case truth
    /// A truth value inverted.
    case untruth
    /// True where the value is one of these words.
    case oneOf([String])
    /// The attribute's presence says that a number is out of range.
    case outOfRange
    /// A count that states nothing, unless it is out of range.
    case rangeOfCount
}
