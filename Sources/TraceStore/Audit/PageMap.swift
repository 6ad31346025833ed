/// Which pages of a database file hold rows, and which bytes of them are none.
///
/// Source: "Database File Format", sqlite.org/fileformat2.html.
struct PageMap {
    let pageSize: Int
    let pageCount: Int
    /// The bytes of a page that rows may use.
    private let usable: Int
    private(set) var free: Set<Int> = []
    /// The free pages that list others.
    private var trunks: Set<Int> = []

    /// Reads the header and the list of free pages; nil where the file is no database.
    init?(fileSize: Int64, read: (_ offset: Int64, _ count: Int) -> [UInt8]?) {
        guard let header = read(0, 100), header.count == 100 else { return nil }
        let size = Int(header[16]) << 8 | Int(header[17])
        pageSize = size == 1 ? 65_536 : size
        guard pageSize >= 512, pageSize & (pageSize - 1) == 0 else { return nil }
        usable = pageSize - Int(header[20])
        pageCount = Int(fileSize / Int64(pageSize))
        var trunk = Self.number(header, 32)
        while trunk > 0, trunk <= pageCount, trunks.insert(trunk).inserted,
            let page = read(Int64(trunk - 1) * Int64(pageSize), pageSize), page.count == pageSize
        {
            free.insert(trunk)
            let count = min(Self.number(page, 4), pageSize / 4 - 2)
            for leaf in 0..<max(0, count) { free.insert(Self.number(page, 8 + 4 * leaf)) }
            trunk = Self.number(page, 0)
        }
    }

    /// The free pages, those together that held one long row and still tell their next page, in its order.
    func freeChains(read: (_ offset: Int64, _ count: Int) -> [UInt8]?, longest: Int) -> [[Int]] {
        var next: [Int: Int] = [:]
        var followers: Set<Int> = []
        for number in free where !trunks.contains(number) {
            guard let head = read(Int64(number - 1) * Int64(pageSize), 4), head.count == 4 else { continue }
            let follower = Self.number(head, 0)
            guard follower != number, free.contains(follower), !trunks.contains(follower) else { continue }
            next[number] = follower
            followers.insert(follower)
        }
        var chains: [[Int]] = []
        var seen: Set<Int> = []
        // Those that none leads to come first; what is left are rings, which only damage makes.
        for start in free.sorted(by: { (followers.contains($0) ? 1 : 0, $0) < (followers.contains($1) ? 1 : 0, $1) }) {
            var chain: [Int] = []
            var page: Int? = start
            while let number = page, chain.count < longest, seen.insert(number).inserted {
                chain.append(number)
                page = next[number]
            }
            if !chain.isEmpty { chains.append(chain) }
        }
        return chains
    }

    /// The bytes of a page of rows that belong to no row; nil for pages whose rows are longer than a page.
    static func gaps(of page: UnsafeRawBufferPointer, isFirst: Bool) -> [Range<Int>]? {
        let start = isFirst ? 100 : 0
        guard page.count > start + 12, [2, 5, 10, 13].contains(page[start]) else { return nil }
        func short(_ offset: Int) -> Int {
            offset + 1 < page.count ? Int(page[offset]) << 8 | Int(page[offset + 1]) : 0
        }
        let header = page[start] == 2 || page[start] == 5 ? 12 : 8
        let cells = start + header + 2 * short(start + 3)
        let content = short(start + 5) == 0 ? 65_536 : short(start + 5)
        var gaps: [Range<Int>] = []
        if cells < min(content, page.count) { gaps.append(cells..<min(content, page.count)) }
        var block = short(start + 1)
        var last = 0
        // Blocks ascend, so that a damaged page ends the walk.
        while block > last, block + 4 <= page.count {
            let end = min(page.count, block + short(block + 2))
            if end > block + 4 { gaps.append(block + 4..<end) }
            last = block
            block = short(block)
        }
        return gaps
    }

    /// A row that goes on in other pages.
    struct LongRow {
        var firstPage: Int
        /// How many pages it goes on in.
        var pages: Int
        /// Where it ends in the last of them.
        var end: Int
    }

    /// The rows of a page that go on in other pages.
    func longRows(of page: UnsafeRawBufferPointer, isFirst: Bool) -> [LongRow] {
        let start = isFirst ? 100 : 0
        guard page.count > start + 12, [2, 10, 13].contains(page[start]) else { return [] }
        let isTable = page[start] == 13
        let isInner = page[start] == 2
        let cells = start + (isInner ? 12 : 8)
        var rows: [LongRow] = []
        for cell in 0..<(Int(page[start + 3]) << 8 | Int(page[start + 4])) {
            let pointer = cells + 2 * cell
            guard pointer + 1 < page.count else { break }
            var place = Int(page[pointer]) << 8 | Int(page[pointer + 1])
            if isInner { place += 4 }
            guard let size = Self.varint(page, &place) else { continue }
            if isTable, Self.varint(page, &place) == nil { continue }
            guard let row = longRow(size: size, isTable: isTable, page, place) else { continue }
            rows.append(row)
        }
        return rows
    }

    private func longRow(size: Int, isTable: Bool, _ page: UnsafeRawBufferPointer, _ place: Int) -> LongRow? {
        let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
        guard size > most, size < 1 << 31, usable > 480 else { return nil }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (size - least) % (usable - 4)
        let local = fitting <= most ? fitting : least
        guard place + local + 4 <= page.count else { return nil }
        let first = page[(place + local)..<(place + local + 4)].reduce(0) { $0 << 8 | Int($1) }
        let rest = size - local
        let pages = (rest + usable - 5) / (usable - 4)
        guard first > 0, first <= pageCount, pages <= pageCount else { return nil }
        return LongRow(firstPage: first, pages: pages, end: 4 + rest - (pages - 1) * (usable - 4))
    }

    /// A number of one to nine bytes; nil for one that no row has.
    private static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        var value: UInt64 = 0
        for count in 0..<9 {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            if count == 8 {
                value = value << 8 | UInt64(byte)
                break
            }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { break }
        }
        // Rowids may be anything; sizes beyond this are damage.
        return Int(truncatingIfNeeded: value & 0x7FFF_FFFF_FFFF_FFFF)
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
