import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite struct HTMLReportTests {
    /// All elements that a report may hold, each with its attributes.
    private static let allowed: [String: Set<String>] = [
        "html": ["lang"], "head": [], "meta": ["charset", "http-equiv", "content", "name"], "title": [], "style": [],
        "body": [], "main": [], "footer": [], "section": ["class", "id"], "article": ["class", "id"], "h1": [],
        "h2": [], "h3": [], "small": [], "strong": ["class"], "b": [], "q": [], "code": [], "pre": [],
        "p": ["class"], "div": ["class"], "span": ["class", "title"], "dl": [], "dt": [], "dd": [], "ul": [], "ol": [],
        "li": [], "a": ["href"], "table": ["class"], "thead": [], "tbody": [], "tr": [], "th": ["class"],
        "td": ["class"], "details": ["open"], "summary": [],
        "svg": ["class", "viewBox", "role"], "g": ["id"], "rect": ["class", "x", "y", "width", "height"],
        "path": ["class", "d"], "text": ["class", "x", "y", "text-anchor"],
    ]

    private func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D }
    }

    private func check(_ tokens: HTMLTokens, _ name: String) {
        var ids: Set<String> = []
        for element in tokens.elements {
            guard let attributes = HTMLReportTests.allowed[element.name] else {
                Issue.record("\(name): element \(element.name)")
                continue
            }
            #expect(attributes.isSuperset(of: element.attributes.keys), "\(name): \(element)")
            if let id = element.attributes["id"] {
                #expect(isID(id) && ids.insert(id).inserted, "\(name): id \(id)")
            }
            if let words = element.attributes["class"] {
                let isPlain = words.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x20
                }
                #expect(isPlain && words.utf8.count < 30, "\(name): class \(words)")
            }
        }
        for link in tokens.elements.compactMap({ $0.attributes["href"] }) {
            #expect(link.hasPrefix("#") && ids.contains(String(link.dropFirst())), "\(name): link \(link)")
        }
    }

    @Test func nothingOfATraceBecomesMarkup() throws {
        var exporter = Report.html
        let hostile = try HTMLTokens(exporter.hostileText(isHostile: true))
        exporter = Report.html
        let harmless = try HTMLTokens(exporter.hostileText(isHostile: false))
        check(hostile, "hostile")
        let names = { (tokens: HTMLTokens) in tokens.elements.map(\.name) }
        #expect(names(hostile) == names(harmless))
        // Attributes too are the same, but for the name of the program and tooltips.
        for (one, other) in zip(hostile.elements, harmless.elements) where one.name != "meta" {
            #expect(one == other)
        }
        #expect(hostile.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(
            hostile.text.contains("⟨U+202E⟩live⟨U+202C⟩") && hostile.text.contains("a⟨U+0000⟩b⟨U+001B⟩[31m⟨U+009B⟩"))
    }

    @Test func theDemoIsWellFormedAndDeterministic() throws {
        let traces = ExportFixture.demo()
        var exporter = Report.html
        let page = exporter.text(traces)
        check(try HTMLTokens(page), "demo")
        exporter = Report.html
        #expect(exporter.text(traces) == page)
    }

    @Test func recordingsAreWellFormed() throws {
        for folder in Recordings.entries("clients") + ["otlp"] {
            var exporter = Report.html
            check(try HTMLTokens(exporter.text(try ExportFixture.shared(folder))), folder)
        }
    }

    @Test func browsersAreToldToLoadNothing() {
        var exporter = Report.html
        let page = exporter.text([])
        #expect(page.contains("http-equiv=\"Content-Security-Policy\" content=\"\(HTMLTokens.policy)\""))
        #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("url("))
        #expect(page.contains("No traces."))
    }

    @Test func placeholdersLookLikeSuchAndNothingElseDoes() throws {
        var fixture = try #require(ExportFixture.demo().first { !$0.spans.isEmpty })
        fixture.trace.summary.name = "key [STRIPE_KEY#a1b2c3d4] [not one] [X#zz]"
        var exporter = Report.html
        let page = exporter.text([fixture])
        #expect(page.contains("equal digits\">[STRIPE_KEY#a1b2c3d4]</span> [not one] [X#zz]"))
    }

    @Test func whatIsMissingIsSaid() throws {
        let id = TraceID(high: 0, low: 1)
        var names = NameTable()
        let row = SpanRow(arrival: 1, spanID: SpanID(1), parentSpanID: SpanID(77), name: names.intern(""))
        let span = Span(traceID: id, spanID: SpanID(1), name: "", startUnixNano: nil, endUnixNano: nil)
        let trace = ExportTrace(
            summary: TraceSummary(traceID: id), agents: AgentTopology(), steps: [], findings: [],
            coverage: nil, part: nil, spanCount: 1)
        let export = ExportSpan(
            row: row, span: span, logs: [], stream: nil, facts: SpanFacts(), content: SpanContent())
        var exporter = Report.html
        let text = try HTMLTokens(exporter.text([ExportFixture(trace: trace, spans: [export])])).text
        for words in [
            "trace without a name", "not recorded", "unknown", "not analysed", "no content recorded", "(no name)",
            "no times", "No span of this trace has a time.", "parent 000000000000004d, not recorded", "none named",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }
}
