/// The kinds of the open containers, one bit a level, so that depth costs almost no memory.
struct ContainerStack {
    private(set) var depth = 0
    /// The bits of the innermost 64 levels or fewer; 1 is an object.
    private var word: UInt64 = 0
    private var outerWords: [UInt64] = []

    var isObject: Bool { word & 1 == 1 }

    mutating func push(isObject: Bool) {
        if depth & 63 == 0 && depth > 0 {
            outerWords.append(word)
            word = 0
        }
        word = word << 1 | (isObject ? 1 : 0)
        depth += 1
    }

    mutating func pop() {
        depth -= 1
        if depth & 63 == 0 && depth > 0 {
            word = outerWords.removeLast()
        } else {
            word >>= 1
        }
    }

    mutating func removeAll() {
        depth = 0
        word = 0
        outerWords.removeAll()
    }
}
