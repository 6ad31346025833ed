/// A value that a trace is found by, with the number of its spans that have it.
package struct TraceFacet: Hashable, Sendable {
    package var field: Field
    /// A number whose meaning the field tells.
    package var value: Int64
    /// Spans that have the value; 0 where only the trace has it.
    package var spans: Int

    package init(field: Field, value: Int64, spans: Int) {
        self.field = field
        self.value = value
        self.spans = spans
    }

    /// What traces are counted and found by.
    ///
    /// The raw values are stored in the database: never renumber them.
    package enum Field: Int64, CaseIterable, Sendable {
        case service = 1
        case agent = 2
        /// The model that answered, else the one asked for.
        case model = 3
        case modelRequested = 4
        case tool = 5
        /// Values are raw values of `SpanKind`.
        case kind = 6
        /// Values are raw values of `Outcome`.
        case status = 7
        case name = 8
        case session = 9
        case errorType = 10
        /// Values are references to scopes.
        case scope = 11
        /// Values are references to resources.
        case resource = 12
        /// Values are references to shapes, the sets of attribute keys of spans.
        case shape = 13
        /// Values are single bits of `SpanMarks`.
        case mark = 14
        case modelResolved = 15
        /// Values are names of rules; the spans are those that a finding is about.
        case finding = 16
        /// Values are raw values of `FindingSeverity`.
        case severity = 17
        /// Values are raw values of `FindingCertainty`.
        case certainty = 18
        /// Values are raw values of `TimingQuality`; the spans are those with a recorded stream.
        case stream = 19

        /// The word for the field in the database.
        package var name: String {
            switch self {
            case .modelRequested: "model.requested"
            case .modelResolved: "model.resolved"
            case .errorType: "error"
            default: String(describing: self)
            }
        }

        /// Whether values are names, as indices of a name table or as a store refers to its texts.
        package var isName: Bool {
            switch self {
            case .service, .agent, .model, .modelRequested, .tool, .name, .session, .errorType, .modelResolved,
                .finding:
                true
            case .kind, .status, .scope, .resource, .shape, .mark, .severity, .certainty, .stream: false
            }
        }
    }

    /// What became of a span, as filters and lists say it; a span may be both failed and cancelled.
    ///
    /// The raw values are stored in the database: never renumber them.
    package enum Outcome: Int64, CaseIterable, Sendable {
        case unset = 0
        case ok = 1
        case error = 2
        case cancelled = 3
    }
}
