/// Families of texts that repeat something and do not loop.
enum PlainTexts {
    struct Family: Sendable {
        var name: String
        var make: @Sendable (inout TextWriter) -> String
    }

    static let families: [Family] = prose + lists + tables + code + data

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map { line($0) + "\n" }.joined()
    }

    private static let prose: [Family] = [
        Family(name: "prose") { w in w.paragraphs(w.number(2...12)) },
        Family(name: "a sentence said twice") { w in
            let twice = w.sentences(3)
            return w.sentences(4) + twice + twice + w.sentences(4)
        },
        Family(name: "poem with a refrain") { w in
            let refrain =
                "And the \(w.noun()) sings on, and the \(w.noun()) sings on,\nAll through the \(w.noun()) night.\n"
            return (0..<w.number(4...9)).map { _ in
                lines(4) { _ in w.sentence() } + refrain + (w.chance(50) ? refrain : "") + "\n"
            }.joined()
        },
        Family(name: "song with a chorus") { w in
            let chorus = lines(3) { _ in "We \(w.word()), we \(w.word()), we \(w.word()) you" }
            return (0..<4).map { _ in w.paragraphs(1) + chorus + chorus }.joined() + "na na na na na na, hey\n"
        },
        Family(name: "quoted mail") { w in
            lines(w.number(8...20)) { "> > " + w.sentence() + ($0 % 4 == 3 ? "\n> > \n> >" : "") }
        },
        Family(name: "questions and answers") { w in
            lines(w.number(6...16)) {
                "Q\($0 + 1): What does the \(w.noun()) do for the \(w.noun())?\nA: \(w.sentence())\n"
            }
        },
        Family(name: "facts in equal sentences") { w in
            lines(w.number(6...20)) {
                "In the year \(1990 + $0) the company sold \(w.number(100...9999)) units and earned "
                    + "\(w.number(1000...99_999)) dollars from them."
            }
        },
        Family(name: "emphasis") { w in
            w.sentences(3) + "This is very, very, very, very important. No no no no! Ha ha ha ha ha. " + w.sentences(3)
        },
        Family(name: "dialogue") { w in
            lines(w.number(10...30)) {
                $0 % 2 == 0 ? "\"Are you the \(w.noun())?\" she asked." : "\"No, I am the \(w.noun()),\" he said."
            }
        },
        Family(name: "clauses with equal endings") { w in
            (0..<w.number(5...14)).map { _ in
                w.sentence() + " This clause applies unless the parties have agreed otherwise in writing. "
            }.joined()
        },
    ]

    private static let lists: [Family] = [
        Family(name: "bullets with a shared prefix") { w in
            lines(w.number(6...30)) { _ in "- Make sure that the \(w.noun()) is \(w.word()) before the \(w.noun())" }
        },
        Family(name: "numbered steps") { w in
            lines(w.number(5...20)) { "\($0 + 1). Open the \(w.noun()) and then \(w.word()) the \(w.noun())." }
        },
        Family(name: "training plan") { w in
            lines(w.number(6...14)) { "- Week \($0 + 1): \(3 + $0 / 2) sets of \(8 + 2 * $0) push-ups, then rest" }
        },
        Family(name: "timetable") { w in
            lines(w.number(8...16)) {
                "\($0 + 7):\(w.pick(["00", "15", "30"])) The bus to the \(w.noun()) leaves here."
            }
        },
        Family(name: "headings") { w in
            lines(w.number(4...10)) { "## Chapter \($0 + 1): \(w.title())\n\n\(w.sentences(3))\n\n---\n" }
        },
        Family(name: "contents") { w in
            lines(w.number(10...20)) {
                "Chapter \($0 + 1) " + String(repeating: ".", count: w.number(30...60)) + " \($0 * 9)"
            }
        },
        Family(name: "short enumeration") { _ in
            "Item 1, Item 2, Item 3, Item 4, Item 5, Item 6, Item 7, Item 8, Item 9, Item 10 and no other item.\n"
                + lines(12) { "- Point \($0 + 1)" }
        },
    ]

    private static let tables: [Family] = [
        Family(name: "Markdown table") { w in
            "| name | ready | count | note |\n|------|-------|-------|------|\n"
                + lines(w.number(6...30)) { _ in "| \(w.noun()) | yes | \(w.number(0...9)) | n/a |" }
        },
        Family(name: "Markdown table with empty cells") { w in
            "| a | b | c | d | e |\n|---|---|---|---|---|\n" + lines(w.number(5...25)) { _ in "|   |   |   |   |   |" }
        },
        Family(name: "ASCII table") { w in
            let rule = "+" + String(repeating: String(repeating: "-", count: 14) + "+", count: 5) + "\n"
            return rule
                + (0..<w.number(4...12)).map { _ in
                    "|" + (0..<5).map { _ in " " + w.noun().padded(12) + " |" }.joined() + "\n" + rule
                }.joined()
        },
        Family(name: "HTML table") { w in
            "<table>\n" + lines(w.number(4...7)) { _ in "<tr>" + String(repeating: "<td></td>", count: 7) + "</tr>" }
        },
        Family(name: "multiplication table") { w in
            let base = w.number(2...9)
            return lines(20) { "\(base) × \($0 + 1) = \(base * ($0 + 1))" }
        },
        Family(name: "rules") { w in
            w.paragraphs(1) + String(repeating: "-", count: w.number(20...200)) + "\n" + w.paragraphs(1)
                + String(repeating: "=", count: w.number(40...400)) + "\n" + String(repeating: "* ", count: 40)
                + w.paragraphs(1)
        },
        Family(name: "progress bars") { w in
            lines(w.number(4...10)) { String(repeating: "█", count: $0 * 4 + 8) + " \($0 * 10)%" }
        },
        Family(name: "padding") { w in
            lines(w.number(4...20)) { _ in w.noun() + String(repeating: " ", count: w.number(40...300)) + w.noun() }
        },
    ]

    private static let code: [Family] = [
        Family(name: "accessors") { w in
            lines(w.number(5...20)) { _ in
                let name = w.noun() + w.noun()
                return
                    "    public String get_\(name)() {\n        return this.\(name);\n    }\n\n"
                    + "    public void set_\(name)(String value) {\n        this.\(name) = value;\n    }\n"
            }
        },
        Family(name: "cases") { w in
            lines(w.number(8...40)) { "        case \($0): return \"\(w.noun())\"; break;" }
        },
        Family(name: "asserts") { w in
            lines(w.number(8...60)) { "    assert(values[\($0)] == \($0 * 2));" }
        },
        Family(name: "pins") { w in
            lines(w.number(8...30)) { "digitalWrite(LED_\($0), HIGH); delay(100); digitalWrite(LED_\($0), LOW);" }
        },
        Family(name: "imports") { w in
            lines(w.number(5...20)) { _ in "import com.example.service.\(w.noun()).\(w.noun());" }
        },
        Family(name: "inserts") { w in
            lines(w.number(5...30)) {
                "INSERT INTO users (id, name, active) VALUES (\($0 + 1), '\(w.noun())', true);"
            }
        },
        Family(name: "closing brackets") { w in
            lines(w.number(4...12)) { String(repeating: "    ", count: 12 - $0) + "}" } + w.sentence()
        },
    ]

    private static let data: [Family] = [
        Family(name: "JSON array of objects") { w in
            "["
                + (0..<w.number(5...60)).map {
                    "{\"id\": \($0), \"name\": \"\(w.noun())\", \"active\": true, \"tags\": []}"
                }.joined(separator: ", ") + "]"
        },
        Family(name: "JSON array of equal objects") { w in
            "[" + String(repeating: "{\"x\": 0, \"y\": 0, \"ok\": true}, ", count: w.number(3...20)) + "{}]"
        },
        Family(name: "JSON array of numbers") { w in
            "[" + String(repeating: w.pick(["0, ", "null, ", "1.0, "]), count: w.number(20...90)) + "0]"
        },
        Family(name: "base64") { w in
            let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            return "data:image/png;base64," + w.scalars(alphabet, w.number(100...3000))
                + String(repeating: "A", count: w.number(0...600)) + w.scalars(alphabet, 200) + "=="
        },
        Family(name: "hexadecimal dump") { w in
            lines(w.number(6...30)) {
                "000000\($0 % 10)0  " + String(repeating: w.pick(["00 ", "ff ", "20 "]), count: 16)
                    + " |................|"
            }
        },
        Family(name: "log") { w in
            lines(w.number(10...30)) {
                "2026-03-0\(1 + $0 / 10) 12:\(10 + $0):0\($0 % 10).\(w.number(100...999)) INFO [worker-\(w.number(1...4))] "
                    + "health check passed in \(w.number(1...99)) ms"
            }
        },
        Family(name: "CSV") { w in
            lines(w.number(10...60)) { "\($0),\(w.noun()),,,\(w.number(0...1)),,,n/a" }
        },
        Family(name: "XML") { w in
            lines(w.number(6...20)) { "  <item id=\"\($0)\"><name>\(w.noun())</name><value></value></item>" }
        },
    ]
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
