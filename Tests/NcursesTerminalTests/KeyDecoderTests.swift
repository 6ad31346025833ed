import Basics
import Canvas
import TestSupport
import Testing

@testable import NcursesTerminal

@Suite struct KeyDecoderTests {
    static let cases: [(bytes: String, keys: [Key])] = [
        ("j", [.character("j")]),
        ("jk G", [.character("j"), .character("k"), .character(" "), .character("G")]),
        ("\u{4}\u{1A}\u{0}\u{1C}", [.control("d"), .control("z"), .control(" "), .control("\\")]),
        ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace]),
        ("é日👩", [.character("é"), .character("日"), .character("👩")]),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
        ("\u{1B}OA\u{1B}OB\u{1B}OH\u{1B}OF", [.up, .down, .home, .end]),
        ("\u{1B}[1;2A\u{1B}[1;2B\u{1B}[1;2C\u{1B}[1;2D", [.shiftUp, .shiftDown, .shiftRight, .shiftLeft]),
        ("\u{1B}[1;5C", [.right]),
        ("\u{1B}[a\u{1B}[d", [.shiftUp, .shiftLeft]),
        ("\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", [.home, .end, .home, .end, .home, .end]),
        ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~", [.insert, .delete, .pageUp, .pageDown]),
        ("\u{1B}[Z", [.backTab]),
        ("\u{1B}OP\u{1B}OS\u{1B}[15~\u{1B}[17~\u{1B}[24~", [1, 4, 5, 6, 12].map { .function($0) }),
        ("\u{1B}[[A\u{1B}[[E\u{1B}[11~\u{1B}[14~", [1, 5, 1, 4].map { .function($0) }),
        ("\u{1B}x\u{1B}é", [.alt("x"), .alt("é")]),
        ("\u{1B}\r", [.escape, .enter]),
        ("\u{1B}\u{1B}[A", [.escape, .up]),
        ("\u{1B}[100;5u\u{1B}[27u\u{1B}[9;2u\u{1B}[97;3u", [.control("d"), .escape, .backTab, .alt("a")]),
        ("\u{1B}[27;5;46~", [.control(".")]),
        ("\u{1B}[I\u{1B}[Oj", [.character("j")]),
        ("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\j", [.character("j")]),
        ("\u{1B}[?62;4c", [.nothing]),
        ("\u{1B}[99~\u{1B}[1$j", [.unknown, .unknown]),
        ("\u{1B}[200~a\nb\u{1B}[A\u{1B}[201~x", [.paste("a\nb\u{1B}[A"), .character("x")]),
        (
            "\u{1B}[<0;5;3M\u{1B}[<0;5;3m",
            [
                .mouse(MouseEvent(.press, button: .left, column: 4, row: 2)),
                .mouse(MouseEvent(.release, button: .left, column: 4, row: 2)),
            ]
        ),
        (
            "\u{1B}[<64;1;1M\u{1B}[<65;1;1M\u{1B}[<34;2;2M\u{1B}[<20;1;1M",
            [
                .mouse(MouseEvent(.scrollUp, column: 0, row: 0)), .mouse(MouseEvent(.scrollDown, column: 0, row: 0)),
                .mouse(MouseEvent(.drag, button: .right, column: 1, row: 1)),
                .mouse(MouseEvent(.press, button: .left, column: 0, row: 0, shift: true, control: true)),
            ]
        ),
        ("\u{1B}[M !\"", [.mouse(MouseEvent(.press, button: .left, column: 0, row: 1))]),
    ]

    @Test(arguments: cases) func sequences(bytes: String, keys: [Key]) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(bytes.utf8, at: 0) == keys.filter { $0 != .nothing })
        #expect(!decoder.isIncomplete)
    }

    /// However a line cuts what is typed, it means the same.
    @Test(arguments: cases) func sequencesInParts(bytes: String, keys: [Key]) {
        var decoder = KeyDecoder()
        #expect(bytes.utf8.flatMap { decoder.decode([$0], at: 0) } == keys.filter { $0 != .nothing })
    }

    @Test func aLoneEscapeIsAKeyOnceNothingFollows() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B], at: 0).isEmpty)
        #expect(decoder.isLoneEscape)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isIncomplete)
        #expect(decoder.decode([0x1B, 0x5B], at: 0).isEmpty)
        #expect(decoder.isIncomplete && !decoder.isLoneEscape)
        #expect(decoder.flush() == [.alt("[")])
        #expect(decoder.decode([0x1B, 0x5B, 0x31], at: 0).isEmpty)
        #expect(decoder.flush() == [.unknown])
        #expect(decoder.flush().isEmpty)
    }

    @Test func pastesAreWholeAndNotKeys() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~one".utf8, at: 0).isEmpty)
        // A paste takes as long as it takes.
        #expect(!decoder.isIncomplete)
        #expect(decoder.decode(" two\u{1B}[20".utf8, at: 0).isEmpty)
        #expect(decoder.decode("1~".utf8, at: 0) == [.paste("one two")])
    }

    private static let second: Int64 = 1_000_000_000

    @Test func aPasteWithoutAnEndTakesNoKeysForEver() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~one".utf8, at: 0).isEmpty)
        // What is typed does not keep it going.
        #expect(decoder.decode("x".utf8, at: Self.second).isEmpty)
        #expect(decoder.expire(at: KeyDecoder.pasteNanos - 1).isEmpty)
        #expect(decoder.decode("j".utf8, at: KeyDecoder.pasteNanos) == [.paste("onex"), .character("j")])
        #expect(decoder.decode("k\u{1B}[201~l".utf8, at: 3 * Self.second) == [.character("k"), .character("l")])
    }

    @Test func aPasteThatWaitsForItsEndIsTakenInTime() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~two\u{1B}[20".utf8, at: 0).isEmpty)
        #expect(decoder.expire(at: 10 * Self.second) == [.paste("two\u{1B}[20")])
        #expect(decoder.expire(at: 20 * Self.second).isEmpty)
        // Without a word nothing is pasted.
        #expect(decoder.decode("\u{1B}[200~".utf8, at: 20 * Self.second).isEmpty)
        #expect(decoder.decode("q".utf8, at: 30 * Self.second) == [.character("q")])
    }

    @Test func aLongPasteOverASlowLineIsOne() {
        var decoder = KeyDecoder()
        let piece = String(repeating: "x", count: KeyDecoder.pieceSize)
        #expect(decoder.decode("\u{1B}[200~".utf8, at: 0).isEmpty)
        for time in 1...20 { #expect(decoder.decode(piece.utf8, at: Int64(time) * Self.second).isEmpty) }
        #expect(
            decoder.decode("\u{1B}[201~".utf8, at: 21 * Self.second) == [.paste(String(repeating: piece, count: 20))])
    }

    @Test func controlCEndsAPasteWhenItIsPressed() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("\u{1B}[200~one".utf8, at: 0).isEmpty)
        #expect(decoder.decode([0x03], at: KeyDecoder.pauseNanos) == [.paste("one"), .control("c")])
        // Inside of what is pasted it is a character: what stands behind it must not become keys.
        #expect(decoder.decode("\u{1B}[200~a".utf8, at: Self.second).isEmpty)
        #expect(decoder.decode([0x03], at: Self.second).isEmpty)
        #expect(decoder.decode("\u{3}Q\u{1B}[201~".utf8, at: Self.second + 1) == [.paste("a\u{3}\u{3}Q")])
        #expect(decoder.decode([0x03], at: Self.second + 2) == [.control("c")])
    }

    @Test func ofAPasteWithoutBoundsThereIsABound() {
        var decoder = KeyDecoder()
        let piece = [UInt8](repeating: 0x78, count: 64 << 10)
        #expect(decoder.decode("\u{1B}[200~".utf8, at: 0).isEmpty)
        for _ in 0..<40 { #expect(decoder.decode(piece, at: 0).isEmpty) }
        let keys = decoder.decode([0x03], at: Self.second)
        #expect(keys == [.paste(String(repeating: "x", count: KeyDecoder.pasteLimit)), .control("c")])
    }

    @Test func malformedTextIsUnknown() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0xFF, 0x61], at: 0) == [.unknown, .character("a")])
        #expect(decoder.decode([0xC3, 0x61], at: 0) == [.unknown, .character("a")])
        #expect(decoder.decode([0x80], at: 0) == [.unknown])
        #expect(decoder.decode([0xE2, 0x82], at: 0).isEmpty)
        #expect(decoder.flush() == [.unknown])
        #expect(decoder.decode("\u{202E}".utf8, at: 0) == [.unknown])
    }

    @Test func theTerminalDatabaseCounts() {
        var decoder = KeyDecoder(sequences: [(Array("\u{1B}[25^".utf8), .function(40)), (Array("\u{1B}Q".utf8), .home)])
        #expect(decoder.decode("\u{1B}[25^\u{1B}Q\u{1B}[A".utf8, at: 0) == [.function(40), .home, .up])
    }

    @Test(arguments: 0..<500) func noiseEnds(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let favourites: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x30, 0x32, 0x7E, 0x4D, 0x3C, 0x50, 0x5D, 0xE2, 0x80]
        let bytes = (0..<200).map { _ in
            Bool.random(using: &random)
                ? favourites.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
        }
        var whole = KeyDecoder()
        var parts = KeyDecoder()
        let expected = whole.decode(bytes, at: 0)
        #expect(bytes.flatMap { parts.decode([$0], at: 0) } == expected)
        _ = whole.flush()
        #expect(!whole.isIncomplete)
    }
}

extension Key {
    /// Stands for no key at all in the table above.
    fileprivate static let nothing = Key.function(-1)
}
