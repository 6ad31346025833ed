import FastJSON
import TraceModel

extension JSONRecordReader {
    /// Reads a `Resource`; its group states the schema URL, which stays.
    mutating func read(_ resource: inout Resource) throws(JSONError) {
        let entity = try readEntity("resource")
        resource.attributes = entity.attributes
        resource.droppedAttributesCount = entity.droppedAttributesCount
    }

    /// Reads an `InstrumentationScope`; its group states the schema URL, which stays.
    mutating func read(_ scope: inout InstrumentationScope) throws(JSONError) {
        let schemaURL = scope.schemaURL
        scope = try readEntity("scope")
        scope.schemaURL = schemaURL
    }

    private mutating func readEntity(_ name: StaticString) throws(JSONError) -> InstrumentationScope {
        fault = nil
        unreadable = UnreadableValues()
        isLenient = true
        defer { isLenient = false }
        var entity = InstrumentationScope()
        let token = try tokenizer.next()
        guard token == .beginObject else {
            if token != .null { try wrongType(token, name, "an object") }
            tell(&entity)
            return entity
        }
        var hint = 0
        while try tokenizer.next() == .key {
            switch field(in: EntityField.table, hint: &hint) {
            case .name: entity.name = try readRepeatedText("name of a scope")
            case .version: entity.version = try readRepeatedText("version of a scope")
            case .attributes: entity.attributes = try readAttributes("attributes")
            case .droppedAttributesCount: entity.droppedAttributesCount = try readCount("droppedAttributesCount")
            case nil: try tokenizer.skipValue()
            }
        }
        tell(&entity)
        return entity
    }

    /// Tells with a resource or scope what of it could not be read.
    private mutating func tell(_ entity: inout InstrumentationScope) {
        if let attribute = unreadable.attribute { entity.attributes.append(attribute) }
        unreadable = UnreadableValues()
    }

    /// What a log record turned out to be.
    enum LogReading {
        case record(SpanLogRecord)
        /// It names no span.
        case foreign
        case faulty(RecordFault)
    }

    /// Reads a log record whose opening brace was just pulled, without resource and scope.
    mutating func readLogRecord(hint: inout Int) throws(JSONError) -> LogReading {
        fault = nil
        refused = []
        unreadable = UnreadableValues()
        isLenient = true
        defer { isLenient = false }
        var traceID: TraceID?
        var spanID: SpanID?
        var idFault = false
        var event = SpanEvent(timeUnixNano: nil, name: "", origin: .log)
        var observed: Int64?
        while try tokenizer.next() == .key {
            switch field(in: LogField.table, hint: &hint) {
            case .time: event.timeUnixNano = try readTime("timeUnixNano")
            case .observedTime: observed = try readTime("observedTimeUnixNano")
            case .severityNumber:
                let severity = try readCount("severityNumber")
                event.severityNumber = severity == 0 ? nil : severity
            case .body: event.body = try readAnyValue()
            case .attributes: event.attributes = try readAttributes("attributes")
            case .droppedAttributes: event.droppedAttributesCount = try readCount("droppedAttributesCount")
            case .traceID:
                let before = fault
                traceID = try readTraceID("traceId")
                idFault = idFault || before != fault
                fault = before
            case .spanID:
                let before = fault
                spanID = try readSpanID("spanId")
                idFault = idFault || before != fault
                fault = before
            case .eventName: event.name = try readRepeatedText("eventName")
            case nil: try tokenizer.skipValue()
            }
        }
        // A record without a usable span is not ours to judge.
        guard let traceID, let spanID, !idFault else { return .foreign }
        if let fault { return .faulty(fault) }
        event.attributes += refused + [unreadable.attribute].compactMap(\.self)
        return .record(
            SpanLogRecord(
                traceID: traceID, spanID: spanID, event: event.completed(observedUnixNano: observed),
                resource: Resource(), scope: InstrumentationScope()))
    }
}

extension SpanEvent {
    /// The name of log records that state none.
    static let namelessLog = "log"

    /// A log record with its name and time taken from the second-best place where the best is empty.
    func completed(observedUnixNano: Int64?) -> SpanEvent {
        var event = self
        if event.timeUnixNano == nil { event.timeUnixNano = observedUnixNano }
        if event.name.isEmpty {
            // SDKs before the field `eventName` wrote an attribute.
            let stated = event.attributes.value(of: "event.name")?.stringValue ?? ""
            event.name = stated.isEmpty ? Self.namelessLog : stated
        }
        return event
    }
}
