/// A field of the rows that a command writes: the contract of the JSON forms and of CSV.
package struct Column<Row>: Sendable {
    /// The key in JSON and the name in the first line of CSV.
    package let name: String
    /// The JSON type, such as `string` or `integer`.
    package let type: String
    /// True where the value may be unknown, which is `null`.
    package let isNullable: Bool
    /// One line of documentation.
    package let help: String
    let value: @Sendable (Row) -> FieldValue

    init(
        _ name: String, _ type: String, nullable: Bool = false, _ help: String,
        value: @escaping @Sendable (Row) -> FieldValue
    ) {
        self.name = name
        self.type = type
        self.isNullable = nullable
        self.help = help
        self.value = value
    }
}
