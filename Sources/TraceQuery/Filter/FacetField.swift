/// A field whose values are counted per trace when spans are stored.
package enum FacetField: CaseIterable, Sendable {
    case service
    case agent
    case model
    case modelRequested
    case modelResolved
    case tool
    case kind
    case status
    case name
    case session
    case error
    case scope
    case resource
    case mark
    /// The set of attribute keys.
    case shape
    case finding
    case severity
    case certainty
    case stream

    /// The facet behind a field of the filter language; nil where its values are not counted.
    package init?(_ field: FilterField) {
        switch field.name {
        case "service": self = .service
        case "agent": self = .agent
        case "model": self = .model
        case "model.requested": self = .modelRequested
        case "model.resolved": self = .modelResolved
        case "tool": self = .tool
        case "kind": self = .kind
        case "status": self = .status
        case "name": self = .name
        case "session": self = .session
        case "error": self = .error
        case "scope": self = .scope
        case "mark": self = .mark
        case "finding": self = .finding
        case "severity": self = .severity
        case "certainty": self = .certainty
        case "stream": self = .stream
        default: return nil
        }
    }

    /// Whether a span has at most one value, so that those without one can be told.
    package var isSingle: Bool {
        switch self {
        case .status, .mark, .kind, .name, .scope, .resource, .shape: false
        case .finding, .severity, .certainty, .stream: false
        default: true
        }
    }

    /// Whether the values stand in tables that older files lack.
    package var needsStreams: Bool {
        switch self {
        case .finding, .severity, .certainty, .stream: true
        default: false
        }
    }
}
