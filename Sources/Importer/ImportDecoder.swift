import Foundation
import Redaction
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
    /// Nil where texts are stored as they come.
    private let redactor: Redactor?

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
        inputs: [InputFile], format: InputFormat, owner: StreamOwner?, redactor: Redactor?,
        queue: BoundedQueue<Event>, interruption: Interruption
    ) {
        self.inputs = inputs
        self.format = format
        self.owner = owner
        self.redactor = redactor
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
        prepared.spans = batch.spans.map { PreparedSpan($0, redactor: redactor) }
        prepared.logs = batch.logs.map { PreparedLog($0, redactor: redactor) }
        prepared.streams = prepared.spans.compactMap { PreparedStream(in: $0) }
        for var stream in batch.streams {
            stream.owner = owner ?? stream.owner
            prepared.streams.append(PreparedStream(stream, redactor: redactor))
        }
        prepared.rejections = batch.rejects.map { rejection in
            StoredRejection(
                file: redacted(input.displayName), byteOffset: rejection.byteOffset, line: rejection.line,
                reason: redacted(rejection.reason))
        }
        prepared.bytesDone = bytesBefore + batch.bytesConsumed
        guard queue.push(.batch(prepared)), !interruption.isRaised else { throw Stop() }
    }

    /// Names of files and the words of faults may quote what was in the input.
    private func redacted(_ text: String) -> String {
        var counts = RedactionCounts()
        return redactor?.redacted(text, &counts) ?? text
    }
}
