import Canvas
import Foundation
import Headless

/// What the program knows of its terminal, and its words on standard error.
enum Console {
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// The columns of the terminal on a descriptor; nil where it is none.
    static func columns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// A fault or a remark, one line on standard error that starts with the program's name.
    static func complain(_ message: String) {
        // Messages quote what a file or a user wrote, which must not steer the terminal.
        let metrics = TextMetrics()
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let safe = lines.map { line in metrics.clusters(of: String(line)).map(\.text).joined() }
        FileHandle.standardError.write(Data(("spandrel: " + safe.joined(separator: "\n") + "\n").utf8))
    }

    /// A question on standard error; the answer follows on the same line.
    static func ask(_ question: String) {
        FileHandle.standardError.write(Data(question.utf8))
    }

    /// Writes a whole text on standard output.
    static func write(_ text: String) throws(Failure) {
        let output = ByteOutput(descriptor: STDOUT_FILENO)
        do {
            try output.write(text)
            try output.flush()
        } catch {
            throw .output(error)
        }
    }
}

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

/// Points at a place in a text, on the line below it.
enum Caret {
    /// The text as one safe line.
    static func line(_ text: String) -> String {
        TextMetrics().clusters(of: text).map(\.text).joined()
    }

    /// A caret under the character at a position, counted from 0; wide characters before it count twice.
    static func pointer(in text: String, at position: Int) -> String {
        let before = TextMetrics().width(of: String(text.prefix(max(0, position))))
        return String(repeating: " ", count: before) + "^"
    }
}
