import Basics
import TraceModel

/// What the times of a tape are worth; every screen of a stream says it.
package enum StreamTiming: Equatable, Sendable {
    case measured
    case firstAndLast
    /// Chunks a second, where they are known.
    case synthetic(perSecond: Double?)
    case none

    package var label: String {
        switch self {
        case .measured: return "measured chunks"
        case .firstAndLast: return "first and last only"
        case .synthetic(let rate):
            guard let rate else { return "synthetic clock" }
            let text = rate == rate.rounded() && rate < 1e9 ? "\(Int(clamped: rate))" : "\(rate)"
            return "synthetic clock \(text)/s"
        case .none: return "no clock: step only"
        }
    }
}
