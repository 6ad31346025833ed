import Basics
import Canvas
package import Foundation

/// Cells as people read them.
package struct CellText: Sendable {
    /// Only ASCII is drawn.
    package var isASCII: Bool
    package var time: LocalTime
    /// The digits of ids that are shown.
    package var idDigits: Int

    package init(time: LocalTime, idDigits: Int = 8, isASCII: Bool = false) {
        self.time = time
        self.idDigits = idDigits
        self.isASCII = isASCII
    }

    /// What stands for an unknown figure.
    package var unknown: String { isASCII ? "-" : Figures.unknown }

    /// The cell in so many columns: of a duration decimals give way, never the unit.
    package func text(_ cell: TableCell, _ figure: CellFigure, columns: Int? = nil) -> String {
        let sign = sign(cell.standing)
        return switch cell.value {
        case .missing, .null: unknown
        case .redacted: "redacted"
        case .text(let text): sign + (figure == .id ? String(text.prefix(idDigits)) : text)
        case .integer(let number): sign + self.number(number, figure, columns: columns.map { $0 - sign.count })
        case .real(let number): sign + String(number)
        case .flag(let flag): flag ? "yes" : ""
        case .texts(let texts): Self.listed(texts) ?? unknown
        case .nested: ""
        }
    }

    private func number(_ number: Int64, _ figure: CellFigure, columns: Int?) -> String {
        switch figure {
        case .duration: columns.map { duration(number, columns: $0) } ?? duration(number)
        case .count: Figures.count(number)
        case .bytes: Figures.bytes(number)
        case .time: time.text(nanos: number)
        case .text, .id, .number, .list: String(number)
        }
    }

    /// The sign before a figure that is a bound or a conclusion.
    package func sign(_ standing: TableCell.Standing) -> String {
        switch standing {
        case .stated: ""
        case .atMost: isASCII ? "<=" : "≤"
        case .atLeast: isASCII ? ">=" : "≥"
        case .inferred: "~"
        }
    }

    /// The first of several names and how many more there are, such as `planner+3`; nil without any.
    package static func listed(_ names: [String]) -> String? {
        names.first.map { names.count == 1 ? $0 : "\($0)+\(names.count - 1)" }
    }

    package func duration(_ nanos: Int64?) -> String {
        Self.duration(nanos, isASCII: isASCII)
    }

    /// A duration on a terminal that may show ASCII only.
    package static func duration(_ nanos: Int64?, isASCII: Bool) -> String {
        let text = Figures.duration(nanos: nanos)
        return isASCII ? text.replacing("µ", with: "u").replacing(Figures.unknown, with: "-") : text
    }

    /// The duration in at most so many columns.
    package func duration(_ nanos: Int64?, columns: Int) -> String {
        let text = duration(nanos)
        guard text.count > columns, let point = text.firstIndex(of: "."),
            let unit = text[point...].firstIndex(where: \.isLetter), let number = Double(text[..<unit])
        else { return text }
        let room = columns - text.distance(from: unit, to: text.endIndex)
        // One decimal needs two columns behind the digits before the point.
        let tenths = Int(clamped: (number * 10).rounded())
        let short =
            text.distance(from: text.startIndex, to: point) + 2 <= room
            ? "\(tenths / 10).\(abs(tenths % 10))" : "\(Int(clamped: number.rounded()))"
        return short + text[unit...]
    }
}

/// How many digits of ids a table shows.
package enum ShortID {
    /// The fewest digits, from 8, that tell these ids apart.
    package static func digits(_ ids: [String]) -> Int {
        let distinct = Set(ids)
        for digits in [8, 12, 16, 24] where Set(distinct.map { $0.prefix(digits) }).count == distinct.count {
            return digits
        }
        return 32
    }
}

/// A number with what it counts, such as `1 call` and `12 calls`.
package enum Counted {
    /// The number in three digits, for screens.
    package static func text(_ count: Int, _ word: String) -> String {
        "\(Figures.count(Int64(count))) \(word)\(count == 1 ? "" : "s")"
    }

    /// The number as it stands, for reports of what was done.
    package static func whole(_ count: Int, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}

/// Times as people read them, in a time zone that is given.
package struct LocalTime: Sendable {
    package let timeZone: TimeZone

    package init(_ timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    /// Date and time to the millisecond, such as `2025-11-22 02:14:07.123`; nil is unknown.
    package func text(nanos: Int64?) -> String {
        nanos.map { CivilTime(unixNano: $0, in: timeZone).text(decimals: 3) } ?? "–"
    }
}
