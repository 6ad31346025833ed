import Canvas
import Testing

@testable import NcursesTerminal

@Suite struct ColorReductionTests {
    @Test(arguments: [
        (Color.standard, [-1, -1, -1, -1, -1]), (.indexed(1), [-1, 1, 1, 1, 1]),
        (.indexed(9), [-1, 1, 9, 9, 0xFF0000]),
        (.indexed(196), [-1, 1, 9, 196, 0xFF0000]), (.rgb(255, 0, 0), [-1, 1, 9, 196, 0xFF0000]),
        (.rgb(0, 0, 0), [-1, 0, 0, 16, 0]), (.rgb(255, 255, 255), [-1, 7, 15, 231, 0xFFFFFF]),
        (.rgb(138, 143, 152), [-1, 0, 8, 246, 0x8A8F98]), (.rgb(0, 0, 5), [-1, 0, 0, 16, 0]),
    ])
    func numbers(color: Color, expected: [Int]) {
        let depths: [ColorDepth] = [.mono, .eight, .sixteen, .palette, .direct]
        #expect(depths.map { ColorReduction(depth: $0).number(color) } == expected)
    }

    @Test func aLostBackgroundBecomesReverse() {
        let style = Style(foreground: .indexed(0), background: .indexed(3), attributes: .bold)
        #expect(ColorReduction(depth: .mono).attributes(style) == [.bold, .reverse])
        #expect(ColorReduction(depth: .eight).attributes(style) == .bold)
        #expect(ColorReduction(depth: .mono).attributes(Style(foreground: .indexed(1))) == [])
    }

    @Test(arguments: [
        (0, false, ColorDepth.mono), (8, false, .eight), (16, false, .sixteen), (88, false, .sixteen),
        (256, false, .palette), (16_777_216, true, .direct), (16_777_216, false, .palette),
    ])
    func depths(colors: Int, isDirect: Bool, depth: ColorDepth) {
        #expect(ColorDepth(colors: colors, isDirect: isDirect) == depth)
    }
}
