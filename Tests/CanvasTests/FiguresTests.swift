import Canvas
import Testing

@Suite struct FiguresTests {
    @Test(
        arguments: [
            (nil, "–"), (0, "0"), (1, "1ns"), (999, "999ns"), (1_000, "1.00µs"), (999_499, "999µs"),
            (999_500, "1.00ms"),
            (120_000_000, "120ms"), (999_499_999, "999ms"), (999_500_000, "1.00s"), (8_400_000_000, "8.40s"),
            (59_940_000_000, "59.9s"), (59_950_000_000, "1m00s"), (65_000_000_000, "1m05s"),
            (3_599_400_000_000, "59m59s"),
            (3_599_600_000_000, "1h00m"), (7_380_000_000_000, "2h03m"), (90_000_000_000_000, "25h00m"),
            (111_600_000_000_000, "31h00m"), (359_960_000_000_000, "99h59m"), (360_000_000_000_000, "4d04h"),
            (-120_000_000, "-120ms"), (Int64.min, "-292y"), (Int64.max, "292y"),
        ] as [(Int64?, String)])
    func durations(nanos: Int64?, text: String) {
        #expect(Figures.duration(nanos: nanos) == text)
    }

    @Test(
        arguments: [
            (nil, "–"), (0, "0"), (981, "981"), (1_000, "1.00k"), (1_210, "1.21k"), (41_200, "41.2k"),
            (999_499, "999k"),
            (999_500, "1.00M"), (3_000_000, "3.00M"), (-5, "-5"), (Int64.max, "9223P"), (Int64.min, "-∞"),
        ] as [(Int64?, String)])
    func counts(count: Int64?, text: String) {
        #expect(Figures.count(count) == text)
    }

    @Test(
        arguments: [
            (nil, "–"), (0, "0B"), (981, "981B"), (1_210, "1.21KB"), (3_000_000, "3.00MB"),
        ] as [(Int64?, String)])
    func sizes(bytes: Int64?, text: String) {
        #expect(Figures.bytes(bytes) == text)
    }

    @Test(
        arguments: [
            (nil, "–"), (0, "0%"), (0.04, "4%"), (0.003, "0.3%"), (0.0993, "9.9%"), (0.0996, "10%"), (0.997, "99%"),
            (1, "100%"),
            (9.99, "999%"), (41.2, "4.12k%"), (-0.033, "-3.3%"), (.nan, "–"), (.infinity, "–"), (1e300, "9000P%"),
        ] as [(Double?, String)])
    func shares(share: Double?, text: String) {
        #expect(Figures.percent(share) == text)
    }
}
