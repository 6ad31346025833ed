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
        tell("spandrel: " + message)
    }

    /// A line on standard error without the program's name.
    static func tell(_ message: String) {
        // Messages quote what a file or a user wrote, which must not steer the terminal.
        ask(safe(message) + "\n")
    }

    /// A text on standard error as it stands, such as a question whose answer follows on the same line.
    static func ask(_ question: String) {
        FileHandle.standardError.write(Data(question.utf8))
    }

    /// Lines in which nothing steers a terminal.
    static func safe(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.line(String($0)) }
            .joined(separator: "\n")
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
        Console.ask("\r\(text)\u{1B}[K")
    }

    /// Takes the line away.
    func end() {
        if lastDrawn >= 0 { Console.ask("\r\u{1B}[K") }
        lastDrawn = -1
    }
}
