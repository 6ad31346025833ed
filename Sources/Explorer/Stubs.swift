import TraceQuery

struct FilterCompletion {
    var candidates: [String]; var range: Range<Int>; var valueField: String?; var prefix: String
    init(text: String, position: Int) { candidates = []; range = 0..<0; valueField = nil; prefix = "" }
    static func quoted(_ s: String) -> String { s }
}
extension FilterExpression { var description: String { "" } }
