import Basics
import Canvas
import Foundation
import TestSupport
import Testing

@testable import NcursesTerminal

extension TerminalTests {
    @Suite struct DrawingTests {
        /// A list like the tree of a trace: kinds, names, durations, bars, in several colours.
        private func list(size: Size, first: Int, selected: Int) -> Canvas {
            var canvas = Canvas(size: size)
            let dim = Style(foreground: .rgb(138, 143, 152))
            let layers: [(glyph: String, color: Color)] = [
                ("◆", .rgb(187, 154, 247)), ("●", .rgb(122, 162, 247)), ("■", .rgb(158, 206, 106)),
            ]
            canvas.write("answer_ticket  28.4s  340 spans", column: 1, row: 0, style: Style(attributes: .bold))
            for row in 1..<size.rows - 1 {
                var random = SplitMix64(seed: UInt64(first + row))
                let layer = layers[Int.random(in: 0..<3, using: &random)]
                let depth = Int.random(in: 0..<6, using: &random)
                canvas.write(String(repeating: "│ ", count: depth), column: 1, row: row, style: dim)
                let style = Style(foreground: layer.color)
                canvas.write(layer.glyph, column: 1 + 2 * depth, row: row, style: style)
                canvas.write("span number \(first + row)", column: 3 + 2 * depth, row: row)
                let from = Double.random(in: 0...40, using: &random)
                let length = Double.random(in: 0...20, using: &random)
                for cell in BarPlot.cells(from: from, to: from + length, width: 60, ascii: false) {
                    let look = cell.isReversed ? style.adding(.reverse) : style
                    canvas.write(cell.glyph ?? "█", column: 58 + cell.column, row: row, style: look)
                }
                if first + row == selected {
                    let line = Rect(column: 0, row: row, columns: size.columns, rows: 1)
                    canvas.restyle(line) { _ in Style(attributes: .reverse) }
                }
            }
            let place = "\(selected)/340"
            canvas.write("↵ open  / search  ? help", column: 1, row: size.rows - 1, style: dim)
            canvas.write(place, column: size.columns - 1 - place.count, row: size.rows - 1, style: dim)
            return canvas
        }

        private func open(_ pseudo: PseudoTerminal, type: String) throws -> NcursesTerminal {
            var options = TerminalOptions(type: type)
            options.input = pseudo.slave
            options.output = pseudo.slave
            return try NcursesTerminal(options)
        }

        /// What is sent per cursor move, per line scrolled and per page at 120×40.
        @Test(arguments: ["xterm-256color", "tmux-256color", "screen-256color"])
        func littleIsSent(type: String) throws {
            let size = Size(columns: 120, rows: 40)
            let pseudo = try PseudoTerminal(size: size)
            let terminal = try open(pseudo, type: type)
            func cost(_ canvas: Canvas) throws -> Int {
                terminal.draw(canvas)
                return try pseudo.collect().count
            }
            _ = try cost(list(size: size, first: 0, selected: 1))
            #expect(try cost(list(size: size, first: 0, selected: 1)) == 0)
            var moves: [Int] = []
            for selected in 2...38 { moves.append(try cost(list(size: size, first: 0, selected: selected))) }
            var scrolls: [Int] = []
            for first in 1...20 { scrolls.append(try cost(list(size: size, first: first, selected: first + 38))) }
            var pages: [Int] = []
            for page in 1...5 { pages.append(try cost(list(size: size, first: page * 38, selected: page * 38 + 1))) }
            func text(_ costs: [Int]) -> String { "\(costs.reduce(0, +) / costs.count) (at most \(costs.max() ?? 0))" }
            print("\(type): bytes per move \(text(moves)), per line scrolled \(text(scrolls)), per page \(text(pages))")
            #expect(moves.allSatisfy { $0 <= 400 })
            #expect(scrolls.allSatisfy { $0 <= 480 })
            #expect(pages.allSatisfy { $0 <= 8192 })
        }

