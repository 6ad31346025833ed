import TraceModel

/// What the last resource and the last scope became.
struct SharedParts {
    var resource: (before: Resource, after: Resource, counts: RedactionCounts)?
    var scope: (before: InstrumentationScope, after: InstrumentationScope, counts: RedactionCounts)?
}
