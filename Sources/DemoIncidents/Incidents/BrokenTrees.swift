import TraceModel

/// Traces whose records contradict themselves: nothing of them may vanish.
enum BrokenTrees {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [cycle(stage), twins(stage), clocks(stage), rootless(stage), deep(stage)]
    }

    /// Three spans that name each other as parents, and one that names itself.
    private static func cycle(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("cycle", minutesBefore: 700, service: "batch-labeler")
        trace.agent("labeler") { trace in
            for part in ["read", "label", "write"] {
                trace.chain("step.\(part)") { $0.wait(0.4) }
            }
            trace.chain("step.verify") { $0.wait(0.2) }
        }
        let ids = trace.spans.map(\.spanID)
        trace.editAll { index, span in
            switch index {
            case 1: span.parentSpanID = ids[3]
            case 2: span.parentSpanID = ids[1]
            case 3: span.parentSpanID = ids[2]
            case 4: span.parentSpanID = ids[4]
            default: break
            }
        }
        return trace
    }

    /// Two roots, and a retry that kept the span id of the first try.
    private static func twins(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("twins", minutesBefore: 688, service: "batch-labeler")
        trace.agent("labeler") { trace in
            trace.tool(
                ToolRun(
                    "store_labels", #"{"batch":41}"#, gives: nil, seconds: 1.2,
                    failure: RecordedFailure("ConnectionResetError", "peer closed the connection")))
            trace.tool(ToolRun("store_labels", #"{"batch":41}"#, gives: #"{"stored":500}"#, seconds: 0.6))
        }
        trace.agent("labeler") { trace in
            trace.tool(ToolRun("notify", #"{"channel":"labels"}"#, gives: #"{"ok":true}"#, seconds: 0.2))
        }
        let first = trace.spans[1].spanID
        trace.edit(2) { span in
            let copy = Span(
                traceID: span.traceID, spanID: first, parentSpanID: span.parentSpanID, flags: span.flags,
                name: span.name, otelKind: span.otelKind, startUnixNano: span.startUnixNano,
                endUnixNano: span.endUnixNano, status: span.status, attributes: span.attributes, events: span.events,
                resource: span.resource, scope: span.scope)
            span = copy
        }
        return trace
    }

    /// A child that ends before it starts, one outside its parent, one without an end.
    private static func clocks(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("clocks", minutesBefore: 655, service: "voice-gateway")
        trace.agent("dispatcher") { trace in
            trace.tool(ToolRun("transcribe", #"{"call":"c-118"}"#, gives: "three sentences", seconds: 2.2))
            trace.tool(ToolRun("detect_language", #"{"call":"c-118"}"#, gives: "pt-BR", seconds: 0.1))
            trace.tool(ToolRun("route", #"{"queue":"billing"}"#, gives: "accepted", seconds: 0.4))
        }
        trace.edit(1) { span in span.endUnixNano = span.startUnixNano.map { $0 - 1_700_000_000 } }
        trace.edit(2) { span in
            span.startUnixNano = span.startUnixNano.map { $0 + 9_000_000_000 }
            span.endUnixNano = span.endUnixNano.map { $0 + 9_000_000_000 }
        }
        trace.edit(3) { $0.endUnixNano = nil }
        return trace
    }

    /// A trace whose root was never sent.
    private static func rootless(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("rootless", minutesBefore: 640, service: "voice-gateway", voice: .openInference)
        trace.chain("session") { trace in
            for turn in 1...3 {
                trace.chain("turn", [Attribute("turn", .int(Int64(turn)))]) { trace in
                    trace.chat(
                        ModelCall(
                            "gpt-4o-mini", [.user("Quero a segunda via da fatura, por favor.")],
                            .assistant("Claro. Pode me dizer os três últimos dígitos do seu CPF?"), seconds: 0.8))
                }
            }
        }
        trace.drop { index, _ in index == 0 }
        return trace
    }

    /// Agents that hand over to each other sixty times.
    private static func deep(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("deep hand-over", minutesBefore: 610, service: "router-lab")
        let names = ["router", "triage", "specialist"]
        func descend(_ trace: inout TraceRecorder, _ depth: Int) {
            trace.agent(names[depth % names.count]) { trace in
                trace.wait(0.03)
                if depth < 60 {
                    descend(&trace, depth + 1)
                } else {
                    trace.chat(
                        ModelCall(
                            "gpt-4o-mini", [.user("Who is responsible for parking permits?")],
                            .assistant("I will hand you over to a colleague who knows."), seconds: 0.7))
                }
                trace.wait(0.01)
            }
        }
        descend(&trace, 0)
        return trace
    }
}
