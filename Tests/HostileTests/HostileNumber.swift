/// A number as files, databases and people may state it, at the ends of what types can hold and around them.
enum HostileNumber: CaseIterable {
    case least, belowLeastTime, minusOne, zero, one, exactDoubles, mostCount, beyondCount, mostTime, beyondTime
    case nearlyMost, most, beyondSigned, mostUnsigned, huge, notANumber, infinity, minusInfinity

    /// The number as an integer of 64 bits; nil where it is none.
    var integer: Int64? {
        switch self {
        case .least: .min
        case .belowLeastTime: -(1 << 62)
        case .minusOne: -1
        case .zero: 0
        case .one: 1
        case .exactDoubles: 1 << 53
        case .mostCount: 1 << 42
        case .beyondCount: 1 << 42 + 1
        case .mostTime: 1 << 62 - 1
        case .beyondTime: 1 << 62
        case .nearlyMost: .max - 1
        case .most: .max
        case .beyondSigned, .mostUnsigned, .huge, .notANumber, .infinity, .minusInfinity: nil
        }
    }

    /// The same bits without a sign, as a fixed field of the wire holds them.
    var bits: UInt64? {
        switch self {
        case .beyondSigned: 1 << 63
        case .mostUnsigned: .max
        default: integer.map { UInt64(bitPattern: $0) }
        }
    }

    var double: Double {
        switch self {
        case .beyondSigned: 0x1p63
        case .mostUnsigned: 0x1p64
        case .huge: 1e308
        case .notANumber: .nan
        case .infinity: .infinity
        case .minusInfinity: -.infinity
        default: Double(integer ?? 0)
        }
    }

    /// The digits, or the word that protobuf's JSON has for what digits cannot say.
    var text: String {
        switch self {
        case .beyondSigned: "9223372036854775808"
        case .mostUnsigned: "18446744073709551615"
        case .huge: "1e400"
        case .notANumber: "NaN"
        case .infinity: "Infinity"
        case .minusInfinity: "-Infinity"
        default: "\(integer ?? 0)"
        }
    }

    /// The number as it stands in JSON, without quotes where JSON can say it so.
    var json: String {
        switch self {
        case .notANumber, .infinity, .minusInfinity: "\"\(text)\""
        default: text
        }
    }
}
