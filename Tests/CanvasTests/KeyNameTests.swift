import Canvas
import Testing

@Suite struct KeyNameTests {
    static let pairs: [(name: String, key: Key)] = [
        ("j", .character("j")), ("G", .character("G")), ("Space", .character(" ")), ("^D", .control("d")),
        ("^Space", .control(" ")), ("M-x", .alt("x")), ("Enter", .enter), ("Esc", .escape), ("Tab", .tab),
        ("S-Tab", .backTab), ("Backspace", .backspace), ("Del", .delete), ("Ins", .insert), ("Up", .up),
        ("S-Left", .shiftLeft), ("Home", .home), ("PgUp", .pageUp), ("PgDn", .pageDown), ("F2", .function(2)),
        ("F12", .function(12)), ("日", .character("日")), ("^", .character("^")), ("F", .character("F")),
        ("-", .character("-")), ("^\\", .control("\\")),
    ]

    @Test(arguments: pairs) func namesGoBothWays(name: String, key: Key) {
        #expect(Key(name: name) == key)
        #expect(key.name == name)
    }

    @Test(arguments: [
        ("pgup", Key.pageUp), ("PageDown", .pageDown), ("C-d", .control("d")), ("Ctrl-D", .control("d")),
        ("alt-x", .alt("x")), ("RETURN", .enter), ("escape", .escape), ("shift-tab", .backTab), ("f5", .function(5)),
        ("space", .character(" ")), ("M-space", .alt(" ")),
    ])
    func otherSpellings(name: String, key: Key) {
        #expect(Key(name: name) == key)
    }

    @Test(arguments: ["", "foo", "F0", "F64", "Fx", "^", "^ab", "M-", "C-", "\u{1B}", "\u{202E}", "^\u{7}", "jj"])
    func whatIsNoKey(name: String) {
        #expect(Key(name: name) == (name == "^" ? .character("^") : nil))
    }
}
