import FastJSON

/// What other programs' data is called that this program does not read, with what to do about it.
enum KnownShape {
    /// JSON values that are told by their keys; the first whose keys all stand is taken.
    private static let objects: [(keys: [String], name: String)] = [
        (["traceEvents"], "a trace of Chrome's format, without agents; Perfetto opens it"),
        (["ph", "ts"], "events of Chrome's trace format, without agents; Perfetto opens them"),
        (["scopeMetrics"], "metrics of OpenTelemetry, which are not stored"),
        (["scope_metrics"], "metrics of OpenTelemetry, which are not stored"),
        (["resource_metrics"], "metrics of OpenTelemetry, which are not stored"),
        (["hrTime", "spanContext"], "a log record as OpenTelemetry's JavaScript SDK writes it; export OTLP instead"),
        (["SpanContext", "StartTime"], "a span as OpenTelemetry's Go SDK prints it; export OTLP instead"),
        (["traceID", "spanID", "trace_flags"], "a log line with the ids of a span, but no span"),
        (["iKey", "data"], "telemetry of Azure's Application Insights; send OTLP to the Collector's file exporter"),
        (["sent_at", "trace"], "an envelope of Sentry; send OTLP instead"),
        (["event_id", "sent_at"], "an envelope of Sentry; send OTLP instead"),
        (["request", "traces"], "traces of Datadog's agent; send OTLP instead"),
        (["span_id", "service", "resource", "start", "duration"], "a span of Datadog; send OTLP instead"),
        (["id", "start_time", "in_progress"], "a segment of AWS X-Ray; send OTLP instead"),
        (["Segments", "Duration"], "traces of AWS X-Ray; send OTLP instead"),
        (["sessionId", "uuid", "parentUuid"], "a session of Claude Code as it lies on disk"),
        (["sessionId", "type", "timestamp", "version"], "a session of Claude Code as it lies on disk"),
        (["timestamp", "type", "payload"], "a rollout of Codex as it lies on disk"),
        (["sessionId", "projectHash"], "a session of Gemini CLI as it lies on disk"),
        (["log", "stream"], "a line of Docker's log with something else than traces in it"),
        (["textPayload"], "a line of Google Cloud's log with something else than traces in it"),
    ]

    /// What a value seems to be; nil for what has no name.
    static func name(of value: JSONValue) -> String? {
        let inner = value.elements.map { $0.first ?? .null }
        guard let members = (inner ?? value).members else {
            return value.elements?.isEmpty == true ? "an empty list" : nil
        }
        return name(ofKeys: Set(members.map(\.key)))
    }

    /// What an object with these keys seems to be; nil for what has no name.
    static func name(ofKeys keys: Set<String>) -> String? {
        if keys.isEmpty { return "an empty object" }
        return objects.first { keys.isSuperset(of: $0.keys) }?.name
    }
}
