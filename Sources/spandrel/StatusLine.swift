import Foundation

/// One line on standard error that is written over; nothing where that is no terminal.
final class StatusLine {
    private let isShown = Console.isTerminal(STDERR_FILENO)
    private var lastDrawn = -1.0

    /// Draws the line anew, at most ten times a second.
    func show(_ text: String) {
        let now = Clocks.seconds()
        guard isShown, now - lastDrawn >= 0.1 else { return }
        lastDrawn = now
        FileHandle.standardError.write(Data("\r\(text)\u{1B}[K".utf8))
    }

    /// Takes the line away.
    func end() {
        if lastDrawn >= 0 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        lastDrawn = -1
    }
}
