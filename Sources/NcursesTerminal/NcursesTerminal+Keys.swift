import CNcurses
package import Canvas
import Glibc

extension NcursesTerminal {
    /// How long a lone ESC byte waits for the rest of a sequence, in milliseconds.
    private static let escapeDelay: Int32 = 25
    /// How long the middle of a sequence waits for its end, which a slow line may deliver late.
    private static let sequenceDelay: Int32 = 100

    /// The keys pressed since the last call, without waiting for more; nil when the terminal is gone.
    ///
    /// Only the end of a sequence that has begun is waited for, and briefly.
    package func readKeys() -> [Key]? {
        var keys = overdueKeys()
        readBytes(into: &keys)
        while decoder.isIncomplete, !isHungUp {
            let delay = decoder.isLoneEscape ? Self.escapeDelay : Self.sequenceDelay
            guard isReadable(within: delay) else {
                keys += decoder.flush()
                break
            }
            readBytes(into: &keys)
        }
        return isHungUp && keys.isEmpty ? nil : keys
    }

    /// What a paste brought whose end has not come in time.
    package func overdueKeys() -> [Key] { decoder.expire(at: TerminalWaiter.now()) }

    private func readBytes(into keys: inout [Key]) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        // A bound, so that a flood of input does not keep the screen from being drawn.
        for _ in 0..<64 where isReadable(within: 0) {
            let count = read(options.input, &buffer, buffer.count)
            if count > 0 {
                keys += decoder.decode(buffer[..<count], at: TerminalWaiter.now())
            } else if count == 0 || errno != EINTR && errno != EAGAIN {
                isHungUp = true
                return
            }
        }
    }

    private func isReadable(within milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: options.input, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, milliseconds) > 0
    }

    /// The sequences that the terminal database names for keys.
    static func keySequences() -> [(bytes: [UInt8], key: Key)] {
        let names: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ("kLFT", .shiftLeft), ("kRIT", .shiftRight), ("kri", .shiftUp), ("kind", .shiftDown),
        ]
        let functions = (1...12).map { ("kf\($0)", Key.function($0)) }
        return (names + functions).compactMap { name, key in
            guard let value = spandrel_capability(name) else { return nil }
            let bytes = Array(String(cString: value).utf8)
            return bytes.count > 1 && bytes[0] == 0x1B ? (bytes, key) : nil
        }
    }
}
