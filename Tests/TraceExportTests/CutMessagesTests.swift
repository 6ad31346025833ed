import Testing

@testable import TraceExport

@Suite struct CutMessagesTests {
    @Test(arguments: [
        #"[{"role": "user", "parts": [{"type": "text", "content": "Where is parcel 4711? xxx"#,
        #"[{"role": "user", "content": "Where is"...[truncated]"#, #"{"messages": [{"role": "system""#,
        #"  [ {"type": "text", "text": "abc"#, #"[[{"role":"user""#, #"[{"ro"#, "[{",
        "[{'role': 'user', 'content': 'Where",
    ])
    func listsThatWereCut(text: String) {
        #expect(CutMessages.isCut(text))
    }

    @Test(arguments: [
        "", "hello", "[1, 2, 3", "[link](there", "{name} is missing", #"[{"role": "user", "content": "whole"}]"#,
        #"{"city": "Halle", "temp"#, "[{'role': 'user', 'content': 'whole'}]", "[INST] hello",
    ])
    func whatSomebodySaid(text: String) {
        #expect(!CutMessages.isCut(text))
    }
}
