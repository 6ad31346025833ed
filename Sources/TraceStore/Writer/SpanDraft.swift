import TraceModel

/// A span on its way into the database: its structure, and the columns that the structure does not have.
struct SpanDraft {
    /// The structure; its names are references to stored texts.
    var row: SpanRow
    var columns: StoredColumns
    /// What analysis needs of the payload; nil where it says nothing of the sort.
    var evidence: SpanEvidence?
}

/// What the row of a span holds beside its structure; names are references to stored texts.
struct StoredColumns {
    var key: Int64 = 0
    var otelKind: OTelSpanKind
    var digest: Int64 = 0
    var resource: Int32
    var scope: Int32
    var shape: Int32 = 0
    var session: Int32 = 0
    var provider: Int32 = 0
    var tokens = TokenUsage()
    /// How many sources the span has, where more than one.
    var sources: Int64?

    init(otelKind: OTelSpanKind, resource: Int32, scope: Int32) {
        self.otelKind = otelKind
        self.resource = resource
        self.scope = scope
    }
}
