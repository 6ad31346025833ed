import Crypto
import Foundation

extension RedactionPolicy {
    /// Reads a policy from the text of a YAML file; `file` names it in errors.
    ///
    /// Its keys are `secrets` and `personal` (true or false), `rules` (a list of `label`, `pattern`, and at will
    /// `literals` and `ignore_case`) and `fields` (a list of `name` and `action`).
    package init(parsing text: String, file: String) throws(RedactionPolicyError) {
        self.init()
        var reader = PolicyFileReader(file: file)
        try reader.read(text, into: &self)
        fileDigits = KeyedHash.digits(SHA256.hash(data: Data(text.utf8)))
    }
}
