public struct FilterCompletion {
    public var candidates: [String] = []
    public var range: Range<Int> = 0..<0
    public var valueField: String?
    public var prefix: String = ""
    public init(text: String, position: Int) {}
    public static func quoted(_ s: String) -> String { s }
}
extension FilterExpression { public var description: String { "" } }
