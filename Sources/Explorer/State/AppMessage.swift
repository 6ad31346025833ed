package import Canvas
package import TraceExport
package import TraceQuery

/// What can happen to the explorer.
package enum AppMessage: Sendable {
    case start(StartOptions)
    case key(Key)
    case resized(Size)
    /// A request was answered, or what was to be derived is there.
    case loaded(RequestID, Answer)
    case failed(RequestID, QueryError)
    /// The clock moved on: nanoseconds since the Unix epoch.
    case tick(Int64)
    /// Time passed while a stream is in sight: nanoseconds on a clock that only runs forward.
    case frame(Int64)
    /// The database has changed.
    case dataChanged
    case copied(bytes: Int, problem: String?)
    case notice(Notice)
    /// What an export would come to; nil where it cannot be told.
    case exportEstimated(ExportOrder, ExportEstimate?)
    /// Spans that the export under way has written, of how many.
    case exportProgress(done: Int, total: Int)
    case exported(ExportOutcome)
}

/// What the command line asks the explorer to begin with.
package struct StartOptions: Equatable, Sendable {
    package var filter: String
    package var traceIDPrefix: String?
    /// Commands as the `:` prompt takes them.
    package var commands: [String]

    package init(filter: String = "", traceIDPrefix: String? = nil, commands: [String] = []) {
        self.filter = filter
        self.traceIDPrefix = traceIDPrefix
        self.commands = commands
    }
}

/// A request of any kind, so that effects can be compared.
package struct AnyTraceRequest: Equatable, Sendable {
    package let base: any TraceRequest

    package init(_ base: any TraceRequest) {
        self.base = base
    }

    package static func == (a: AnyTraceRequest, b: AnyTraceRequest) -> Bool {
        func isEqual<Request: TraceRequest>(_ request: Request) -> Bool { request == b.base as? Request }
        return isEqual(a.base)
    }
}

/// What the explorer asks of the world.
package enum Effect: Equatable, Sendable {
    /// To be answered by `loaded` with what `AppState.preparation` makes of the result, or by `failed`.
    case run(RequestID, AnyTraceRequest)
    /// To be answered by `loaded` with what `AppState.derivation` gives.
    case derive(RequestID)
    case cancel(RequestID)
    case copy(String)
    /// To be answered by `exportEstimated`; an earlier estimate need not be finished.
    case estimateExport(ExportOrder)
    /// To be answered by `exportProgress` now and then, and by `exported` at the end.
    case export(ExportOrder)
    /// To be answered by `exported`, as a failure unless the file was whole by then.
    case cancelExport
    case setMouse(Bool)
    case redraw
    case suspend
    case quit
}
