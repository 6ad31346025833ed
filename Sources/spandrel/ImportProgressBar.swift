import Basics
import Canvas
import Foundation
import Ingest

/// One line on standard error that tells how far an import is; nothing where that is no terminal.
final class ImportProgressBar {
    private let isShown = Console.isTerminal(STDERR_FILENO)
    private var lastDrawn = -1.0
    private var wasDrawn = false

    /// Draws the line anew, at most ten times a second.
    func update(_ progress: ImportProgress) {
        guard isShown, progress.seconds - lastDrawn >= 0.1 else { return }
        lastDrawn = progress.seconds
        wasDrawn = true
        let width = Console.columns(STDERR_FILENO) ?? 80
        write("\r" + String(ImportProgressBar.line(progress).prefix(width - 1)) + "\u{1B}[K")
    }

    /// Takes the line away.
    func end() {
        if wasDrawn { write("\r\u{1B}[K") }
        wasDrawn = false
    }

    /// Such as `[#########···········]  45%  1.21GB of 2.70GB  8.1k spans/s  2m05s left`.
    static func line(_ progress: ImportProgress) -> String {
        var parts: [String] = []
        if let share = progress.share {
            let filled = Int(clamped: share * 20)
            parts.append(
                "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: 20 - filled) + "] "
                    + Figures.percent(share))
        }
        let total = progress.bytesTotal.map { " of \(Figures.bytes($0))" } ?? ""
        parts.append(Figures.bytes(progress.bytesDone) + total)
        if let pace = progress.spansPerSecond { parts.append(Figures.count(Int64(clamped: pace)) + " spans/s") }
        if let left = progress.secondsLeft {
            parts.append(Figures.duration(nanos: Int64(clamped: left * 1e9)) + " left")
        }
        return parts.joined(separator: "  ")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
