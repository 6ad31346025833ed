/// One input to be decoded.
package struct InputFile: Equatable, Sendable {
    /// Where the bytes come from.
    package enum Origin: Equatable, Sendable {
        case file(path: String)
        /// An open pipe or socket, which stays the caller's.
        case descriptor(Int32, name: String)
        /// Bytes at hand, such as the body of a request.
        case bytes([UInt8], name: String)
    }

    package var origin: Origin
    /// Bytes on disk, before decompression; nil where they cannot be known, as for a pipe.
    package var size: Int64?
    /// Further files that the format reads with this one, in the order in which it claimed them.
    package var parts: [String] = []

    package init(origin: Origin, size: Int64?) {
        self.origin = origin
        self.size = size
    }

    /// A file by its path, of a size that was not asked for.
    package init(path: String) {
        self.init(origin: .file(path: path), size: nil)
    }

    package static let standardInput = InputFile(origin: .descriptor(0, name: "-"), size: nil)

    /// What messages call the input: the path as it was found, or `-`.
    package var displayName: String {
        switch origin {
        case .file(let path): path
        case .descriptor(_, let name), .bytes(_, let name): name
        }
    }

    /// The last component of the path in lower case, for hints on the content.
    var name: String {
        displayName.split(separator: "/").last.map { $0.lowercased() } ?? ""
    }

    func open() throws(IngestError) -> any ByteSource {
        switch origin {
        case .file(let path): try FileSource(path: path)
        case .descriptor(let descriptor, _): FileSource(borrowing: descriptor)
        case .bytes(let bytes, _): MemorySource(bytes)
        }
    }
}

/// The files below a folder, for formats that need several of them.
package struct FolderListing: Sendable {
    package let folder: String
    /// Paths relative to the folder, sorted; hidden files are left out.
    package let files: [String]
    private let known: Set<String>

    init(folder: String, files: [String]) {
        self.folder = folder
        self.files = files
        known = Set(files)
    }

    package func contains(_ file: String) -> Bool { known.contains(file) }
}

/// Files of a folder that make up one input, as paths relative to it.
package struct FileGroup: Sendable {
    /// The file that is decoded.
    package var main: String
    /// Files that are read with it.
    package var parts: [String] = []
    /// Files that say less of the same and are left out.
    package var replaced: [String] = []
}
