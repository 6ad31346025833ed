import Basics
import TestSupport

/// A small pattern with the simplest matcher there is: all ends that can be reached, step by step.
indirect enum NaivePattern {
    case letters(Set<UInt8>)
    case sequence([NaivePattern])
    case either([NaivePattern])
    case repeated(NaivePattern, Int, Int?)

    static func random(depth: Int, using random: inout SplitMix64) -> NaivePattern {
        switch depth == 0 ? 0 : Int.random(in: 0...4, using: &random) {
        case 0, 1:
            let letters = (0x61...0x63).filter { _ in Bool.random(using: &random) }.map { UInt8($0) }
            return .letters(letters.isEmpty ? [0x61] : Set(letters))
        case 2: return .sequence(several(depth, &random))
        case 3: return .either(several(depth, &random))
        default:
            let minimum = Int.random(in: 0...2, using: &random)
            let maximum = Bool.random(using: &random) ? minimum + Int.random(in: 0...2, using: &random) : nil
            return .repeated(self.random(depth: depth - 1, using: &random), minimum, maximum)
        }
    }

    private static func several(_ depth: Int, _ random: inout SplitMix64) -> [NaivePattern] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in self.random(depth: depth - 1, using: &random) }
    }

    var source: String {
        switch self {
        case .letters(let letters): "[\(String(decoding: letters.sorted(), as: UTF8.self))]"
        case .sequence(let parts): "(?:\(parts.map(\.source).joined()))"
        case .either(let parts): "(\(parts.map(\.source).joined(separator: "|")))"
        case .repeated(let part, let minimum, let maximum):
            "(?:\(part.source)){\(minimum),\(maximum.map(String.init) ?? "")}"
        }
    }

    func ends(in text: [UInt8], from starts: Set<Int>) -> Set<Int> {
        switch self {
        case .letters(let letters):
            return Set(starts.filter { $0 < text.count && letters.contains(text[$0]) }.map { $0 + 1 })
        case .sequence(let parts): return parts.reduce(starts) { $1.ends(in: text, from: $0) }
        case .either(let parts):
            // No alternatives at all are one that is empty.
            return parts.isEmpty ? starts : Set(parts.flatMap { $0.ends(in: text, from: starts) })
        case .repeated(let part, let minimum, let maximum):
            var reached = (0..<minimum).reduce(starts) { reached, _ in part.ends(in: text, from: reached) }
            var all = reached
            var round = minimum
            while maximum.map({ round < $0 }) ?? true {
                reached = part.ends(in: text, from: reached)
                if reached.isSubset(of: all) { break }
                all.formUnion(reached)
                round += 1
            }
            return all
        }
    }
}
