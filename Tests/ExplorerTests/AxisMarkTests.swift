import Basics
import Foundation
import Testing

@testable import Explorer

@Suite("Marks of the time axis") struct AxisMarkTests {
    /// From nanoseconds to a hundred days, zoomed in at any place, on narrow and wide screens.
    @Test("Neighbours read differently, and stand beside each other", arguments: 0..<500)
    func neighbours(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let span = pow(10, Double.random(in: 0...15.9, using: &random))
        let length = max(1, span / pow(10, Double.random(in: 0...9, using: &random)))
        let from = (span - length) * (Bool.random(using: &random) ? 1 : Double.random(in: 0...1, using: &random))
        let width = Int.random(in: 8...180, using: &random)
        let marks = TimeAxis.marks(from: from, to: from + length, width: width, isASCII: seed % 2 == 0)
        #expect(Set(marks.map(\.text)).count == marks.count, "\(marks)")
        #expect(marks.allSatisfy { $0.text.last?.isLetter == true }, "\(marks)")
        #expect(zip(marks, marks.dropFirst()).allSatisfy { $0.tick < $1.tick })
        if marks.count > 3 {
            let columns = marks.map { Int(clamped: ($0.tick - from) / length * Double(width)) }
            for (index, mark) in marks.dropLast().enumerated() {
                #expect(columns[index] + mark.text.count < columns[index + 1], "\(marks)")
            }
        }
    }
}
