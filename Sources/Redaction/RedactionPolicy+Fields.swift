extension RedactionPolicy {
    /// Words for fields that have other names with every producer.
    package enum Field: String, Sendable, CaseIterable {
        /// What was said to the model.
        case prompt
        /// What the model answered.
        case output
        /// What the model wrote for itself.
        case reasoning
        /// What tools were called with.
        case arguments
        /// What tools returned.
        case result
        /// What errors said: messages and stack traces, not their types.
        case error
        /// All that events and log records hold but their names.
        case event
        /// All attributes of resources.
        case resource
        case url
        case user

        /// Stands in placeholders.
        var label: String { rawValue.uppercased() }
    }
}
