package import TraceModel

extension Redactor {
    /// The text with placeholders; nil where nothing is replaced, which is the usual case and costs no copy.
    package func redacted(_ text: String, _ counts: inout RedactionCounts) -> String? {
        var text = text
        guard let bytes = text.withUTF8({ redacted($0, &counts) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func redact(_ text: inout String, _ counts: inout RedactionCounts) {
        if let redacted = redacted(text, &counts) { text = redacted }
    }

    func redact(_ text: inout String?, _ counts: inout RedactionCounts) {
        if let redacted = text.flatMap({ redacted($0, &counts) }) { text = redacted }
    }

    /// The same for the bytes of a text.
    ///
    /// What stands beside a placeholder may match where the text itself did not, so this goes on until nothing does.
    func redacted(_ bytes: UnsafeBufferPointer<UInt8>, _ counts: inout RedactionCounts) -> [UInt8]? {
        var edits = edits(in: bytes)
        guard !edits.isEmpty else { return nil }
        var result = edits.applied(to: bytes)
        counts.add(edits)
        for _ in 1..<RedactorLimits.rounds {
            edits = result.withUnsafeBufferPointer { self.edits(in: $0) }
            guard !edits.isEmpty else { break }
            result = result.withUnsafeBufferPointer { edits.applied(to: $0) }
            counts.add(edits)
        }
        return result
    }

    /// What is to be replaced in a text, in order, without overlap.
    ///
    /// The text is searched as it stands and with its escape sequences resolved, again and again where JSON stands in
    /// JSON: a secret may be written as `\u0073k-…`, or stand right behind the `n` of a line break. Where both find
    /// something the resolved text is right: the other sees a secret end at an escape sequence within it. Of what is
    /// left, one layer of percents, of entities and of base64 is undone.
    func edits(in bytes: UnsafeBufferPointer<UInt8>) -> [TextEdit] {
        guard let finder else { return masked(bytes) }
        var found = edits(finder.matches(in: bytes), in: bytes)
        var levels: [UnescapedText] = []
        while levels.count < RedactorLimits.escapeLevels {
            let next =
                levels.last.map { $0.bytes.withUnsafeBufferPointer { UnescapedText($0) } } ?? UnescapedText(bytes)
            guard let next else { break }
            var deeper = next.bytes.withUnsafeBufferPointer { edits(finder.matches(in: $0), in: $0) }
            levels.append(next)
            for index in deeper.indices {
                for level in levels.reversed() { deeper[index].range = level.source(of: deeper[index].range) }
            }
            found = deeper.joined(with: found)
        }
        func undo(_ bytes: UnsafeBufferPointer<UInt8>) -> [TextEdit] {
            var layers = encodedEdits(in: bytes, finder)
            for index in layers.indices {
                for level in levels.reversed() { layers[index].range = level.source(of: layers[index].range) }
            }
            return layers
        }
        let layers = levels.last.map { $0.bytes.withUnsafeBufferPointer(undo) } ?? undo(bytes)
        return layers.isEmpty ? found : found.merged(with: layers)
    }

    /// What one layer of an encoding hides.
    private func encodedEdits(in bytes: UnsafeBufferPointer<UInt8>, _ finder: SecretFinder) -> [TextEdit] {
        var found: [TextEdit] = []
        for encoding in [UnescapedText.Encoding.percents, .entities] {
            guard let view = UnescapedText(bytes, encoding) else { continue }
            var edits = view.bytes.withUnsafeBufferPointer { self.edits(finder.matches(in: $0), in: $0) }
            for index in edits.indices { edits[index].range = view.source(of: edits[index].range) }
            found = found.merged(with: edits)
        }
        var base64: [TextEdit] = []
        EncodedRuns.forEach(in: bytes) { range, decoded in
            let matches = decoded.withUnsafeBufferPointer { finder.matches(in: $0) }
            guard let first = matches.first else { return }
            let placeholder = decoded.withUnsafeBufferPointer {
                hasher.placeholder(first.label, for: UnsafeBufferPointer(rebasing: $0[first.range]))
            }
            base64.append(TextEdit(range: range, label: first.label, replacement: Array(placeholder.utf8)))
        }
        return found.merged(with: base64)
    }

    /// The edits that matches ask for; placeholders and what little stands beside them in a match stay.
    private func edits(_ matches: [RedactionMatch], in bytes: UnsafeBufferPointer<UInt8>) -> [TextEdit] {
        guard !matches.isEmpty else { return [] }
        let placeholders = RedactionPlaceholder.all(in: bytes)
        var edits: [TextEdit] = []
        var done = 0
        var next = 0
        for match in matches {
            while next < placeholders.count, placeholders[next].range.upperBound <= match.range.lowerBound { next += 1 }
            var start = max(match.range.lowerBound, done)
            let end = match.range.upperBound
            var isWhole = start == match.range.lowerBound
            func add(upTo limit: Int) {
                guard start < limit, isWhole && limit == end || limit - start >= RedactorLimits.shortestRest else {
                    return
                }
                let text = UnsafeBufferPointer(rebasing: bytes[start..<limit])
                edits.append(
                    TextEdit(
                        range: start..<limit, label: match.label,
                        replacement: Array(hasher.placeholder(match.label, for: text).utf8)))
            }
            while next < placeholders.count, placeholders[next].range.lowerBound < end {
                let range = placeholders[next].range
                isWhole = false
                add(upTo: range.lowerBound)
                start = max(start, range.upperBound)
                guard range.upperBound <= end else { break }
                next += 1
            }
            add(upTo: end)
            done = max(done, end)
        }
        return edits
    }

    /// One edit that leaves nothing of the text.
    private func masked(_ bytes: UnsafeBufferPointer<UInt8>) -> [TextEdit] {
        let mask = Array(RedactionPlaceholder.masked.text.utf8)
        guard !bytes.isEmpty, !bytes.elementsEqual(mask) else { return [] }
        return [TextEdit(range: 0..<bytes.count, label: RedactionPlaceholder.masked.label, replacement: mask)]
    }
}

extension RedactionPlaceholder {
    /// What stands where a text was masked.
    static let masked = RedactionPlaceholder(label: "MASKED", hash: nil)
}

extension RedactionCounts {
    mutating func add(_ edits: [TextEdit]) {
        for edit in edits { add(edit.label) }
    }
}
