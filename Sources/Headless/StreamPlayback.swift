import Basics
package import Canvas
import TraceAnalysis
package import TraceModel

/// Writes a stream as plain text at the times at which it came.
package struct StreamPlayback: Sendable {
    /// What is written when.
    package struct Step: Equatable, Sendable {
        /// Nanoseconds from the start of the playback, on a clock that only runs forward.
        package var dueNanos: Int64
        /// Safe for a terminal; newlines are the only control characters in it.
        package var text: String
    }

    /// How a playback differs from the recording.
    package struct Options: Equatable, Sendable {
        /// How many times as fast as it came.
        package var speed: Double
        /// Pauses are cut to this many nanoseconds, and the cut is shown; nil plays them whole.
        package var idleLimitNanos: Int64?
        /// What came up to here, nanoseconds from the request, is written at once.
        package var fromNanos: Int64

        package init(speed: Double = 1, idleLimitNanos: Int64? = nil, fromNanos: Int64 = 0) {
            self.speed = speed
            self.idleLimitNanos = idleLimitNanos
            self.fromNanos = fromNanos
        }
    }

    package let steps: [Step]

    /// Plans a playback.
    ///
    /// The due time of a step is the whole time played so far divided by the speed, never a sum of rounded pauses, so
    /// that nothing drifts. The last step waits for the end of the response.
    package init(
        _ chunks: StreamChunks, info: StreamInfo, options: Options, metrics: TextMetrics = TextMetrics()
    ) {
        var steps: [Step] = []
        var played: Int64 = 0
        var time = options.fromNanos
        func advance(to next: Int64) -> String {
            guard next > time else { return "" }
            var pause = next - time
            var remark = ""
            if let limit = options.idleLimitNanos, pause > limit {
                remark = "[\(Figures.duration(nanos: pause - limit)) skipped]"
                pause = limit
            }
            time = next
            played += pause
            return remark
        }
        func due() -> Int64 { Int64(clamped: min(Double(played) / options.speed, 9e18)) }
        for step in StreamScript(chunks).steps {
            let remark = advance(to: step.nanos)
            steps.append(Step(dueNanos: due(), text: remark + SafeText.block(step.text, metrics: metrics)))
        }
        let end = max(info.durationNanos ?? 0, chunks.isEmpty ? 0 : StreamArrivals(chunks).nanos.last ?? 0)
        let remark = advance(to: end)
        let isOpen = steps.last.map { !$0.text.hasSuffix("\n") } ?? false
        steps.append(Step(dueNanos: due(), text: remark + (isOpen || !remark.isEmpty ? "\n" : "")))
        self.steps = steps
    }

    /// Writes all steps.
    ///
    /// `wait` returns once so many nanoseconds have passed since the start, at once where they have; false ends the
    /// playback, with a newline if the line is not empty. Returns false when the playback was ended.
    package func run(on output: ByteOutput, wait: (Int64) -> Bool) throws(HeadlessError) -> Bool {
        var isAtLineStart = true
        do throws(OutputError) {
            for step in steps {
                guard wait(step.dueNanos) else {
                    if !isAtLineStart { try output.write("\n") }
                    try output.flush()
                    return false
                }
                guard !step.text.isEmpty else { continue }
                try output.write(step.text)
                try output.flush()
                isAtLineStart = step.text.utf8.last == 0x0A
            }
        } catch {
            throw .output(error)
        }
        return true
    }
}
