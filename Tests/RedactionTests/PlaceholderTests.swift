import Testing
import TraceModel

@Suite struct PlaceholderTests {
    @Test func placeholdersAreFoundAndNothingElse() {
        let text = "a [STRIPE_KEY#0123abcd] b [X1#ffffffff][EMAIL#00000000]"
        let found = RedactionPlaceholder.all(in: text)
        #expect(found.map(\.placeholder.label) == ["STRIPE_KEY", "X1", "EMAIL"])
        #expect(found.map(\.placeholder.text).joined() == "[STRIPE_KEY#0123abcd][X1#ffffffff][EMAIL#00000000]")
        let lookalikes = [
            "[STRIPE_KEY#0123abc]", "[stripe#0123abcd]", "[1X#0123abcd]", "[X#0123ABCD]", "[X#0123abcd", "[#0123abcd]",
        ]
        for text in lookalikes { #expect(RedactionPlaceholder.all(in: text).isEmpty, "\(text)") }
    }
}
