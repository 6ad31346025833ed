import TraceModel

/// Finds what belongs to one tool call: the model's request, the execution, and the model's next input.
struct JointMatcher {
    /// A call as one model call wrote it.
    struct Ask {
        /// Where it stands: the model call, and the place among its requests.
        var model: Int32
        var place: Int32
        /// The numbers of its id and of its tool; −1 for none.
        var id: Int32
        var tool: Int32
        /// The model was offered tools.
        var hasOffers: Bool
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
        /// The numbers of its id and of its tool; −1 for none.
        var id: Int32
        var tool: Int32
        var isJoinedByID: Bool
        var time: Int64
    }

    let input: TraceInput
    let layers: LayerSpans
    private(set) var asks: [Ask] = []
    private(set) var drafts: [Draft] = []
    /// The ids of tool calls and the names of tools, numbered.
    private(set) var ids = TextNumbers()
    private(set) var tools = TextNumbers()
    /// The number of the id of each execution; −1 for none.
    private var executionIDs: [Int32] = []
    private var asksByID = TimedIndex()
    private(set) var deliveries: ToolDeliveries

    init(_ input: TraceInput, layers: LayerSpans) {
        self.input = input
        self.layers = layers
        deliveries = ToolDeliveries(layers, runCount: Int(layers.models.lazy.map(\.run).max() ?? 0) + 1)
        // Most executions were asked for, and most requests executed.
        asks.reserveCapacity(layers.executions.count)
        drafts.reserveCapacity(layers.executions.count)
        asksByID.reserveCapacity(layers.executions.count)
        readModels()
        joinExecutions()
        for (index, ask) in asks.enumerated() where ask.execution < 0 {
            let model = layers.models[Int(ask.model)]
            drafts.append(
                Draft(
                    ask: Int32(index), run: model.run, id: ask.id, tool: ask.tool, isJoinedByID: false,
                    time: model.end ?? model.start))
        }
        for place in drafts.indices { deliver(place) }
        drafts.sort { ($0.time, $0.ask, $0.execution) < ($1.time, $1.ask, $1.execution) }
    }

    /// The request behind an ask.
    func request(_ ask: Int32) -> ToolCallRequest {
        let ask = asks[Int(ask)]
        return input.evidence[Int(layers.models[Int(ask.model)].evidence)].requestedCalls[Int(ask.place)]
    }

    /// The number of an id; −1 for none.
    private mutating func number(of id: String?) -> Int32 {
        guard let id, !id.isEmpty else { return -1 }
        return ids.number(of: id)
    }

    // What models asked for, and what entered their inputs.

    private mutating func readModels() {
        var lastAsk: [Int32] = []
        executionIDs.reserveCapacity(layers.executions.count)
        for (index, model) in layers.models.enumerated() where model.evidence >= 0 {
            // In order of time, so that the id that one layer brings is still at hand when the next one has it.
            numberExecutions { $0.start < model.start }
            let place = Int(model.evidence)
            if input.evidence[place].model.isEmpty { continue }
            let requests = input.evidence[place].requestedCalls
            let hasOffers = input.evidence[place].offeredTools?.isEmpty == false
            for place in requests.indices {
                let id = number(of: requests[place].id)
                if id >= 0 {
                    while lastAsk.count <= Int(id) { lastAsk.append(-1) }
                    if lastAsk[Int(id)] >= 0, isRepeated(requests[place], by: index, of: lastAsk[Int(id)]) { continue }
                    lastAsk[Int(id)] = Int32(asks.count)
                    asksByID.add(Int32(asks.count), key: id, run: model.run, time: model.start)
                }
                asks.append(
                    Ask(
                        model: Int32(index), place: Int32(place), id: id,
                        tool: requests[place].name.map { tools.number(of: $0) } ?? -1, hasOffers: hasOffers))
            }
            if ToolDeliveries.counts(model) {
                deliveries.add(
                    input.evidence[place].deliveredResults, of: Int32(index), run: model.run, at: model.start,
                    ids: &ids)
            }
        }
        numberExecutions { _ in true }
        asksByID.sort()
        deliveries.finish()
    }

