import FastJSON
import TraceModel

/// Writes trajectories in the Agent Trajectory Interchange Format, a document a line for each trace.
///
/// A trace that was read from ATIF is written as it was, in the version it had. Any other is written in version 1.7,
/// which more readers know, but for trajectories with sounds, which are of 1.8. Memory holds one trace.
package struct AtifExporter: TraceExporter {
    /// The version that traces of other origin are written in.
    static let schemaVersion = "ATIF-v1.7"
    static let versionWithSounds = "ATIF-v1.8"

    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var trace: ExportTrace?
    private var spans: [ExportSpan] = []
    private var omissions = AtifOmissions()

    package init() {}

    package var needs: ExportNeeds { .content }

    package var remarks: [String] { omissions.remarks }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        self.trace = trace
        spans.removeAll(keepingCapacity: true)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        spans.append(span)
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        defer { spans.removeAll() }
        guard let trace, !spans.isEmpty else { return }
        let origin = AtifProvenance(provenance, trace)
        let document: JSONValue?
        let restorable = spans.filter { $0.span.scope.name == AtifAttribute.scope }
        if !restorable.isEmpty {
            var restorer = AtifRestorer(restorable, provenance: origin)
            document = restorer.document()
            omissions.add(restorer.omissions)
            omissions.otherSpans += spans.count - restorable.count
        } else {
            var builder = AtifBuilder(trace, spans, provenance: origin)
            document = builder.document()
            omissions.add(builder.omissions)
        }
        guard let document else { return }
        var writer = JSONWriter()
        writer.value(document)
        writer.newline()
        out += writer.bytes
    }
}
