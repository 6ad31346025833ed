import Basics
import TraceModel

/// Records one trace: a clock that moves with what is told, and the spans that are open.
struct TraceRecorder {
    let traceID: TraceID
    let voice: Voice
    let session: String?
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
                "service.name": service, "service.version": "2026.11.3", "deployment.environment.name": "production",
                "telemetry.sdk.language": "python", "telemetry.sdk.name": "opentelemetry",
                "telemetry.sdk.version": "1.38.0", "host.name": "\(service)-6f9c7d-\(random.next() % 7)",
            ])
    }

    /// Moves the clock.
    mutating func wait(_ seconds: Double) {
        now += Int64(clamped: seconds * 1e9)
    }

    /// Records a span around what the body tells; returns its place for `edit`.
    @discardableResult
    mutating func span(
        _ name: String, kind: OTelSpanKind = .internal, _ attributes: AttributeList = [:],
        body: (inout TraceRecorder) -> Void
    ) -> Int {
        let index = spans.count
        spans.append(
            Span(
                traceID: traceID, spanID: SpanID(random.next() | 1), parentSpanID: open.last.map { spans[$0].spanID },
                flags: 1, name: name, otelKind: kind, startUnixNano: now, endUnixNano: nil, attributes: attributes.all,
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
    mutating func event(_ name: String) {
        guard let index = open.last else { return }
        spans[index].events.append(SpanEvent(timeUnixNano: now, name: name, attributes: []))
    }

    /// Adds attributes to a recorded span, or to the innermost open one.
    mutating func note(_ attributes: AttributeList, on index: Int? = nil) {
        guard let index = index ?? open.last else { return }
        spans[index].attributes += attributes.all
    }

    /// Records a log record that belongs to a span.
    mutating func log(
        _ name: String, of index: Int, at time: Int64? = nil, _ attributes: AttributeList, body: AttributeList? = nil
    ) {
        logs.append(
            SpanLogRecord(
                traceID: traceID, spanID: spans[index].spanID,
                event: SpanEvent(
                    timeUnixNano: time ?? now, name: name, attributes: attributes.all, origin: .log,
                    body: body?.attributeValue, severityNumber: 9),
                resource: resource, scope: scope))
    }

    /// Marks a span as failed, with the exception as an event.
    mutating func fail(_ index: Int, _ failure: RecordedFailure) {
        spans[index].status = SpanStatus(.error, message: failure.message)
        note(["error.type": failure.type], on: index)
        let attributes: AttributeList = [
            "exception.type": failure.type, "exception.message": failure.message,
            "exception.stacktrace": failure.stacktrace,
        ]
        spans[index].events.append(
            SpanEvent(timeUnixNano: spans[index].endUnixNano, name: "exception", attributes: attributes.all))
    }

    /// Marks a span as given up by whoever asked for it.
    mutating func cancel(_ index: Int, _ message: String) {
        note(["error.type": "CancelledError"], on: index)
        spans[index].status = SpanStatus(.unset, message: message)
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

    private var scope: InstrumentationScope {
        switch voice {
        case .openTelemetry: InstrumentationScope(name: "opentelemetry.instrumentation.genai", version: "0.4b0")
        case .openTelemetryEvents:
            InstrumentationScope(name: "opentelemetry.instrumentation.openai_v2", version: "2.1b0")
        case .openInference: InstrumentationScope(name: "openinference.instrumentation.langchain", version: "0.1.55")
        }
    }
}

extension Resource {
    fileprivate init(attributes: AttributeList) { self.init(attributes: attributes.all) }
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

/// How an operation failed.
struct RecordedFailure: Sendable {
    /// The class of the failure, such as `TimeoutError` or `429`.
    var type: String
    var message: String
    /// Where the code failed; nil without an exception.
    var stacktrace: String?

    init(_ type: String, _ message: String, stacktrace: String? = nil) {
        self.type = type
        self.message = message
        self.stacktrace = stacktrace
    }
}

extension SplitMix64 {
    mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// A number around 1, for durations that vary.
    mutating func jitter(_ share: Double = 0.25) -> Double {
        Double.random(in: (1 - share)...(1 + share), using: &self)
    }
}
