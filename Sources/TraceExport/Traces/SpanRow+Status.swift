package import TraceModel

extension SpanRow {
    /// One word for how the span ended: `error`, `cancelled`, `ok` or `unset`.
    package var statusWord: String {
        if isError { return "error" }
        if isCancelled { return "cancelled" }
        return status == .ok ? "ok" : "unset"
    }
}
