import Testing
import TraceModel

/// What a model call was given beside what the call before was.
@Suite struct MessageContextTests {
    private static func message(_ text: String, _ role: String = "user") -> Message {
        Message(role: role, parts: [.text(text)])
    }

    private static let previous = LocalSpanID(SpanID(9))

    private func compared(_ now: [Message], with before: [Message]) -> MessageContext {
        var content = SpanContent()
        content.inputMessages = now
        var context = MessageContext(content)
        context.compare(now, with: before, of: Self.previous)
        return context
    }

    private let talk = ["a", "b", "c", "d", "e"].map { message($0) }

    @Test func whatStandsBehindTheOldMessagesIsNew() {
        let context = compared(talk, with: Array(talk[..<3]))
        #expect(context.messages == 5 && context.newFrom == 3 && context.dropped == 0)
        #expect(context.previous == Self.previous)
    }

    @Test func aCompactionIsNewFromWhereItStandsAndDropsWhatItTakesThePlaceOf() {
        let compacted = [talk[0], Self.message("summary"), talk[4]]
        let context = compared(compacted, with: talk)
        #expect(context.newFrom == 1 && context.dropped == 3)
    }

    @Test func aWindowThatMovesDropsTheFirstMessages() {
        let context = compared(Array(talk[2...]) + [Self.message("f")], with: talk)
        #expect(context.newFrom == 0 && context.dropped == 2)
    }

    @Test func aMessageSaidTwiceIsLeftOutOnce() {
        let context = compared([talk[0]], with: [talk[0], talk[0], talk[0]])
        #expect(context.newFrom == 1 && context.dropped == 2)
        #expect(compared([talk[1], talk[0]], with: [talk[0], talk[0]]).dropped == 1)
    }

    @Test func equalTextOfAnotherRoleIsAnotherMessage() {
        #expect(compared([Self.message("a", "assistant")], with: [talk[0]]).newFrom == 0)
    }

    @Test func nothingIsSaidOfWhatWasNotRecorded() {
        let context = compared(talk, with: [])
        #expect(context.newFrom == nil && context.dropped == nil && context.previous == Self.previous)
    }

    @Test func sizesAreThoseOfPromptToolsAndTheRest() {
        var content = SpanContent()
        content.inputMessages = [Self.message("be brief", "system"), Self.message("ü")]
        content.inputMessages.append(
            Message(role: "assistant", parts: [.toolCall(id: "c", name: "wx", arguments: "{}")]))
        content.toolDefinitions = ["{}", "[]"]
        let context = MessageContext(content)
        #expect(context.systemBytes == 8 && context.historyBytes == 6 && context.toolsBytes == 4)
        #expect(context.newFrom == nil && context.previous == nil)
    }
}
