import ArgumentParser
import Foundation
import Redaction

/// What is redacted beside secrets, and where the key of the placeholders is.
struct RedactionOptions: ParsableArguments {
    @Flag(help: "Redact personal data too: e-mail addresses, phone numbers, bank accounts, cards.")
    var redactPersonal = false
    @Option(
        help: ArgumentHelp("A file of own rules and of fields to keep, hash, mask or drop.", valueName: "file"),
        completion: .file())
    var redactionPolicy: String?
    @Option(
        help: ArgumentHelp(
            "A file of rules as gitleaks has it, to look for too; what of it cannot be used is named. Repeatable.",
            valueName: "file"),
        completion: .file())
    var redactionRules: [String] = []
    @Option(
        help: ArgumentHelp(
            "The key of the hashes in placeholders, made where there is none (default: $SPANDREL_REDACTION_KEY, else "
                + "spandrel/redaction.key in the XDG configuration folder).", valueName: "file"),
        completion: .file())
    var redactionKey: String?

    /// The redactor that these options describe.
    func redactor() throws(Failure) -> Redactor { try redactor(of: policy()) }

    /// A redactor of another policy with the same key.
    func redactor(of policy: RedactionPolicy) throws(Failure) -> Redactor {
        try Self.redactor(of: policy, keyPath: redactionKey ?? Self.standardKeyPath)
    }

    /// The redactor without any options.
    static func standardRedactor() throws(Failure) -> Redactor {
        try redactor(of: .standard, keyPath: standardKeyPath)
    }

    private static func redactor(of policy: RedactionPolicy, keyPath: String) throws(Failure) -> Redactor {
        do { return Redactor(policy: policy, key: try RedactionKey.load(path: keyPath)) } catch {
            throw .other(.inputOutput, "\(error)")
        }
    }

    private func policy() throws(Failure) -> RedactionPolicy {
        var policy = RedactionPolicy.standard
        if let redactionPolicy {
            guard let data = FileManager.default.contents(atPath: redactionPolicy) else {
                throw .other(.noInput, "\(redactionPolicy): cannot be read")
            }
            do {
                policy = try RedactionPolicy(parsing: String(decoding: data, as: UTF8.self), file: redactionPolicy)
            } catch {
                throw .other(.usage, "\(error)")
            }
        }
        for path in redactionRules {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw .other(.noInput, "\(path): cannot be read")
            }
            do {
                for remark in try policy.addRules(parsing: String(decoding: data, as: UTF8.self), file: path) {
                    Console.complain(remark)
                }
            } catch {
                throw .other(.usage, "\(error)")
            }
        }
        if redactPersonal { policy.findsPersonalData = true }
        return policy
    }

    private static var standardKeyPath: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["SPANDREL_REDACTION_KEY"], !path.isEmpty { return path }
        return DatabasePath.configuration(environment) + "/redaction.key"
    }
}

/// What is redacted before it is stored.
struct StorageRedactionOptions: ParsableArguments {
    @Flag(help: "Store texts as they come, with the secrets in them.")
    var noRedact = false
    @OptionGroup var options: RedactionOptions

    func validate() throws {
        if noRedact, options.redactPersonal || options.redactionPolicy != nil || !options.redactionRules.isEmpty {
            throw ValidationError("--no-redact excludes the other options of redaction")
        }
    }

    /// Nil where texts are stored as they come.
    func redactor() throws(Failure) -> Redactor? {
        noRedact ? .none : .some(try options.redactor())
    }
}
