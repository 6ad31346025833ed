import Canvas
import Testing

@testable import Explorer

@Suite struct ThemeParserTests {
    private func parse(_ text: String) -> (theme: Theme, problems: [LineFault]) {
        ThemeParser.parse(text, name: "test")
    }

    @Test func everyFormOfAColor() {
        let (theme, problems) = parse(
            """
            # A comment, then an empty line

            $sky = #8be9fd
            $again=$sky
            text = default
            accent = $again on 17 bold italic
            error = #f00 on default bold
              warning   =   bright-yellow   dim  underline
            kind.tool = 231 on black reverse
            """)
        #expect(problems.isEmpty)
        #expect(theme[.text] == .plain)
        let sky = Color.rgb(0x8B, 0xE9, 0xFD)
        #expect(theme[.accent] == Style(foreground: sky, background: .indexed(17), attributes: [.bold, .italic]))
        #expect(theme[.error] == Style(foreground: .rgb(255, 0, 0), attributes: .bold))
        #expect(theme[.warning] == Style(foreground: .indexed(11), attributes: [.dim, .underline]))
        let tool = Style(foreground: .indexed(231), background: .indexed(0), attributes: .reverse)
        #expect(theme[.kindTool] == tool)
    }

    @Test func rolesFallBackAlongTheirDots() {
        let (theme, problems) = parse("waterfall = 1\nwaterfall.tool = 2 bold\njson = 3 on 4\njson.key = italic\n")
        #expect(problems.isEmpty)
        #expect(theme[.waterfall] == Style(foreground: .indexed(1)))
        #expect(theme[.waterfallModel] == Style(foreground: .indexed(1)))
        #expect(theme[.waterfallTool] == Style(foreground: .indexed(2), attributes: .bold))
        #expect(theme[.jsonNumber] == Style(foreground: .indexed(3), background: .indexed(4)))
        // Attributes alone leave the colours of what the role falls back to.
        #expect(theme[.jsonKey] == Style(foreground: .indexed(3), background: .indexed(4), attributes: .italic))
    }

    @Test func whatIsMissingComesFromTheDefault() {
        let (theme, problems) = parse("")
        #expect(problems.isEmpty)
        for role in Role.allCases { #expect(theme[role] == Theme.fallback[role]) }
        #expect(parse("accent = 1")[keyPath: \.theme][.selection] == Theme.fallback[.selection])
    }

    @Test(arguments: [
        ("accent", "expected `role = colour`, found `accent`"),
        ("= red", "no role stands before the `=`"),
        ("accent =", "nothing stands behind the `=` of `accent`"),
        ("acent = red", "there is no role `acent`"),
        ("accent = rde", "`rde` is neither a colour nor an attribute"),
        ("accent = 256", "`256` is neither a colour nor an attribute"),
        ("accent = #12345", "`#12345` is neither a colour nor an attribute"),
        ("accent = #gggggg", "`#gggggg` is neither a colour nor an attribute"),
        ("accent = $sky", "$sky is not defined above"),
        ("accent = red blue", "`blue` is no attribute; a background needs `on`"),
        ("accent = red on", "no colour follows `on`"),
        ("accent = red on blue on green", "a second background"),
        ("$a = red bold", "a palette colour is one word"),
        ("accent = \u{1B}[31m", "`␛[31m` is neither a colour nor an attribute"),
    ])
    func aBadLineIsNamedAndIgnored(line: String, message: String) {
        let (theme, problems) = parse("tag = cyan\n\(line)\nerror = 9\n")
        #expect(problems == [LineFault(line: 2, message: message)])
        #expect(theme[.accent] == Theme.fallback[.accent])
        #expect(theme[.tag] == Style(foreground: .indexed(6)))
        #expect(theme[.error] == Style(foreground: .indexed(9)))
    }

    @Test func theSecondOfTwoLinesCountsAndIsNamed() {
        let (theme, problems) = parse("accent = 1\r\naccent = 2\r\n")
        #expect(theme[.accent] == Style(foreground: .indexed(2)))
        #expect(problems.map(\.line) == [2])
    }
}
