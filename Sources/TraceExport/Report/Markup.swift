/// Writes markup of ours with values in it.
protocol MarkupWriter {
    init()
    /// The bytes written so far; whoever streams may take and clear them at any time.
    var bytes: [UInt8] { get set }
}

extension MarkupWriter {
    /// Appends markup.
    mutating func write(_ markup: Markup<Self>) {
        bytes.append(contentsOf: markup.bytes)
    }
}

/// Markup of our own with values in it, written as a literal with interpolations.
///
/// What stands in the literal is a `StaticString`, which no value can be put into; every interpolation goes through a
/// function of the format that makes it harmless. Thus trace text cannot become markup.
struct Markup<Writer: MarkupWriter>: ExpressibleByStringInterpolation {
    let bytes: [UInt8]

    init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.writer.bytes
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var writer = Writer()

        init(literalCapacity: Int, interpolationCount: Int) {
            writer.bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { writer.bytes.append(contentsOf: $0) }
        }

        /// Markup that stands there at times.
        mutating func appendInterpolation(markup: Markup<Writer>) {
            writer.write(markup)
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            writer.bytes.append(contentsOf: String(number).utf8)
        }
    }
}
