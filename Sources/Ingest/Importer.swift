package import Redaction
import Synchronization
package import TraceIngest
package import TraceModel
package import TraceStore

/// Stores the traces of files: decoding on one thread, writing on that of the pipeline.
package struct Importer {
    /// Seconds on a clock that only runs forward.
    package typealias Stopwatch = @Sendable () -> Double

    private let writer: TraceWriter
    private let stopwatch: Stopwatch
    private let interruption: Interruption
    private let redactor: Redactor?

    /// - Parameter redactor: what every text passes before it is stored; nil stores texts as they come.
    package init(
        writer: TraceWriter, redactor: Redactor?, interruption: Interruption = Interruption(),
        stopwatch: @escaping Stopwatch
    ) {
        self.writer = writer
        self.redactor = redactor
        self.interruption = interruption
        self.stopwatch = stopwatch
    }

    /// Stores everything that the inputs hold.
    ///
    /// What cannot be decoded is stored as a rejection, and what the machine cannot read becomes a fault of the report;
    /// neither ends the import. Batches are stored whole or not at all, so whatever ends the import early, what was
    /// counted is stored.
    ///
    /// - Parameters:
    ///   - format: how all inputs are read; nil tells by their contents.
    ///   - owner: the span that recordings of streams belong to, where it is known; nil where they tell it themselves.
    ///   - onProgress: called on the calling thread after each batch.
    package func run(
        _ discovery: InputDiscovery, format: InputFormat? = nil, owner: StreamOwner? = nil,
        onProgress: (ImportProgress) -> Void = { _ in }
    ) throws(StoreError) -> ImportReport {
        let started = stopwatch()
        let preparation = Preparation(redactor)
        var statistics = ImportStatistics()
        statistics.report.problems = discovery.problems
        if redactor != nil { statistics.report.redactions = RedactionCounts() }

        var options = IngestPipeline.Options()
        // A decoded span takes three times the bytes that it was read from.
        options.waitingBytes = 4 << 20
        let pipeline = IngestPipeline(writer, options, stopwatch: stopwatch)
        let events = EventQueue()
        var progress = ImportProgress()
        progress.bytesTotal = discovery.totalSize
        do throws(StoreError) {
            try store(discovery.problems, preparation, pipeline, &statistics)
            ImportDecoder(
                inputs: discovery.inputs, format: format, owner: owner, preparation: preparation, pipeline: pipeline,
                events: events, interruption: interruption
            ).start()
            // The decoding thread may wait for a pipe that says nothing; the import ends without it.
            interruption.whenRaised { events.finish() }
            while true {
                let taken = events.take()
                if taken.isEmpty { break }
                for event in taken {
                    switch event {
                    case .opened: statistics.report.files += 1
                    case .fault(let line): statistics.report.faults.append(line)
                    case .batch(let receipt, let part):
                        statistics.add(part, try receipt.wait())
                        progress.bytesDone = part.bytesDone
                        progress.spans = statistics.report.spans
                        progress.seconds = stopwatch() - started
                        onProgress(progress)
                    }
                }
            }
            try pipeline.finish()
        } catch {
            events.finish()
            pipeline.abandon()
            throw error
        }
        statistics.report.isInterrupted = interruption.isRaised
        statistics.report.seconds = stopwatch() - started
        return statistics.finished()
    }

    /// A folder without traces is undecodable input, which the database remembers.
    private func store(
        _ problems: [InputProblem], _ preparation: Preparation, _ pipeline: IngestPipeline,
        _ statistics: inout ImportStatistics
    ) throws(StoreError) {
        let rejections = problems.filter { $0.kind == .noTraces }
            .map { problem in
                // Names of folders are texts too.
                StoredRejection(
                    file: preparation.text(problem.path), byteOffset: nil, line: nil, reason: problem.reason)
            }
        guard !rejections.isEmpty else { return }
        var batch = PreparedBatch(bytes: 0)
        batch.rejections = rejections
        guard let receipt = pipeline.offerWaiting(batch) else { return }
        statistics.add(ImportStatistics.Part(batch, bytesDone: 0), try receipt.wait())
    }
}

/// A thread-safe request to stop the import after the batch at hand.
package final class Interruption: Sendable {
    private struct State {
        var isRaised = false
        var onRaise: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// True once `raise` was called.
    package var isRaised: Bool { state.withLock { $0.isRaised } }

    package func raise() {
        let action = state.withLock { state in
            state.isRaised = true
            defer { state.onRaise = nil }
            return state.onRaise
        }
        action?()
    }

    /// Sets what is done at the request, at once if it was made already.
    func whenRaised(_ action: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            if !state.isRaised { state.onRaise = action }
            return state.isRaised
        }
        if isRaised { action() }
    }
}
