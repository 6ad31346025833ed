import Testing

@testable import Redaction

@Suite struct PolicyFileTests {
    @Test func aFullFileIsRead() throws {
        let text = """
            personal: true            # also personal data
            secrets: true
            rules:
              - label: ORDER_ID
                pattern: 'ORD-\\d{8}'
                literals: [ORD-]
                ignore_case: true
              - {label: OTHER, pattern: 'x+'}
            fields:
              - {name: 'http.request.header.*', action: drop}
              - {name: reasoning, action: hash}
            """
        let policy = try RedactionPolicy(parsing: text, file: "p.yaml")
        #expect(policy.findsPersonalData && policy.findsSecrets)
        #expect(policy.rules.map(\.label) == ["ORDER_ID", "OTHER"])
        #expect(policy.rules.map(\.pattern) == ["ORD-\\d{8}", "x+"])
        #expect(policy.rules.map(\.literals) == [["ORD-"], []])
        #expect(policy.rules.map(\.ignoresCase) == [true, false])
        #expect(policy.rules.allSatisfy { $0.group == .custom })
        #expect(policy.fields.map(\.name) == ["http.request.header.*", "reasoning"])
        #expect(policy.fields.map(\.action) == [.drop, .hash])
        #expect(policy.name.hasPrefix("secrets+personal+"))
        #expect(policy.name.utf8.count == "secrets+personal+".utf8.count + 8)
    }

    @Test func theNameTellsGroupsAndFile() throws {
        func name(_ text: String) throws -> Substring.SubSequence {
            let name = try RedactionPolicy(parsing: text, file: "p").name
            #expect(name.suffix(9).first == "+" || name.count == 8)
            return name.dropLast(9)
        }
        #expect(try name("") == "secrets")
        #expect(try name("# nothing") == "secrets")
        #expect(try name("personal: yes") == "secrets+personal")
        #expect(try name("{personal: true, secrets: false}") == "personal")
        #expect(try name("secrets: false") == "")
        let (one, other) = (try RedactionPolicy(parsing: "#1", file: ""), try RedactionPolicy(parsing: "#2", file: ""))
        #expect(one.name != other.name)
        #expect(RedactionPolicy.standard.name == "secrets")
    }

    @Test(arguments: [
        ("secrets: true\ncolour: red", 2, "unknown key 'colour': known are secrets, personal, rules, fields"),
        ("secrets: maybe", 1, "'secrets' must be true or false"),
        ("- a", 1, "'the file' must be keys with values"),
        ("rules: 3", 1, "'rules' must be a list"),
        ("rules:\n  - label: A\n", 2, "the key 'pattern' is missing"),
        ("rules:\n  - pattern: a\n", 2, "the key 'label' is missing"),
        (
            "rules:\n  - label: bad-one\n    pattern: a", 2,
            "bad label 'bad-one': an upper-case letter and then upper-case letters, digits and '_', at most 40"
        ),
        ("rules:\n  - label: MASKED\n    pattern: a", 2, "the label 'MASKED' has a meaning of its own"),
        (
            "rules:\n  - {label: A, pattern: ab}\n  - {label: A, pattern: cd}", 3,
            "the label 'A' stands in line 2 already"
        ),
        (
            "rules:\n  - label: A\n    pattern: ab\n    flags: x", 4,
            "unknown key 'flags': known are label, pattern, literals, ignore_case"
        ),
        ("rules:\n  - label: A\n    pattern: ab\n    literals: ['']", 4, "a literal is empty"),
        ("fields:\n  - {name: a, action: burn}", 2, "unknown action 'burn': known are keep, hash, mask, drop"),
        (
            "fields:\n  - {name: a, action: keep}\n  - {name: a, action: drop}", 3,
            "the field 'a' stands in line 2 already"
        ),
        ("fields:\n  - {action: drop}", 2, "the key 'name' is missing"),
        ("fields:\n  - {name: [a], action: drop}", 2, "'name' must be a text"),
    ])
    func faultsAreToldByLine(text: String, line: Int, reason: String) {
        let error = #expect(throws: RedactionPolicyError.self) { try RedactionPolicy(parsing: text, file: "p.yaml") }
        #expect(error?.description == "p.yaml:\(line): \(reason)")
    }

    @Test func faultsOfSyntaxAreToldByLine() {
        for text in ["rules: [", "a: b: c", "secrets: true\nsecrets: false", "a: 'x\n", "\u{0}"] {
            let error = #expect(throws: RedactionPolicyError.self) { try RedactionPolicy(parsing: text, file: "p") }
            #expect(error?.description.hasPrefix("p:") == true, "\(text)")
        }
        let error = #expect(throws: RedactionPolicyError.self) {
            try RedactionPolicy(parsing: "secrets: true\nrules: [\n", file: "p")
        }
        #expect(error?.line == 3)
    }

    @Test func aBadPatternIsToldByLineAndPlace() {
        let error = #expect(throws: RedactionPolicyError.self) {
            try RedactionPolicy(parsing: "rules:\n  - label: A\n    pattern: 'a(?=b)'", file: "p")
        }
        #expect(error?.line == 3)
        #expect(error?.description.hasPrefix("p:3: bad pattern: ") == true)
    }
}
