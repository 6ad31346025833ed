import Basics

/// Times of traces as reports tell them: in UTC, and as offsets from the start of their trace.
enum ReportTime {
    /// A time such as `2026-11-24 02:11:40.120 UTC`; nil is a word.
    static func utc(_ unixNano: Int64?) -> String {
        unixNano.map { CivilTime(unixNano: $0).text(decimals: 3) + " UTC" } ?? ReportFigures.notRecorded
    }

    /// An offset such as `+1.20s`; a word where one of the times is absent.
    static func offset(_ time: Int64?, from start: Int64?) -> String {
        guard let time, let start else { return "time " + ReportFigures.notRecorded }
        let distance = time.subtractingClamped(start)
        return (distance < 0 ? "" : "+") + ReportFigures.duration(distance)
    }
}
