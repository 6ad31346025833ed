extension TextMetrics {
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
