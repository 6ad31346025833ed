extension RedactionPolicy {
    /// The rules that are looked for: the built-in ones that are asked for, then those of the file.
    var activeRules: [RedactionRule] {
        RedactionRules.all.filter { rule in
            switch rule.group {
            case .secret: findsSecrets
            case .personal: findsPersonalData
            case .custom: true
            }
        } + rules
    }
}
