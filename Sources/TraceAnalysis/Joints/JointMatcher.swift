import TraceModel

/// Finds what belongs to one tool call: the model's request, the execution, and the model's next input.
struct JointMatcher {
    /// A call as one model call wrote it.
    struct Ask {
        /// Where it stands: the model call, and the place among its requests.
        var model: Int32
        var place: Int32
        /// The number of its id; −1 for none.
        var id: Int32
        /// The latest execution that was joined with it; −1 for none.
        var execution: Int32 = -1
    }

    /// A tool call with all that was found of it; −1 for what was not.
    struct Draft {
        var ask: Int32 = -1
        var execution: Int32 = -1
        /// The model call whose input has the result, and the place among its delivered results.
        var deliveryModel: Int32 = -1
        var deliveryPlace: Int32 = -1
        var run: Int32
        var id: Int32
        var isJoinedByID: Bool
        var time: Int64
    }

    let input: TraceInput
    let layers: LayerSpans
    private(set) var asks: [Ask] = []
    private(set) var drafts: [Draft] = []
    /// The ids of tool calls, numbered.
    private var numbers: [String: Int32] = [:]
    private(set) var ids: [String] = []
    private var asksByID = TimedIndex()
    private(set) var deliveries = ToolDeliveries()

    init(_ input: TraceInput, layers: LayerSpans) {
        self.input = input
        self.layers = layers
        collectAsks()
        joinExecutions()
        for (index, ask) in asks.enumerated() where ask.execution < 0 {
            let model = layers.models[Int(ask.model)]
            drafts.append(
                Draft(
                    ask: Int32(index), run: model.run, id: ask.id, isJoinedByID: false, time: model.end ?? model.start))
        }
        findDeliveries()
        drafts.sort { ($0.time, $0.ask, $0.execution) < ($1.time, $1.ask, $1.execution) }
    }

    /// The request behind an ask.
    func request(_ ask: Int32) -> ToolCallRequest {
        let ask = asks[Int(ask)]
        let evidence = Int(layers.models[Int(ask.model)].evidence)
        return input.evidence[evidence].requestedCalls[Int(ask.place)]
    }

    /// The number of an id; −1 for none.
    private mutating func number(of id: String?) -> Int32 {
        guard let id, !id.isEmpty else { return -1 }
        if let number = numbers[id] { return number }
        let number = Int32(ids.count)
        numbers[id] = number
        ids.append(id)
        return number
    }

    // Requests.

    private mutating func collectAsks() {
        var lastAsk: [Int32] = []
        for (index, model) in layers.models.enumerated() where model.evidence >= 0 {
            let requests = input.evidence[Int(model.evidence)].requestedCalls
            for (place, request) in requests.enumerated() {
                let id = number(of: request.id)
                if id >= 0 {
                    while lastAsk.count < ids.count { lastAsk.append(-1) }
                    if lastAsk[Int(id)] >= 0, isRepeated(request, by: index, of: lastAsk[Int(id)]) { continue }
                    lastAsk[Int(id)] = Int32(asks.count)
                    asksByID.add(Int32(asks.count), key: id, run: model.run, time: model.start)
                }
                asks.append(Ask(model: Int32(index), place: Int32(place), id: id))
            }
        }
        asksByID.sort()
    }

    /// True where a request is a second record of an earlier one with the same id.
    ///
    /// Short ids, such as `call_1`, come again with every turn; long ones are made to be unique.
    private func isRepeated(_ request: ToolCallRequest, by index: Int, of earlier: Int32) -> Bool {
        let known = self.request(earlier)
        if let a = request.arguments, let b = known.arguments, !a.matches(b) { return false }
        if request.name != known.name { return false }
        if (request.id?.utf8.count ?? 0) >= 16 { return true }
        let (before, after) = (layers.models[Int(asks[Int(earlier)].model)], layers.models[index])
        return after.start < before.end ?? before.start
    }

    // Executions.

    private mutating func joinExecutions() {
        var rest: [Int32] = []
        for (index, execution) in layers.executions.enumerated() {
            let id = number(of: callID(execution))
            if id >= 0, let ask = ask(id, run: execution.run, at: execution.start) {
                asks[Int(ask)].execution = Int32(index)
                append(execution, index, ask: ask, id: id, isJoinedByID: true)
            } else {
                rest.append(Int32(index))
            }
        }
        var byName = UnclaimedAsks(input, layers, asks)
        for index in rest {
            let execution = layers.executions[Int(index)]
            let id = number(of: callID(execution))
            let ask = byName.claim(for: execution, arguments: arguments(execution), hasID: id >= 0) ?? -1
            if ask >= 0 { asks[Int(ask)].execution = index }
            append(execution, Int(index), ask: ask, id: ask >= 0 && asks[Int(ask)].id >= 0 ? asks[Int(ask)].id : id)
        }
    }

