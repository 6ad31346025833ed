import Glibc

/// How random a text looks.
enum Randomness {
    /// Shannon's entropy of the bytes of a text, in bits a byte.
    static func bitsPerByte(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Double {
        guard !text.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in text { counts[Int(byte)] += 1 }
        let total = Double(text.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }
}
