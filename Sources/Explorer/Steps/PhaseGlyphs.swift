import TraceModel

/// How the phases of a step look in a bar and in titles; no two phases share a glyph.
enum PhaseGlyphs {
    static func glyph(_ phase: Phase, ascii: Bool) -> String {
        switch phase {
        case .inputAssembly: ascii ? "i" : "╌"
        case .retrieval: ascii ? "r" : "▞"
        case .prefill: ascii ? "." : "░"
        case .decode: ascii ? "m" : "▓"
        case .modelUnsplit: ascii ? "M" : "▚"
        case .toolExecution: ascii ? "#" : "█"
        case .resultHandling: ascii ? "=" : "▒"
        case .orchestration: ascii ? "-" : "─"
        case .unattributed: ascii ? "?" : "·"
        }
    }

    static func role(_ phase: Phase) -> Role {
        switch phase {
        case .prefill, .decode, .modelUnsplit: .waterfallModel
        case .toolExecution, .retrieval: .waterfallTool
        case .inputAssembly, .resultHandling, .orchestration: .waterfallOther
        case .unattributed: .warning
        }
    }

    /// What the phase is called where there is room.
    static func words(_ phase: Phase) -> String {
        switch phase {
        case .modelUnsplit: "model, not split"
        default: phase.name.replacing("_", with: " ")
        }
    }
}
