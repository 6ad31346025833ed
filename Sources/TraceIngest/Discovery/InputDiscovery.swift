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
        for argument in arguments { add(argument) }
    }

    /// The bytes of all inputs; nil where one of them is not known.
    package var totalSize: Int64? {
        inputs.reduce(Int64?(0)) { sum, input in
            guard let sum, let size = input.size else { return nil }
            return sum + size
        }
    }

    private mutating func add(_ argument: String) {
        if argument == "-" {
            if seen.insert("-").inserted { inputs.append(InputFile(origin: .standardInput, size: nil)) }
            return
        }
        var status = stat()
        if stat(argument, &status) == 0 {
            add(path: argument, status)
            return
        }
        let number = errno
        if number == ENOENT || number == ENOTDIR {
            addPattern(argument)
        } else {
            problems.append(
                InputProblem(path: argument, kind: .unreadable, reason: "cannot read: \(SystemError.text(number))"))
        }
    }

    private mutating func add(path: String, _ status: stat) {
        if status.st_mode & S_IFMT == S_IFDIR {
            addFolder(path)
        } else {
            add(file: path, status)
        }
    }

    private mutating func add(file path: String, _ status: stat) {
        guard seen.insert(path).inserted else { return }
        guard access(path, R_OK) == 0 else {
            problems.append(
                InputProblem(path: path, kind: .unreadable, reason: "cannot read: \(SystemError.text(errno))"))
            return
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        inputs.append(InputFile(origin: .file(path: path), size: isRegular ? Int64(status.st_size) : nil))
    }

    private mutating func addPattern(_ argument: String) {
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
            if stat(path, &status) == 0 { add(path: path, status) }
        }
    }

    /// Adds the trace files below a folder, without recursion.
    private mutating func addFolder(_ folder: String) {
        var folders = [folder]
        var found: [(path: String, status: stat)] = []
        var skipped = 0
        var hadProblem = false
        while let current = folders.popLast() {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: current) else {
                problems.append(InputProblem(path: current, kind: .unreadable, reason: "cannot list the folder"))
                hadProblem = true
                continue
            }
            for name in names where !name.hasPrefix(".") {
                let path = current.hasSuffix("/") ? current + name : current + "/" + name
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                let isLink = status.st_mode & S_IFMT == S_IFLNK
                if isLink && stat(path, &status) != 0 { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: if !isLink { folders.append(path) }
                case S_IFREG where FolderFilter.hasTraceName(name) && FolderFilter.takes(InputFile(path: path)):
                    found.append((path, status))
                default: skipped += 1
                }
            }
        }
        skippedCount += skipped
        for file in found.sorted(by: { $0.path < $1.path }) { add(file: file.path, file.status) }
        if found.isEmpty && !hadProblem {
            let others =
                skipped == 0 ? "it is empty" : skipped == 1 ? "1 other file in it" : "\(skipped) other files in it"
            problems.append(InputProblem(path: folder, kind: .noTraces, reason: "a folder without traces: \(others)"))
        }
    }
}
