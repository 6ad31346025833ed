import Canvas

extension Theme {
    /// Complete by itself, so that no theme file, broken or absent, can keep the program from starting.
    ///
    /// It uses the terminal's own sixteen colours, which suit dark and light grounds alike.
    package static let fallback = Theme(
        name: "fallback", styles: Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, fallbackStyle($0)) }))

    private static func fallbackStyle(_ role: Role) -> Style {
        switch role {
        case .text, .headerFigure, .jsonString, .prompt, .kindOther, .waterfall, .waterfallOther: .plain
        case .header, .footerKey, .minimapWindow: Style(attributes: .bold)
        case .dim, .footer, .guide, .axis, .minimap, .tab, .rule, .waterfallGap, .roleSystem: Style(foreground: quiet)
        case .accent, .tabActive: Style(foreground: blue, attributes: [.bold, .underline])
        case .selection: Style(attributes: .reverse)
        case .searchHit: Style(foreground: .indexed(0), background: yellow, attributes: .bold)
        case .tag: Style(foreground: cyan, attributes: .bold)
        case .error, .waterfallError: Style(foreground: red, attributes: .bold)
        case .finding: Style(foreground: yellow, attributes: [.bold, .underline])
        case .warning, .notice, .jsonNumber: Style(foreground: yellow)
        case .cancelled, .placeholder, .agentMissing: Style(foreground: quiet, attributes: .italic)
        case .redacted: Style(foreground: quiet, attributes: .underline)
        case .agent, .waterfallAgent, .jsonLiteral: Style(foreground: magenta)
        case .agentInherited: Style(foreground: magenta, attributes: .dim)
        case .agentInferred: Style(foreground: magenta, attributes: .italic)
        case .kindAgent: Style(foreground: magenta, attributes: .bold)
        case .kindModel, .waterfallModel, .histogram, .roleAssistant, .jsonKey: Style(foreground: blue)
        case .kindTool, .waterfallTool, .roleTool: Style(foreground: green)
        case .roleUser: Style(foreground: cyan)
        case .streamReasoning: Style(foreground: quiet, attributes: .italic)
        case .streamTool: Style(foreground: green)
        case .streamRefusal, .streamLoop: Style(foreground: yellow, attributes: .bold)
        case .streamNewest: Style(foreground: blue, attributes: [.bold, .underline])
        case .streamPlayhead: Style(attributes: .bold)
        case .streamStall: Style(foreground: red, attributes: .bold)
        case .streamCut: Style(foreground: quiet)
        case .diffAdded: Style(foreground: green, attributes: .bold)
        case .diffRemoved: Style(foreground: red, attributes: .underline)
        case .promptInvalid: Style(foreground: red, attributes: .underline)
        }
    }

    private static let quiet = Color.indexed(8)
    private static let red = Color.indexed(1)
    private static let green = Color.indexed(2)
    private static let yellow = Color.indexed(3)
    private static let blue = Color.indexed(4)
    private static let magenta = Color.indexed(5)
    private static let cyan = Color.indexed(6)
}
