package import Redaction
package import TraceModel

/// What is done to the texts of a stored database when it is looked through or rewritten.
package struct TextTreatment: Sendable {
    /// The policy, as `Redactor.policyName` tells it.
    package var policy: String
    /// What would be replaced in a text, as ranges of its UTF-8 with the labels of rules.
    package var matches: @Sendable (String) -> [RedactionMatch]
    /// The text with placeholders; nil where nothing is replaced.
    package var text: @Sendable (String, inout RedactionCounts) -> String?
    package var span: @Sendable (inout Span, inout RedactionCounts) -> Void
    package var log: @Sendable (inout SpanLogRecord, inout RedactionCounts) -> Void
    package var stream: @Sendable (inout StreamChunks, inout StreamInfo, inout RedactionCounts) -> Void

    package init(_ redactor: Redactor) {
        policy = redactor.policyName
        matches = { redactor.matches(in: $0) }
        text = { redactor.redacted($0, &$1) }
        span = { redactor.redact(&$0, &$1) }
        log = { redactor.redact(&$0, &$1) }
        stream = { redactor.redact(&$0, &$1, &$2) }
    }

    package init(
        policy: String, matches: @escaping @Sendable (String) -> [RedactionMatch],
        text: @escaping @Sendable (String, inout RedactionCounts) -> String?,
        span: @escaping @Sendable (inout Span, inout RedactionCounts) -> Void,
        log: @escaping @Sendable (inout SpanLogRecord, inout RedactionCounts) -> Void,
        stream: @escaping @Sendable (inout StreamChunks, inout StreamInfo, inout RedactionCounts) -> Void
    ) {
        self.policy = policy
        self.matches = matches
        self.text = text
        self.span = span
        self.log = log
        self.stream = stream
    }
}
