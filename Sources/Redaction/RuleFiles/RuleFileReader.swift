import Crypto
import Foundation
import TraceModel

/// Reads a file of rules as gitleaks has it.
///
/// A rule that asks for what a text cannot tell, such as the name of a file, or for what the search has no words for, is
/// left out and named. Allowances that cannot be understood are left out too: what they would allow is redacted.
struct RuleFileReader {
    private(set) var rules: [RedactionRule] = []
    /// What was left out, a line each.
    private(set) var remarks: [String] = []

    private let file: String

    init(file: String) {
        self.file = file
    }

    mutating func read(_ text: String) throws(RedactionPolicyError) {
        guard text.utf8.count <= PolicyFileReader.limitBytes else {
            throw RedactionPolicyError(
                file: file, line: nil, reason: .tooLong(limitBytes: PolicyFileReader.limitBytes))
        }
        let root: [String: TOMLValue]
        do { root = try TOMLReader.read(text) } catch {
            throw RedactionPolicyError(file: file, line: error.line, reason: .rules(error.reason))
        }
        guard let list = root["rules"]?.list ?? (root["extend"] != nil ? [] : nil) else {
            throw RedactionPolicyError(file: file, line: nil, reason: .missingKey("rules"))
        }
        if let extend = root["extend"] {
            remarks.append("\(file):\(extend.line): extend: the rules of other files are not read; name them too")
        }
        let shared = allowances(in: root, "the file", line: 1)
        for entry in list { add(entry, shared) }
    }

    private mutating func add(_ entry: TOMLValue, _ shared: [RuleAllowance]) {
        guard let members = entry.table else { return }
        let id = members["id"]?.text ?? "rule"
        func leaveOut(_ reason: String) {
            remarks.append("\(file):\(entry.line): \(id): left out: \(reason)")
        }
        guard members["path"] == nil else { return leaveOut("it asks for names of files, which texts do not tell") }
        guard let source = members["regex"]?.text else { return leaveOut("it has no regex") }
        let group = Int(exactly: members["secretGroup"]?.number ?? 0) ?? 0
        let allowed = shared + allowances(in: members, id, line: entry.line)
        let check = RuleFileCheck(minimumEntropy: members["entropy"]?.number ?? 0, allowances: allowed)
        let title = members["description"]?.text ?? id
        var found: [RedactionRule] = []
        do {
            for part in try RE2Rule.rules(source, group: group) {
                var rule = RedactionRule(
                    Self.label(id), .custom, title, literals: members["keywords"]?.texts.filter { !$0.isEmpty } ?? [],
                    prefix: part.prefix, pattern: part.pattern, check: .ruleFile(check))
                rule.literalsIgnoreCase = true
                rule.suffixes = part.suffixes
                _ = try SecretFinder(rules: [rule])
                found.append(rule)
            }
        } catch let error as RE2Reader.Fault {
            return leaveOut(error.reason)
        } catch {
            return leaveOut("\(error)")
        }
        rules += found
    }

    private mutating func allowances(in members: [String: TOMLValue], _ id: String, line: Int) -> [RuleAllowance] {
        var found: [RuleAllowance] = []
        for key in ["allowlist", "allowlists"] {
            for entry in members[key]?.list ?? [] {
                guard let table = entry.table else { continue }
                func leaveOut(_ reason: String) {
                    remarks.append("\(file):\(entry.line): \(id): an allowlist is left out: \(reason)")
                }
                let needsAll = table["condition"]?.text?.uppercased() == "AND"
                if needsAll, table["paths"] != nil || table["commits"] != nil {
                    leaveOut("it asks for paths or commits, which texts do not tell")
                    continue
                }
                let target = table["regexTarget"]?.text ?? "secret"
                guard target == "secret" || table["regexes"] == nil else {
                    leaveOut("its patterns are for the \(target)")
                    continue
                }
                var patterns: [LinearPattern] = []
                for source in table["regexes"]?.texts ?? [] {
                    do {
                        for part in try RE2Rule.rules("(\(source))", group: 1) {
                            guard part.suffixes.allSatisfy({ $0 == "$" }) else {
                                throw RE2Reader.Fault(reason: "^, $ or \\b stands within it")
                            }
                            patterns.append(try LinearPattern(part.pattern + (part.suffixes.isEmpty ? "" : "$")))
                        }
                    } catch let error as RE2Reader.Fault {
                        leaveOut("\(source): \(error.reason)")
                    } catch {
                        leaveOut("\(source): \(error)")
                    }
                }
                let words = (table["stopwords"]?.texts ?? []).map { $0.lowercased() }
                found.append(
                    RuleAllowance(
                        patterns: patterns, words: WordList(words), hasWords: !words.isEmpty, needsAll: needsAll))
            }
        }
        return found
    }

    /// The label of an id: `aws-access-token` becomes `AWS_ACCESS_TOKEN`.
    private static func label(_ id: String) -> String {
        let letters = id.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        let label = String(letters.prefix(RedactionPlaceholder.longestLabel - 5))
        let isLabel = RedactionPlaceholder.isLabel(label) && !RedactionPlaceholder.reservedLabels.contains(label)
        return isLabel ? label : "RULE_" + label
    }
}

/// Secrets that a rule of a file does not mean.
struct RuleAllowance: Sendable {
    let patterns: [LinearPattern]
    let words: WordList
    let hasWords: Bool
    let needsAll: Bool

    func allows(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let hasWord = hasWords && words.isPart(of: text)
        if needsAll, hasWords, !hasWord { return false }
        if hasWord, !needsAll || patterns.isEmpty { return true }
        let bytes = UnsafeBufferPointer(rebasing: text)
        return patterns.contains { pattern in
            var matcher = PatternMatcher(pattern)
            return matcher.firstMatch(in: bytes, from: 0) != nil
        }
    }
}

/// What a rule of a file asks of a text beside its pattern.
package final class RuleFileCheck: Sendable {
    private let minimumEntropy: Double
    private let allowances: [RuleAllowance]
    /// What is longer is not compared with patterns of allowances.
    private static let longest = 1_024

    init(minimumEntropy: Double, allowances: [RuleAllowance]) {
        self.minimumEntropy = minimumEntropy
        self.allowances = allowances
    }

    func passes(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard minimumEntropy <= 0 || Randomness.bitsPerByte(text) > minimumEntropy else { return false }
        return text.count > Self.longest || !allowances.contains { $0.allows(text) }
    }
}

extension RedactionPolicy {
    /// Adds the rules of a file as gitleaks has it, and says what of it was left out, a line each.
    ///
    /// `file` names it in errors and remarks.
    package mutating func addRules(parsing text: String, file: String) throws(RedactionPolicyError) -> [String] {
        var reader = RuleFileReader(file: file)
        try reader.read(text)
        rules += reader.rules
        fileDigits = KeyedHash.digits(SHA256.hash(data: Data((fileDigits + text).utf8)))
        return reader.remarks
    }
}
