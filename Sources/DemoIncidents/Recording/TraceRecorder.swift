import Basics
import TraceModel

/// Records one trace: a clock that moves with what is told, and the spans that are open.
struct TraceRecorder {
    let traceID: TraceID
    var voice: Voice
    var session: String?
    var random: SplitMix64
    /// Nanoseconds since the Unix epoch.
    private(set) var now: Int64
    private(set) var spans: [Span] = []
    private(set) var logs: [SpanLogRecord] = []
    var streams: [RecordedStream] = []
    private var open: [Int] = []
    private let resource: Resource

    init(_ name: String, seed: UInt64, at start: Int64, service: String, voice: Voice, session: String? = nil) {
        random = SplitMix64(seed: seed, part: name)
        traceID = TraceID(high: random.next(), low: random.next() | 1)
        now = start
        self.voice = voice
        self.session = session
        resource = Resource(
            attributes: [
                Attribute("service.name", .string(service)),
                Attribute("service.version", .string("2026.11.3")),
                Attribute("deployment.environment.name", .string("production")),
                Attribute("telemetry.sdk.language", .string("python")),
                Attribute("telemetry.sdk.name", .string("opentelemetry")),
                Attribute("telemetry.sdk.version", .string("1.38.0")),
                Attribute("host.name", .string("\(service)-6f9c7d-\(random.next() % 7)")),
            ])
    }

    /// Moves the clock.
    mutating func wait(_ seconds: Double) {
        now += Int64(clamped: seconds * 1e9)
    }

    /// Records a span around what the body tells; returns its place for `edit`.
    @discardableResult
    mutating func span(
        _ name: String, kind: OTelSpanKind = .internal, _ attributes: [Attribute] = [],
        body: (inout TraceRecorder) -> Void = { _ in }
    ) -> Int {
        let index = spans.count
        spans.append(
            Span(
                traceID: traceID, spanID: SpanID(random.next() | 1), parentSpanID: open.last.map { spans[$0].spanID },
                flags: 1, name: name, otelKind: kind, startUnixNano: now, endUnixNano: nil, attributes: attributes,
                resource: resource, scope: scope))
        open.append(index)
        body(&self)
        open.removeLast()
        spans[index].endUnixNano = now
        return index
    }

    /// Changes a recorded span.
    mutating func edit(_ index: Int, _ change: (inout Span) -> Void) {
        change(&spans[index])
    }

    /// Adds an event to the innermost open span.
    mutating func event(_ name: String, _ attributes: [Attribute] = []) {
        guard let index = open.last else { return }
        spans[index].events.append(SpanEvent(timeUnixNano: now, name: name, attributes: attributes))
    }

    /// Adds attributes to the innermost open span.
    mutating func note(_ attributes: [Attribute]) {
        guard let index = open.last else { return }
        spans[index].attributes += attributes
    }

    /// Records a log record that belongs to a span.
    mutating func log(
        _ name: String, of index: Int, at time: Int64? = nil, _ attributes: [Attribute], body: AttributeValue? = nil
    ) {
        logs.append(
            SpanLogRecord(
                traceID: traceID, spanID: spans[index].spanID,
                event: SpanEvent(
                    timeUnixNano: time ?? now, name: name, attributes: attributes, origin: .log, body: body,
                    severityNumber: 9),
                resource: resource, scope: scope))
    }

    /// Marks a span as failed, with the exception as an event.
    mutating func fail(_ index: Int, _ failure: RecordedFailure) {
        spans[index].status = SpanStatus(.error, message: failure.message)
        spans[index].attributes.append(Attribute("error.type", .string(failure.type)))
        var attributes = [
            Attribute("exception.type", .string(failure.type)),
            Attribute("exception.message", .string(failure.message)),
        ]
        if let stacktrace = failure.stacktrace {
            attributes.append(Attribute("exception.stacktrace", .string(stacktrace)))
        }
        spans[index].events.append(
            SpanEvent(timeUnixNano: spans[index].endUnixNano, name: "exception", attributes: attributes))
    }

    /// Runs bodies side by side: each begins at the same time, and the clock goes on where the last one ends.
    mutating func together(_ bodies: [(inout TraceRecorder) -> Void]) {
        let start = now
        var end = now
        for body in bodies {
            now = start
            body(&self)
            end = max(end, now)
        }
        now = end
    }

    /// Forgets spans, as a sampler does; what is left keeps its parents' ids.
    mutating func drop(where isDropped: (Int, Span) -> Bool) {
        spans = spans.enumerated().filter { !isDropped($0.offset, $0.element) }.map(\.element)
    }

    /// Changes every span, in order.
    mutating func editAll(_ change: (Int, inout Span) -> Void) {
        for index in spans.indices { change(index, &spans[index]) }
    }

    private var scope: InstrumentationScope {
        switch voice {
        case .openTelemetry: InstrumentationScope(name: "opentelemetry.instrumentation.genai", version: "0.4b0")
        case .openTelemetryEvents:
            InstrumentationScope(name: "opentelemetry.instrumentation.openai_v2", version: "2.1b0")
        case .openInference: InstrumentationScope(name: "openinference.instrumentation.langchain", version: "0.1.55")
        }
    }
}

/// Whose attribute names an instrumentation writes.
enum Voice: Sendable {
    /// OpenTelemetry GenAI conventions from 1.37 on: messages as attributes.
    case openTelemetry
    /// OpenTelemetry GenAI conventions 1.28 to 1.36: messages as log events.
    case openTelemetryEvents
    /// OpenInference: flattened messages.
    case openInference
}

extension SplitMix64 {
    mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// A number around 1, for durations that vary.
    mutating func jitter(_ share: Double = 0.25) -> Double {
        Double.random(in: (1 - share)...(1 + share), using: &self)
    }
}