    private mutating func append(
        _ execution: LayerSpans.Execution, _ index: Int, ask: Int32, id: Int32, isJoinedByID: Bool = false
    ) {
        let run = ask >= 0 ? layers.models[Int(asks[Int(ask)].model)].run : execution.run
        drafts.append(
            Draft(
                ask: ask, execution: Int32(index), run: run, id: id, isJoinedByID: isJoinedByID, time: execution.start))
    }

    /// The latest request with an id before an execution, of the same run if there is one.
    private func ask(_ id: Int32, run: Int32, at time: Int64) -> Int32? {
        asksByID.last(id, run: run, notAfter: time) ?? asksByID.last(id, run: TimedIndex.anyRun, notAfter: time)
            ?? asksByID.first(id, run: TimedIndex.anyRun, notBefore: time)
    }

    // What entered the model's next input.

    private mutating func findDeliveries() {
        var deliveries = ToolDeliveries()
        for (index, model) in layers.models.enumerated() where model.evidence >= 0 && model.start < .max {
            let results = input.evidence[Int(model.evidence)].deliveredResults
            deliveries.add(results, of: Int32(index), run: model.run, at: model.start) { number(of: $0) }
        }
        deliveries.finish()
        self.deliveries = deliveries
        for place in drafts.indices { deliver(place) }
    }

    private mutating func deliver(_ place: Int) {
        let draft = drafts[place]
        // Of several executions of one request, the last one gave the result.
        if draft.ask >= 0, draft.execution >= 0, asks[Int(draft.ask)].execution != draft.execution { return }
        guard let time = returnTime(draft), time < .max else { return }
        if draft.id >= 0, let found = deliveries.first(draft.id, run: draft.run, notBefore: time) {
            (drafts[place].deliveryModel, drafts[place].deliveryPlace) = found
            if draft.execution < 0 { drafts[place].isJoinedByID = true }
        } else if draft.execution >= 0, let next = deliveries.nextModel(in: draft.run, notBefore: time),
            let found = unnamedDelivery(layers.executions[Int(draft.execution)], model: next)
        {
            (drafts[place].deliveryModel, drafts[place].deliveryPlace) = (next, found)
            drafts[place].isJoinedByID = false
        }
    }

    /// From when on the result can stand in an input.
    ///
    /// The tool's clock may be ahead of the model's: then only the end of the request is sure.
    private func returnTime(_ draft: Draft) -> Int64? {
        let model = draft.ask >= 0 ? layers.models[Int(asks[Int(draft.ask)].model)] : nil
        let asked = model.map { $0.end ?? $0.start }
        guard draft.execution >= 0 else { return asked }
        let execution = layers.executions[Int(draft.execution)]
        if let model, let asked, input.clocks[Int(model.span)] != input.clocks[Int(execution.outer)] { return asked }
        return execution.end ?? execution.start
    }

    /// A result without an id that is that of an execution.
    private func unnamedDelivery(_ execution: LayerSpans.Execution, model: Int32) -> Int32? {
        let delivered = input.evidence[Int(layers.models[Int(model)].evidence)].deliveredResults
        let result = result(execution)?.digest
        for (place, delivery) in delivered.enumerated().suffix(32).reversed() where delivery.id == nil {
            if let result, let other = delivery.result, result.matches(other) { return Int32(place) }
        }
        return nil
    }

    // Evidence of executions, of the inner span or the outer one.

    func callID(_ execution: LayerSpans.Execution) -> String? {
        if let place = place(execution.outer), let id = input.evidence[place].toolCallID { return id }
        return execution.inner == execution.outer
            ? nil : place(execution.inner).flatMap { input.evidence[$0].toolCallID }
    }

    func arguments(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        if let place = place(execution.outer), let digest = input.evidence[place].arguments { return digest }
        return execution.inner == execution.outer ? nil : innerArguments(execution)
    }

    func innerArguments(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        place(execution.inner).flatMap { input.evidence[$0].arguments }
    }

    /// The result with the span that has it.
    func result(_ execution: LayerSpans.Execution) -> (span: Int32, digest: PayloadDigest)? {
        if let place = place(execution.inner), let digest = input.evidence[place].result {
            return (execution.inner, digest)
        }
        return outerResult(execution).map { (execution.outer, $0) }
    }

    func outerResult(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        place(execution.outer).flatMap { input.evidence[$0].result }
    }

    /// Where the evidence of a span stands; nil where it has none.
    private func place(_ span: Int32) -> Int? {
        let place = Int(input.evidenceIndices[Int(span)])
        return place < 0 ? nil : place
    }
}
