/// One input to be decoded.
package struct InputFile: Equatable, Sendable {
    /// Where the bytes come from.
    package enum Origin: Equatable, Sendable {
        case file(path: String)
        case standardInput
    }

    package var origin: Origin
    /// Bytes on disk, before decompression; nil where they cannot be known, as for a pipe.
    package var size: Int64?

    package init(origin: Origin, size: Int64?) {
        self.origin = origin
        self.size = size
    }

    /// A file by its path, of a size that was not asked for.
    package init(path: String) {
        self.init(origin: .file(path: path), size: nil)
    }

    /// What messages call the input: the path as it was found, or `-`.
    package var displayName: String {
        switch origin {
        case .file(let path): path
        case .standardInput: "-"
        }
    }

    /// The last component of the path in lower case, for hints on the content.
    var name: String {
        displayName.split(separator: "/").last.map { $0.lowercased() } ?? ""
    }

    func open() throws(IngestError) -> any ByteSource {
        switch origin {
        case .file(let path): try FileSource(path: path)
        case .standardInput: FileSource(borrowing: 0)
        }
    }
}
