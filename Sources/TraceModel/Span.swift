/// One operation of a trace, complete, as its source stated it.
///
/// Times are nanoseconds since the Unix epoch. An absent time is nil, never 0.
public struct Span: Equatable, Sendable {
    public var traceID: TraceID
    public var spanID: SpanID
    /// Nil for a root.
    public var parentSpanID: SpanID?
    public var traceState: String
    /// W3C trace flags and OTLP's remote bits; nil where the source states none.
    public var flags: UInt32?
    public var name: String
    public var otelKind: OTelSpanKind
    public var startUnixNano: Int64?
    /// Nil while the span is unfinished.
    public var endUnixNano: Int64?
    public var status: SpanStatus
    public var attributes: [Attribute]
    public var events: [SpanEvent]
    public var links: [SpanLink]
    public var droppedAttributesCount: Int
    public var droppedEventsCount: Int
    public var droppedLinksCount: Int
    public var resource: Resource
    public var scope: InstrumentationScope
    /// What was odd about the record but could be stored.
    public var marks: SpanMarks

    public init(
        traceID: TraceID,
        spanID: SpanID,
        parentSpanID: SpanID? = nil,
        traceState: String = "",
        flags: UInt32? = nil,
        name: String,
        otelKind: OTelSpanKind = .unspecified,
        startUnixNano: Int64?,
        endUnixNano: Int64?,
        status: SpanStatus = SpanStatus(),
        attributes: [Attribute] = [],
        events: [SpanEvent] = [],
        links: [SpanLink] = [],
        droppedAttributesCount: Int = 0,
        droppedEventsCount: Int = 0,
        droppedLinksCount: Int = 0,
        resource: Resource = Resource(),
        scope: InstrumentationScope = InstrumentationScope(),
        marks: SpanMarks = []
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentSpanID = parentSpanID
        self.traceState = traceState
        self.flags = flags
        self.name = name
        self.otelKind = otelKind
        self.startUnixNano = startUnixNano
        self.endUnixNano = endUnixNano
        self.status = status
        self.attributes = attributes
        self.events = events
        self.links = links
        self.droppedAttributesCount = droppedAttributesCount
        self.droppedEventsCount = droppedEventsCount
        self.droppedLinksCount = droppedLinksCount
        self.resource = resource
        self.scope = scope
        self.marks = marks
    }
}

/// The role of a span towards its remote peer, numbered as in OTLP.
public enum OTelSpanKind: Int, Sendable, CaseIterable {
    case unspecified = 0
    case `internal` = 1
    case server = 2
    case client = 3
    case producer = 4
    case consumer = 5
}

/// What the instrumentation said about success, as OTLP's `Status`.
public struct SpanStatus: Equatable, Sendable {
    /// The code, numbered as in OTLP.
    public enum Code: Int, Sendable, CaseIterable {
        case unset = 0
        case ok = 1
        case error = 2
    }

    public var code: Code
    public var message: String

    public init(_ code: Code = .unset, message: String = "") {
        self.code = code
        self.message = message
    }
}

/// Something that happened during a span, at one time.
public struct SpanEvent: Equatable, Sendable {
    /// Where the event was recorded: inside the span, or as a log record that names the span.
    public enum Origin: String, Sendable {
        case span
        case log
    }

    public var timeUnixNano: Int64?
    public var name: String
    public var attributes: [Attribute]
    public var droppedAttributesCount: Int
    public var origin: Origin
    /// The body of a log record; nil for span events and for records without one.
    public var body: AttributeValue?
    /// The severity number of a log record, 1 to 24; nil where unstated.
    public var severityNumber: Int?

    public init(
        timeUnixNano: Int64?,
        name: String,
        attributes: [Attribute] = [],
        droppedAttributesCount: Int = 0,
        origin: Origin = .span,
        body: AttributeValue? = nil,
        severityNumber: Int? = nil
    ) {
        self.timeUnixNano = timeUnixNano
        self.name = name
        self.attributes = attributes
        self.droppedAttributesCount = droppedAttributesCount
        self.origin = origin
        self.body = body
        self.severityNumber = severityNumber
    }
}

/// A pointer from a span to another span, of this or another trace.
public struct SpanLink: Equatable, Sendable {
    public var traceID: TraceID
    public var spanID: SpanID
    public var traceState: String
    public var flags: UInt32?
    public var attributes: [Attribute]
    public var droppedAttributesCount: Int

    public init(
        traceID: TraceID,
        spanID: SpanID,
        traceState: String = "",
        flags: UInt32? = nil,
        attributes: [Attribute] = [],
        droppedAttributesCount: Int = 0
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.traceState = traceState
        self.flags = flags
        self.attributes = attributes
        self.droppedAttributesCount = droppedAttributesCount
    }
}

/// The entity that produced spans: service, host, process.
public struct Resource: Equatable, Sendable {
    public var attributes: [Attribute]
    public var droppedAttributesCount: Int
    public var schemaURL: String

    public init(attributes: [Attribute] = [], droppedAttributesCount: Int = 0, schemaURL: String = "") {
        self.attributes = attributes
        self.droppedAttributesCount = droppedAttributesCount
        self.schemaURL = schemaURL
    }

    /// The attribute `service.name`.
    public var serviceName: String? { attributes.value(of: "service.name")?.stringValue }
}

/// The library that wrote spans.
public struct InstrumentationScope: Equatable, Sendable {
    public var name: String
    public var version: String
    public var attributes: [Attribute]
    public var droppedAttributesCount: Int
    public var schemaURL: String

    public init(
        name: String = "",
        version: String = "",
        attributes: [Attribute] = [],
        droppedAttributesCount: Int = 0,
        schemaURL: String = ""
    ) {
        self.name = name
        self.version = version
        self.attributes = attributes
        self.droppedAttributesCount = droppedAttributesCount
        self.schemaURL = schemaURL
    }
}