        /// Curses' idea of a character's width must not shift a row.
        @Test func ambiguousCharactersAreWrittenPastCurses() throws {
            let size = Size(columns: 20, rows: 3)
            let pseudo = try PseudoTerminal(size: size)
            let terminal = try open(pseudo, type: "xterm-256color")
            func shown(_ draw: (inout Canvas) -> Void) throws -> String {
                var canvas = Canvas(size: size, metrics: TextMetrics(ambiguousIsWide: true))
                draw(&canvas)
                terminal.draw(canvas)
                return String(decoding: try pseudo.collect(), as: UTF8.self)
            }
            let red = Style(foreground: .indexed(1), attributes: .bold)
            let first = try shown {
                $0.write("a○b", column: 0, row: 0, style: red)
                $0.write("日x", column: 0, row: 1)
            }
            #expect(first.contains("a  b") && first.contains("日x"))
            #expect(first.hasSuffix("\u{1B}7\u{1B}[1;2H\u{1B}[0;1;31m○\u{1B}8"))
            let same = try shown {
                $0.write("a○b", column: 0, row: 0, style: red)
                $0.write("日x", column: 0, row: 1)
            }
            #expect(same.isEmpty)
            // Where blanks follow, curses has nothing to send; the character is taken away all the same.
            let second = try shown {
                $0.write("a", column: 0, row: 0, style: red)
                $0.write("日x", column: 0, row: 1)
            }
            #expect(second.hasSuffix("\u{1B}7\u{1B}[1;2H\u{1B}[0m \u{1B}[1;3H\u{1B}[0m \u{1B}8"))
        }

        @Test(.enabled(if: TmuxSession.isAvailable), arguments: ["tmux-256color", "screen-256color"])
        func aScreenShowsTheCanvas(type: String) throws {
            let size = Size(columns: 100, rows: 12)
            let session = try TmuxSession("exec sleep 1000", size: size, terminal: type)
            var options = TerminalOptions(type: type)
            options.input = Foundation.open(try session.terminalPath(), O_RDWR | O_NOCTTY)
            options.output = options.input
            defer { close(options.input) }
            let terminal = try NcursesTerminal(options)
            #expect(terminal.size == size)

            var canvas = list(size: size, first: 0, selected: 3)
            let hard = ["日本語 한글", "e\u{301} 👩‍💻 x", "\u{1B}[31mred\u{202E}", "▏▎▍▌▋▊▉█░▓"]
            for (row, text) in hard.enumerated() { canvas.write(text + "|", column: 0, row: row + 1) }
            terminal.draw(canvas)
            try expect(session, shows: canvas)

            // Random changes, wide characters over narrow ones and back: the difference must arrive.
            var random = SplitMix64(seed: 7)
            for _ in 0..<30 {
                for _ in 0..<8 {
                    let text = ["日本", "x", "👍🏿ab", "   ", "é", "█▌"].randomElement(using: &random) ?? ""
                    let column = Int.random(in: 0..<100, using: &random)
                    let style = Style(foreground: .indexed(UInt8.random(in: 0...255, using: &random)))
                    canvas.write(text, column: column, row: Int.random(in: 0..<12, using: &random), style: style)
                }
                terminal.draw(canvas)
            }
            try expect(session, shows: canvas)
            // Scrolled, then drawn from nothing: the same.
            canvas = list(size: size, first: 5, selected: 9)
            terminal.draw(canvas)
            try expect(session, shows: canvas)
            terminal.invalidate()
            terminal.draw(canvas)
            try expect(session, shows: canvas)

            try session.resize(to: Size(columns: 60, rows: 8))
            try session.wait("the new size") { _ in terminal.size == Size(columns: 60, rows: 8) }
            canvas = Canvas(size: terminal.resize())
            canvas.write("smaller", column: 0, row: 7)
            terminal.draw(canvas)
            try expect(session, shows: canvas)

            terminal.restore()
            try session.wait("the shell's screen") { !$0.contains("smaller") }
            #expect(try session.query("#{alternate_on}") == "0")
        }

