/// Which pages of a database file hold rows, and which bytes of them are none.
///
/// Source: "Database File Format", sqlite.org/fileformat2.html.
struct PageMap {
    let pageSize: Int
    let pageCount: Int
    private(set) var free: Set<Int> = []

    /// Reads the header and the list of free pages; nil where the file is no database.
    init?(fileSize: Int64, read: (_ offset: Int64, _ count: Int) -> [UInt8]?) {
        guard let header = read(0, 100), header.count == 100 else { return nil }
        let size = Int(header[16]) << 8 | Int(header[17])
        pageSize = size == 1 ? 65_536 : size
        guard pageSize >= 512, pageSize & (pageSize - 1) == 0 else { return nil }
        pageCount = Int(fileSize / Int64(pageSize))
        var trunk = Self.number(header, 32)
        var trunks: Set<Int> = []
        while trunk > 0, trunk <= pageCount, trunks.insert(trunk).inserted,
            let page = read(Int64(trunk - 1) * Int64(pageSize), pageSize), page.count == pageSize
        {
            free.insert(trunk)
            let count = min(Self.number(page, 4), pageSize / 4 - 2)
            for leaf in 0..<max(0, count) { free.insert(Self.number(page, 8 + 4 * leaf)) }
            trunk = Self.number(page, 0)
        }
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

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
