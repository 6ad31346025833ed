import TraceAnalysis
import TraceExport
import TraceModel

/// A trace with a text in every field that can hold one: hostile ones, or harmless ones of the same lengths.
struct HostileTrace {
    let isHostile: Bool
    private var count = 0

    init(isHostile: Bool) {
        self.isHostile = isHostile
    }

    static let corpus = [
        "<script>alert(1)</script>", "\" onload=\"alert(1)", "' onfocus='alert(1)' autofocus='", "]]><b>", "--><i>",
        "</style><style>*{display:none}</style>", "</title></svg></pre></details><h1>",
        "a\u{0}b\u{1B}[31m\u{9B}0m\u{7F}",
        "\u{202E}live\u{202C}\u{2066}x\u{2069}\u{200E}", "javascript:alert(1)", "&lt;b&gt;&#60;b&#62;&amp;", "<!--",
        "<![CDATA[<b>]]>", "<a href=\"javascript:alert(1)\">x</a>", "<img src=x onerror=alert(1)>", "`</code>`",
        "```\n# h\n```\n<b>", "~~~~\n<b>\n~~~~", "[x](http://example.invalid)", "![x](http://example.invalid/x.png)",
        "@everyone #1 :smile: http://example.invalid www.example.invalid a@example.invalid", "| a | b |\n|---|---|",
        "``` ```` `` `", "\\` \\| \\<b>", "<b\u{A0}x>", "\u{FEFF}\u{FFFE}\u{2028}\u{2029}", "<%= x %> ${x} {{x}}",
        "https://example.invalid/?a=1&b=<b>", "\u{1B}]8;;http://example.invalid\u{7}x\u{1B}]8;;\u{7}", "<svg/onload=x>",
        "- x\n1. x\n> x\n    x", "<details open><summary>", "\r\n\r\n<b>\r", "=\"\"><b>", "`", "*x* _x_ ~~x~~ $x$",
        "a\u{E0041}\u{34F}\u{180E}\u{115F}\u{3164}\u{FFA0}\u{17B4}\u{2065}\u{FFF9}\u{1D173}\u{FE0F}\u{E0100}\u{AD}\u{2800}b",
    ]

    /// The next text; each one is different, and all of the corpus come round.
    private mutating func text() -> String {
        count += 1
        let hostile = HostileTrace.corpus[count % HostileTrace.corpus.count]
        if isHostile { return "\(count) \(hostile)" }
        return "\(count) " + String(decoding: hostile.utf8.map { $0 == 0x0A ? 0x0A : UInt8(ascii: "x") }, as: UTF8.self)
    }

    /// Traces enough for every field to hold every text of the corpus.
    static func fixtures(isHostile: Bool) -> (ExportProvenance, [ExportFixture]) {
        var hostile = HostileTrace(isHostile: isHostile)
        let provenance = ExportProvenance(program: hostile.text(), selection: hostile.text(), policy: hostile.text())
        var fixtures: [ExportFixture] = []
        for number in 1...corpus.count {
            fixtures.append(hostile.fixture(UInt64(number)))
            // A step that has no divisor in common with the corpus, so that fields and texts meet in all ways.
            while hostile.count % corpus.count != number % corpus.count { hostile.count += 1 }
        }
        return (provenance, fixtures)
    }

    private mutating func fixture(_ number: UInt64) -> ExportFixture {
        let start: Int64 = 1_795_000_000_000_000_000
        let id = TraceID(high: 7, low: number)
        var spans: [ExportSpan] = []
        for (place, kind) in SpanKind.allCases.enumerated() {
            spans.append(span(UInt64(place + 1), kind: kind, trace: id, start: start))
        }
        var summary = TraceSummary(traceID: id)
        summary.name = text()
        summary.startUnixNano = start
        summary.durationNanos = 5_000_000_000
        summary.spanCount = spans.count
        summary.services = [text(), text()]
        summary.agents = [text()]
        summary.models = [text()]
        summary.session = text()
        var run = AgentRun(number: 1, name: text(), source: .declared)
        run.spanID = SpanID(2)
        run.modelsResolved = [text()]
        run.role = text()
        var retry = AgentRun(number: 2, name: text(), source: .inferred)
        retry.parent = 1
        retry.attempt = 2
        retry.attemptReason = .critic
        retry.attemptEvidence = [FindingEvidence(spanID: SpanID(3), label: text(), value: text())]
        let findings = [FindingSeverity.hint, .warning, .error].map { severity in
            Finding(
                rule: text(), severity: severity, certainty: .inferred, message: text(), spanID: SpanID(3),
                evidence: [
                    FindingEvidence(spanID: SpanID(4), label: text(), value: text()),
                    FindingEvidence(spanID: SpanID(99), label: text(), value: text()),
                ])
        }
        var step = StepFigures(number: 1, run: 1, spanID: SpanID(3), startUnixNano: start, durationNanos: 1_000_000)
        step.wall[Phase.decode.rawValue] = 1_000_000
        step.quality[Phase.decode.rawValue] = .measured
        let trace = ExportTrace(
            summary: summary, agents: AgentTopology(runs: [run, retry], identifiedSpans: 1, spanCount: spans.count),
            steps: [step], findings: findings, coverage: TraceCoverage(expectedAtLeast: 9, recorded: 2), part: text(),
            spanCount: spans.count)
        return ExportFixture(trace: trace, spans: spans)
    }

