import Testing

@testable import TraceQuery

@Suite struct FilterCompletionTests {
    private func complete(_ text: String) -> FilterCompletion {
        FilterCompletion(text: text, position: text.count)
    }

    @Test func fieldsThenValues() {
        let start = complete("kind:llm st")
        #expect(
            start.candidates == ["status:", "step>", "stream:"] && start.range == 9..<11 && start.valueField == nil)
        let words = complete("kind:re")
        #expect(words.candidates == ["retrieval", "reranker"] && words.range == 5..<7)
        let values = complete("(-model:gpt")
        #expect(values.valueField == "model" && values.prefix == "gpt" && values.range == 8..<11)
        #expect(complete("dur").candidates == ["duration>"])
        #expect(complete("").candidates.count > 20)
    }

    @Test func quotedValuesAndKeys() {
        let quoted = complete("agent:\"my ag")
        #expect(quoted.valueField == "agent" && quoted.prefix == "my ag" && quoted.range == 6..<12)
        let keys = complete("attr.http.")
        #expect(keys.valueField == "attr." && keys.prefix == "http." && keys.range == 5..<10)
        let value = complete("attr.http.method=G")
        #expect(value.valueField == "attr.http.method" && value.prefix == "G")
        #expect(complete("tokens>1").valueField == nil)
        #expect(FilterCompletion.quoted("two words") == "\"two words\"")
    }

    @Test func theMiddleOfALine() {
        let completion = FilterCompletion(text: "kind:to status:ok", position: 7)
        #expect(completion.candidates == ["tool"] && completion.range == 5..<7)
    }
}
