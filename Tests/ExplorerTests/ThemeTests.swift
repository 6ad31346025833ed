import BuiltinThemes
import Canvas
import Foundation
import Testing

@testable import Explorer

@Suite struct ThemeTests {
    static let names = BuiltinThemes.all.map(\.name)

    private func theme(_ name: String) throws -> Theme {
        name == "fallback" ? Theme.fallback : try #require(Theme.named(name))
    }

    @Test func whatShips() {
        #expect(ThemeTests.names == ["dark", "light", "high-contrast", "mono", "system16"])
        #expect(Theme.names == ThemeTests.names)
        #expect(Theme.named("none such") == nil)
    }

    @Test(arguments: BuiltinThemes.all.map(\.text)) func filesAreWithoutFault(text: String) {
        #expect(ThemeParser.parse(text, name: "").problems.isEmpty)
    }

    @Test(arguments: names + ["fallback"]) func theSelectionIsSeen(name: String) throws {
        let theme = try theme(name)
        for theme in [theme, theme.withoutColor()] {
            let selection = theme[.selection]
            let inverts = selection.attributes.contains(.reverse)
            #expect(inverts || selection.background != theme[.text].background)
            for role in [Role.text, .error, .finding, .cancelled, .tag, .waterfall] {
                #expect(theme[role].attributes.symmetricDifference(selection.attributes).contains(.reverse) || !inverts)
            }
        }
    }

    /// Where colours are gone, or eyes do not see them, attributes still tell these apart.
    @Test(arguments: names + ["fallback"]) func meaningNeedsNoColor(name: String) throws {
        let theme = try theme(name).withoutColor()
        for role in Role.allCases {
            #expect(theme[role].foreground == .standard && theme[role].background == .standard)
        }
        let telling: [Role] = [.text, .error, .finding, .cancelled, .selection, .searchHit, .redacted]
        for (index, role) in telling.enumerated() {
            for other in telling[(index + 1)...] {
                #expect(
                    theme[role].attributes != theme[other].attributes,
                    "\(role.rawValue) looks like \(other.rawValue) without colour")
            }
        }
        #expect(theme[.agentInferred].attributes != theme[.agent].attributes)
        #expect(theme[.tabActive].attributes != theme[.tab].attributes)
        #expect(theme[.promptInvalid].attributes != theme[.prompt].attributes)
        #expect(theme[.waterfallError].attributes != theme[.waterfall].attributes)
    }

    @Test func monoAndSystem16KeepToTheirColors() throws {
        let mono = try theme("mono")
        let system = try theme("system16")
        for role in Role.allCases {
            #expect(mono[role].foreground == .standard && mono[role].background == .standard)
            for color in [system[role].foreground, system[role].background] {
                switch color {
                case .standard: break
                case .indexed(let index): #expect(index < 16)
                case .rgb: Issue.record("\(role.rawValue) is not one of the sixteen")
                }
            }
        }
    }

    /// The contrast that WCAG 2 asks: 4.5 to 1 for text, 7 to 1 for high contrast; less for what only decorates.
    @Test(arguments: [
        ("dark", [0x00, 0x1E], 4.5), ("light", [0xFF, 0xF0], 4.5), ("high-contrast", [0x00], 7.0),
    ])
    func textCanBeRead(name: String, grounds: [UInt8], atLeast: Double) throws {
        let theme = try theme(name)
        let decoration: Set<Role> = [.guide, .rule, .minimap, .waterfallGap]
        for ground in grounds {
            for role in Role.allCases {
                let style = theme[role]
                let back = Contrast.components(style.background) ?? (ground, ground, ground)
                guard let front = Contrast.components(style.foreground) else { continue }
                let contrast = Contrast.ratio(front, back)
                let wanted = name == "high-contrast" ? atLeast : decoration.contains(role) ? 2.2 : atLeast
                #expect(contrast >= wanted, "\(name) \(role.rawValue) on \(ground): \(contrast)")
            }
        }
    }
}

/// Contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
private enum Contrast {
    static func components(_ color: Color) -> (UInt8, UInt8, UInt8)? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        return (red, green, blue)
    }

    static func ratio(_ a: (UInt8, UInt8, UInt8), _ b: (UInt8, UInt8, UInt8)) -> Double {
        let lights = [luminance(a), luminance(b)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    private static func luminance(_ color: (UInt8, UInt8, UInt8)) -> Double {
        0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
    }

    private static func linear(_ value: UInt8) -> Double {
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
}
