import TraceModel

/// Traces whose records contradict themselves: nothing of them may vanish.
enum BrokenTrees {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [cycle(stage), twins(stage), clocks(stage), rootless(stage), deep(stage)]
    }

    /// Three spans that name each other as parents, and one that names itself.
    private static func cycle(_ stage: Stage) -> TraceRecorder {
        stage.trace("cycle", minutesBefore: 700, service: "batch-labeler") { trace in
            trace.agent("labeler") { trace in
                for part in ["read", "label", "write"] {
                    trace.chain("step.\(part)") { $0.wait(0.4) }
                }
                trace.chain("step.verify") { $0.wait(0.2) }
            }
            let ids = trace.spans.map(\.spanID)
            for (child, parent) in [(1, 3), (2, 1), (3, 2), (4, 4)] {
                trace.edit(child) { $0.parentSpanID = ids[parent] }
            }
        }
    }

    /// Two roots, and a retry that kept the span id of the first try.
    private static func twins(_ stage: Stage) -> TraceRecorder {
        stage.trace("twins", minutesBefore: 688, service: "batch-labeler") { trace in
            trace.agent("labeler") { trace in
                trace.tool(
                    "store_labels", #"{"batch":41}"#, gives: nil, seconds: 1.2,
                    failure: RecordedFailure("ConnectionResetError", "peer closed the connection"))
                trace.tool("store_labels", #"{"batch":41}"#, gives: #"{"stored":500}"#, seconds: 0.6)
            }
            trace.agent("labeler") { trace in
                trace.tool("notify", #"{"channel":"labels"}"#, gives: #"{"ok":true}"#, seconds: 0.2)
            }
            let first = trace.spans[1].spanID
            trace.edit(2) { span in
                span = Span(
                    traceID: span.traceID, spanID: first, parentSpanID: span.parentSpanID, flags: span.flags,
                    name: span.name, otelKind: span.otelKind, startUnixNano: span.startUnixNano,
                    endUnixNano: span.endUnixNano, status: span.status, attributes: span.attributes,
                    events: span.events, resource: span.resource, scope: span.scope)
            }
        }
    }

    /// A child that ends before it starts, one outside its parent, one without an end.
    private static func clocks(_ stage: Stage) -> TraceRecorder {
        stage.trace("clocks", minutesBefore: 655, service: "voice-gateway") { trace in
            trace.agent("dispatcher") { trace in
                trace.tool("transcribe", #"{"call":"c-118"}"#, gives: "three sentences", seconds: 2.2)
                trace.tool("detect_language", #"{"call":"c-118"}"#, gives: "pt-BR", seconds: 0.1)
                trace.tool("route", #"{"queue":"billing"}"#, gives: "accepted", seconds: 0.4)
            }
            trace.edit(1) { span in span.endUnixNano = span.startUnixNano.map { $0 - 1_700_000_000 } }
            trace.edit(2) { $0.shift(by: 9_000_000_000) }
            trace.edit(3) { $0.endUnixNano = nil }
        }
    }

    /// A trace whose root was never sent.
    private static func rootless(_ stage: Stage) -> TraceRecorder {
        stage.trace("rootless", minutesBefore: 640, service: "voice-gateway", voice: .openInference) { trace in
            trace.chain("session") { trace in
                for turn in 1...3 {
                    trace.chain("turn", ["turn": turn]) { trace in
                        trace.chat(
                            "gpt-4o-mini", [.user("Quero a segunda via da fatura, por favor.")],
                            .assistant("Claro. Pode me dizer os três últimos dígitos do seu CPF?"), seconds: 0.8)
                    }
                }
            }
            trace.drop { index, _ in index == 0 }
        }
    }

    /// Agents that hand over to each other sixty times.
    private static func deep(_ stage: Stage) -> TraceRecorder {
        let names = ["router", "triage", "specialist"]
        func descend(_ trace: inout TraceRecorder, _ depth: Int) {
            trace.agent(names[depth % names.count]) { trace in
                trace.wait(0.03)
                if depth < 60 {
                    descend(&trace, depth + 1)
                } else {
                    trace.chat(
                        "gpt-4o-mini", [.user("Who is responsible for parking permits?")],
                        .assistant("I will hand you over to a colleague who knows."), seconds: 0.7)
                }
                trace.wait(0.01)
            }
        }
        return stage.trace("deep hand-over", minutesBefore: 610, service: "router-lab") { descend(&$0, 0) }
    }
}

extension Span {
    /// Moves a span in time, as a clock that is wrong does.
    mutating func shift(by nanos: Int64) {
        startUnixNano = startUnixNano.map { $0 + nanos }
        endUnixNano = endUnixNano.map { $0 + nanos }
    }
}