        /// Random styles, frame after frame: what the terminal shows is what the canvas says, to the last attribute.
        @Test(.enabled(if: TmuxSession.isAvailable)) func aScreenShowsTheStyles() throws {
            let size = Size(columns: 40, rows: 8)
            let session = try TmuxSession("exec sleep 1000", size: size)
            var options = TerminalOptions(type: "tmux-256color")
            options.input = Foundation.open(try session.terminalPath(), O_RDWR | O_NOCTTY)
            options.output = options.input
            defer { close(options.input) }
            let terminal = try NcursesTerminal(options)
            var random = SplitMix64(seed: 11)
            var canvas = Canvas(size: size)
            let colors: [Color] = [.standard, .standard, .indexed(1), .indexed(12), .indexed(200), .rgb(10, 200, 30)]
            for _ in 0..<12 {
                for _ in 0..<12 {
                    let style = Style(
                        foreground: colors.randomElement(using: &random) ?? .standard,
                        background: colors.randomElement(using: &random) ?? .standard,
                        attributes: Style.Attributes(rawValue: UInt8.random(in: 0..<32, using: &random)))
                    let text = ["word", "x y", "   ", "日", "██▌"].randomElement(using: &random) ?? ""
                    let column = Int.random(in: 0..<40, using: &random)
                    canvas.write(text, column: column, row: Int.random(in: 0..<8, using: &random), style: style)
                }
                terminal.draw(canvas)
                let expected = StyledScreen.cells(of: canvas)
                try session.wait("the styles") { _ in
                    (try? StyledScreen.cells(captured: session.capture(withAttributes: true), size: size)) == expected
                }
            }
        }

        /// Lines that move within a screen taller than the 24 lines of most descriptions of terminals.
        @Test(.enabled(if: TmuxSession.isAvailable)) func linesMoveOnATallScreen() throws {
            let size = Size(columns: 50, rows: 44)
            let session = try TmuxSession("exec sleep 1000", size: size)
            var options = TerminalOptions(type: "tmux-256color")
            options.input = Foundation.open(try session.terminalPath(), O_RDWR | O_NOCTTY)
            options.output = options.input
            defer { close(options.input) }
            let terminal = try NcursesTerminal(options)
            var random = SplitMix64(seed: 3)
            var lines = (0..<44).map { "line \($0) of many, number \(random.next() % 1_000_000)" }
            for step in 0..<24 {
                var canvas = Canvas(size: size)
                for (row, line) in lines.prefix(44).enumerated() { canvas.write(line, column: 0, row: row) }
                terminal.draw(canvas)
                try expect(session, shows: canvas)
                let place = Int.random(in: 0..<40, using: &random)
                if step % 2 == 0 {
                    lines.insert("new \(step) with number \(random.next() % 1_000_000)", at: place)
                } else {
                    lines.removeSubrange(place..<place + Int.random(in: 1...3, using: &random))
                    while lines.count < 44 { lines.append("more \(random.next() % 1_000_000)") }
                }
            }
        }

        private func expect(_ session: TmuxSession, shows canvas: Canvas) throws {
            let rows = (0..<canvas.size.rows).map { row in
                let text = (0..<canvas.size.columns).map { canvas[$0, row].text }.joined()
                return text.replacing(#/ +$/#, with: "")
            }
            // tmux leaves out blanks at the ends and empty lines at the bottom.
            try session.wait("the canvas") { screen in
                let shown = screen.split(separator: "\n", omittingEmptySubsequences: false).map {
                    $0.replacing(#/ +$/#, with: "")
                }
                return zip(rows, shown + Array(repeating: "", count: rows.count)).allSatisfy { $0 == $1 }
            }
        }
    }
}
