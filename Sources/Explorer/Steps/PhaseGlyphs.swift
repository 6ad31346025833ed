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

/// The figure of a phase as people read it.
enum PhaseFigure {
    /// `–` where nothing measured it, `≤` before an upper bound.
    static func text(_ phase: Phase, of step: StepFigures, ascii: Bool) -> String {
        let nanos = step.wall[phase.rawValue]
        // What is left over is the difference of the others, known whenever the step's length is.
        let quality = phase == .unattributed ? .measured : step.quality[phase.rawValue]
        switch quality {
        case .unknown: return Glyphs.unknown(ascii: ascii)
        case .measured: return DurationText.text(nanos, ascii: ascii)
        case .bounded: return (ascii ? "<=" : "≤") + DurationText.text(nanos, ascii: ascii)
        }
    }
}
