/// What a trajectory could not say, counted.
struct AtifOmissions: Equatable {
    /// Spans that are neither model calls nor tool runs, nor stand for an agent.
    var otherSpans = 0
    /// Members that the format does not allow.
    var invalidMembers = 0
    /// Agents nested deeper than documents are.
    var deepAgents = 0

    mutating func add(_ other: AtifOmissions) {
        otherSpans += other.otherSpans
        invalidMembers += other.invalidMembers
        deepAgents += other.deepAgents
    }

    var remarks: [String] {
        var remarks: [String] = []
        if otherSpans > 0 {
            remarks.append("\(otherSpans) spans are neither model calls nor tool runs and have no place in ATIF.")
        }
        if invalidMembers > 0 {
            remarks.append("\(invalidMembers) members that ATIF does not allow were left out.")
        }
        if deepAgents > 0 {
            remarks.append("\(deepAgents) agents are nested too deep and stand with an agent further out.")
        }
        return remarks
    }
}
