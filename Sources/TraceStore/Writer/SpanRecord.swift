import Basics
import TraceAnalysis
import TraceModel

/// The narrow row of a span on its way into the database.
struct SpanRecord {
    var key: Int64
    var ordinal: Int64
    /// What the summary knows too.
    var structure: TraceSummarizer.Span
    var firstChunk: Int64?
    var tokens: TokenUsage
    var otelKind: OTelSpanKind
    var digest: Int64
    var evidence: SpanEvidence?
    var analysed = AnalysedSpan()

    /// End minus start, in nanoseconds; nil where one of them is absent.
    var duration: Int64? {
        guard let start = structure.startUnixNano, let end = structure.endUnixNano else { return nil }
        return end.subtractingIfFits(start)
    }

    /// The row as one blob.
    var packed: PackedSpan {
        var packed = PackedSpan(id: structure.id)
        packed.parent = structure.parent
        packed.start = structure.startUnixNano
        packed.end = structure.endUnixNano
        packed.firstChunk = firstChunk
        packed.tokensInput = structure.tokensInput
        packed.tokensOutput = structure.tokensOutput
        packed.name = structure.name
        packed.service = structure.service
        packed.agent = structure.agent
        packed.agentInstance = structure.agentInstance
        packed.modelRequested = structure.modelRequested
        packed.modelResolved = structure.modelResolved
        packed.tool = structure.tool
        packed.errorType = structure.errorType
        packed.marks = structure.marks
        packed.kind = structure.kind
        packed.status = structure.status
        packed.agentSource = structure.agentSource
        packed.isError = structure.isError
        packed.isCancelled = structure.isCancelled
        packed.agentRun = analysed.run
        packed.step = analysed.step
        packed.clock = analysed.clock
        return packed
    }
}

extension TraceSummarizer.Span {
    /// The structure that a blob holds, without what only columns have.
    init(_ packed: PackedSpan) {
        self.init(id: packed.id, parent: packed.parent)
        startUnixNano = packed.start
        endUnixNano = packed.end
        tokensInput = packed.tokensInput
        tokensOutput = packed.tokensOutput
        name = packed.name
        service = packed.service
        agent = packed.agent
        agentInstance = packed.agentInstance
        modelRequested = packed.modelRequested
        modelResolved = packed.modelResolved
        tool = packed.tool
        errorType = packed.errorType
        marks = packed.marks
        kind = packed.kind
        status = packed.status
        agentSource = packed.agentSource
        isError = packed.isError
        isCancelled = packed.isCancelled
    }
}
