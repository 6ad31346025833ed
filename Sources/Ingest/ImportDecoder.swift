import Foundation
import TraceIngest
import TraceModel
import TraceStore

/// The decoding half of an import: inputs in, batches offered to the pipeline, on a thread of its own.
final class ImportDecoder: Sendable {
    private let inputs: [InputFile]
    /// Nil tells by the content.
    private let format: InputFormat?
    /// The span that recordings belong to, where the user names it.
    private let owner: StreamOwner?
    private let preparation: Preparation
    private let pipeline: IngestPipeline
    private let events: EventQueue
    private let interruption: Interruption

    /// What the decoding thread has to tell, in the order of the input.
    enum Event: Sendable {
        /// An input was opened.
        case opened
        /// A batch was taken; what it counts once it is stored.
        case batch(IngestReceipt, ImportStatistics.Part)
        /// The machine failed on an input.
        case fault(String)
    }

    /// Ends the decoding of an input when nobody wants more of it.
    private struct Stop: Error {}

    init(
        inputs: [InputFile], format: InputFormat?, owner: StreamOwner?, preparation: Preparation,
        pipeline: IngestPipeline, events: EventQueue, interruption: Interruption
    ) {
        self.inputs = inputs
        self.format = format
        self.owner = owner
        self.preparation = preparation
        self.pipeline = pipeline
        self.events = events
        self.interruption = interruption
    }

    /// Starts the thread; it ends the events when it is done.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "decode"
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func run() {
        defer { events.finish() }
        var bytesBefore: Int64 = 0
        for input in inputs {
            guard !interruption.isRaised else { return }
            do {
                guard events.push(.opened) else { return }
                var consumed: Int64 = 0
                // Small batches, of which many share a transaction: what waits for one costs memory.
                try FileDecoder.decode(input, format: format, batchSize: 256) { batch in
                    consumed = batch.bytesConsumed
                    try pass(batch, of: input, bytesBefore: bytesBefore)
                }
                bytesBefore += consumed
            } catch is Stop {
                return
            } catch {
                guard events.push(.fault("\(error)")) else { return }
            }
        }
    }

    private func pass(_ batch: IngestBatch, of input: InputFile, bytesBefore: Int64) throws {
        let prepared = preparation.batch(batch, of: input.displayName, owner: owner)
        let part = ImportStatistics.Part(prepared, bytesDone: bytesBefore + batch.bytesConsumed)
        // Once an event is announced it is waited for, so that nothing is stored that is not counted.
        guard events.announce() else { throw Stop() }
        let receipt = pipeline.offerWaiting(prepared)
        events.pushAnnounced(receipt.map { .batch($0, part) })
        guard receipt != nil, !interruption.isRaised else { throw Stop() }
    }
}

/// What the decoding thread tells the importing one.
///
/// The pipeline bounds the batches behind the events, so the events need no bound.
final class EventQueue: @unchecked Sendable {
    // All state is touched under the condition's lock only.
    private let condition = NSCondition()
    private var events: [ImportDecoder.Event] = []
    private var isFinished = false
    private var announced = 0

    /// Adds an event; false once the queue is finished.
    func push(_ event: ImportDecoder.Event) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isFinished else { return false }
        events.append(event)
        condition.signal()
        return true
    }

    /// Says that an event will come, even if the queue is finished before; false once it is finished.
    func announce() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isFinished else { return false }
        announced += 1
        return true
    }

    /// Adds an event that was announced; nil where it does not come after all.
    func pushAnnounced(_ event: ImportDecoder.Event?) {
        condition.lock()
        defer { condition.unlock() }
        announced -= 1
        if let event { events.append(event) }
        condition.signal()
    }

    /// Takes all events, after waiting for one; none at the end.
    func take() -> [ImportDecoder.Event] {
        condition.lock()
        defer { condition.unlock() }
        while events.isEmpty, !isFinished || announced > 0 { condition.wait() }
        defer { events = [] }
        return events
    }

    /// Says that no event will follow; those that wait can still be taken.
    func finish() {
        condition.lock()
        defer { condition.unlock() }
        isFinished = true
        condition.broadcast()
    }
}
