/// The members of the groups, read and set as if they stood in the evidence itself; each is read in its place.
extension SpanEvidence {
    @inlinable public var role: String? {
        get { identity.isEmpty ? nil : identity.box[0].role }
        _modify { yield &identity.value.role }
    }
    @inlinable public var parentAgent: String? {
        get { identity.isEmpty ? nil : identity.box[0].parentAgent }
        _modify { yield &identity.value.parentAgent }
    }
    @inlinable public var attempt: Int? {
        get { identity.isEmpty ? nil : identity.box[0].attempt }
        _modify { yield &identity.value.attempt }
    }
    @inlinable public var attemptReason: AttemptReason? {
        get { identity.isEmpty ? nil : identity.box[0].attemptReason }
        _modify { yield &identity.value.attemptReason }
    }
    @inlinable public var handOff: HandOff? {
        get { identity.isEmpty ? nil : identity.box[0].handOff }
        _modify { yield &identity.value.handOff }
    }
    @inlinable public var promptName: String? {
        get { identity.isEmpty ? nil : identity.box[0].promptName }
        _modify { yield &identity.value.promptName }
    }
    @inlinable public var promptVersion: String? {
        get { identity.isEmpty ? nil : identity.box[0].promptVersion }
        _modify { yield &identity.value.promptVersion }
    }
    @inlinable public var input: PayloadDigest? {
        get { identity.isEmpty ? nil : identity.box[0].input }
        _modify { yield &identity.value.input }
    }
    @inlinable public var output: PayloadDigest? {
        get { identity.isEmpty ? nil : identity.box[0].output }
        _modify { yield &identity.value.output }
    }
    @inlinable public var stepNumber: Int64? {
        get { steps.isEmpty ? nil : steps.box[0].stepNumber }
        _modify { yield &steps.value.stepNumber }
    }
    @inlinable public var stepKey: String? {
        get { steps.isEmpty ? nil : steps.box[0].stepKey }
        _modify { yield &steps.value.stepKey }
    }
    @inlinable public var isStep: Bool {
        get { steps.isEmpty ? false : steps.box[0].isStep }
        _modify { yield &steps.value.isStep }
    }
    @inlinable public var phase: Phase? {
        get { steps.isEmpty ? nil : steps.box[0].phase }
        _modify { yield &steps.value.phase }
    }
    @inlinable public var serverPrefillNanos: Int64? {
        get { steps.isEmpty ? nil : steps.box[0].serverPrefillNanos }
        _modify { yield &steps.value.serverPrefillNanos }
    }
    @inlinable public var serverDecodeNanos: Int64? {
        get { steps.isEmpty ? nil : steps.box[0].serverDecodeNanos }
        _modify { yield &steps.value.serverDecodeNanos }
    }
    @inlinable public var queueNanos: Int64? {
        get { steps.isEmpty ? nil : steps.box[0].queueNanos }
        _modify { yield &steps.value.queueNanos }
    }
    @inlinable public var requestedCalls: [ToolCallRequest] {
        get { model.isEmpty ? [] : model.box[0].requestedCalls }
        _modify { yield &model.value.requestedCalls }
    }
    @inlinable public var recalledCalls: [ToolCallRequest] {
        get { model.isEmpty ? [] : model.box[0].recalledCalls }
        _modify { yield &model.value.recalledCalls }
    }
    @inlinable public var deliveredResults: [ToolCallDelivery] {
        get { model.isEmpty ? [] : model.box[0].deliveredResults }
        _modify { yield &model.value.deliveredResults }
    }
    @inlinable public var offeredTools: [String]? {
        get { model.isEmpty ? nil : model.box[0].offeredTools }
        _modify { yield &model.value.offeredTools }
    }
    @inlinable public var answer: PayloadDigest? {
        get { model.isEmpty ? nil : model.box[0].answer }
        _modify { yield &model.value.answer }
    }
    @inlinable public var answerAdmitsGap: Bool {
        get { model.isEmpty ? false : model.box[0].answerAdmitsGap }
        _modify { yield &model.value.answerAdmitsGap }
    }
    @inlinable public var hasMessages: Bool {
        get { model.isEmpty ? false : model.box[0].hasMessages }
        _modify { yield &model.value.hasMessages }
    }
    @inlinable public var promptDigest: UInt64? {
        get { model.isEmpty ? nil : model.box[0].promptDigest }
        _modify { yield &model.value.promptDigest }
    }
    @inlinable public var statedTotalTokens: Int64? {
        get { model.isEmpty ? nil : model.box[0].statedTotalTokens }
        _modify { yield &model.value.statedTotalTokens }
    }
    @inlinable public var responseID: String? {
        get { model.isEmpty ? nil : model.box[0].responseID }
        _modify { yield &model.value.responseID }
    }
    @inlinable public var previousResponseID: String? {
        get { model.isEmpty ? nil : model.box[0].previousResponseID }
        _modify { yield &model.value.previousResponseID }
    }
    @inlinable public var finishReasons: [String] {
        get { model.isEmpty ? [] : model.box[0].finishReasons }
        _modify { yield &model.value.finishReasons }
    }
    @inlinable public var toolCallID: String? {
        get { tool.isEmpty ? nil : tool.box[0].toolCallID }
        _modify { yield &tool.value.toolCallID }
    }
    @inlinable public var arguments: PayloadDigest? {
        get { tool.isEmpty ? nil : tool.box[0].arguments }
        _modify { yield &tool.value.arguments }
    }
    @inlinable public var result: PayloadDigest? {
        get { tool.isEmpty ? nil : tool.box[0].result }
        _modify { yield &tool.value.result }
    }
    @inlinable public var declaredCounts: [DeclaredCount] {
        get { losses.isEmpty ? [] : losses.box[0].declaredCounts }
        _modify { yield &losses.value.declaredCounts }
    }
    @inlinable public var droppedAttributes: Int {
        get { losses.isEmpty ? 0 : losses.box[0].droppedAttributes }
        _modify { yield &losses.value.droppedAttributes }
    }
    @inlinable public var droppedEvents: Int {
        get { losses.isEmpty ? 0 : losses.box[0].droppedEvents }
        _modify { yield &losses.value.droppedEvents }
    }
    @inlinable public var droppedLinks: Int {
        get { losses.isEmpty ? 0 : losses.box[0].droppedLinks }
        _modify { yield &losses.value.droppedLinks }
    }
    @inlinable public var attributeCount: Int {
        get { losses.isEmpty ? 0 : losses.box[0].attributeCount }
        _modify { yield &losses.value.attributeCount }
    }
    @inlinable public var eventCount: Int {
        get { losses.isEmpty ? 0 : losses.box[0].eventCount }
        _modify { yield &losses.value.eventCount }
    }
    @inlinable public var linkCount: Int {
        get { losses.isEmpty ? 0 : losses.box[0].linkCount }
        _modify { yield &losses.value.linkCount }
    }
    @inlinable public var redactedValues: Int {
        get { losses.isEmpty ? 0 : losses.box[0].redactedValues }
        _modify { yield &losses.value.redactedValues }
    }
    @inlinable public var truncatedValues: Int {
        get { losses.isEmpty ? 0 : losses.box[0].truncatedValues }
        _modify { yield &losses.value.truncatedValues }
    }
    @inlinable public var aggregatedInputTokens: Int64? {
        get { losses.isEmpty ? nil : losses.box[0].aggregatedInputTokens }
        _modify { yield &losses.value.aggregatedInputTokens }
    }
    @inlinable public var aggregatedOutputTokens: Int64? {
        get { losses.isEmpty ? nil : losses.box[0].aggregatedOutputTokens }
        _modify { yield &losses.value.aggregatedOutputTokens }
    }
}
