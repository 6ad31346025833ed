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
    ///
    /// - Parameter origins: the sources of the record that arrives, where several were merged into it.
    package static func unite(
        _ known: [SpanOrigin], of span: Span, with arriving: Span, origins: [SpanOrigin] = []
    ) -> [SpanOrigin] {
        let isOtherState = span.endUnixNano != arriving.endUnixNano
        let isLater = (span.endUnixNano ?? .min) <= (arriving.endUnixNano ?? .min)
        var united = known
        for origin in origins.isEmpty ? [SpanOrigin(of: arriving)] : origins {
            if united.contains(where: { $0.isSame(as: origin) }) { continue }
            let unfinished = united.firstIndex { $0.digest == origin.digest && $0.keys == 0 }
            let earlier = isOtherState ? known.first { $0.digest == origin.digest } : nil
            let sameWay = unfinished ?? earlier.flatMap { state in united.firstIndex { $0.isSame(as: state) } }
            if let sameWay {
                if origin.keys != 0, isLater || unfinished != nil { united[sameWay] = origin }
            } else if origin.keys != 0 || !united.contains(where: { $0.digest == origin.digest }) {
                united.append(origin)
            }
        }
        return united
    }
}
