/// Why a stream of bytes ended early.
enum SourceFailure: Equatable {
    /// The operating system refused a read.
    case io(String)
    /// The compressed data is broken; what came out before it is good.
    case corrupt(String)
    /// Decompression could not be started.
    case noDecompressor(String)
}
