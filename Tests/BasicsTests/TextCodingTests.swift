import Basics
import Foundation
import Testing

@Suite struct TextCodingTests {
    @Test(arguments: 0..<100) func base64IsThatOfFoundation(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes = (0..<Int(seed)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = Base64.text(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text.utf8) == bytes)
        #expect(Base64.decode(text.utf8.filter { $0 != UInt8(ascii: "=") }) == bytes)
    }

    @Test func leniencyIsAskedFor() {
        #expect(Base64.decode("-_8=".utf8) == nil)
        #expect(Base64.decode("-_8=".utf8, .urlSafe) == [0xFB, 0xFF])
        #expect(Base64.decode("QQ==QQ==".utf8) == nil)
        #expect(Base64.decode("QQ===".utf8) == nil)
        #expect(Base64.decode("QUFBQ".utf8) == nil)
        #expect(Base64.decode("QUFBQ".utf8, .anyPadding) == [65, 65, 65])
        #expect(Base64.decode("QUE= rest".utf8, .endsAtPadding) == [65, 65])
        #expect(Base64.decode(#"\/\/8"#.utf8, .escapedSlashes) == [0xFF, 0xFF])
        #expect(Base64.decode("QUFBQUFB".utf8, limit: 2) == [65, 65])
        #expect(Base64.decode("QU?B".utf8, [.urlSafe, .anyPadding, .endsAtPadding]) == nil)
    }

    @Test func hexadecimalBothWays() {
        #expect(Hex.text(0xFEDC_BA98_7654_3210 as UInt64) == "fedcba9876543210")
        #expect(Hex.text([0x0F, 0xA0] as [UInt8]) == "0fa0")
        #expect(Hex.word("FEdc".utf8) == 0xFEDC && Hex.word("fg".utf8) == nil)
        var bytes: [UInt8] = []
        Hex.append(0x1F, to: &bytes)
        #expect(bytes == Array("000000000000001f".utf8))
    }

    /// The numbers of the reference implementation, since made-up traces and goldens rest on them.
    @Test func seededNumbersAndHashesNeverChange() {
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect(StableHash.fnv("a".utf8) == 0xAF63_DC4C_8601_EC8C)
        #expect(StableHash.fnv("b".utf8, from: StableHash.fnv("a".utf8)) == StableHash.fnv("ab".utf8))
        #expect(StableHash.mixed(0) == 0)
    }
}
