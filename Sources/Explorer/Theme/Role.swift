/// What a piece of a screen means; a theme says how it looks.
///
/// A role that a theme does not name falls back along its dots, `waterfall.tool` → `waterfall`, then to the default in
/// code (`Theme.fallback`).
package enum Role: String, CaseIterable, Sendable {
    case text
    case dim
    case accent
    case header
    case headerFigure = "header.figure"
    case footer
    case footerKey = "footer.key"
    case selection
    case searchHit = "search.hit"
    case tag
    case error
    case finding
    case warning
    case cancelled
    case placeholder
    case redacted
    case guide
    case agent
    case agentInherited = "agent.inherited"
    case agentInferred = "agent.inferred"
    case agentMissing = "agent.missing"
    case kindAgent = "kind.agent"
    case kindModel = "kind.model"
    case kindTool = "kind.tool"
    case kindOther = "kind.other"
    case waterfall
    case waterfallAgent = "waterfall.agent"
    case waterfallModel = "waterfall.model"
    case waterfallTool = "waterfall.tool"
    case waterfallOther = "waterfall.other"
    case waterfallError = "waterfall.error"
    case waterfallGap = "waterfall.gap"
    case axis
    case minimap
    case minimapWindow = "minimap.window"
    case histogram
    case tab
    case tabActive = "tab.active"
    case rule
    case roleSystem = "role.system"
    case roleUser = "role.user"
    case roleAssistant = "role.assistant"
    case roleTool = "role.tool"
    case jsonKey = "json.key"
    case jsonString = "json.string"
    case jsonNumber = "json.number"
    case jsonLiteral = "json.literal"
    case streamReasoning = "stream.reasoning"
    case streamTool = "stream.tool"
    case streamRefusal = "stream.refusal"
    case streamNewest = "stream.newest"
    case streamPlayhead = "stream.playhead"
    case streamStall = "stream.stall"
    case streamLoop = "stream.loop"
    case streamCut = "stream.cut"
    case diffAdded = "diff.added"
    case diffRemoved = "diff.removed"
    case prompt
    case promptInvalid = "prompt.invalid"
    case notice
}
