import TraceModel

/// Two records of one span, united into what both tell.
struct SpanUnion {
    /// Whose word counts where both state different things.
    enum Authority {
        case known
        case arriving
        /// Neither tells of a later state: whoever says more is believed.
        case equal
    }

    private(set) var span: Span
    /// Whether the record that arrived added anything.
    private(set) var isChanged = false
    private let arriving: Span
    private let authority: Authority

    init(_ known: Span, _ arriving: Span) {
        span = known
        self.arriving = arriving
        authority =
            switch (known.endUnixNano, arriving.endUnixNano) {
            case (nil, nil): .equal
            case (nil, _): .arriving
            case (_, nil): .known
            case (let end?, let other?): end == other ? .equal : end < other ? .arriving : .known
            }
    }

    mutating func unite() {
        if span.name.isEmpty { set(\.name, arriving.name) }
        if span.parentSpanID == nil { set(\.parentSpanID, arriving.parentSpanID) }
        if span.startUnixNano == nil { set(\.startUnixNano, arriving.startUnixNano) }
        if let end = arriving.endUnixNano { set(\.endUnixNano, max(span.endUnixNano ?? end, end)) }
        set(\.otelKind, kind)
        set(\.status, status)
        set(\.traceState, longer(span.traceState, arriving.traceState))
        // Flags that are not stated are the 0 that some encodings cannot tell from them.
        let flags = (span.flags ?? 0) | (arriving.flags ?? 0)
        if flags != span.flags ?? 0 { set(\.flags, flags) }
        set(\.droppedAttributesCount, max(span.droppedAttributesCount, arriving.droppedAttributesCount))
        set(\.droppedEventsCount, max(span.droppedEventsCount, arriving.droppedEventsCount))
        set(\.droppedLinksCount, max(span.droppedLinksCount, arriving.droppedLinksCount))
        var union = AttributeUnion(authority: authority)
        let attributes = union.unite(span.attributes, arriving.attributes)
        if union.isChanged { set(\.attributes, attributes, always: true) }
        uniteEvents()
        uniteLinks()
        uniteOrigin()
        setMarks()
    }

    private mutating func set<Value: Equatable>(_ path: WritableKeyPath<Span, Value>, _ value: Value) {
        guard span[keyPath: path] != value else { return }
        span[keyPath: path] = value
        isChanged = true
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Span, Value>, _ value: Value, always: Bool) {
        span[keyPath: path] = value
        isChanged = true
    }

    private var kind: OTelSpanKind {
        if span.otelKind == .unspecified { return arriving.otelKind }
        if arriving.otelKind == .unspecified { return span.otelKind }
        return choose(span.otelKind, arriving.otelKind) { $0.rawValue < $1.rawValue }
    }

    private var status: SpanStatus {
        let (first, second) = (span.status, arriving.status)
        if first.code == second.code {
            return SpanStatus(first.code, message: longer(first.message, second.message))
        }
        if first.code == .unset { return second }
        if second.code == .unset { return first }
        return choose(first, second) { $0.code.rawValue < $1.code.rawValue }
    }

    private func choose<Value>(_ known: Value, _ other: Value, isLess: (Value, Value) -> Bool) -> Value {
        switch authority {
        case .known: known
        case .arriving: other
        case .equal: isLess(known, other) ? other : known
        }
    }

    /// The text of whoever is believed; of equals the longer one, of equally long ones the greater.
    private func longer(_ known: String, _ other: String) -> String {
        if known.isEmpty || other.isEmpty { return known.isEmpty ? other : known }
        return choose(known, other) { first, second in
            first.utf8.count != second.utf8.count
                ? first.utf8.count < second.utf8.count : first.utf8.lexicographicallyPrecedes(second.utf8)
        }
    }

    // MARK: Events and links