    private mutating func span(_ id: UInt64, kind: SpanKind, trace: TraceID, start: Int64) -> ExportSpan {
        var names = NameTable()
        var row = SpanRow(
            arrival: Int32(id), spanID: SpanID(id), parentSpanID: id == 1 ? nil : SpanID(1), name: names.intern("x"))
        row.kind = kind
        row.startUnixNano = start + Int64(id) * 100_000_000
        row.endUnixNano = id == 5 ? nil : start + Int64(id) * 200_000_000
        row.isError = id.isMultiple(of: 3)
        row.agentRun = id.isMultiple(of: 2) ? 1 : 2
        row.step = 1
        var facts = SpanFacts(kind: kind)
        facts.modelResolved = text()
        let exception = SpanEvent(
            timeUnixNano: start, name: "exception",
            attributes: ["exception.type", "exception.message", "exception.stacktrace"].map {
                Attribute($0, .string(text()))
            })
        let span = Span(
            traceID: trace, spanID: SpanID(id), name: text(), startUnixNano: row.startUnixNano,
            endUnixNano: row.endUnixNano, status: SpanStatus(row.isError ? .error : .ok, message: text()),
            attributes: [Attribute(text(), .string(text()))], events: [exception])
        return ExportSpan(
            row: row, span: span, logs: [], stream: kind == .llm || kind == .agent ? stream(start) : nil, facts: facts,
            content: content(isTalk: id.isMultiple(of: 2)))
    }

    private mutating func content(isTalk: Bool) -> SpanContent {
        var content = SpanContent()
        if isTalk {
            let parts: [MessagePart] = [
                .text(text()), .reasoning(text()), .toolCall(id: text(), name: text(), arguments: text()),
                .toolResult(id: text(), result: text()), .redacted, .other(type: text(), json: text()),
                .media(modality: text(), mimeType: text(), reference: text()),
            ]
            content.inputMessages = [Message(role: text(), name: text(), parts: parts, finishReason: text())]
            content.outputMessages = [Message(role: text(), name: text(), parts: parts, finishReason: text())]
        } else {
            content.inputValue = text()
            content.outputValue = text()
        }
        content.toolArguments = text()
        content.toolResult = text()
        content.toolDefinitions = [text()]
        content.documents = [RetrievedDocument(id: text(), score: 0.5, content: text(), metadata: text())]
        content.evaluations = [Evaluation(name: text(), score: 1, label: text(), explanation: text())]
        return content
    }

    private mutating func stream(_ start: Int64) -> WholeStream {
        let call = StreamToolCall(index: 0, id: text(), name: text())
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 100_000_000, kind: .reasoning, text: text()),
            StreamChunk(offsetNanos: 200_000_000, kind: .text, text: text()),
            StreamChunk(offsetNanos: 3_000_000_000, kind: .text, text: text()),
            StreamChunk(offsetNanos: 3_100_000_000, kind: .toolArguments, text: text(), toolCall: call),
            StreamChunk(offsetNanos: 3_200_000_000, kind: .terminal, text: ""),
        ])
        let info = StreamInfo(
            startUnixNano: start, durationNanos: 3_200_000_000, timing: .measured, clock: text(),
            endCause: .serverError, finishReason: text(), source: text(), wireProtocol: text(), errorMessage: text(),
            remarks: [text()])
        let figures = StreamAnalysis.figures(of: chunks, info: info)
        return WholeStream(info: info, figures: figures, chunks: chunks, isFromSpan: false)
    }
}

extension TraceExporter {
    /// The file of hostile traces, or of the same with harmless texts.
    mutating func hostileText(isHostile: Bool) -> String {
        let (provenance, fixtures) = HostileTrace.fixtures(isHostile: isHostile)
        var out: [UInt8] = []
        begin(provenance, into: &out)
        for fixture in fixtures {
            beginTrace(fixture.trace, into: &out)
            for span in fixture.spans { add(span, into: &out) }
            endTrace(into: &out)
        }
        end(into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
