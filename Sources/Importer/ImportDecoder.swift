import Foundation
import TraceIngest
import TraceModel
import TraceStore

/// The decoding half of an import: inputs in, prepared batches out, on a thread of its own.
final class ImportDecoder: Sendable {
    private let inputs: [InputFile]
    private let format: InputFormat
    private let queue: BoundedQueue<Event>
    private let interruption: Interruption
    /// The span that recordings belong to, where the user names it.
    private let owner: StreamOwner?

    /// What the decoding thread has to tell.
    enum Event: Sendable {
        /// An input was opened.
        case opened
        case batch(ImportBatch)
        /// The machine failed on an input.
        case fault(String)
    }

    /// Ends the decoding of an input when nobody wants more of it.
    private struct Stop: Error {}

    init(
        inputs: [InputFile], format: InputFormat, owner: StreamOwner?, queue: BoundedQueue<Event>,
        interruption: Interruption
    ) {
        self.inputs = inputs
        self.format = format
        self.owner = owner
        self.queue = queue
        self.interruption = interruption
    }

    /// Starts the thread; it ends the queue when it is done.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "decode"
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func run() {
        defer { queue.finish() }
        var bytesBefore: Int64 = 0
        for input in inputs {
            guard !interruption.isRaised else { return }
            do {
                guard queue.push(.opened) else { return }
                var consumed: Int64 = 0
                // Large transactions cost the text index fewer merges.
                try FileDecoder.decode(input, format: format, batchSize: 2_048) { batch in
                    consumed = batch.bytesConsumed
                    try pass(batch, of: input, bytesBefore: bytesBefore)
                }
                bytesBefore += consumed
            } catch is Stop {
                return
            } catch {
                guard queue.push(.fault("\(error)")) else { return }
            }
        }
    }

    private func pass(_ batch: IngestBatch, of input: InputFile, bytesBefore: Int64) throws {
        var prepared = ImportBatch()
        prepared.spans = batch.spans.map { PreparedSpan($0) }
        prepared.logs = batch.logs
        prepared.streams = prepared.spans.compactMap { PreparedStream(in: $0) }
        for var stream in batch.streams {
            stream.owner = owner ?? stream.owner
            prepared.streams.append(PreparedStream(stream))
        }
        prepared.rejections = batch.rejects.map { rejection in
            StoredRejection(
                file: input.displayName, byteOffset: rejection.byteOffset, line: rejection.line,
                reason: rejection.reason)
        }
        prepared.bytesDone = bytesBefore + batch.bytesConsumed
        guard queue.push(.batch(prepared)), !interruption.isRaised else { throw Stop() }
    }
}
