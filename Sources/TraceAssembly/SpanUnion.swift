package import TraceModel

/// A span as all records of it that were taken in tell it.
///
/// A record costs what it holds itself, however many were taken in before, so that any number of records of one span
/// takes time that is linear in them.
package struct SpanUnion {
    /// Whose word counts where both state different things.
    enum Authority {
        case known
        case arriving
        /// Neither tells of a later state: whoever says more is believed.
        case equal
    }

    /// What a record was to the span.
    package enum Outcome: Equatable, Sendable {
        /// It says nothing new.
        case known
        /// It says more, which the span now says too.
        case revised
        /// It contradicts the span, which stays as it is: two spans have one id.
        case conflict
    }

    /// The values that the last record brought, and those whose place they took.
    package struct Change {
        package var removed: [AttributeValue] = []
        package var added: [AttributeValue] = []
    }

    private struct EventFrame: Hashable {
        var name: String
        var time: Int64?
        var origin: SpanEvent.Origin
    }

    private struct LinkFrame: Hashable {
        var trace: TraceID
        var span: SpanID
    }

    /// Without what stands in the unions below, once they are made.
    private var base: Span
    private var attributes: AttributeUnion?
    private var events: PartUnion<SpanEvent, EventFrame>?
    private var hasNewEvents = false
    private var links: PartUnion<SpanLink, LinkFrame>?
    private var resource: OriginUnion<Resource>?
    private var scope: OriginUnion<InstrumentationScope>?
    package private(set) var change = Change()

    package init(_ span: Span) {
        base = span
    }

    /// The span, which takes time linear in what it holds.
    package var span: Span {
        var span = base
        if let attributes { span.attributes = attributes.attributes }
        if let events {
            span.events = events.parts
            if hasNewEvents {
                let order = span.events.enumerated().sorted {
                    let (first, second) = ($0.element.timeUnixNano ?? .max, $1.element.timeUnixNano ?? .max)
                    return first == second ? $0.offset < $1.offset : first < second
                }
                span.events = order.map(\.element)
            }
        }
        if let links { span.links = links.parts }
        if let resource { span.resource = resource.origin }
        if let scope { span.scope = scope.origin }
        return span
    }

    package var marks: SpanMarks { base.marks }
    package var endUnixNano: Int64? { base.endUnixNano }

    /// Takes in a further record of the trace id and span id.
    ///
    /// Names, parents, starts and ends that both state must agree. Only of a span that grows may the ends differ: then
    /// what the later one says is all of the earlier one and more. Everything else is united, and whoever tells of the
    /// finished or longer span is believed; of equals, whoever says more. So the order of arrival does not matter.
    package mutating func take(_ arriving: Span) -> Outcome {
        guard Self.agree(base.name, arriving.name), Self.agree(base.parentSpanID, arriving.parentSpanID),
            Self.agree(base.startUnixNano, arriving.startUnixNano)
        else { return .conflict }
        index()
        let authority: Authority
        switch (base.endUnixNano, arriving.endUnixNano) {
        case (nil, nil): authority = .equal
        case (nil, _): authority = .arriving
        case (_, nil): authority = .known
        case (let end?, let other?) where end == other: authority = .equal
        case (let end?, let other?):
            authority = end < other ? .arriving : .known
            guard isGrowth(arriving, isLater: end < other) else { return .conflict }
        }
        change = Change()
        return unite(arriving, authority) ? .revised : .known
    }

    /// Moves what is united part by part to where it is found without a search.
    private mutating func index() {
        guard attributes == nil else { return }
        attributes = AttributeUnion(base.attributes)
        base.attributes = []
    }

    private static func agree(_ first: String, _ second: String) -> Bool {
        first.isEmpty || second.isEmpty || first.utf8.elementsEqual(second.utf8)
    }

    private static func agree<Value: Equatable>(_ first: Value?, _ second: Value?) -> Bool {
        first == nil || second == nil || first == second
    }

    /// Whether the longer of both is the same span later on: nothing of it got less, and something more.
    private func isGrowth(_ record: Span, isLater: Bool) -> Bool {
        guard let attributes, var isMore = attributes.growth(with: record.attributes, isLater: isLater) else {
            return false
        }
        let counts = (events?.parts.count ?? base.events.count, links?.parts.count ?? base.links.count)
        let (early, late) = isLater ? (base.status, record.status) : (record.status, base.status)
        isMore =
            isMore
            || (isLater
                ? record.events.count > counts.0 || record.links.count > counts.1
                : counts.0 > record.events.count || counts.1 > record.links.count)
        if early.code != late.code {
            guard early.code == .unset else { return false }
            isMore = true
        }
        return isMore
    }

    private mutating func unite(_ arriving: Span, _ authority: Authority) -> Bool {
        var isChanged = false
        func set<Value: Equatable>(_ path: WritableKeyPath<Span, Value>, _ value: Value) {
            guard base[keyPath: path] != value else { return }
            base[keyPath: path] = value
            isChanged = true
        }
        if base.name.isEmpty, !arriving.name.isEmpty {
            set(\.name, arriving.name)
            change.added.append(.string(arriving.name))
        }
        if base.parentSpanID == nil { set(\.parentSpanID, arriving.parentSpanID) }
        if base.startUnixNano == nil { set(\.startUnixNano, arriving.startUnixNano) }
        if let end = arriving.endUnixNano { set(\.endUnixNano, max(base.endUnixNano ?? end, end)) }
        set(\.otelKind, kind(arriving, authority))
        let status = status(arriving, authority)
        if status.message != base.status.message {
            change.removed.append(.string(base.status.message))
            change.added.append(.string(status.message))
        }
        set(\.status, status)
        set(\.traceState, authority.longer(base.traceState, arriving.traceState))
        // Flags that are not stated are the 0 that some encodings cannot tell from them.
        let flags = (base.flags ?? 0) | (arriving.flags ?? 0)
        if flags != base.flags ?? 0 { set(\.flags, flags) }
        set(\.droppedAttributesCount, max(base.droppedAttributesCount, arriving.droppedAttributesCount))
        set(\.droppedEventsCount, max(base.droppedEventsCount, arriving.droppedEventsCount))
        set(\.droppedLinksCount, max(base.droppedLinksCount, arriving.droppedLinksCount))
        if attributes?.unite(arriving.attributes, authority, &change) == true { isChanged = true }
        if uniteEvents(arriving.events, authority) { isChanged = true }
        if uniteLinks(arriving.links, authority) { isChanged = true }
        if uniteOrigins(arriving) { isChanged = true }
        if isChanged { setMarks(arriving.marks) }
        return isChanged
    }

    private func kind(_ arriving: Span, _ authority: Authority) -> OTelSpanKind {
        if base.otelKind == .unspecified { return arriving.otelKind }
        if arriving.otelKind == .unspecified { return base.otelKind }
        return authority.choose(base.otelKind, arriving.otelKind) { $0.rawValue < $1.rawValue }
    }

    private func status(_ arriving: Span, _ authority: Authority) -> SpanStatus {
        let (first, second) = (base.status, arriving.status)
        if first.code == second.code {
            return SpanStatus(first.code, message: authority.longer(first.message, second.message))
        }
        if first.code == .unset { return second }
        if second.code == .unset { return first }
        return authority.choose(first, second) { $0.code.rawValue < $1.code.rawValue }
    }

    // MARK: Events and links

    private mutating func uniteEvents(_ arriving: [SpanEvent], _ authority: Authority) -> Bool {
        if arriving.isEmpty { return false }
        if events == nil {
            events = PartUnion(base.events, canonical: CanonicalBytes.of) {
                EventFrame(name: $0.name, time: $0.timeUnixNano, origin: $0.origin)
            }
            base.events = []
        }
        var change = change
        let isChanged = events?.unite(arriving) { first, second in
            // An event to which something was added is the same event.
            guard ValueRelation(first.body ?? .empty, second.body ?? .empty) != .other,
                ValueRelation(.map(first.attributes), .map(second.attributes)) != .other
            else { return nil }
            var event = first
            event.attributes = authority.united(first.attributes, second.attributes)
            if ValueRelation(first.body ?? .empty, second.body ?? .empty) == .grown { event.body = second.body }
            event.droppedAttributesCount = max(first.droppedAttributesCount, second.droppedAttributesCount)
            event.severityNumber = first.severityNumber ?? second.severityNumber
            return event
        } onChange: { old, new in
            for (event, isNew) in [(old, false), (new, true)] {
                guard let event else { continue }
                let values = [.string(event.name), .map(event.attributes), event.body ?? .empty]
                if isNew { change.added += values } else { change.removed += values }
            }
        }
        self.change = change
        if isChanged == true { hasNewEvents = true }
        return isChanged == true
    }

    private mutating func uniteLinks(_ arriving: [SpanLink], _ authority: Authority) -> Bool {
        if arriving.isEmpty { return false }
        if links == nil {
            links = PartUnion(base.links, canonical: CanonicalBytes.of) {
                LinkFrame(trace: $0.traceID, span: $0.spanID)
            }
            base.links = []
        }
        var change = change
        let isChanged = links?.unite(arriving) { first, second in
            guard ValueRelation(.map(first.attributes), .map(second.attributes)) != .other else { return nil }
            var link = first
            link.attributes = authority.united(first.attributes, second.attributes)
            link.traceState = authority.longer(first.traceState, second.traceState)
            let flags = (first.flags ?? 0) | (second.flags ?? 0)
            if flags != first.flags ?? 0 { link.flags = flags }
            link.droppedAttributesCount = max(first.droppedAttributesCount, second.droppedAttributesCount)
            return link
        } onChange: { old, new in
            if let old { change.removed.append(.map(old.attributes)) }
            change.added.append(.map(new.attributes))
        }
        self.change = change
        return isChanged == true
    }

    // MARK: Resource, scope and marks

    private mutating func uniteOrigins(_ arriving: Span) -> Bool {
        if resource == nil {
            resource = OriginUnion(base.resource)
            scope = OriginUnion(base.scope)
            base.resource = Resource()
            base.scope = InstrumentationScope()
        }
        let hasNewResource = resource?.unite(arriving.resource) == true
        let hasNewScope = scope?.unite(arriving.scope) == true
        return hasNewResource || hasNewScope
    }

    /// What was noticed on the way in is no content: the marks follow from the span, those of times are set again.
    private mutating func setMarks(_ arriving: SpanMarks) {
        var marks = base.marks.union(arriving).subtracting([.missingStart, .unfinished, .endBeforeStart])
        if base.startUnixNano == nil { marks.insert(.missingStart) }
        if let end = base.endUnixNano {
            if let start = base.startUnixNano, end < start { marks.insert(.endBeforeStart) }
        } else {
            marks.insert(.unfinished)
        }
        base.marks = marks
    }
}

extension SpanUnion.Authority {
    func choose<Value>(_ known: Value, _ other: Value, isLess: (Value, Value) -> Bool) -> Value {
        switch self {
        case .known: known
        case .arriving: other
        case .equal: isLess(known, other) ? other : known
        }
    }

    /// The text of whoever is believed; of equals the longer one, of equally long ones the greater.
    func longer(_ known: String, _ other: String) -> String {
        if known.isEmpty || other.isEmpty { return known.isEmpty ? other : known }
        return choose(known, other) { first, second in
            first.utf8.count != second.utf8.count
                ? first.utf8.count < second.utf8.count : first.utf8.lexicographicallyPrecedes(second.utf8)
        }
    }

    /// The attributes of two parts that are one.
    func united(_ known: [Attribute], _ other: [Attribute]) -> [Attribute] {
        var union = AttributeUnion(known)
        var change = SpanUnion.Change()
        return union.unite(other, self, &change) ? union.attributes : known
    }
}
