public import TraceModel

/// What the sources of the spans tell and leave out, by instrumentation and version; it reads every payload.
public struct CoverageRequest: TraceRequest {
    public typealias Answer = [SourceCoverage]

    public init() {}
}