    /// Numbers the ids of the next executions, as long as a condition holds.
    private mutating func numberExecutions(_ isNext: (LayerSpans.Execution) -> Bool) {
        while executionIDs.count < layers.executions.count, isNext(layers.executions[executionIDs.count]) {
            executionIDs.append(number(of: callID(layers.executions[executionIDs.count])))
        }
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
            let id = executionIDs[index]
            if id >= 0, let ask = ask(id, run: execution.run, at: execution.start) {
                asks[Int(ask)].execution = Int32(index)
                append(execution, index, ask: ask, id: id, isJoinedByID: true)
            } else {
                rest.append(Int32(index))
            }
        }
        var byName = UnmatchedToolCalls(input, layers, asks)
        for index in rest {
            let execution = layers.executions[Int(index)]
            let id = executionIDs[Int(index)]
            let ask = byName.claim(for: execution, arguments: arguments(execution), hasID: id >= 0) ?? -1
            if ask >= 0 { asks[Int(ask)].execution = index }
            append(execution, Int(index), ask: ask, id: ask >= 0 && asks[Int(ask)].id >= 0 ? asks[Int(ask)].id : id)
        }
    }

    private mutating func append(
        _ execution: LayerSpans.Execution, _ index: Int, ask: Int32, id: Int32, isJoinedByID: Bool = false
    ) {
        let run = ask >= 0 ? layers.models[Int(asks[Int(ask)].model)].run : execution.run
        let asked = ask >= 0 ? asks[Int(ask)].tool : -1
        drafts.append(
            Draft(
                ask: ask, execution: Int32(index), run: run, id: id, tool: asked >= 0 ? asked : tool(of: execution),
                isJoinedByID: isJoinedByID, time: execution.start))
    }

    /// The number of the tool that the spans of an execution name; −1 for none.
    private mutating func tool(of execution: LayerSpans.Execution) -> Int32 {
        let name =
            input.names[input.spans[Int(execution.outer)].tool] ?? input.names[input.spans[Int(execution.inner)].tool]
        return name.map { tools.number(of: $0) } ?? -1
    }

    /// The latest request with an id before an execution, of the same run if there is one.
    private func ask(_ id: Int32, run: Int32, at time: Int64) -> Int32? {
        asksByID.last(id, run: run, notAfter: time) ?? asksByID.last(id, run: TimedIndex.anyRun, notAfter: time)
            ?? asksByID.first(id, run: TimedIndex.anyRun, notBefore: time)
    }

    // What entered the model's next input.

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
        let result = result(execution)
        for (place, delivery) in delivered.enumerated().suffix(32).reversed() where delivery.id == nil {
            if let result, let other = delivery.result, result.matches(other) { return Int32(place) }
        }
        return nil
    }

    // Evidence of executions, of the inner span or the outer one.

    func callID(_ execution: LayerSpans.Execution) -> String? {
        if let place = place(execution.outer), let id = input.evidence[place].toolCallID { return id }
        return inner(execution).flatMap { input.evidence[$0].toolCallID }
    }

    /// What the tool was given, as its outermost span says it.
    func arguments(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        if let place = place(execution.outer), let digest = input.evidence[place].arguments { return digest }
        return inner(execution).flatMap { input.evidence[$0].arguments }
    }

    /// What the innermost span was given where it says so itself.
    func ownArguments(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        if let place = inner(execution), let digest = input.evidence[place].arguments { return digest }
        return place(execution.outer).flatMap { input.evidence[$0].arguments }
    }

    /// The span that has the result.
    func resultBearer(_ execution: LayerSpans.Execution) -> Int32? {
        [execution.inner, execution.outer].first { place($0).map { input.evidence[$0].result != nil } ?? false }
    }

    func result(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        if let place = place(execution.inner), let digest = input.evidence[place].result { return digest }
        return outerResult(execution)
    }

    func outerResult(_ execution: LayerSpans.Execution) -> PayloadDigest? {
        place(execution.outer).flatMap { input.evidence[$0].result }
    }

    /// The payload of a stage of a call.
    func payload(_ stage: JointStage, of draft: Draft) -> PayloadDigest? {
        let execution = draft.execution < 0 ? nil : layers.executions[Int(draft.execution)]
        let next = draft.deliveryModel < 0 ? -1 : Int(layers.models[Int(draft.deliveryModel)].evidence)
        switch stage {
        case .asked: return draft.ask < 0 ? nil : request(draft.ask).arguments
        case .dispatched: return execution.flatMap { arguments($0) }
        case .ran: return execution.flatMap { ownArguments($0) }
        case .returned: return execution.flatMap { result($0) }
        case .delivered: return next < 0 ? nil : input.evidence[next].deliveredResults[Int(draft.deliveryPlace)].result
        case .answered: return next < 0 ? nil : input.evidence[next].answer
        }
    }

    /// Where the evidence of an inner span stands that is not the outer one too.
    private func inner(_ execution: LayerSpans.Execution) -> Int? {
        execution.inner == execution.outer ? nil : place(execution.inner)
    }

    /// Where the evidence of a span that runs a tool stands; nil where it has none.
    private func place(_ span: Int32) -> Int? {
        let place = Int(input.evidenceIndices[Int(span)])
        return place < 0 || input.evidence[place].tool.isEmpty ? nil : place
    }
}
