import Canvas
import Exporter
import Foundation

/// One line on standard error that tells how far an export is; nothing where that is no terminal.
final class ExportProgressBar: @unchecked Sendable {
    // Touched by the task of the export, and by its owner after that has ended.
    private let isShown = Console.isTerminal(STDERR_FILENO)
    private let started = Clocks.seconds()
    private var lastDrawn = -1.0

    /// Draws the line anew, at most ten times a second.
    func update(_ progress: ExportProgress) {
        let now = Clocks.seconds()
        // A file that is written at once needs no bar.
        guard isShown, now - started >= 0.2, now - lastDrawn >= 0.1 else { return }
        lastDrawn = now
        let pace = now > started ? Double(progress.bytes) / (now - started) : 0
        let line =
            "\(Figures.count(Int64(progress.spans))) spans  \(Figures.bytes(progress.bytes))  "
            + "\(Figures.bytes(Int64(pace)))/s"
        FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
    }

    /// Takes the line away.
    func end() {
        if lastDrawn >= 0 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        lastDrawn = -1
    }
}
