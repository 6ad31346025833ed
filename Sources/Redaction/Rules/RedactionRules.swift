/// The built-in rules.
///
/// They know formats that providers made public, and names beside which secrets stand. Where two rules find the same
/// text, the first counts: special ones stand before general ones.
package enum RedactionRules {
    package static let all: [RedactionRule] =
        models + clouds + code + messaging + commerce + tokens + urls + named + personal

    /// The first rule with a label; nil for labels of policy files and of other versions.
    package static func rule(_ label: String) -> RedactionRule? {
        all.first { $0.label == label }
    }
}
