package import TraceModel
package import TraceQuery

/// What is exported: whole traces, or a named part of one.
package enum ExportSelection: Hashable, Sendable {
    /// The traces that hold a span which the filter keeps, whole; nil for all.
    case traces(FilterExpression?)
    /// These traces, whole.
    case listed([TraceReference])
    case part(TraceReference, ExportPart)
}

/// A part of a trace.
package enum ExportPart: Hashable, Sendable {
    case spans([LocalSpanID])
    /// One span.
    case span(SpanReference)
    /// A span with all that is below it.
    case subtree(SpanReference)
    /// What an agent did, by its name, or by its label such as `worker#2`.
    case agent(String)
    /// What an agent did in one run, by the number of the run in the trace and its label.
    case run(Int32, label: String)
    /// Steps by their numbers in the trace.
    case steps(ClosedRange<Int>)
    /// The spans that a filter keeps.
    case matching(FilterExpression)
}

/// A trace of a selection: what is read of it.
struct SelectedTrace {
    var structure: TraceStructure
    /// The rows of the selection, in order of start time.
    var rows: [SpanRow]
    /// The part in words; nil for the whole trace.
    var part: String?
}

/// Walks over the traces of a selection, one at a time, in order of start time.
struct TraceWalker {
    /// Traces asked for at once.
    private static let pageSize = 200

    let backend: any TraceBackend
    private let filter: FilterExpression?
    private let part: ExportPart?
    /// Traces that were found and not yet walked over.
    private var waiting: ArraySlice<TraceReference> = []
    private var next: PageCursor?
    private var isAtEnd = false

    init(_ selection: ExportSelection, backend: any TraceBackend) {
        self.backend = backend
        switch selection {
        case .traces(let filter):
            self.filter = filter
            part = nil
        case .listed(let references):
            filter = nil
            part = nil
            waiting = references[...]
            isAtEnd = true
        case .part(let reference, let part):
            filter = nil
            self.part = part
            waiting = [reference]
            isAtEnd = true
        }
    }

    /// The next trace that has a span of the selection; nil at the end.
    mutating func nextTrace() async throws(ExportError) -> SelectedTrace? {
        while let reference = try await nextReference() {
            let structure = try await backend.answer(StructureRequest(reference))
            guard let part else { return SelectedTrace(structure: structure, rows: structure.spans, part: nil) }
            let (rows, words) = try await PartFinder(backend: backend).find(part, in: structure)
            guard !rows.isEmpty else { continue }
            return SelectedTrace(structure: structure, rows: rows, part: words)
        }
        return nil
    }

    private mutating func nextReference() async throws(ExportError) -> TraceReference? {
        if let first = waiting.popFirst() { return first }
        guard !isAtEnd else { return nil }
        let request = TraceListRequest(
            filter: filter, sort: .start, descending: false, limit: Self.pageSize, after: next)
        let page = try await backend.answer(request)
        waiting = page.rows.map { TraceReference.id($0.traceID) }[...]
        next = page.next
        isAtEnd = page.next == nil
        return waiting.popFirst()
    }
}
