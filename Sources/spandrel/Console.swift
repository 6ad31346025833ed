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
