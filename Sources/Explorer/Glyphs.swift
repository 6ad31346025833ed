package import TraceModel

/// Every sign that screens draw, with its form for terminals that show ASCII only.
///
/// All forms take one column where characters of ambiguous width are narrow. A sign stands beside its colour, so that
/// nothing is said by colour alone.
package enum Glyphs {
    /// The sign of a kind of span.
    package static func kind(_ kind: SpanKind, ascii: Bool) -> String {
        switch kind {
        case .agent: ascii ? "A" : "◆"
        case .llm: ascii ? "L" : "●"
        case .tool: ascii ? "T" : "■"
        case .retrieval: ascii ? "R" : "▲"
        case .guardrail: ascii ? "G" : "▣"
        case .chain, .workflow: ascii ? "C" : "○"
        case .embedding, .reranker, .evaluator, .memory, .other: ascii ? "." : "·"
        }
    }

    /// The span failed.
    package static func error(ascii: Bool) -> String { ascii ? "x" : "✗" }
    /// The span was cancelled.
    package static func cancelled(ascii: Bool) -> String { ascii ? "c" : "⊘" }
    /// Something was found about the span.
    package static func finding(ascii: Bool) -> String { ascii ? "!" : "⚑" }
    /// The span has no end.
    package static func unfinished(ascii: Bool) -> String { ascii ? "~" : "…" }
    /// A stand-in for a span that no stored record describes.
    package static func placeholder(ascii: Bool) -> String { ascii ? ":" : "┄" }
    /// Something is hidden here and can be opened.
    package static func folded(ascii: Bool) -> String { ascii ? "+" : "▸" }
    /// What can be hidden is shown.
    package static func open(ascii: Bool) -> String { ascii ? "-" : "▾" }

    /// The one of several that is chosen.
    package static func chosen(ascii: Bool) -> String { ascii ? "*" : "●" }

    /// From one thing to the next: requested model to resolved model, caller to callee.
    package static func right(ascii: Bool) -> String { ascii ? "->" : "→" }
    /// What came back.
    package static func left(ascii: Bool) -> String { ascii ? "<-" : "←" }
    /// An unknown figure.
    package static func unknown(ascii: Bool) -> String { ascii ? "-" : "–" }
    /// Text goes on where it cannot be seen.
    package static func more(ascii: Bool) -> String { ascii ? "..." : "…" }
    /// Between the ends of a range.
    package static func range(ascii: Bool) -> String { ascii ? "-" : "–" }
    /// Between facts on one line.
    package static func dot(ascii: Bool) -> String { ascii ? "." : "·" }
    /// A horizontal rule.
    package static func rule(ascii: Bool) -> String { ascii ? "-" : "─" }
    /// A vertical guide.
    package static func guide(ascii: Bool) -> String { ascii ? "|" : "│" }
    /// Before the name of the agent that asked for a new attempt.
    package static func attempt(ascii: Bool) -> String { ascii ? "." : "·" }
    /// Times are shown later or earlier than they were recorded.
    package static func shifted(later: Bool, ascii: Bool) -> String {
        later ? (ascii ? ">" : "»") : (ascii ? "<" : "«")
    }
    /// At least so many.
    package static func atLeast(ascii: Bool) -> String { ascii ? ">=" : "≥" }
}
