import TraceModel

extension TraceFacet.Field {
    /// Whether a span has at most one value, so that those without one can be told.
    var isSingle: Bool {
        switch self {
        case .status, .mark, .kind, .name, .scope, .resource, .shape: false
        case .finding, .severity, .certainty, .stream: false
        default: true
        }
    }

    /// Whether the values stand in tables that older files lack.
    var needsStreams: Bool {
        switch self {
        case .finding, .severity, .certainty, .stream: true
        default: false
        }
    }

    /// The value of a span as SQL.
    var column: String {
        switch self {
        case .service: "span.service"
        case .agent: "span.agent"
        case .model: "ifnull(span.model_resolved, span.model_requested)"
        case .modelRequested: "span.model_requested"
        case .modelResolved: "span.model_resolved"
        case .tool: "span.tool"
        case .kind: "span.kind"
        case .status, .mark, .finding, .severity, .certainty, .stream: "one.value"
        case .name: "span.name"
        case .session: "span.session"
        case .errorType: "span.error_type"
        case .scope: "span.scope"
        case .resource: "span.resource"
        case .shape: "span.shape"
        }
    }

    /// What is joined so that a span with several values counts for each.
    var join: String {
        switch self {
        case .status:
            """
             CROSS JOIN (SELECT 0 AS value UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS one
            ON CASE one.value
                WHEN 2 THEN span.is_error WHEN 3 THEN span.is_cancelled
                ELSE span.is_error = 0 AND span.is_cancelled = 0 AND (span.status = 1) = one.value END
            """
        case .mark:
            " CROSS JOIN ("
                + SpanMarks.named.map { "SELECT \($0.mark.rawValue) AS value" }.joined(separator: " UNION ALL ")
                + ") AS one ON span.marks & one.value"
        case .finding:
            """
             CROSS JOIN (
                SELECT DISTINCT facet.value AS value, name.text AS text
                FROM facet INDEXED BY facet_value CROSS JOIN name ON name.id = facet.value
                WHERE facet.field = \(TraceFacet.Field.finding.rawValue)) AS one
            ON CASE one.text \(Self.structural) ELSE 0 END OR EXISTS (
                SELECT 1 FROM finding INDEXED BY finding_span
                WHERE finding.span = span.key AND finding.rule = one.value)
            """
        case .severity: Self.ofFinding("severity", FindingSeverity.allCases.map(\.rawValue))
        case .certainty: Self.ofFinding("certainty", FindingCertainty.allCases.map(\.rawValue))
        case .stream:
            Self.oneOf(TimingQuality.allCases.map(\.rawValue))
                + " ON EXISTS (SELECT 1 FROM stream WHERE stream.span = span.key AND stream.timing = one.value)"
        default: ""
        }
    }

    /// The findings that are marks of the structure.
    private static let structural = SpanMarks.named.filter { SpanMarks.structural.contains($0.mark) }
        .map { "WHEN 'structure.\($0.name)' THEN span.marks & \($0.mark.rawValue)" }.joined(separator: " ")

    private static func oneOf(_ values: [Int]) -> String {
        " CROSS JOIN (" + values.map { "SELECT \($0) AS value" }.joined(separator: " UNION ALL ") + ") AS one"
    }

    private static func ofFinding(_ column: String, _ values: [Int]) -> String {
        oneOf(values)
            + """
             ON EXISTS (
                SELECT 1 FROM finding INDEXED BY finding_span
                WHERE finding.span = span.key AND finding.\(column) = one.value)
            """
    }
}
