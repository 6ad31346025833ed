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
    /// Further files that are read behind this one as one input, in the order in which the format claimed them.
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
        case .file(let path) where parts.isEmpty: try FileSource(path: path)
        case .file(let path): JoinedSource(first: try FileSource(path: path), then: parts)
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

    /// The name of the format that a file seems to have; nil for none.
    func format(of file: String) -> String? {
        let input = InputFile(path: folder.hasSuffix("/") ? folder + file : folder + "/" + file)
        guard let opened = try? input.open() else { return nil }
        defer { opened.close() }
        let (source, _) = PeekableSource.unpacking(opened)
        defer { source.close() }
        let head = InputHead(source.peek(InputHead.size), isWhole: source.headIsWhole, name: input.name)
        return InputFormat.scores(head).first?.format.name
    }
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
