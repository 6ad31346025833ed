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

    /// The title of the phase's column.
    static func title(_ phase: Phase) -> String {
        switch phase {
        case .inputAssembly: "asm"
        case .retrieval: "retr"
        case .prefill: "prefill"
        case .decode: "decode"
        case .modelUnsplit: "model"
        case .toolExecution: "tool"
        case .resultHandling: "result"
        case .orchestration: "orch"
        case .unattributed: "rest"
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
