import Canvas
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

@Suite struct SpanViewTests {
    @Test func aConversationReadsTopDown() {
        #expect(
            SpanScreen(SpanFixtures.chat).lines.prefix(15) == [
                " ● chat gpt-x → gpt-x-2026-04-30                                worker#3  1.60s",
                " in 1.21k  out 38  cache read 0  cache write –  reasoning –  finish stop",
                " first chunk 320ms",
                " Messages  Attributes 13  Events 0  Links 0  Resource  Raw  ⚑ 0      1–26 of 27",
                " ──────────────────────────────────────────────────────────────────────────────",
                "  system     You are the support agent.",
                "             Rule 1: be brief, be kind, and never invent a day of delivery.",
                "             Rule 2: be brief, be kind, and never invent … 16 more lines, Enter",
                "  user       When does order 7731 arrive?",
                "  assistant  reasoning The user asks about an order, so I look it up.",
                "▸            → track_order(order: 7731, deep: null)                      call_9",
                "▸ tool       ← {\"result\": null}                                          call_9",
                "  output ─────────────────────────────────────────────────────────────────────",
                "  assistant  Your order 7731 arrives on Thursday between 10 and 12.        stop",
                "▸ tools offered 1 ────────────────────────────────────────────────────────────",
            ])
    }

    @Test func theHeadStatesTheErrorFirst() {
        let lines = SpanScreen(SpanFixtures.failed, rows: 30).lines
        #expect(lines[0].hasPrefix(" ✗ ● chat gpt-x"))
        #expect(lines[0].hasSuffix("1.60s"))
        #expect(lines[1].hasPrefix(" ✗ RateLimitError: Too many requests"))
        #expect(lines[3] == " in –  out –  cache read –  cache write –  reasoning –")
        #expect(lines[4] == " ⚑ end_before_start the end lies before the start")
    }

    @Test func errorsAreStatedOnceWithoutLineBreaks() {
        let failed = SpanFixtures.detail("x", .llm) { detail in
            detail.facts.isError = true
            detail.facts.errorType = "lib.errors.ParseError"
            detail.span.status = SpanStatus(.error, message: "ParseError: no JSON\n\n  in the answer")
        }
        #expect(SpanScreen(failed).lines[1] == " ✗ lib.errors.ParseError: no JSON in the answer")
        let silent = SpanFixtures.detail("x", .tool) { $0.span.status = SpanStatus(.error) }
        #expect(SpanScreen(silent).lines[1] == " ✗ failed; neither type nor message was recorded")
    }

    @Test func nullEmptyAbsentRedactedAndZeroLookDifferent() {
        let text = SpanScreen(SpanFixtures.nothings, rows: 40).text
        for shown in [
            "← no result recorded", "← null", "← \"\"", "← 0", "[redacted by the producer]", "no content",
            "[image image/png] 12.3KB", "→ (unnamed tool)(arguments not recorded)", "→ f(not JSON {)",
            "no output recorded",
        ] {
            #expect(text.contains(shown), "\(shown)")
        }
    }

    @Test func absenceOfContentIsExplained() {
        let silent = SpanFixtures.detail("chat gpt-x", .llm) { $0.span.attributes = SpanFixtures.attributes }
        let text = SpanScreen(silent).lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(text.contains("No content was recorded for this llm span."))
        #expect(text.contains("CAPTURE_MESSAGE_CONTENT=true. Tab shows the 13 attributes"))
        #expect(SpanScreen(SpanFixtures.http).text.contains("carries no messages, arguments or values."))
        var bare = SpanScreen(SpanFixtures.detail("x", .other))
        for (tab, sentence) in [
            (SpanTab.attributes, "no attributes"), (.events, "no events"), (.links, "no links"),
        ] {
            bare.apply(.showTab(tab))
            #expect(bare.text.contains("This span has \(sentence)."))
        }
    }

    @Test func attributesAlignAndTellTypesApart() {
        var screen = SpanScreen(SpanFixtures.chat, rows: 30)
        screen.apply(.showTab(.attributes))
        let lines = screen.lines
        #expect(lines.contains("  gen_ai.usage.output_tokens  0"))
        #expect(lines.contains("  gen_ai.response.id          \"\"                                     empty text"))
        #expect(lines.contains("  nothing                     null"))
        #expect(lines.contains("▸ http.headers                {\"accept\": [\"a\", 2], \"x\": null}"))
        #expect(lines.contains("  tag                         two                          2 of 2 with this key"))
        #expect(lines.contains("  blob                        4B base64 AQID/w=="))
    }

    @Test func redactedAttributesSaySo() {
        var screen = SpanScreen(
            SpanFixtures.detail("x", .llm) {
                $0.span.attributes = [Attribute("input.value", .string("__REDACTED__"))]
                $0.span.droppedAttributesCount = 1
            })
        screen.apply(.showTab(.attributes), .move(1))
        #expect(screen.cursorLine?.hasPrefix("  input.value  __REDACTED__") == true)
        #expect(screen.cursorLine?.hasSuffix("by the producer") == true)
        #expect(screen.text.contains("1 more attribute dropped by the producer"))
    }

    @Test func aJSONTextOpensAsATree() {
        var screen = SpanScreen(SpanFixtures.chat, columns: 100, rows: 40)
        screen.apply(.showTab(.attributes), .search("gen_ai.input.messages"), .toggleFold)
        let text = screen.text
        #expect(text.contains("▾ gen_ai.input.messages       ["))
        #expect(text.contains("\"role\": \"user\","))
        // Escapes are decoded, and a line break in a value makes a new row.
        #expect(text.contains("\"content\": \"When does 你好 arrive?"))
        #expect(text.contains("\n" + String(repeating: " ", count: 40) + "Soon?\""))
        screen.apply(.toggleFold)
        #expect(screen.text.contains("▸ gen_ai.input.messages"))
    }

    @Test func eventsShowTimeOriginAndBody() {
        var screen = SpanScreen(SpanFixtures.failed, rows: 40)
        screen.apply(.showTab(.events))
        let text = screen.text
        #expect(text.contains("⚑ 3 more events dropped by the producer"))
        #expect(text.contains("▾ +900ms                  ✗ exception"))
        #expect(text.contains("▾ no time                 gen_ai.choice                                log info"))
        #expect(text.contains("body                  {\"index\": 0, \"message\": {\"content\": \"It is\"}}"))
        #expect(text.contains("… 29 more lines, Enter"))
        #expect(text.contains("⚑ 2 more attributes dropped by the producer"))
    }

    @Test func linksAndResourceNameWhatTheyPointTo() {
        var screen = SpanScreen(SpanFixtures.failed, columns: 100, rows: 40)
        screen.apply(.showTab(.links))
        #expect(screen.text.contains("→ span 0000000000000007 of this trace"))
        #expect(screen.text.contains("→ span 0000000000000008 of trace 00000000000000010000000000000002"))
        screen.apply(.showTab(.resource))
        #expect(screen.text.contains("  service.name    shop"))
        #expect(screen.text.contains("opentelemetry.instrumentation.openai_v2"))
        #expect(screen.text.contains("  start           2026-01-01 00:00:00.000000000 UTC"))
    }

    @Test func documentsAndJudgementsCarryScores() {
        let text = SpanScreen(SpanFixtures.retrieval).text
        #expect(text.contains("doc-1  Closed on Sunday."))
        #expect(text.contains("score 0.91"))
        #expect(text.contains("score –"))
        #expect(text.contains("score 0.0"))
        #expect(text.contains("relevance"))
        #expect(text.contains("poor 0.0 The second has no text."))
        #expect(text.contains("no score"))
    }

    @Test func smallSizesStillShowTheSpan() {
        #expect(
            SpanScreen(SpanFixtures.chat, columns: 20, rows: 5).lines == [
                "● chat gpt-x…  1.60s", "1/7 Messages", " system", "  You are the", "  support agent.",
            ])
        for columns in 1...40 {
            for rows in 1...12 {
                let lines = SpanScreen(SpanFixtures.failed, columns: columns, rows: rows).lines
                #expect(lines.count == rows)
            }
        }
    }

    @Test func proseIsNoWiderThanTheEyeFollows() {
        let long = SpanFixtures.detail("chat", .llm) { detail in
            let words = Array(repeating: "word", count: 200).joined(separator: " ")
            detail.content.outputMessages = [Message(role: "assistant", parts: [.text(words)])]
        }
        let lines = SpanScreen(long, columns: 200, rows: 60).lines
        let widest = lines.filter { $0.contains("word") }.map(\.count).max() ?? 0
        #expect(widest <= 2 + 11 + 120)
        #expect(widest > 100)
    }

    @Test func asciiTerminalsGetASCII() {
        var screen = SpanScreen(SpanFixtures.failed, ascii: true)
        for tab in SpanTab.allCases {
            screen.apply(.showTab(tab))
            #expect(screen.text.utf8.allSatisfy { $0 < 0x80 })
            #expect(!screen.lines[0].contains("?"))
        }
        #expect(SpanScreen(SpanFixtures.chat, ascii: true).text.contains("-> track_order(order: 7731, deep: null)"))
    }

    @Test func theContextNamesAgentAndPlaceInTheTrace() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.context = SpanViewContext(
            agentLabel: "worker#3 ·try 2", agentSource: .inferred,
            traceStartUnixNano: SpanFixtures.start - 2_500_000_000)
        #expect(screen.lines[0].hasSuffix("~worker#3 ·try 2  +2.50s  1.60s"))
        screen.context.isFocused = false
        #expect(screen.cursorLine == nil)
    }
}
