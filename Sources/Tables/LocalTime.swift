import Basics
package import Foundation

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
