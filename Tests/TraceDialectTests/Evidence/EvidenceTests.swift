import Testing
import TraceModel

@testable import TraceDialect

@Suite("Evidence of spans")
struct EvidenceTests {
    private func evidence(
        _ kind: String?, _ attributes: Attribute..., name: String = "span", links: Int = 0,
        change: (inout Span) -> Void = { _ in }
    ) -> SpanEvidence? {
        var span = Span.fixture(name, (kind.map { [.text("openinference.span.kind", $0)] } ?? []) + attributes)
        change(&span)
        return Dialect.evidence(of: span, facts: Dialect.facts(of: span))
    }

    private func answer(_ text: String, kind: String = "LLM") -> SpanEvidence? {
        evidence(
            kind, .text("llm.output_messages.0.message.role", "assistant"),
            .text("llm.output_messages.0.message.content", text), .text("output.value", text))
    }

    @Test("a plain span has none")
    func plain() {
        #expect(evidence(nil, .text("http.route", "/orders"), .int("http.status", 200), name: "GET /orders") == nil)
        #expect(evidence("CHAIN", name: "sparse_retriever") == nil)
    }

    @Test("a model call tells what it asked, recalls, was given, was offered and answered")
    func modelCall() throws {
        let read = evidence(
            "LLM",
            .text(
                "gen_ai.input.messages",
                """
                [{"role":"system","parts":[{"type":"text","content":"Be terse."}]},
                {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get","arguments":{"city":"Oslo"}}]},
                {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{"t":9}}]}]
                """),
            .text(
                "gen_ai.output.messages",
                #"[{"role":"assistant","parts":[{"type":"text","content":"One more."},"#
                    + #"{"type":"tool_call","id":"c2","name":"get","arguments":"{\"city\": \"Rome\"}"}]}]"#),
            .text("gen_ai.tool.definitions", #"[{"type":"function","function":{"name":"get"}},{"name":"put"}]"#),
            .text("gen_ai.request.previous_response_id", "resp_0"), .text("gen_ai.response.id", "resp_1"))
        let evidence = try #require(read)
        #expect(evidence.hasMessages)
        #expect(evidence.recalledCalls.map(\.id) == ["c1"])
        #expect(evidence.requestedCalls.map(\.name) == ["get"])
        let rome = PayloadReader.digest(#"{"city":"Rome"}"#)
        #expect(evidence.requestedCalls.first?.arguments?.matches(rome) == true)
        #expect(evidence.deliveredResults.first?.result?.matches(PayloadReader.digest(#"{"t": 9}"#)) == true)
        #expect(evidence.offeredTools == ["get", "put"])
        #expect(evidence.answer?.preview == "One more.")
        #expect(!evidence.answerAdmitsGap)
        #expect(evidence.promptDigest != nil)
        #expect(evidence.responseID == "resp_1")
        #expect(evidence.previousResponseID == "resp_0")
    }

    @Test("of many calls and results the newest are kept")
    func newest() {
        let messages = (0..<100).map {
            #"{"role":"tool","parts":[{"type":"tool_call_response","id":"c\#($0)","response":"\#($0)"}]}"#
        }
        let read = evidence("LLM", .text("gen_ai.input.messages", "[\(messages.joined(separator: ","))]"))
        #expect(read?.deliveredResults.map(\.id) == (36..<100).map { "c\($0)" })
    }

    @Test("a tool span tells its call, and an empty result is one")
    func tool() {
        let read = evidence(
            "TOOL", .text("gen_ai.tool.call.id", "c1"), .text("gen_ai.tool.call.arguments", #"{"order":7731}"#),
            .text("gen_ai.tool.call.result", ""))
        #expect(read?.toolCallID == "c1")
        #expect(read?.arguments?.matches(PayloadReader.digest(#"{"order": 7731}"#)) == true)
        #expect(read?.result?.content == .empty)
        #expect(evidence("TOOL", .text("gen_ai.tool.call.id", "c1"))?.result == nil)
        let null = evidence("TOOL", Attribute("gen_ai.tool.call.result", .empty))
        #expect(null?.result?.content == .empty)
    }

    @Test("attempts and their reasons are read in each spelling")
    func attempts() {
        let read = evidence("AGENT", .int("agent.attempt", 3), .text("agent.attempt.reason", "critic"))
        #expect(read?.attempt == 3)
        #expect(read?.attemptReason == .critic)
        #expect(evidence("AGENT", .int("retry_count", 1))?.attempt == 2)
        #expect(evidence("AGENT", .text("agent.attempt.reason", "moon phase"))?.attemptReason == .unknown)
        #expect(evidence("AGENT", .int("agent.attempt", -4))?.attempt == nil)
        #expect(evidence("AGENT", .int("agent.attempt", .max))?.attempt == nil)
    }

    @Test("hand-offs are read from attributes and from tools of that name")
    func handOffs() {
        let node = evidence("CHAIN", .text("langgraph.command.goto_node", "writer"))
        #expect(node?.handOff == HandOff(from: nil, to: "writer"))
        let tool = evidence("TOOL", .text("gen_ai.tool.name", "transfer_to_billing"))
        #expect(tool?.handOff == HandOff(from: nil, to: "billing"))
        let both = evidence("AGENT", .text("agent.handoff.from", "desk"), .text("agent.handoff.to", "billing"))
        #expect(both?.handOff == HandOff(from: "desk", to: "billing"))
    }

    @Test(
        "clear verdicts are read",
        arguments: [
            ("Accepted: the sums agree.", true), ("**Approved**", true), ("LGTM", true), ("PASS", true),
            ("Passed.", true), (#"{"accepted": true}"#, true), (#"{"verdict":"approved"}"#, true),
            ("Rejected: R-12 is not met.", false), ("Flagged by rule 4", false), ("FAIL: two cells", false),
            (#"{"passed": false}"#, false), (#"{"tripwire_triggered": true}"#, false), ("Not approved", false),
        ])
    func verdicts(_ text: String, _ isAccepted: Bool) {
        #expect(answer(text)?.isAccepted == isAccepted)
        #expect(answer(text, kind: "AGENT")?.isAccepted == isAccepted)
    }

    @Test(
        "what only sounds like a verdict is none",
        arguments: [
            "Passengers may board.", "Password reset is done.", "Pass the salt.", "Failed orders: none today",
            "Failure is an option", "Invalid input makes it stop.", "Validated parking costs 3 €.", "valid_until: May",
            "Revise the second paragraph if you like.", "Acceptedly odd", "", "It was approved.", #"{"valid_from":1}"#,
        ])
    func noVerdicts(_ text: String) {
        #expect(answer(text)?.isAccepted == nil)
        #expect(answer(text, kind: "AGENT")?.isAccepted == nil)
    }

    @Test("a guardrail that was triggered rejects")
    func guardrail() {
        #expect(evidence("GUARDRAIL", Attribute("guardrail.triggered", .bool(true)))?.isAccepted == false)
        #expect(evidence("GUARDRAIL", Attribute("guardrail.triggered", .bool(false)))?.isAccepted == true)
    }

    @Test("steps are numbered by attributes, by metadata and by their names")
    func steps() {
        let named = evidence("CHAIN", name: "Step 3")
        #expect(named?.isStep == true)
        #expect(named?.stepNumber == 3)
        let graph = evidence("LLM", .text("metadata", #"{"langgraph_step": 2}"#))
        #expect(graph?.stepNumber == 2)
        #expect(graph?.stepKey == "metadata.langgraph_step")
        #expect(evidence("TOOL", .int("step", 47))?.stepNumber == 47)
        #expect(evidence("CHAIN", name: "Step up")?.isStep != true)
    }

    @Test("the phase of a harness span comes from its name, that of a model's or tool's does not")
    func phases() {
        #expect(evidence("CHAIN", name: "ChatPromptTemplate")?.phase == .inputAssembly)
        #expect(evidence("CHAIN", name: "StrOutputParser")?.phase == .resultHandling)
        #expect(evidence("CHAIN", name: "retry.backoff")?.phase == .orchestration)
        #expect(evidence("TOOL", name: "parse_pdf")?.phase == nil)
    }

    @Test("times of the server come in nanoseconds, absurd ones not at all")
    func serverTimes() {
        let read = evidence(
            "LLM", .double("gen_ai.latency.time_in_model_prefill", 0.25), .int("eval_duration", 1_500_000),
            .double("gen_ai.latency.time_in_queue", -1))
        #expect(read?.serverPrefillNanos == 250_000_000)
        #expect(read?.serverDecodeNanos == 1_500_000)
        #expect(read?.queueNanos == nil)
        #expect(evidence("LLM", .double("gen_ai.latency.time_in_queue", .infinity))?.queueNanos == nil)
    }

    @Test("counts are kept where something was dropped or a limit was reached")
    func counts() {
        let dropped = evidence("CHAIN") { $0.droppedEventsCount = 3 }
        #expect(dropped?.droppedEvents == 3)
        #expect(dropped?.attributeCount == 1)
        let full = evidence("CHAIN") { span in span.attributes += (0..<127).map { .int("k\($0)", $0) } }
        #expect(full?.attributeCount == 128)
        let withheld = evidence(
            "CHAIN", .text("input.value", "__REDACTED__"), .text("x", "[REDACTED]"),
            .text("output.value", String(repeating: "x", count: 300) + "… [truncated]"))
        #expect(withheld?.redactedValues == 2)
        #expect(withheld?.truncatedValues == 1)
        let declared = evidence("AGENT", .int("agent.children.expected", 47), .int("child_count", 2))
        #expect(declared?.declaredCounts.map(\.subject) == [.children, .spans])
    }

    @Test("a clock is the host's, else the service's")
    func clocks() {
        func clock(_ attributes: Attribute...) -> String { Dialect.clockName(of: Resource(attributes: attributes)) }
        let host = Attribute.text("host.name", "web-1")
        #expect(clock(.text("service.name", "shop"), host) == clock(.text("service.name", "cart"), host))
        #expect(clock(.text("service.name", "shop")) != clock(.text("service.name", "cart")))
        #expect(
            clock(.text("service.name", "shop"), .text("service.instance.id", "a"))
                != clock(.text("service.name", "shop"), .text("service.instance.id", "b")))
    }
}
