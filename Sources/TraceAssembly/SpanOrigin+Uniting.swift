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

    /// The sources of a span after another record of it arrived; see `SourceUnion`.
    ///
    /// - Parameter origins: the sources of the record that arrives, where several were merged into it.
    package static func unite(
        _ known: [SpanOrigin], of span: Span, with arriving: Span, origins: [SpanOrigin] = []
    ) -> [SpanOrigin] {
        var union = SourceUnion(known)
        union.unite(end: span.endUnixNano, with: arriving, origins: origins)
        return union.origins
    }

    /// The sources to keep of a span: none where the span itself shows its only one.
    package static func needed(_ origins: [SpanOrigin], for span: Span) -> [SpanOrigin] {
        if origins.count > 1 { return origins }
        let own = SpanOrigin(of: span)
        return origins.first.map { $0.digest == own.digest && $0.keys == own.keys } == true ? [] : origins
    }
}

/// The sources of a span, into which those of further records are united, each at a cost that does not grow with them.
///
/// A record of an unfinished or a shorter span is an earlier state of what the same source tells later. Of finished
/// records with the same times, different attribute keys show different pipelines.
package struct SourceUnion: Sendable {
    /// How two records came the same way, as far as they show it.
    private struct Way: Hashable {
        var digest: Int64
        var keys: Int64

        init(_ origin: SpanOrigin) { (digest, keys) = (origin.digest, origin.keys) }
        init(unfinished digest: Int64) { (self.digest, keys) = (digest, 0) }
    }

    package private(set) var origins: [SpanOrigin]
    private var places: [Way: Int] = [:]
    /// The first place of a digest.
    private var byDigest: [Int64: Int] = [:]

    package init(_ origins: [SpanOrigin]) {
        self.origins = origins
        for place in origins.indices { note(place) }
    }

    private mutating func note(_ place: Int) {
        let way = Way(origins[place])
        if places[way] == nil { places[way] = place }
        if byDigest[way.digest] == nil { byDigest[way.digest] = place }
    }

    /// - Parameters:
    ///   - end: when the span ended as it was known.
    ///   - others: the sources of the record that arrives, where several were merged into it.
    package mutating func unite(end: Int64?, with arriving: Span, origins others: [SpanOrigin] = []) {
        let isOtherState = end != arriving.endUnixNano
        let isLater = (end ?? .min) <= (arriving.endUnixNano ?? .min)
        let known = origins.count
        var replaced: Set<Int> = []
        for origin in others.isEmpty ? [SpanOrigin(of: arriving)] : others {
            let way = Way(origin)
            if places[way] != nil { continue }
            let unfinished = places[Way(unfinished: origin.digest)]
            let earlier =
                isOtherState ? byDigest[origin.digest].flatMap { $0 < known && !replaced.contains($0) ? $0 : nil } : nil
            if let place = unfinished ?? earlier {
                guard origin.keys != 0, isLater || unfinished != nil else { continue }
                places[Way(origins[place])] = nil
                places[way] = place
                origins[place] = origin
                replaced.insert(place)
            } else if origin.keys != 0 || byDigest[origin.digest] == nil {
                origins.append(origin)
                note(origins.count - 1)
            }
        }
    }
}
