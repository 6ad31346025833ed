import Foundation
package import TraceStore

/// Stores batches of records from any number of producers through one writer, on a thread of its own.
///
/// What waits is bounded in bytes, so that memory stays flat whoever is faster. Batches that wait at the same time share
/// a transaction; a batch that spoils one is told apart by storing each alone. It runs until `finish` or `abandon`.
package final class IngestPipeline: @unchecked Sendable {
    /// How much is taken at once, and what is done besides.
    package struct Options: Sendable {
        /// Bytes of batches that wait or are being written; a larger batch passes alone.
        package var waitingBytes = 8 << 20
        /// Bytes after which a transaction takes no further batch.
        package var transactionBytes = 4 << 20
        /// Whether summaries of traces that grew are brought up to date while nothing waits, and not only at the end.
        ///
        /// Then at most a tenth of the time goes into them, and a second lies between two rounds at least.
        package var refreshesSummaries = false
        /// Whether the thread gives way to others, so that what is recorded goes first.
        package var yields = false

        package init() {}
    }

    /// What became of an offer.
    package enum Offer: Sendable {
        case accepted(IngestReceipt)
        /// There is no room now; the batch may be offered again.
        case full
        /// Nothing is stored any more.
        case closed
    }

    private struct Entry {
        var batch: PreparedBatch
        var receipt: IngestReceipt
    }

    private enum Work {
        case write([Entry])
        case refresh
    }

    /// Failed attempts in a row after which the rest of a transaction is not tried: a disk that is gone fails each time.
    private static let attemptLimit = 3
    private static let refreshInterval = 1.0
    private static let refreshShare = 10.0

    private let options: Options
    private let stopwatch: @Sendable () -> Double
    private let ended = DispatchSemaphore(value: 0)

    // Touched on the pipeline's thread only.
    private let writer: TraceWriter
    private var isStale = false
    private var nextRefresh = -Double.infinity

    // Touched under the condition's lock only.
    private let condition = NSCondition()
    private var waiting: [Entry] = []
    private var heldBytes = 0
    private var isClosed = false
    private var isAbandoned = false
    private var hasEnded = false
    private var outcome: Result<Void, StoreError> = .success(())

    /// Starts the thread, to which the writer belongs from now on.
    ///
    /// - Parameter stopwatch: seconds on a clock that only runs forward.
    package init(_ writer: TraceWriter, _ options: Options = Options(), stopwatch: @escaping @Sendable () -> Double) {
        self.writer = writer
        self.options = options
        self.stopwatch = stopwatch
        let thread = Thread { self.run() }
        thread.name = "store"
        thread.stackSize = 8 << 20
        thread.start()
    }

    // MARK: Producers

    /// Takes a batch if there is room, and never waits.
    package func offer(_ batch: PreparedBatch) -> Offer {
        condition.lock()
        defer { condition.unlock() }
        return place(batch)
    }

    /// Takes a batch once there is room; nil when nothing is stored any more.
    ///
    /// It blocks, which only a thread of the caller's own may.
    package func offerWaiting(_ batch: PreparedBatch) -> IngestReceipt? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            switch place(batch) {
            case .accepted(let receipt): return receipt
            case .closed: return nil
            case .full: condition.wait()
            }
        }
    }

    private func place(_ batch: PreparedBatch) -> Offer {
        if isClosed { return .closed }
        guard heldBytes == 0 || batch.bytes <= options.waitingBytes - heldBytes else { return .full }
        let receipt = IngestReceipt()
        waiting.append(Entry(batch: batch, receipt: receipt))
        heldBytes += batch.bytes
        condition.broadcast()
        return .accepted(receipt)
    }

    // MARK: The end

    /// Stores what waits, brings all summaries up to date and ends the thread; blocks until then.
    package func finish() throws(StoreError) {
        close(abandons: false)
        try outcome.get()
    }

    /// Drops what waits and ends the thread after the transaction at hand.
    package func abandon() { close(abandons: true) }

    private func close(abandons: Bool) {
        condition.lock()
        isClosed = true
        var dropped: [Entry] = []
        if abandons {
            isAbandoned = true
            dropped = waiting
            waiting = []
        }
        condition.broadcast()
        condition.unlock()
        // At once: whoever waits for them need not wait for the transaction at hand too.
        for entry in dropped {
            entry.receipt.resolve(.failure(.failed(path: writer.path, detail: "storing was given up")))
        }
        condition.lock()
        while !hasEnded { condition.wait() }
        condition.unlock()
    }

    // MARK: The thread

    private func run() {
        if options.yields { Self.lowerPriority() }
        while let work = next() {
            switch work {
            case .write(let entries): write(entries)
            case .refresh: refresh()
            }
        }
        var result: Result<Void, StoreError> = .success(())
        condition.lock()
        let finishes = !isAbandoned
        condition.unlock()
        if finishes {
            do throws(StoreError) { try writer.finish() } catch { result = .failure(error) }
        }
        condition.lock()
        outcome = result
        hasEnded = true
        condition.broadcast()
        condition.unlock()
    }

    /// Waits for something to do; nil at the end.
    private func next() -> Work? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if !waiting.isEmpty { return .write(takeTransaction()) }
            if isClosed { return nil }
            guard isStale, options.refreshesSummaries else {
                condition.wait()
                continue
            }
            let left = nextRefresh - stopwatch()
            if left <= 0 { return .refresh }
            _ = condition.wait(until: Date(timeIntervalSinceNow: left))
        }
    }

    private func takeTransaction() -> [Entry] {
        var bytes = 0
        let count = waiting.firstIndex { entry in
            defer { bytes += entry.batch.bytes }
            return bytes >= options.transactionBytes
        }
        let taken = Array(waiting.prefix(count ?? waiting.count))
        waiting.removeFirst(taken.count)
        return taken
    }

    private func write(_ entries: [Entry]) {
        do throws(StoreError) {
            let counts = try writer.write(entries.map(\.batch))
            for (entry, count) in zip(entries, counts) { entry.receipt.resolve(.success(count)) }
        } catch {
            writeSingly(entries, after: error)
        }
        isStale = true
        condition.lock()
        heldBytes -= entries.reduce(0) { $0 + $1.batch.bytes }
        condition.broadcast()
        condition.unlock()
    }

    /// Stores batches one by one whose common transaction failed.
    private func writeSingly(_ entries: [Entry], after error: StoreError) {
        var error = error
        var failures = entries.count == 1 ? Self.attemptLimit : 0
        for entry in entries {
            if failures < Self.attemptLimit {
                do throws(StoreError) {
                    let counts = try writer.write([entry.batch])
                    failures = 0
                    for count in counts { entry.receipt.resolve(.success(count)) }
                    continue
                } catch let failure {
                    error = failure
                    failures += 1
                }
            }
            entry.receipt.resolve(.failure(error))
        }
    }

    /// Brings summaries up to date; a failure shows itself at the next batch or at the end.
    private func refresh() {
        let started = stopwatch()
        try? writer.summarizePending()
        isStale = false
        let now = stopwatch()
        nextRefresh = now + max(Self.refreshInterval, Self.refreshShare * (now - started))
    }

    /// Makes the calling thread give way to others: on Linux the niceness is a property of the thread.
    package static func lowerPriority() {
        #if os(Linux)
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }
}

