package import TraceModel

/// Replaces secrets, and what else a policy names, by placeholders.
///
/// It is the one place where text is redacted: import, recording and export all pass through it, before anything is
/// derived from a span. Redacting what is redacted changes nothing.
package final class Redactor: Sendable {
    package let policy: RedactionPolicy
    private let key: RedactionKey

    package init(policy: RedactionPolicy, key: RedactionKey) {
        self.policy = policy
        self.key = key
    }

    /// Tells the policy from others in reports and in the database.
    package var policyName: String { policy.name }

    /// What would be replaced in a text, in order, without overlap.
    package func matches(in text: String) -> [RedactionMatch] { [] }

    /// The text with placeholders; nil where nothing is replaced, which is the usual case and costs no copy.
    package func redacted(_ text: String, _ counts: inout RedactionCounts) -> String? { nil }

    /// Redacts all texts of a span: its name, state, attributes with their keys, events, links, resource and scope.
    package func redact(_ span: inout Span, _ counts: inout RedactionCounts) {}

    /// Redacts a log record likewise.
    package func redact(_ log: inout SpanLogRecord, _ counts: inout RedactionCounts) {}

    /// Redacts a stream: its span, what is told of it, and the assembled text of its chunks.
    ///
    /// The count, times, kinds and order of chunks stay; a placeholder stands in the chunk where the match began.
    package func redact(_ stream: inout RecordedStream, _ counts: inout RedactionCounts) {}

    /// The same for chunks and what is told of them, without their span.
    package func redact(
        _ chunks: inout StreamChunks, _ info: inout StreamInfo, _ counts: inout RedactionCounts
    ) {}
}
