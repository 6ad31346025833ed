import StreamDecoding
import TraceModel

/// Why a call ended, out of what the proxy saw and what the response says.
struct EndJudgement: Equatable {
    var cause: StreamEndCause
    /// The error of the response, or of the connection.
    var message: String?
    /// A word for `error.type`; nil where all went well.
    var errorType: String?
    var remarks: [String] = []

    /// True where the call failed; a client that went away is no failure of the call.
    var isError: Bool { errorType != nil }

    /// `expectsEndMark` says that a whole response would have had one.
    init(end: CallEnd, status: Int?, response: AssembledResponse, expectsEndMark: Bool) {
        message = response.errorMessage
        if let status, status >= 400 {
            cause = .serverError
            errorType = response.errorType ?? String(status)
            return
        }
        if response.errorType != nil || response.errorMessage != nil {
            cause = .serverError
            errorType = response.errorType ?? "error"
            return
        }
        switch end.cause {
        case .complete:
            if expectsEndMark, !response.isFinished {
                cause = .connectionDropped
                errorType = "incomplete_response"
                message = "the body ended without the provider's end mark"
            } else {
                cause = .finished
            }
        case .clientWentAway:
            // Clients may close as soon as they have read the end mark.
            cause = response.isFinished ? .finished : .clientAbort
        case .upstreamFailed(let reason):
            if status == nil {
                // Nothing was streamed: the server could not be reached, or gave no answer.
                cause = .serverError
                errorType = "upstream_unreachable"
                message = reason
            } else if response.isFinished {
                cause = .finished
                remarks.append("The connection broke after the end mark: \(reason)")
            } else {
                cause = .connectionDropped
                errorType = "connection_dropped"
                message = reason
            }
        case .timedOut:
            cause = .watchdog
            errorType = "timeout"
            message = "nothing came for as long as the recorder's time limit allows"
        case .stopped:
            cause = response.isFinished ? .finished : .watchdog
            errorType = response.isFinished ? nil : "recorder_stopped"
            message = response.isFinished ? nil : "the recorder was stopped"
        }
    }
}

extension WireProtocol {
    /// True where a whole stream always ends with a mark or a finish reason.
    var hasEndMark: Bool { self != .unknown }
}
