package import TraceModel

extension Dialect {
    /// What the payload of a span says that the analysis of its trace needs; nil where it says nothing of the sort.
    package static func evidence(of span: Span, facts: SpanFacts) -> SpanEvidence? {
        var reader = EvidenceReader(span, facts)
        return reader.read()
    }

    /// The name of the clock that gave a span its times: the host where the resource names one, else the service.
    ///
    /// Services of one host share its clock; two services without a host are taken for two clocks.
    package static func clockName(of resource: Resource) -> String {
        for key in ["host.name", "host.id", "k8s.pod.name", "container.id", "service.instance.id"] {
            guard let text = resource.attributes.value(of: key)?.stringValue, !text.isEmpty else { continue }
            return key == "host.name" || key == "host.id" ? text : "\(resource.serviceName ?? "?")@\(text)"
        }
        return resource.serviceName ?? ""
    }
}
