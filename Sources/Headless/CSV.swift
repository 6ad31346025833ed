/// Fields of comma-separated values after RFC 4180.
enum CSV {
    /// A field, in quotes where it needs them; an empty text is quoted, since an empty field is an unknown value.
    static func field(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
