import Basics
import Canvas
import Exporter

/// One line on standard error that tells how far an export is; nothing where that is no terminal.
final class ExportProgressBar: @unchecked Sendable {
    // Touched by the task of the export, and by its owner after that has ended.
    private let line = StatusLine()
    private let started = Clocks.seconds()

    func update(_ progress: ExportProgress) {
        let seconds = Clocks.seconds() - started
        // A file that is written at once needs no bar.
        guard seconds >= 0.2 else { return }
        let pace = Figures.bytes(Int64(clamped: Double(progress.bytes) / seconds))
        line.show("\(Figures.count(Int64(progress.spans))) spans  \(Figures.bytes(progress.bytes))  \(pace)/s")
    }

    /// Takes the line away.
    func end() { line.end() }
}
