import TraceModel

extension Span {
    /// A span that no clock timed, as a scope of this program makes it.
    init(untimed id: SpanID, of trace: TraceID, parent: SpanID? = nil, name: String, scope: String) {
        self.init(
            traceID: trace, spanID: id, parentSpanID: parent, name: name, startUnixNano: nil, endUnixNano: nil,
            scope: InstrumentationScope(name: scope))
        marks = ownMarks
    }

    /// The oddities that the record alone shows; those of the tree need the other spans of the trace.
    var ownMarks: SpanMarks {
        var marks: SpanMarks = []
        if startUnixNano == nil { marks.insert(.missingStart) }
        if let endUnixNano {
            if let startUnixNano, endUnixNano < startUnixNano { marks.insert(.endBeforeStart) }
        } else {
            marks.insert(.unfinished)
        }
        if parentSpanID == spanID { marks.insert(.selfParent) }
        if droppedAttributesCount > 0 || droppedEventsCount > 0 || droppedLinksCount > 0
            || events.contains(where: { $0.droppedAttributesCount > 0 })
            || links.contains(where: { $0.droppedAttributesCount > 0 })
        {
            marks.insert(.droppedData)
        }
        if attributes.hasDuplicateKeys { marks.insert(.duplicateKey) }
        return marks
    }
}

extension [Attribute] {
    /// Whether a key stands several times.
    var hasDuplicateKeys: Bool {
        guard count > 1 else { return false }
        guard count <= 16 else { return Set(map(\.key)).count < count }
        for index in 1..<count where self[..<index].contains(where: { $0.key == self[index].key }) { return true }
        return false
    }
}
