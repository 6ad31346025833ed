import TraceModel

/// Finds names of models that two different models answered to within one trace.
struct AliasFlipFinder {
    private let input: TraceInput
    private let layers: LayerSpans

    init(_ input: TraceInput, _ layers: LayerSpans) {
        self.input = input
        self.layers = layers
    }

    var findings: [Finding] {
        // The models that answered to each name, with the first span that says so.
        var answers: [NameIndex: [(resolved: NameIndex, span: Int32)]] = [:]
        for model in layers.models where input.columns.facts[Int(model.span)].contains(.models) {
            let span = input.spans[Int(model.span)]
            let known = answers[span.modelRequested] ?? []
            if known.count < Self.mostModels, !known.contains(where: { $0.resolved == span.modelResolved }) {
                answers[span.modelRequested, default: []].append((span.modelResolved, model.span))
            }
        }
        return answers.sorted { $0.key < $1.key }.compactMap { requested, models in
            input.names[requested].flatMap { finding($0, models) }
        }
    }

    private static let mostModels = 8

    private func finding(_ requested: String, _ models: [(resolved: NameIndex, span: Int32)]) -> Finding? {
        var distinct: [(name: String, span: SpanID)] = []
        // A name that answers to itself says nothing about the snapshot behind it.
        for (resolved, span) in models {
            guard let name = input.names[resolved], ModelNames.bare(name) != ModelNames.bare(requested) else {
                continue
            }
            if !distinct.contains(where: { ModelNames.isSame($0.name, name) }) {
                distinct.append((name, input.spans[Int(span)].spanID))
            }
        }
        guard distinct.count > 1 else { return nil }
        return Finding(
            rule: FindingRules.identityAliasFlip.id, severity: FindingRules.identityAliasFlip.severity,
            certainty: .proven,
            message: "\(requested) was answered by \(distinct.map(\.name).joined(separator: ", then ")).",
            spanID: distinct[1].span,
            evidence: distinct.map { FindingEvidence(spanID: $0.span, label: "model resolved", value: $0.name) })
    }
}

/// What two names of models have to do with each other.
package enum ModelNames {
    /// True for equal names, whoever provides the model, in any case, and where one adds a date or a version only.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (bare(a), bare(b))
        let (long, short) = a.utf8.count > b.utf8.count ? (a, b) : (b, a)
        guard long.hasPrefix(short) else { return false }
        let rest = long.dropFirst(short.count)
        return rest.isEmpty || rest.first == "-" && rest.allSatisfy { $0.isNumber || $0 == "-" || $0 == "." }
    }

    /// The name without its provider, in lower case.
    package static func bare(_ name: String) -> Substring {
        let name = name.lowercased()
        return name.split(separator: "/").last ?? name[...]
    }
}