/// Tells when a batch is stored.
///
/// It resolves once the transaction that holds the batch is committed, or with the reason why it is not.
package final class IngestReceipt: @unchecked Sendable {
    package typealias Outcome = Result<WriteCounts, StoreError>

    // All state is touched under the lock only.
    private let lock = NSLock()
    private var outcome: Outcome?
    private var actions: [@Sendable (Outcome) -> Void] = []

    /// Calls back with the outcome, at once if it is there already, else on the pipeline's thread.
    package func whenResolved(_ action: @escaping @Sendable (Outcome) -> Void) {
        lock.lock()
        let known = outcome
        if known == nil { actions.append(action) }
        lock.unlock()
        if let known { action(known) }
    }

    /// Waits for the outcome; it blocks, which only a thread of the caller's own may.
    package func wait() throws(StoreError) -> WriteCounts {
        let isResolved = DispatchSemaphore(value: 0)
        whenResolved { _ in isResolved.signal() }
        isResolved.wait()
        lock.lock()
        defer { lock.unlock() }
        guard let outcome else { return WriteCounts() }
        return try outcome.get()
    }

    /// The outcome, for tasks.
    package var stored: WriteCounts {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                whenResolved { continuation.resume(with: $0) }
            }
        }
    }

    func resolve(_ outcome: Outcome) {
        lock.lock()
        self.outcome = outcome
        let actions = actions
        self.actions = []
        lock.unlock()
        for action in actions { action(outcome) }
    }
}
