/// How much of an id a table shows.
enum IDPrefix {
    /// The fewest digits, from 8, that tell these ids apart.
    static func digits(_ ids: [String]) -> Int {
        let distinct = Set(ids)
        for digits in [8, 12, 16, 24] where Set(distinct.map { $0.prefix(digits) }).count == distinct.count {
            return digits
        }
        return 32
    }
}
