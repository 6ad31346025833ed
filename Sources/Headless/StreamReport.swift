import Canvas
import Tables
import TraceModel
import TraceQuery

/// The figures of a stream as a page for people.
struct StreamReport {
    private let detail: StreamDetail
    private let safe: SafeLine

    init(_ detail: StreamDetail, presentation: Presentation) {
        self.detail = detail
        safe = SafeLine(metrics: presentation.metrics)
    }

    var text: String {
        (safe.titled(pairs, column: 21) + stalls + loops + findings).joined(separator: "\n") + "\n"
    }

    private var pairs: [(String, String)] {
        let (info, figures) = (detail.info, detail.figures)
        let duration = { (nanos: Int64?) in Figures.duration(nanos: nanos) }
        let label = info.timing == .synthetic ? " (synthetic)" : ""
        var pairs: [(String, String)] = [
            ("name", detail.names[detail.row.name] ?? Figures.unknown),
            ("trace", detail.traceID.hex),
            ("span", detail.row.spanID.hex),
            ("source", info.source + (info.wireProtocol.map { ", \($0)" } ?? "")),
            ("timing", info.timing.name + (info.clock.map { " (\($0))" } ?? "")),
            ("chunks", "\(figures.chunkCount), \(figures.contentChunkCount) with content"),
            (
                "characters",
                "text \(figures.textCharacters), reasoning \(figures.reasoningCharacters)"
                    + ", tool arguments \(figures.toolArgumentCharacters)"
            ),
            ("duration", duration(figures.durationNanos) + label),
            ("first chunk", duration(figures.timeToFirstChunkNanos) + label),
            ("first visible chunk", duration(figures.timeToFirstVisibleChunkNanos) + label),
            ("per chunk", duration(figures.timePerOutputChunkNanos) + label + "  (last − first) / (n − 1)"),
            ("per token", duration(figures.timePerOutputTokenNanos) + label + "  with billed tokens"),
        ]
        if let gaps = figures.interChunk {
            pairs.append(
                (
                    "gaps",
                    "p50 \(duration(gaps.p50))  p95 \(duration(gaps.p95))  p99 \(duration(gaps.p99))"
                        + "  max \(duration(gaps.max))\(label)"
                ))
        } else {
            pairs.append(("gaps", Figures.unknown))
        }
        pairs += [
            ("stalled", "\(duration(figures.stalledNanos)), \(Figures.percent(figures.stalledShare))\(label)"),
            ("reasoning", Figures.percent(figures.reasoningShare) + " of the characters"),
            (
                "tokens",
                "billed \(Figures.count(info.tokensBilled)), delivered \(Figures.count(info.tokensDelivered))"
                    + ", undelivered \(Figures.count(figures.tokensUndelivered))"
                    + ", reasoning \(Figures.count(info.tokensReasoning))"
            ),
            ("end", info.endCause.name + ", finish reason \(info.finishReason ?? Figures.unknown)"),
        ]
        if let error = info.errorMessage { pairs.append(("error", error)) }
        if info.droppedChunks > 0 { pairs.append(("dropped", "\(info.droppedChunks) chunks were not recorded")) }
        pairs += info.remarks.map { ("remark", $0) }
        return pairs
    }

    private var stalls: [String] {
        section("stalls", detail.figures.stalls) { stall in
            "\(stall.stallClass.name)  \(Figures.duration(nanos: stall.durationNanos)) "
                + "from \(Figures.duration(nanos: stall.startNanos))"
        }
    }

    private var loops: [String] {
        section("loops", detail.figures.loops) { loop in
            "\(loop.kind.name)  \(loop.periodCharacters) characters ×\(loop.repeats) from character "
                + "\(loop.onsetCharacter), \(Figures.duration(nanos: loop.onsetNanos)), "
                + "\(Figures.percent(loop.loopedShare))\(loop.isNear ? ", near" : "")"
        }
    }

    private var findings: [String] {
        section("findings", detail.findings) { "\($0.rule)  \($0.message)" }
    }

    private func section<Item>(_ title: String, _ items: [Item], _ line: (Item) -> String) -> [String] {
        items.isEmpty ? [] : ["", "== \(title)"] + items.map { "  " + safe.line(line($0)).text }
    }
}
