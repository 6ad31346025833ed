package struct RedactionPolicyError: Error {}
extension RedactionPolicy {
    package init(parsing text: String, file: String) throws(RedactionPolicyError) { self.init() }
}
