import FastJSON

/// The name and description of a tool that a model was offered.
struct ToolDefinition: Equatable, Sendable {
    private(set) var name: String?
    /// The tool's description.
    private(set) var about: String?

    /// Reads a definition with `name` and `description` at the top or in `function`, as vendors write them.
    init(json: String) {
        guard json.utf8.count <= 1 << 20, let value = try? JSONValue(parsing: json) else { return }
        let definition = value["function"] ?? value["toolSpec"] ?? value
        name = definition["name"]?.string.map { LongText.prefix($0, bytes: 120).text }
        about = definition["description"]?.string.map { LongText.prefix($0, bytes: 400).text }
    }
}
