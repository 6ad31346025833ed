package import TraceQuery

/// The number of a request; answers to forgotten numbers are dropped.
package struct RequestID: Hashable, Sendable {
    package let number: Int
}

/// What is being waited for, and why.
package struct PendingRequests: Equatable, Sendable {
    /// What an answer is for.
    ///
    /// At most one request per purpose is open.
    package enum Purpose: Hashable, Sendable {
        case traces, moreTraces, structurePreview, structure, span, stream, otherStream, results, moreResults,
            completion
        case list(View)
        /// One of two spans that are compared.
        case compared(View, isLater: Bool)
        // Derived from what is there.
        case shownClocks, spanPlace, difference(View)
    }

    private var open: [RequestID: Purpose] = [:]
    private var next = 1

    /// Opens a request and gives up the one before it for the same purpose.
    package mutating func send(_ request: some TraceRequest, for purpose: Purpose) -> [Effect] {
        let (id, effects) = begin(purpose)
        return effects + [.run(id, AnyTraceRequest(request))]
    }

    /// Asks for something to be derived, and gives up the derivation before it for the same purpose.
    mutating func derive(_ purpose: Purpose) -> [Effect] {
        let (id, effects) = begin(purpose)
        return effects + [.derive(id)]
    }

    private mutating func begin(_ purpose: Purpose) -> (RequestID, [Effect]) {
        let id = RequestID(number: next)
        next += 1
        let effects = cancel(purpose)
        open[id] = purpose
        return (id, effects)
    }

    /// What an open request is for; nil when nobody waits for it any more.
    func purpose(of id: RequestID) -> Purpose? { open[id] }

    /// Gives up what is open for a purpose.
    package mutating func cancel(_ purpose: Purpose) -> [Effect] {
        guard let old = open.first(where: { $0.value == purpose })?.key else { return [] }
        open[old] = nil
        return [.cancel(old)]
    }

    /// Closes a request; nil when nobody waits for it any more.
    package mutating func close(_ id: RequestID) -> Purpose? {
        open.removeValue(forKey: id)
    }

    package func isOpen(_ purpose: Purpose) -> Bool { open.values.contains(purpose) }
}
