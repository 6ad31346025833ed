/// One try of a worker.
struct Attempt: Sendable {
    /// How a try ends that does not succeed.
    enum Failure: Sendable {
        case transport, validation, cancelled
    }

    var worker: Int
    var task: TicketTask
    var number = 1
    /// Why it is tried again: `transport`, `validation` or `critic`; nil for the first try.
    var reason: String?
    var model: String
    var failure: Failure?
}
