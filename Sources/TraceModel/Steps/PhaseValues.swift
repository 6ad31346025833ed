/// One value for each phase, in place: a trace has a step for every other span, and an array each would cost more than
/// all that stands in it.
///
/// The positions are the raw values of the phases.
public struct PhaseValues<Value: Equatable & Sendable>: RandomAccessCollection, MutableCollection, Equatable, Sendable {
    // One for each phase, in their order.
    private var inputAssembly: Value
    private var retrieval: Value
    private var prefill: Value
    private var decode: Value
    private var modelUnsplit: Value
    private var toolExecution: Value
    private var resultHandling: Value
    private var orchestration: Value
    private var unattributed: Value
    private var humanWait: Value

    public init(repeating value: Value) {
        inputAssembly = value
        retrieval = value
        prefill = value
        decode = value
        modelUnsplit = value
        toolExecution = value
        resultHandling = value
        orchestration = value
        unattributed = value
        humanWait = value
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { Phase.allCases.count }

    public subscript(phase: Phase) -> Value {
        get { self[phase.rawValue] }
        set { self[phase.rawValue] = newValue }
    }

    /// The value of the phase with this raw value.
    public subscript(position: Int) -> Value {
        get {
            switch position {
            case 0: inputAssembly
            case 1: retrieval
            case 2: prefill
            case 3: decode
            case 4: modelUnsplit
            case 5: toolExecution
            case 6: resultHandling
            case 7: orchestration
            case 8: unattributed
            default: humanWait
            }
        }
        set {
            switch position {
            case 0: inputAssembly = newValue
            case 1: retrieval = newValue
            case 2: prefill = newValue
            case 3: decode = newValue
            case 4: modelUnsplit = newValue
            case 5: toolExecution = newValue
            case 6: resultHandling = newValue
            case 7: orchestration = newValue
            case 8: unattributed = newValue
            default: humanWait = newValue
            }
        }
    }
}
