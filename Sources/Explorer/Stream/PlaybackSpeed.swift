import Basics

/// How fast a stream is played.
package enum PlaybackSpeed: Equatable, Sendable {
    case times(Double)
    /// At the pace of `ReadingPace`, without waiting.
    case readable

    package static let slowest = 0.1
    package static let fastest = 64.0
    /// What the keys go through, slowest first; reading is the last.
    static let steps: [Double] = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]

    var rate: Double {
        switch self {
        case .times(let factor): factor
        case .readable: 1
        }
    }

    /// The next step up or down.
    func step(_ direction: Int) -> PlaybackSpeed {
        switch (self, direction > 0) {
        case (.readable, true): .readable
        case (.readable, false): .times(PlaybackSpeed.fastest)
        case (.times(let factor), true):
            PlaybackSpeed.steps.first { $0 > factor }.map { .times($0) } ?? .readable
        case (.times(let factor), false):
            .times(PlaybackSpeed.steps.last { $0 < factor } ?? PlaybackSpeed.slowest)
        }
    }

    /// Reads `4`, `0.5x`, `2×` or `readable`; nil for anything else and for what is out of range.
    package init?(_ text: String) {
        if text == "readable" {
            self = .readable
            return
        }
        let digits = text.hasSuffix("x") || text.hasSuffix("×") ? String(text.dropLast()) : text
        guard let factor = Double(digits), factor >= PlaybackSpeed.slowest, factor <= PlaybackSpeed.fastest else {
            return nil
        }
        self = .times(factor)
    }

    func label(ascii: Bool) -> String {
        switch self {
        case .times(let factor):
            (factor == factor.rounded() ? "\(Int(clamped: factor))" : "\(factor)") + (ascii ? "x" : "×")
        case .readable: "readable, \(ReadingPace.wordsPerSecond) words/s"
        }
    }
}
