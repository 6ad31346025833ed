import TestSupport
import Testing
import TraceModel

@testable import Redaction

/// Files of rules as gitleaks has them.
@Suite struct RuleFileTests {
    private static func policy(_ text: String) throws -> (policy: RedactionPolicy, remarks: [String]) {
        var policy = RedactionPolicy.standard
        policy.findsSecrets = false
        let remarks = try policy.addRules(parsing: text, file: "rules.toml")
        return (policy, remarks)
    }

    private static func redacted(_ text: String, _ rules: String) throws -> String {
        let redactor = Redactor(policy: try policy(rules).policy, key: RedactionKey(bytes: [1]))
        var counts = RedactionCounts()
        let redacted = redactor.redacted(text, &counts) ?? text
        return RedactionPlaceholder.all(in: redacted).reversed().reduce(into: redacted) { text, found in
            let utf8 = Array(text.utf8)
            text =
                String(decoding: utf8[..<found.range.lowerBound], as: UTF8.self) + "<\(found.placeholder.label)>"
                + String(decoding: utf8[found.range.upperBound...], as: UTF8.self)
        }
    }

    private static let rules = #"""
        title = "mine"   # a comment
        [allowlist]
        regexes = ['''^(?i:none|null)$''']
        stopwords = ["stopword"]

        [[rules]]
        id = "acme-key"
        description = "Acme key"
        regex = '''(?i)[\w.-]{0,50}?(?:acme)(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|:{1,3}=|:|=>)[\x60'"\s=]{0,5}([a-z0-9]{8,})(?:[\x60'"\s;]|\\[nr]|$)'''
        keywords = [
            "acme",  # found in either case
        ]
        entropy = 2

        [[rules]]
        id = "9-word"
        regex = "\\b(zz_(?i)[a-c]{4}|yy[[:digit:]]{3})\\b"
        keywords = ["ZZ_", "yy"]
        [[rules.allowlists]]
        regexes = ['yy000']

        [[rules]]
        id = "second-group"
        regex = '(user)=x,(pin)=([0-9]{4})'
        secretGroup = 3
        """#

    @Test(arguments: [
        ("ACME_TOKEN = 'a1b2c3d4e5'", "ACME_TOKEN = '<ACME_KEY>'"), ("acme: a1b2c3d4e5", "acme: <ACME_KEY>"),
        ("acme: a1b2c3d4e5-rest", "acme: a1b2c3d4e5-rest"), ("acme: aaaaaaaaaa", "acme: aaaaaaaaaa"),
        ("acme=stopword12", "acme=stopword12"), ("ZZ_abca", "ZZ_abca"), ("x zz_ABca.", "x <RULE_9_WORD>."),
        ("azz_ABca", "azz_ABca"), ("yy123 yy000", "<RULE_9_WORD> yy000"),
        ("user=x,pin=1234", "user=x,pin=<SECOND_GROUP>"),
    ]) func rulesFindWhatTheyMean(_ text: String, _ expected: String) throws {
        #expect(try Self.redacted(text, Self.rules) == expected)
    }

    @Test func whatCannotBeUsedIsNamed() throws {
        let (policy, remarks) = try Self.policy(
            #"""
            [extend]
            useDefault = true
            [[rules]]
            id = "by-path"
            path = '''\.pem$'''
            [[rules]]
            id = "edge-within"
            regex = 'a\bb'
            [[rules]]
            id = "fine"
            regex = 'fine-[0-9]{4}'
            """#)
        #expect(policy.rules.map(\.label) == ["FINE"])
        #expect(remarks.count == 3)
        #expect(remarks[0].hasPrefix("rules.toml:1: extend: "))
        #expect(remarks[1].hasPrefix("rules.toml:3: by-path: left out: "))
        #expect(remarks[2].hasPrefix("rules.toml:6: edge-within: left out: "))
        #expect(policy.name.utf8.count == 8)
    }

    @Test(arguments: [
        ("a = 1\nb = \n", 2), ("x = \"open\ny = 1", 1), ("[rules\n", 1), ("[[rules]]\nid = 1\nid = 2", 3),
        ("[[rules]]\nid = \"a\" b", 2), ("a = [1, 2", 1),
    ]) func faultsHaveALine(_ text: String, _ line: Int) {
        #expect(throws: RedactionPolicyError.self) {
            do { _ = try Self.policy(text) } catch let error as RedactionPolicyError {
                #expect(error.line == line, "\(error)")
                throw error
            }
        }
    }

    @Test func valuesOfAllKindsAreRead() throws {
        let root = try TOMLReader.read(
            #"""
            a.b = "x\u00e9\n" # c
            'c d' = '''
            it's''' 
            e = {f = [1, 2.5, [true]], g = 1979-05-27}
            [h.i]
            j = """a\
               b"""
            [[k]]
            l = 1
            [[k]]
            [k.m]
            n = false
            """#)
        #expect(root["a"]?.table?["b"]?.text == "x\u{e9}\n")
        #expect(root["c d"]?.text == "it's")
        #expect(root["e"]?.table?["f"]?.list.compactMap(\.number) == [1, 2.5])
        #expect(root["e"]?.table?["g"]?.text == "1979-05-27")
        #expect(root["h"]?.table?["i"]?.table?["j"]?.text == "ab")
        #expect(root["k"]?.list.count == 2)
        #expect(root["k"]?.list.last?.table?["m"]?.table?["n"]?.truth == false)
    }
}
