import Basics
import Foundation
import Glibc

/// Turns the arguments of an import into the list of inputs.
package struct InputDiscovery: Equatable, Sendable {
    /// In the order of the arguments; the contents of a folder, or the matches of a pattern, sorted by path.
    package private(set) var inputs: [InputFile] = []
    package private(set) var problems: [InputProblem] = []
    /// Files in folders that are no traces by name or content.
    package private(set) var skippedCount = 0

    private var seen: Set<String> = []

    /// Finds the inputs that the arguments name: files, folders (with all below them), patterns with `*`, `?` and
    /// `[…]`, and `-` for standard input.
    ///
    /// An input that is named twice is listed once. Hidden files and folders inside folders are left out, and links to
    /// folders are not followed there.
    package init(arguments: [String]) {
        self.init(arguments: arguments, formats: InputFormat.all)
    }

    /// The same with other formats that may claim files of folders.
    init(arguments: [String], formats: [InputFormat]) {
        for argument in arguments { add(argument, formats) }
    }

    /// The bytes of all inputs; nil where one of them is not known.
    package var totalSize: Int64? {
        inputs.reduce(Int64?(0)) { sum, input in
            guard let sum, let size = input.size else { return nil }
            return sum + size
        }
    }

    private mutating func add(_ argument: String, _ formats: [InputFormat]) {
        if argument == "-" {
            if seen.insert("-").inserted { inputs.append(.standardInput) }
            return
        }
        var status = stat()
        if stat(FileName.bytes(of: argument), &status) == 0 {
            add(path: argument, status, formats)
            return
        }
        let number = errno
        if number == ENOENT || number == ENOTDIR {
            addPattern(argument, formats)
        } else {
            problems.append(
                InputProblem(path: argument, kind: .unreadable, reason: "cannot read: \(SystemError.text(number))"))
        }
    }

    private mutating func add(path: String, _ status: stat, _ formats: [InputFormat]) {
        if status.st_mode & S_IFMT == S_IFDIR {
            addFolder(path, formats)
        } else {
            add(file: path, status)
        }
    }

    private mutating func add(file path: String, _ status: stat, parts: [String] = []) {
        guard seen.insert(path).inserted else { return }
        guard access(FileName.bytes(of: path), R_OK) == 0 else {
            problems.append(
                InputProblem(path: path, kind: .unreadable, reason: "cannot read: \(SystemError.text(errno))"))
            return
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        var input = InputFile(origin: .file(path: path), size: isRegular ? Int64(status.st_size) : nil)
        input.parts = parts
        for part in parts {
            var status = stat()
            if stat(FileName.bytes(of: part), &status) == 0, let size = input.size {
                input.size = size.addingIfFits(Int64(status.st_size))
            }
        }
        inputs.append(input)
    }

    private mutating func addPattern(_ argument: String, _ formats: [InputFormat]) {
        guard argument.contains(where: { "*?[".contains($0) }) else {
            problems.append(InputProblem(path: argument, kind: .missing, reason: "no such file or folder"))
            return
        }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(argument, 0, nil, &matches) == 0 else {
            problems.append(InputProblem(path: argument, kind: .missing, reason: "no file matches the pattern"))
            return
        }
        // glob(3) sorts.
        for index in 0..<Int(matches.gl_pathc) {
            guard let match = matches.gl_pathv[index] else { continue }
            let path = String(cString: match)
            var status = stat()
            if stat(FileName.bytes(of: path), &status) == 0 { add(path: path, status, formats) }
        }
    }

    /// Adds the trace files below a folder: those that formats claim with all that belongs to them, then the others.
    private mutating func addFolder(_ folder: String, _ formats: [InputFormat]) {
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        var (files, skipped, hadProblem) = list(folder, base)
        let listing = FolderListing(folder: folder, files: files.keys.sorted())
        var parts: [String: [String]] = [:]
        for group in formats.flatMap({ $0.claim?(listing) ?? [] }) where files[group.main] != nil {
            for file in group.parts + group.replaced where file != group.main { files[file] = nil }
            skipped += group.replaced.count
            parts[group.main, default: []] += group.parts.map { base + $0 }
        }
        var isEmpty = true
        for name in listing.files {
            guard let status = files[name] else { continue }
            let path = base + name
            guard FolderFilter.hasTraceName(name), FolderFilter.takes(InputFile(path: path)) else {
                skipped += 1
                continue
            }
            isEmpty = false
            add(file: path, status, parts: parts[name] ?? [])
        }
        skippedCount += skipped
        if isEmpty && !hadProblem {
            let others =
                skipped == 0 ? "it is empty" : skipped == 1 ? "1 other file in it" : "\(skipped) other files in it"
            problems.append(InputProblem(path: folder, kind: .noTraces, reason: "a folder without traces: \(others)"))
        }
    }

    /// The files below a folder by their relative paths, without recursion; what is no regular file is counted.
    private mutating func list(
        _ folder: String, _ base: String
    ) -> (files: [String: stat], others: Int, hadProblem: Bool) {
        var folders = [""]
        var files: [String: stat] = [:]
        var others = 0
        var hadProblem = false
        while let current = folders.popLast() {
            let place = current.isEmpty ? folder : base + current
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
                problems.append(InputProblem(path: place, kind: .unreadable, reason: "cannot list the folder"))
                hadProblem = true
                continue
            }
            for name in names where !name.hasPrefix(".") {
                let relative = current.isEmpty ? name : current + "/" + name
                let path = base + relative
                var status = stat()
                let bytes = FileName.bytes(of: path)
                guard lstat(bytes, &status) == 0 else {
                    problems.append(InputProblem(path: path, kind: .unreadable, reason: "its name cannot be read"))
                    hadProblem = true
                    continue
                }
                let isLink = status.st_mode & S_IFMT == S_IFLNK
                if isLink && stat(bytes, &status) != 0 { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: if !isLink { folders.append(relative) }
                case S_IFREG: files[relative] = status
                default: others += 1
                }
            }
        }
        return (files, others, hadProblem)
    }
}

/// An argument, or a folder's entry, that gives no input.
package struct InputProblem: Equatable, Sendable, CustomStringConvertible {
    /// The class of the problem, after the exit codes of sysexits.
    package enum Kind: Equatable, Sendable {
        /// There is no such file: exit code 66.
        case missing
        /// It exists but cannot be read: exit code 74.
        case unreadable
        /// A folder that holds no traces: exit code 65.
        case noTraces
    }

    package var path: String
    package var kind: Kind
    package var reason: String

    package var description: String { "\(path): \(reason)" }
}
