/// Finds what of a value is secret by what its name says.
struct NamedSecrets {
    let bytes: UnsafeBufferPointer<UInt8>
    let kind: SecretName

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: SecretName) {
        self.bytes = bytes
        self.kind = kind
    }

    /// The secret parts of a value that stands in a text beside its name.
    func ranges(in value: NamedValueReader.Value) -> [Range<Int>] {
        switch kind {
        case .authorization: return HeaderText(bytes, value.range).credentials.map { [$0] } ?? []
        case .cookie: return HeaderText(bytes, value.range).cookies
        case .password, .key, .weakKey: break
        }
        var range = value.range
        if !value.isQuoted, value.joint != .element, value.joint != .flag {
            // A full stop ends the sentence and not the value.
            while let last = bytes[range].last, ".,:;".utf8.contains(last) { range = range.dropLast() }
        }
        guard !range.isEmpty, range.count <= NamedValueReader.longest else { return [] }
        guard !bytes[range].contains(where: { $0 <= 0x20 }) else { return [] }
        let text = CredentialText(bytes, range)
        switch kind {
        case .password: return range.count >= 4 && range.count <= 256 && text.isPassword ? [range] : []
        case .key: return range.count >= 8 && text.isKey ? [range] : []
        default: return text.isPlainlyKey ? [range] : []
        }
    }

    /// The secret parts of a text that is the whole value of a name: an attribute, a member, a cell.
    ///
    /// Nothing else can be meant here, so that a weak key counts too.
    func ranges(inWhole range: Range<Int>) -> [Range<Int>] {
        let text = bytes[range]
        guard !range.isEmpty, range.count <= NamedValueReader.longest, !CredentialText.isTemplate(text),
            !CredentialText.words.isWhole(text)
        else { return [] }
        let value = CredentialText(bytes, range)
        switch kind {
        case .authorization: return HeaderText(bytes, range).credentials.map { [$0] } ?? []
        case .cookie:
            let cookies = HeaderText(bytes, range).cookies
            return cookies.isEmpty && value.isKey ? [range] : cookies
        case .password:
            guard range.count >= 3, range.count <= 256, !value.isSentence, !value.isLocation else { return [] }
            return value.hasContent ? [range] : []
        case .key:
            guard !text.contains(where: { $0 <= 0x20 }) else { return [] }
            return range.count >= 8 && (value.isKey || value.isMixed && !value.isNameOrPlace) ? [range] : []
        case .weakKey: return value.isPlainlyKey ? [range] : []
        }
    }
}

extension Range<Int> {
    fileprivate func dropLast() -> Range<Int> { lowerBound..<Swift.max(lowerBound, upperBound - 1) }
}
