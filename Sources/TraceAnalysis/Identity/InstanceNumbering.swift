import TraceModel

/// Numbers the instances of each agent.
///
/// In order of start, from 1. Where every fresh run of an agent states an id of the form stem, separator, number, all
/// with one stem and different numbers, those numbers are used: `worker-3` is `worker#3`.
enum InstanceNumbering {
    /// The instances come as one index for each run, the same for attempts of one instance, new ones in order of start.
    static func number(_ runs: inout [AgentRun], _ openings: RunOpenings, instances: [Int32]) {
        var counts: [NameIndex: Int] = [:]
        var declared: [NameIndex: DeclaredNumbers] = [:]
        // What stands for each instance, by its index, once its first attempt has passed.
        var numbers: [Int] = []
        var stated: [Int?] = []
        for (place, instance) in instances.enumerated() {
            let name = openings.runs[place].name
            guard Int(instance) == numbers.count else { continue }
            counts[name, default: 0] += 1
            numbers.append(counts[name] ?? 1)
            stated.append(declared[name, default: DeclaredNumbers()].add(runs[place].declaredInstance))
        }
        for (place, instance) in instances.enumerated() {
            let at = Int(instance)
            let isStated = declared[openings.runs[place].name]?.areUsable ?? false
            runs[place].instance = isStated ? stated[at] ?? numbers[at] : numbers[at]
        }
    }
}

/// The numbers at the ends of the ids that an agent's instances state.
private struct DeclaredNumbers {
    /// False once an id has no number, another stem, or a number that another has.
    private(set) var areUsable = true
    private var stem: Substring?
    private var seen: Set<Int> = []

    /// Longer ones are the ends of random ids.
    private static let digitLimit = 4

    /// The number of an id; nil where it has none that can be used.
    mutating func add(_ id: String?) -> Int? {
        guard areUsable, let id, let (base, number) = DeclaredNumbers.split(id), stem == nil || stem == base,
            seen.insert(number).inserted
        else {
            areUsable = false
            return nil
        }
        stem = base
        return number
    }

    /// Parts `worker-3` into its stem and its number.
    private static func split(_ id: String) -> (stem: Substring, number: Int)? {
        let digits = id.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let stem = id.dropLast(digits)
        guard digits > 0, digits <= digitLimit, let separator = stem.last, "-_#.:/ ".contains(separator),
            let number = Int(id.suffix(digits))
        else { return nil }
        return (stem, number)
    }
}
