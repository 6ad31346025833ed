import Basics
import Canvas
import TraceModel
import TraceQuery

/// The figures of a stream with their labels: those of the playhead, and those of the whole.
struct StreamFigureItems {
    struct Item: Equatable {
        var label: String
        var value: String
        /// The value follows from what the screen invented or estimates.
        var isWarning = false
    }

    let tape: StreamTape
    let time: Int64
    let count: Int
    let ascii: Bool

    /// As of the playhead: what has not come yet is unknown.
    func live() -> [Item] {
        var items = [Item(label: "chunks", value: "\(count) of \(tape.chunkCount)")]
        switch tape.timing {
        case .measured:
            items.append(Item(label: "rate", value: rate))
            items += first()
            items += gaps()
        case .firstAndLast:
            items += first()
        case .synthetic, .none: break
        }
        return items
    }

    /// What the record says of the stream as a whole, wherever the playhead is.
    func whole() -> [Item] {
        let info = tape.detail.info
        let figures = tape.detail.figures
        var items: [Item] = []
        items.append(Item(label: "tokens billed", value: number(info.tokensBilled)))
        items.append(Item(label: "delivered", value: delivered))
        items.append(Item(label: "finish", value: oneLine(info.finishReason) ?? unknown))
        items.append(Item(label: "end", value: info.endCause.name.replacing("_", with: " ")))
        if tape.timing == .measured {
            if let nanos = figures.timePerOutputTokenNanos {
                items.append(Item(label: "tpot", value: duration(nanos)))
            }
            if figures.stalls.isEmpty {
                items.append(Item(label: "stalls", value: "none"))
            } else {
                let share = Figures.percent(figures.stalledShare)
                let value = "\(figures.stalls.count), \(duration(figures.stalledNanos)) \(share)"
                items.append(Item(label: "stalls", value: value, isWarning: true))
            }
        }
        if let share = figures.reasoningShare, share > 0 {
            items.append(Item(label: "reasoning", value: Figures.percent(share)))
        }
        if info.droppedChunks > 0 {
            items.append(Item(label: "not recorded", value: "\(info.droppedChunks) chunks", isWarning: true))
        }
        items.append(Item(label: "source", value: oneLine(info.source) ?? unknown))
        return items
    }

    // MARK: Parts

    private var rate: String {
        guard let rate = tape.rate(at: time) else { return unknown + " chunks/s" }
        return Figures.count(Int64(clamped: rate.rounded())) + " chunks/s"
    }

    private func first() -> [Item] {
        func reached(_ index: Int?) -> Bool { index.map { $0 < count } ?? false }
        let figures = tape.detail.figures
        return [
            Item(
                label: "ttft",
                value: duration(reached(tape.firstContent) ? figures.timeToFirstChunkNanos : nil)),
            Item(
                label: "visible",
                value: duration(reached(tape.firstVisible) ? figures.timeToFirstVisibleChunkNanos : nil)),
        ]
    }

    private func gaps() -> [Item] {
        let figures = tape.detail.figures
        let isWhole = count >= tape.chunkCount
        let (gaps, perChunk) = tape.tally(count: count) { tally -> (InterChunkLatency?, Int64?) in
            guard let last = tally.lastContent, let first = tape.firstContent, tally.contentCount > 1,
                let times = tape.times
            else { return (nil, nil) }
            return (tally.percentiles(), times[last].subtractingClamped(times[first]) / Int64(tally.contentCount - 1))
        }
        // At the end stand the figures that everything else prints.
        let latency = isWhole ? figures.interChunk ?? gaps : gaps
        return [
            Item(label: "per chunk", value: duration(isWhole ? figures.timePerOutputChunkNanos ?? perChunk : perChunk)),
            Item(label: "p50", value: duration(latency?.p50)), Item(label: "p95", value: duration(latency?.p95)),
            Item(label: "p99", value: duration(latency?.p99)), Item(label: "max", value: duration(latency?.max)),
        ]
    }

    private var delivered: String {
        let info = tape.detail.info
        guard let delivered = info.tokensDelivered else { return unknown }
        guard let billed = info.tokensBilled, billed > 0, billed != delivered else { return "\(delivered)" }
        let share = Double(delivered - billed) / Double(billed)
        let percent = Figures.percent(abs(share))
        return "\(delivered) (\(share < 0 ? ascii ? "-" : "−" : "+")\(percent))"
    }

    private var unknown: String { Glyphs.unknown(ascii: ascii) }

    private func number(_ value: Int64?) -> String { value.map { "\($0)" } ?? unknown }

    private func duration(_ nanos: Int64?) -> String {
        guard let nanos else { return unknown }
        let text = Figures.duration(nanos: nanos)
        return ascii ? text.replacing("µ", with: "u") : text
    }

    private func oneLine(_ text: String?) -> String? {
        text.map { String($0.prefix(60)).split(whereSeparator: \.isNewline).joined(separator: " ") }
    }
}
