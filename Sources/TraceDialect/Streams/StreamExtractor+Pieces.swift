package import TraceModel

/// A chunk as one event states it.
package struct StreamPiece {
    /// The place of the event among those that were asked for.
    package var event: Int
    package var chunk: StreamChunk
}

extension StreamExtractor {
    /// Whether an event is a chunk of a stream in one of the known forms.
    package static func isChunk(_ event: SpanEvent) -> Bool { StreamEventForm(event.name) != nil }

    /// The chunks that events hold, in the order of the stream, for each form in which some do.
    ///
    /// `stream(of:)` reads one form; here is what any reader could assemble.
    package static func pieces(of events: [SpanEvent]) -> [[StreamPiece]] {
        var forms: [StreamEventForm: [Int]] = [:]
        for (index, event) in events.enumerated() {
            if let form = StreamEventForm(event.name) { forms[form, default: []].append(index) }
        }
        guard !forms.isEmpty else { return [] }
        return StreamEventForm.allCases.compactMap { form in
            guard let places = forms[form] else { return nil }
            let found = places.flatMap { place in
                form.chunks(of: events[place]).map {
                    (piece: StreamPiece(event: place, chunk: $0.chunk), place: $0.place)
                }
            }
            let hasPlaces = found.allSatisfy { $0.place != nil }
            let ordered = found.enumerated().sorted { a, b in
                func order(_ entry: (piece: StreamPiece, place: Int64?)) -> Int64 {
                    hasPlaces ? entry.place ?? 0 : events[entry.piece.event].timeUnixNano ?? .max
                }
                return (order(a.element), a.offset) < (order(b.element), b.offset)
            }
            return ordered.map(\.element.piece)
        }
    }

    /// The chunks that arrays among the attributes hold, and the attribute with their texts, an entry a chunk.
    package static func columns(of attributes: [Attribute]) -> (key: String, chunks: StreamChunks)? {
        let key = StreamConvention.ArrayKey.text
        guard attributes.contains(where: { $0.key == key }),
            let chunks = StreamConvention.chunks(in: attributes)
        else { return nil }
        return (key, chunks)
    }
}
