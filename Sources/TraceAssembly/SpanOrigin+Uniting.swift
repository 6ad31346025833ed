package import TraceModel

extension SpanOrigin {
    /// The source of one record.
    package init(of span: Span) {
        var canonical = CanonicalBytes()
        canonical.add(span.resource)
        canonical.add(span.scope)
        var digest = ContentDigest()
        canonical.bytes.withUnsafeBytes { digest.add($0) }
        var keys: Int64 = 0
        if span.endUnixNano != nil {
            var found = ContentDigest()
            for key in Set(span.attributes.map(\.key)).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
                found.add(key)
            }
            keys = found.value == 0 ? 1 : found.value
        }
        self.init(digest: digest.value, keys: keys, resource: span.resource, scope: span.scope)
    }

    /// Whether two records came the same way, as far as they show it.
    private func isSame(as other: SpanOrigin) -> Bool { digest == other.digest && keys == other.keys }

    /// The sources of a span after another record of it arrived.
    ///
    /// A record of an unfinished or a shorter span is an earlier state of what the same source tells later. Of finished
    /// records with the same times, different attribute keys show different pipelines.
    package static func unite(
        _ known: [SpanOrigin], of span: Span, with arriving: Span
    ) -> [SpanOrigin] {
        let origin = SpanOrigin(of: arriving)
        if known.contains(where: { $0.isSame(as: origin) }) { return known }
        var united = known
        let isFinished = arriving.endUnixNano != nil
        let unfinished = known.firstIndex { $0.digest == origin.digest && $0.keys == 0 }
        let isOtherState = span.endUnixNano != arriving.endUnixNano
        let sameWay = unfinished ?? (isOtherState ? known.firstIndex { $0.digest == origin.digest } : nil)
        guard let sameWay else { return known + [origin] }
        let isLater = (span.endUnixNano ?? .min) <= (arriving.endUnixNano ?? .min)
        if isFinished, isLater || unfinished != nil { united[sameWay] = origin }
        return united
    }
}
