/// One of several sources through which records of a span came: a pipeline, a process, a library.
public struct SpanOrigin: Equatable, Sendable {
    /// A digest of resource and scope, whatever the order of their attributes.
    public var digest: Int64
    /// A digest of the attribute keys of a finished record, 0 for an unfinished one: a pipeline that adds an attribute
    /// shows only in them.
    public var keys: Int64
    public var resource: Resource
    public var scope: InstrumentationScope

    public init(digest: Int64, keys: Int64, resource: Resource, scope: InstrumentationScope) {
        self.digest = digest
        self.keys = keys
        self.resource = resource
        self.scope = scope
    }
}
