/// The name and description of a tool that a model was offered.
struct ToolDefinition: Equatable, Sendable {
    private(set) var name: String?
    /// The tool's description.
    private(set) var about: String?

    /// Reads a definition with `name` and `description` at the top or one level below, as vendors write them.
    init(json: String) {
        guard json.utf8.count <= 1 << 20, let outline = JSONScanner.outline(of: json, decodes: true) else { return }
        for line in 0..<outline.count {
            let entry = outline.entries[line]
            guard (1...2).contains(entry.depth), entry.kind == .string else { continue }
            switch outline.key(of: line) {
            case "name" where name == nil: name = LongText.prefix(outline.value(of: line), bytes: 120).text
            case "description" where about == nil: about = LongText.prefix(outline.value(of: line), bytes: 400).text
            default: continue
            }
        }
    }
}
