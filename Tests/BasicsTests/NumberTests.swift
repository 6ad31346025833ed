import Basics
import Testing

@Suite struct NumberTests {
    @Test func timesWithinTheRangeCanBeSubtracted() {
        let (low, high) = (OutsideNumber.times.lowerBound, OutsideNumber.times.upperBound)
        #expect(high.subtractingIfFits(low) != nil && low.subtractingIfFits(high) != nil)
        #expect(OutsideNumber.time(high) == high && OutsideNumber.time(low) == low)
        #expect(OutsideNumber.time(Int64(high) + 1) == nil && OutsideNumber.time(low - 1) == nil)
        #expect(OutsideNumber.time(.max as UInt64) == nil && OutsideNumber.time(17 as UInt64) == 17)
        #expect(OutsideNumber.time(nil) == nil)
    }

    @Test func aMillionCountsCanBeAdded() {
        let most = OutsideNumber.counts.upperBound
        #expect(most.multipliedIfFits(by: 1 << 20) != nil)
        #expect(OutsideNumber.count(most) == most && OutsideNumber.count(0 as Int64) == 0)
        #expect(OutsideNumber.count(most + 1) == nil && OutsideNumber.count(-1 as Int64) == nil)
        #expect(OutsideNumber.count(-1 as Int) == nil && OutsideNumber.count(7 as Int) == 7)
    }

    @Test func durationsAreNotNegative() {
        #expect(OutsideNumber.duration(-1 as Int64) == nil && OutsideNumber.duration(.max as Int64) == nil)
        #expect(OutsideNumber.duration(1.5) == 2 && OutsideNumber.duration(.nan) == nil)
        #expect(OutsideNumber.duration(.infinity) == nil && OutsideNumber.duration(-0.2) == 0)
    }

    @Test func secondsKeepTheirNanoseconds() {
        #expect(OutsideNumber.time(unixSeconds: 1.5) == 1_500_000_000)
        #expect(OutsideNumber.time(unixSeconds: -0.25) == -250_000_000)
        for seconds in [Double.nan, .infinity, -.infinity, 1e10, -1e300] {
            #expect(OutsideNumber.time(unixSeconds: seconds) == nil)
        }
    }

    @Test func floatingPointNumbersNeverTrap() {
        #expect(Int(whole: .nan) == nil && Int(whole: .infinity) == nil && Int64(whole: 0x1p63) == nil)
        #expect(Int64(whole: -0x1p63) == .min && UInt8(whole: 255.9) == 255 && UInt8(whole: -1) == nil)
        #expect(Int(whole: -1.9) == -1)
        #expect(Int(clamped: .nan) == 0 && Int(clamped: .infinity) == .max && Int64(clamped: -1e300) == .min)
        #expect(UInt8(clamped: 300) == 255 && Int32(clamped: 2.5) == 2)
    }

    @Test func arithmeticIsHeldAtTheEnds() {
        #expect(Int64.max.addingClamped(1) == .max && Int64.min.addingClamped(-1) == .min)
        #expect(Int64.min.subtractingClamped(1) == .min && Int64.max.subtractingClamped(-1) == .max)
        #expect(Int64.max.multipliedClamped(by: 2) == .max && Int64.max.multipliedClamped(by: -2) == .min)
        #expect(Int64.min.multipliedClamped(by: -1) == .max)
        #expect(Int64.max.addingIfFits(1) == nil && (2 as Int64).addingIfFits(3) == 5)
        #expect(Int64.min.subtractingIfFits(1) == nil && Int64.min.multipliedIfFits(by: -1) == nil)
        let (quotient, remainder) = (-1 as Int64).flooredDivision(by: 10)
        #expect(quotient == -1 && remainder == 9)
    }
}