    private mutating func uniteEvents() {
        var union = PartUnion(span.events, arriving.events, canonical: CanonicalBytes.of)
        guard !union.isComplete else { return }
        // An event to which something was added is the same event.
        union.pair {
            $0.name == $1.name && $0.timeUnixNano == $1.timeUnixNano && $0.origin == $1.origin
        } merge: {
            first, second in
            guard ValueRelation(first.body ?? .empty, second.body ?? .empty) != .other,
                ValueRelation(.map(first.attributes), .map(second.attributes)) != .other
            else { return nil }
            var event = first
            var attributes = AttributeUnion(authority: authority)
            event.attributes = attributes.unite(first.attributes, second.attributes)
            if ValueRelation(first.body ?? .empty, second.body ?? .empty) == .grown { event.body = second.body }
            event.droppedAttributesCount = max(first.droppedAttributesCount, second.droppedAttributesCount)
            event.severityNumber = first.severityNumber ?? second.severityNumber
            return event
        }
        guard union.isChanged else { return }
        let order = union.parts.enumerated().sorted {
            let (first, second) = ($0.element.timeUnixNano ?? .max, $1.element.timeUnixNano ?? .max)
            return first == second ? $0.offset < $1.offset : first < second
        }
        set(\.events, order.map(\.element), always: true)
    }

    private mutating func uniteLinks() {
        var union = PartUnion(span.links, arriving.links, canonical: CanonicalBytes.of)
        guard !union.isComplete else { return }
        union.pair {
            $0.traceID == $1.traceID && $0.spanID == $1.spanID
        } merge: { first, second in
            guard ValueRelation(.map(first.attributes), .map(second.attributes)) != .other else { return nil }
            var link = first
            var attributes = AttributeUnion(authority: authority)
            link.attributes = attributes.unite(first.attributes, second.attributes)
            link.traceState = longer(first.traceState, second.traceState)
            let flags = (first.flags ?? 0) | (second.flags ?? 0)
            if flags != first.flags ?? 0 { link.flags = flags }
            link.droppedAttributesCount = max(first.droppedAttributesCount, second.droppedAttributesCount)
            return link
        }
        if union.isChanged { set(\.links, union.parts, always: true) }
    }

    // MARK: Resource and scope

    /// The resource that says more, with what only the other one says: the choice must not depend on who came first.
    private mutating func uniteOrigin() {
        let (resource, scope) = (span.resource, span.scope)
        let (first, second) = (CanonicalBytes.of(resource), CanonicalBytes.of(arriving.resource))
        if first != second {
            let isOther = Self.isLess((resource.attributes.count, first), (arriving.resource.attributes.count, second))
            var united = isOther ? arriving.resource : resource
            let rest = isOther ? resource : arriving.resource
            united.attributes = Self.filled(united.attributes, from: rest.attributes)
            if united.schemaURL.isEmpty { united.schemaURL = rest.schemaURL }
            united.droppedAttributesCount = max(united.droppedAttributesCount, rest.droppedAttributesCount)
            if CanonicalBytes.of(united) != first { set(\.resource, united, always: true) }
        }
        let (third, fourth) = (CanonicalBytes.of(scope), CanonicalBytes.of(arriving.scope))
        if third != fourth {
            let weight = (scope.name.utf8.count, third)
            let isOther = Self.isLess(weight, (arriving.scope.name.utf8.count, fourth))
            var united = isOther ? arriving.scope : scope
            let rest = isOther ? scope : arriving.scope
            // Another library's version and attributes are not this one's.
            if united.name == rest.name {
                if united.version.isEmpty { united.version = rest.version }
                united.attributes = Self.filled(united.attributes, from: rest.attributes)
                if united.schemaURL.isEmpty { united.schemaURL = rest.schemaURL }
            }
            if CanonicalBytes.of(united) != third { set(\.scope, united, always: true) }
        }
    }

    private static func isLess(_ first: (Int, [UInt8]), _ second: (Int, [UInt8])) -> Bool {
        first.0 != second.0 ? first.0 < second.0 : first.1.lexicographicallyPrecedes(second.1)
    }

    private static func filled(_ attributes: [Attribute], from rest: [Attribute]) -> [Attribute] {
        let keys = Set(attributes.map(\.key))
        return attributes + rest.filter { !keys.contains($0.key) }
    }

    /// What was noticed on the way in is no content: the marks follow from the span, those of times are set again.
    private mutating func setMarks() {
        var marks = span.marks.union(arriving.marks).subtracting([.missingStart, .unfinished, .endBeforeStart])
        if span.startUnixNano == nil { marks.insert(.missingStart) }
        if let end = span.endUnixNano {
            if let start = span.startUnixNano, end < start { marks.insert(.endBeforeStart) }
        } else {
            marks.insert(.unfinished)
        }
        span.marks = marks
    }
}
