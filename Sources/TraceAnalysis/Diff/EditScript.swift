/// The longest common subsequence of two sequences, as long as they do not differ too much.
enum EditScript {
    /// A stretch that both have, by the places where it begins.
    struct Match: Equatable {
        var old: Int
        var new: Int
        var count: Int
    }

    /// Stretches in order; nil where more than `limit` removals and additions would be needed.
    ///
    /// Time grows with the length times the number of changes, memory with the square of the number of changes.
    static func matches(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>, limit: Int) -> [Match]? {
        // Numbers compare faster than texts.
        var numbers: [Substring: Int32] = [:]
        func number(_ token: Substring) -> Int32 {
            if let known = numbers[token] { return known }
            let fresh = Int32(truncatingIfNeeded: numbers.count)
            numbers[token] = fresh
            return fresh
        }
        let a = old.map(number)
        let b = new.map(number)
        let bound = min(limit, a.count + b.count)
        if bound < abs(a.count - b.count) { return nil }

        // How far each diagonal reaches in `a`; diagonal k stands at bound + 1 + k.
        var reach = [Int32](repeating: 0, count: 2 * bound + 3)
        var trace: [[Int32]] = []
        let middle = bound + 1
        for cost in 0...bound {
            for k in stride(from: -cost, through: cost, by: 2) {
                let isDown = k == -cost || (k != cost && reach[middle + k - 1] < reach[middle + k + 1])
                var x = Int(isDown ? reach[middle + k + 1] : reach[middle + k - 1] + 1)
                // A diagonal may lie outside the shorter sequence.
                var y = x - k
                while x < a.count, y < b.count, x >= 0, y >= 0, a[x] == b[y] {
                    x += 1
                    y += 1
                }
                reach[middle + k] = Int32(x)
                if x >= a.count, y >= b.count {
                    trace.append(Array(reach[(middle - cost)...(middle + cost)]))
                    return back(trace, a.count, b.count)
                }
            }
            trace.append(Array(reach[(middle - cost)...(middle + cost)]))
        }
        return nil
    }

    /// Goes back along the furthest reaching paths, and gathers the diagonals.
    private static func back(_ trace: [[Int32]], _ oldCount: Int, _ newCount: Int) -> [Match] {
        var matches: [Match] = []
        var (x, y) = (oldCount, newCount)
        for cost in stride(from: trace.count - 1, through: 0, by: -1) {
            let k = x - y
            var (fromX, fromY) = (0, 0)
            var start = 0
            if cost > 0 {
                // Of the round before: diagonal d stands at cost − 1 + d.
                let before = trace[cost - 1]
                func reached(_ diagonal: Int) -> Int32 {
                    let place = cost - 1 + diagonal
                    return before.indices.contains(place) ? before[place] : -1
                }
                let isDown = k == -cost || (k != cost && reached(k - 1) < reached(k + 1))
                let previous = isDown ? k + 1 : k - 1
                fromX = Int(reached(previous))
                fromY = fromX - previous
                start = isDown ? fromX : fromX + 1
            }
            if x > start { matches.append(Match(old: start, new: start - k, count: x - start)) }
            (x, y) = (fromX, fromY)
        }
        return matches.reversed()
    }
}
