import Basics
import Canvas
import TraceModel

/// Tokens of runs, with how many calls state them.
struct RunTokens {
    private var tokens: Int64?
    private var stated = 0
    private var calls = 0

    init(_ runs: [AgentRun]) {
        for run in runs {
            for part in [run.tokensInput, run.tokensOutput].compactMap({ $0 }) {
                tokens = (tokens ?? 0).addingClamped(part)
            }
            stated += run.modelCallsWithTokens
            calls += run.modelCalls
        }
    }

    /// `8.10k`, `8.10k of 3/4`, `–`.
    func text(ascii: Bool) -> String {
        guard let tokens else { return calls == 0 ? "" : Glyphs.unknown(ascii: ascii) }
        return Figures.count(tokens) + (stated < calls ? " of \(stated)/\(calls)" : "")
    }

    func sentence(ascii: Bool) -> String {
        guard let tokens else { return calls == 0 ? "none: no model call" : "unknown: no model call states them" }
        return Figures.count(tokens) + (stated < calls ? " of \(stated) of \(calls) calls" : "")
    }
}
