import ArgumentParser
import Basics

/// A time in seconds or milliseconds, such as `3.2`, `3.2s` or `250ms`.
struct TimeOption: ExpressibleByArgument {
    var nanos: Int64

    init?(argument: String) {
        let (number, unit): (Substring, Double) =
            if argument.hasSuffix("ms") {
                (argument.dropLast(2), 1e6)
            } else if argument.hasSuffix("s") {
                (argument.dropLast(), 1e9)
            } else {
                (argument[...], 1e9)
            }
        guard let nanos = Double(number).flatMap({ OutsideNumber.duration($0 * unit) }) else { return nil }
        self.nanos = nanos
    }
}
