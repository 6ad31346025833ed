import Foundation
import TestSupport
import Testing

@testable import NcursesTerminal

@Suite struct ClipboardTests {
    @Test func sequences() {
        let plain = "\u{1B}]52;c;aGVsbG8=\u{7}"
        #expect(NcursesTerminal.clipboardSequence("hello", multiplexer: nil) == plain)
        #expect(
            NcursesTerminal.clipboardSequence("hello", multiplexer: .tmux)
                == plain + "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;aGVsbG8=\u{7}\u{1B}\\")
        #expect(NcursesTerminal.clipboardSequence("hello", multiplexer: .screen) == "\u{1B}P\(plain)\u{1B}\\")
    }

    @Test func screenGetsPieces() {
        let text = String(repeating: "x", count: 3000)
        let sequence = NcursesTerminal.clipboardSequence(text, multiplexer: .screen)
        let pieces = sequence.components(separatedBy: "\u{1B}\\").dropLast()
        #expect(pieces.count == 6)
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count < 768 })
        let joined = pieces.map { $0.dropFirst(2) }.joined()
        #expect(joined == NcursesTerminal.clipboardSequence(text, multiplexer: nil))
    }
}
