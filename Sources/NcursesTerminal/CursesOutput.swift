import CNcurses
import Glibc

/// What curses sends, caught in memory before it goes to the terminal.
///
/// So a frame is one write, and styles cost what they must rather than what curses makes of them.
struct CursesOutput {
    /// The file that curses writes to; it lies in memory.
    let descriptor: Int32
    private var shortener: StyleShortener?

    init() throws(TerminalError) {
        descriptor = memfd_create("curses", 1)
        // MFD_CLOEXEC is 1.)
        guard descriptor >= 0 else { throw .system(operation: "memfd_create", errno: errno) }
    }

    /// From now on styles are shortened, if the terminal of the current screen speaks as ECMA-48 says.
    mutating func shortenStyles() {
        let end = spandrel_capability("sgr0").map { String(cString: $0) } ?? ""
        let isStandard = end.contains("\u{1B}[m") || end.contains("\u{1B}[0m")
        if isStandard, spandrel_number("colors") >= 8 { shortener = StyleShortener() }
    }

    /// What curses wrote since the last call, as it should be sent.
    ///
    /// - Parameter isLast: nothing follows for a while, so the style must be what curses thinks it is.
    mutating func take(isLast: Bool = false) -> [UInt8] {
        let count = Int(lseek(descriptor, 0, SEEK_CUR))
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        if count > 0 {
            let read = pread(descriptor, &bytes, count, 0)
            bytes.removeLast(count - max(0, read))
            ftruncate(descriptor, 0)
            lseek(descriptor, 0, SEEK_SET)
        }
        guard var copy = shortener else { return bytes }
        // One owner while it works, so that its state is not copied per byte.
        shortener = nil
        bytes = copy.shorten(bytes)
        if isLast { bytes += copy.settle() }
        shortener = copy
        return bytes
    }
}
