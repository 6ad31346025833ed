package import Redaction
package import TraceIngest
package import TraceModel
package import TraceStore

/// Stores the traces of files: decoding on one thread, writing on another, a bounded queue between them.
package struct Importer {
    /// Seconds on a clock that only runs forward.
    package typealias Stopwatch = () -> Double

    /// Batches that may wait between the threads: enough to even out both, small enough to keep memory flat.
    private static let waitingBatches = 4

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
    /// neither ends the import. Each batch is a transaction, so whatever ends the import early, what was counted is
    /// stored.
    ///
    /// - Parameters:
    ///   - owner: the span that recordings of streams belong to, where it is known; nil where they tell it themselves.
    ///   - onProgress: called on the calling thread after each batch.
    package func run(
        _ discovery: InputDiscovery, format: InputFormat = .auto, owner: StreamOwner? = nil,
        onProgress: (ImportProgress) -> Void = { _ in }
    ) throws(StoreError) -> ImportReport {
        let started = stopwatch()
        var tally = ImportTally()
        tally.report.problems = discovery.problems
        if redactor != nil { tally.report.redactions = RedactionCounts() }
        try store(discovery.problems, &tally)

        let queue = BoundedQueue<ImportDecoder.Event>(capacity: Importer.waitingBatches)
        ImportDecoder(
            inputs: discovery.inputs, format: format, owner: owner, redactor: redactor, queue: queue,
            interruption: interruption
        ).start()
        // The decoding thread may wait for a pipe that says nothing; the import ends without it.
        interruption.whenRaised { queue.finish() }
        var progress = ImportProgress()
        progress.bytesTotal = discovery.totalSize
        do throws(StoreError) {
            while let event = queue.pop() {
                switch event {
                case .opened: tally.report.files += 1
                case .fault(let line): tally.report.faults.append(line)
                case .batch(let batch):
                    let counts = try writer.write(
                        spans: batch.spans, logs: batch.logs, streams: batch.streams, rejects: batch.rejections)
                    tally.add(batch, counts)
                    progress.bytesDone = batch.bytesDone
                    progress.spans = tally.report.spans
                    progress.seconds = stopwatch() - started
                    onProgress(progress)
                }
            }
            try writer.finish()
        } catch {
            // The decoding thread may be waiting for room.
            queue.abandon()
            throw error
        }
        tally.report.isInterrupted = interruption.isRaised
        tally.report.seconds = stopwatch() - started
        return tally.finished()
    }

    /// A folder without traces is undecodable input, which the database remembers.
    private func store(_ problems: [InputProblem], _ tally: inout ImportTally) throws(StoreError) {
        let rejections = problems.filter { $0.kind == .noTraces }
            .map { problem in
                var counts = RedactionCounts()
                // Names of folders are texts too.
                let path = redactor?.redacted(problem.path, &counts) ?? problem.path
                return StoredRejection(file: path, byteOffset: nil, line: nil, reason: problem.reason)
            }
        guard !rejections.isEmpty else { return }
        var batch = ImportBatch()
        batch.rejections = rejections
        tally.add(batch, try writer.write(spans: [], rejects: rejections))
    }
}
