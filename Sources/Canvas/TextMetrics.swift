/// The width of text on a terminal, and its reduction to what a cell can hold.
package struct TextMetrics: Hashable, Sendable {
    /// One cell's worth of text.
    package struct Cluster: Equatable, Sendable {
        /// Safe for a terminal.
        package var text: String
        /// Columns: 1 or 2.
        package var width: Int
    }

    /// Characters of ambiguous East Asian width take two columns.
    package var ambiguousIsWide: Bool
    /// Only ASCII is drawn; anything else becomes `?`.
    package var asciiOnly: Bool

    package init(ambiguousIsWide: Bool = false, asciiOnly: Bool = false) {
        self.ambiguousIsWide = ambiguousIsWide
        self.asciiOnly = asciiOnly
    }

    /// The text as cells, hostile characters replaced by visible stand-ins.
    package func clusters(of text: String) -> [Cluster] {
        var clusters: [Cluster] = []
        clusters.reserveCapacity(text.utf8.count)
        forEachCluster(of: text) { text, width in
            clusters.append(Cluster(text: text, width: width))
            return true
        }
        return clusters
    }

    /// The columns that a text takes.
    package func width(of text: String) -> Int { width(of: text, atMost: .max) }

    /// The columns that a text takes, counted no further than a limit.
    ///
    /// A name of a megabyte costs no more than what fits.
    package func width(of text: String, atMost limit: Int) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var reader = ClusterReader(bytes, metrics: self)
            var width = 0
            while width < limit, let piece = reader.next() { width += piece.width }
            return min(width, limit)
        }
    }

    /// The text, cut to a number of columns, with a mark at the end if anything was cut.
    ///
    /// The result is safe for a terminal. Without room for the mark there is none.
    package func fit(_ text: String, columns: Int, mark: String = "…") -> String {
        let mark = asciiOnly && mark == "…" ? ">" : mark
        let markWidth = width(of: mark)
        let room = markWidth < columns ? columns - markWidth : columns
        var result = ""
        var cut = ""
        var used = 0
        var isCut = false
        forEachCluster(of: text) { cluster, width in
            if used + width > columns {
                isCut = true
                return false
            }
            if used + width <= room, cut.isEmpty { result += cluster } else { cut += cluster }
            used += width
            return true
        }
        if !isCut { return result + cut }
        return markWidth < columns ? result + mark : result + cut
    }

    /// Visits the text's cells in order, with their widths, until the visitor returns false.
    @inline(__always)
    func forEachCluster(of text: String, _ visit: (String, Int) -> Bool) {
        var text = text
        text.withUTF8 { bytes in
            var reader = ClusterReader(bytes, metrics: self)
            while let piece = reader.next() {
                switch piece {
                case .text(let range, let width):
                    if !visit(reader.cell(range), width) { return }
                case .standIn(.joined(let text, let width)):
                    if !visit(text, width) { return }
                case .standIn(.narrow(let text)):
                    for scalar in text.unicodeScalars {
                        if !visit(String(scalar), 1) { return }
                    }
                }
            }
        }
    }

    /// Visits the cells of UTF-8 text by where the bytes of each end, with their widths, until the visitor returns false.
    ///
    /// Ends count from the start of the buffer, widths in columns; a stand-in of several cells is one visit.
    package func forEachCell(
        of bytes: UnsafeBufferPointer<UInt8>, _ visit: (_ end: Int, _ width: Int) -> Bool
    ) {
        var reader = ClusterReader(bytes, metrics: self)
        while let piece = reader.next() {
            if !visit(reader.position, piece.width) { return }
        }
    }
}

extension ClusterReader.Piece {
    /// The columns of the piece.
    var width: Int {
        switch self {
        case .text(_, let width): width
        case .standIn(.joined(_, let width)): width
        case .standIn(.narrow(let text)): text.unicodeScalars.count
        }
    }
}

extension ClusterReader {
    /// The text of a range, without a decoder for the frequent case.
    @inline(__always)
    func cell(_ range: Range<Int>) -> String {
        if range.count == 1 { return Self.ascii[Int(bytes[range.lowerBound] & 0x7F)] }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// A string for each ASCII character.
    private static let ascii: [String] = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }
}
