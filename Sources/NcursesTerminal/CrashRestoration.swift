import CNcurses
import Foundation
import Synchronization

/// Puts the terminal right when the program crashes.
///
/// A handler may use next to nothing: the mode of the terminal and the sequence to write are prepared in plain memory.
enum CrashRestoration {
    /// What the handler needs; allocated once and never freed.
    private struct Saved {
        var descriptor: Int32
        var mode: termios
        var count: Int
    }

    /// The address of the saved state, 0 without one.
    private static let saved = Atomic<UInt>(0)
    private static let signals = [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE]

    /// Leave the alternate screen, show the cursor, plain attributes, no mouse reports, no bracketed paste.
    private static let sequence = Array(
        "\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1006l\u{1b}[?2004l\u{1b}[?1049l\u{1b}[?25h\u{1b}[0m\r\n".utf8)

    /// Saves the mode of a terminal before it is changed, and watches for crashes.
    static func remember(terminal descriptor: Int32) {
        var mode = termios()
        guard tcgetattr(descriptor, &mode) == 0, saved.load(ordering: .relaxed) == 0 else { return }
        let size = MemoryLayout<Saved>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size + sequence.count, alignment: MemoryLayout<Saved>.alignment)
        memory.storeBytes(of: Saved(descriptor: descriptor, mode: mode, count: sequence.count), as: Saved.self)
        sequence.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                memory.advanced(by: size).copyMemory(from: start, byteCount: bytes.count)
            }
        }
        saved.store(UInt(bitPattern: memory), ordering: .sequentiallyConsistent)
        for number in signals {
            signal(number) { number in
                if let memory = UnsafeMutableRawPointer(bitPattern: CrashRestoration.saved.load(ordering: .relaxed)) {
                    let saved = memory.assumingMemoryBound(to: Saved.self)
                    _ = Foundation.write(
                        STDOUT_FILENO, memory.advanced(by: MemoryLayout<Saved>.stride), saved.pointee.count)
                    tcsetattr(saved.pointee.descriptor, TCSANOW, &saved.pointee.mode)
                }
                // The default action then ends the process as if nobody had watched.
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    /// The terminal is in order again: crashes from here on are none of ours.
    static func forget() {
        for number in signals { signal(number, SIG_DFL) }
        UnsafeMutableRawPointer(bitPattern: saved.exchange(0, ordering: .sequentiallyConsistent))?.deallocate()
    }
}
