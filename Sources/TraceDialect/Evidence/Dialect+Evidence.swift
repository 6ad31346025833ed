package import TraceModel

extension Dialect {
    /// What the payload of a span says that the analysis of its trace needs; nil where it says nothing of the sort.
    package static func evidence(of span: Span, facts: SpanFacts) -> SpanEvidence? { nil }

    /// The name of the clock that gave a span its times, out of its resource.
    package static func clockName(of resource: Resource) -> String { resource.serviceName ?? "" }
}
