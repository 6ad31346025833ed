/// What the calls of one model used, over model calls that hold no other model call.
///
/// Counts are tokens; each is nil where no call states it, which is not 0.
public struct ModelUsage: Equatable, Sendable {
    /// The model that answered, else the one asked for; nil where neither is known.
    public var model: String?
    /// Who provided the model, in the source's own word; nil where unknown.
    public var provider: String?
    /// Input, what came from a cache and went to one included.
    public var input: Int64?
    /// The same as the sources state it: smaller where some leave out what came from a cache.
    public var inputStated: Int64?
    public var output: Int64?
    public var cacheRead: Int64?
    public var cacheWrite: Int64?
    /// The part of the output that was reasoning.
    public var reasoning: Int64?
    public var calls: Int
    /// Calls that state input or output.
    public var callsWithTokens: Int
    /// Calls whose source states its input without what came from a cache.
    public var callsWithoutCache: Int

    public init(model: String?, provider: String?) {
        self.model = model
        self.provider = provider
        calls = 0
        callsWithTokens = 0
        callsWithoutCache = 0
    }
}
