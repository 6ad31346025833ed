import Basics

/// Everyday runs that are well: a question, a tool, an answer, spread over a day with a busy morning.
enum HealthyTraffic {
    private static let count = 212

    static func record(_ stage: Stage) -> [TraceRecorder] {
        var random = SplitMix64(seed: stage.seed, part: "traffic")
        return (0..<count).map { index in
            let scene = Scene.all[index % Scene.all.count]
            // Two thirds of the runs fall into the last six hours.
            let minutes =
                index % 3 == 0
                ? Double.random(in: 360...1500, using: &random) : Double.random(in: 4...360, using: &random)
            return run(stage, scene, number: index, minutesBefore: minutes, random: &random)
        }
    }

    private static func run(
        _ stage: Stage, _ scene: Scene, number: Int, minutesBefore: Double, random: inout SplitMix64
    ) -> TraceRecorder {
        let voices: [Voice] = [.openTelemetry, .openInference, .openTelemetryEvents]
        let value = String(Int.random(in: 11...98, using: &random))
        func filled(_ text: String) -> String { text.replacing("{n}", with: value) }
        return stage.trace(
            "traffic \(number)", minutesBefore: minutesBefore, service: scene.service,
            voice: voices[number / Scene.all.count % voices.count], session: "s-\(1000 + number / 2)"
        ) { trace in
            let opening: [ChatMessage] = [
                .system("You are \(scene.agent) of \(scene.service). Be brief and kind."),
                .user(filled(scene.question)),
            ]
            let id = "call_\(String(trace.random.next() % 46_656, radix: 36))"
            let (arguments, result) = (filled(scene.arguments), filled(scene.result))
            let asked = ChatMessage.asks(id, scene.tool, arguments)
            func answer(
                _ trace: inout TraceRecorder, _ messages: [ChatMessage], _ answer: ChatMessage, seconds: Double
            ) {
                trace.chat(scene.model, messages, answer, seconds: seconds) {
                    $0.firstChunk = seconds * 0.3
                    // Some services stream past the recorder, which leaves the first chunk's time only.
                    if number % 4 != 3 { $0.stream = StreamPlan() }
                }
            }
            func turn(_ trace: inout TraceRecorder) {
                trace.agent(scene.agent) { trace in
                    answer(&trace, opening, asked, seconds: 0.8 * trace.random.jitter(0.4))
                    trace.tool(
                        scene.tool, id: id, arguments, gives: result, seconds: 0.3 * trace.random.jitter(0.8))
                    answer(
                        &trace, opening + [asked, .answers(id, result)], .assistant(filled(scene.answer)),
                        seconds: 1.7 * trace.random.jitter(0.5))
                }
            }
            // Some services trace the request around the agent, some begin with the agent.
            if number % 3 == 0 {
                trace.request("POST", "/\(scene.service)/messages") { turn(&$0) }
            } else {
                turn(&trace)
            }
        }
    }
}
