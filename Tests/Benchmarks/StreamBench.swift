import Basics
import Foundation
import TestSupport
import TraceAnalysis
import TraceModel

/// Content loops on labelled texts, and the figures of a long stream.
struct StreamBench {
    /// Precision and recall over made texts, and over real streams, none of which loops.
    func loops() -> [Measurement] {
        let detector = LoopDetector()
        var (found, missed, invented) = (0, 0, 0)
        var wrong: [String: Int] = [:]
        let samples = LabelledTexts.samples(seed: 20_261_122, perFamily: 25)
        for sample in samples {
            let loops = detector.loops(in: sample.text)
            switch (sample.loops, loops.isEmpty) {
            case (true, false): found += 1
            case (true, true):
                missed += 1
                wrong["missed \(sample.family)", default: 0] += 1
            case (false, false):
                invented += 1
                wrong["invented \(sample.family)", default: 0] += 1
            case (false, true): break
            }
        }
        let real = RecordedTexts.all()
        let looping = real.filter { !detector.loops(in: $0.text).isEmpty }
        invented += looping.count
        for (what, count) in wrong.sorted(by: { $0.key < $1.key }) {
            FileHandle.standardError.write(Data("\(what): \(count)\n".utf8))
        }
        for text in looping { FileHandle.standardError.write(Data("invented in \(text.name)\n".utf8)) }
        let precision = Double(found) / Double(max(1, found + invented))
        let recall = Double(found) / Double(max(1, found + missed))
        let counts = "\(samples.count) made and \(real.count) real texts"
        return [
            Measurement(
                what: "content loops, precision over \(counts)", bar: "≥ 0.97",
                measured: String(format: "%.3f (%d wrong)", precision, invented), isReached: precision >= 0.97),
            Measurement(
                what: "content loops, recall over the same", bar: "≥ 0.95",
                measured: String(format: "%.3f (%d missed of %d)", recall, missed, found + missed),
                isReached: recall >= 0.95),
        ]
    }

    /// Seconds for all figures of a million chunks, loops included.
    func figures() -> [Measurement] {
        let count = 1_000_000
        var random = SplitMix64(seed: 9)
        var chunks = StreamChunks()
        chunks.reserveCapacity(count, textBytes: count * 5)
        let words = (0..<5000).map { _ in "w" + String(random.next() % 100_000, radix: 36) + " " }
        var time: Int64 = 300_000_000
        for _ in 0..<count {
            time += random.integer(1_000_000...30_000_000)
            let word = words[Int(random.integer(0...4999))]
            chunks.append(offsetNanos: time, kind: .text, text: word.utf8)
        }
        let info = StreamInfo(timing: .measured, source: "bench")
        var figures = StreamFigures()
        let seconds =
            (0..<3).map { _ in
                Meter.seconds { figures = StreamAnalysis.figures(of: chunks, info: info) }
            }.min() ?? 0
        return [
            Measurement(
                what: "figures of \(figures.chunkCount) chunks, \(figures.textCharacters) characters, loops included",
                bar: "≤ 1 s", measured: Meter.milliseconds(seconds), isReached: seconds <= 1)
        ]
    }
}
