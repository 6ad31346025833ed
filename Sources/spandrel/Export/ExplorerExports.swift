import Explorer
import Exporter
import Foundation
import Redaction
import TraceExport
import TraceModel
import TraceQuery

/// The exports that the explorer orders, as tasks that answer into its mailbox.
///
/// It is used by the thread of the loop only.
final class ExplorerExports {
    private let backend: any TraceBackend
    private let mailbox: Mailbox
    private var estimate: Task<Void, Never>?
    private var export: Task<Void, Never>?

    init(backend: any TraceBackend, mailbox: Mailbox) {
        self.backend = backend
        self.mailbox = mailbox
    }

    /// Answers with what the export would come to; an earlier question is forgotten.
    func estimate(_ order: ExportOrder) {
        estimate?.cancel()
        estimate = Task { [backend, mailbox] in
            // Counting needs no key: what is counted is not shown.
            let known = try? await ExportJob(order, redactor: nil).estimate(on: backend)
            guard !Task.isCancelled else { return }
            mailbox.post(.exportEstimated(order, known))
        }
    }

    /// Writes the file and answers how it ended.
    func write(_ order: ExportOrder) {
        export = Task { [backend, mailbox] in
            let outcome = await ExplorerExports.outcome(order, backend, mailbox)
            mailbox.post(.exported(outcome))
        }
    }

    func cancel() {
        export?.cancel()
    }

    /// Ends what runs; what is half written is removed before this returns.
    func end() {
        estimate?.cancel()
        guard let export else { return }
        export.cancel()
        let ended = DispatchSemaphore(value: 0)
        Task {
            await export.value
            ended.signal()
        }
        _ = ended.wait(timeout: .now() + 2)
    }

    private static func outcome(
        _ order: ExportOrder, _ backend: any TraceBackend, _ mailbox: Mailbox
    ) async -> ExportOutcome {
        do {
            let redactor: Redactor? = order.isUnredacted ? nil : try RedactionOptions.standardRedactor()
            let job = ExportJob(order, redactor: redactor)
            let total = try await job.estimateCounts(on: backend)
            var last = 0
            let report = try await job.run(on: backend) { progress in
                guard progress.spans - last >= 500 else { return }
                last = progress.spans
                mailbox.post(.exportProgress(done: progress.spans, total: total))
            }
            return .success(
                path: order.path, traces: report.traces, spans: report.spans, bytes: report.bytes,
                remarks: report.remarks)
        } catch let error as ExportError {
            if case .fileExists = error { return .failure(message: "\(error)", fileExists: true) }
            return .failure(message: "\(error)", fileExists: false)
        } catch let error as Failure {
            return .failure(message: error.message ?? "the export failed", fileExists: false)
        } catch {
            // Nothing else is thrown above, which the compiler cannot see.
            return .failure(message: "\(error)", fileExists: false)
        }
    }
}

extension ExportJob {
    /// The export that a dialog describes.
    init(_ order: ExportOrder, redactor: Redactor?) {
        self.init(
            selection: ExportSelection(order.scope), words: order.scope.words, format: order.format, rows: order.rows,
            path: order.path, replacesFile: order.replacesFile, redactor: redactor)
    }
}

extension ExportSelection {
    fileprivate init(_ scope: ExportScope) {
        self =
            switch scope {
            case .traces(let filter): .traces(filter)
            case .listed(let ids): .listed(ids.map { .id($0) })
            case .spans(let trace, let spans): .part(.id(trace), .spans(spans))
            case .subtree(let trace, let span): .part(.id(trace), .subtree(.address(SpanAddress(trace, span))))
            case .agent(let trace, let label, let number): .part(.id(trace), .run(number, label: label))
            case .steps(let trace, let range): .part(.id(trace), .steps(range))
            case .matching(let trace, let filter): .part(.id(trace), .matching(filter))
            }
    }
}
