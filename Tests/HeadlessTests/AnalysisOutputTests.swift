import Headless
import Testing
import TraceQuery

@Suite struct AnalysisOutputTests {
    private func written(_ form: AnalysisForm, _ format: OutputFormat) async throws -> String {
        try await form.written(by: AnalysisFixture.backend, format)
    }

    @Test func agentsStandAsATree() async throws {
        #expect(
            try await written(.agents, .table) == """
                agent                      came     state      duration  models              calls  tools  errors     \
                in  out  span
                lead#1                     root     ok            9.00s  –                       0      0       0      \
                –    –  00000000000000a1
                  worker#1                 invoked  cancelled         –  –                       0      0       0      \
                –    –  00000000000000b1
                  ~worker#1 ·try 2←critic  retried  ok                –  gpt-4.1-2025-04-14      2      1       0  \
                1.21k    –  00000000000000b2
                5 of 6 spans (83%) have a declared identity

                """)
    }

    @Test func anAgentCarriesItsEvidence() async throws {
        #expect(
            try await written(.agents, .ndjson) == """
                {"agent":"lead#1","name":"lead","role":null,"source":"declared","instance":1,"declared_instance":null,\
                "attempt":1,"attempt_reason":null,"attempt_certainty":null,"attempt_evidence":[],"run":1,\
                "parent_run":null,"parent_agent":null,"relation":"root","first_attempt_run":1,"depth":0,\
                "trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000a1","triggering_span_id":null,\
                "prompt_name":null,"prompt_version":null,"prompt_hash":null,"models_requested":[],"models_resolved":[],\
                "state":"ok","start_unix_nano":1795000000000000000,"end_unix_nano":1795000009000000000,\
                "duration_ns":9000000000,"span_count":1,"model_calls":0,"tool_calls":0,"error_count":0,\
                "tokens_input":null,"tokens_output":null,"model_calls_with_tokens":0}
                {"agent":"worker#1","name":"worker","role":null,"source":"declared","instance":1,\
                "declared_instance":null,"attempt":1,"attempt_reason":null,"attempt_certainty":null,\
                "attempt_evidence":[],"run":2,"parent_run":1,"parent_agent":"lead#1","relation":"invoked",\
                "first_attempt_run":2,"depth":1,"trace_id":"7f3a0000000000010000000000000002",\
                "span_id":"00000000000000b1","triggering_span_id":null,"prompt_name":null,"prompt_version":null,\
                "prompt_hash":null,"models_requested":[],"models_resolved":[],"state":"cancelled",\
                "start_unix_nano":null,"end_unix_nano":null,"duration_ns":null,"span_count":0,"model_calls":0,\
                "tool_calls":0,"error_count":0,"tokens_input":null,"tokens_output":null,"model_calls_with_tokens":0}
                {"agent":"worker#1 ·try 2←critic","name":"worker","role":"writer","source":"inferred","instance":1,\
                "declared_instance":null,"attempt":2,"attempt_reason":"critic","attempt_certainty":"proven",\
                "attempt_evidence":[{"span_id":"00000000000000c1","label":"verdict","value":"\\u001b[31mno"}],"run":3,\
                "parent_run":1,"parent_agent":"lead#1","relation":"retried","first_attempt_run":2,"depth":1,\
                "trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000b2",\
                "triggering_span_id":"00000000000000c1","prompt_name":null,"prompt_version":null,\
                "prompt_hash":"000000000000feed","models_requested":["gpt-4.1"],\
                "models_resolved":["gpt-4.1-2025-04-14"],"state":"ok","start_unix_nano":1795000004000000000,\
                "end_unix_nano":null,"duration_ns":null,"span_count":4,"model_calls":2,"tool_calls":1,"error_count":0,\
                "tokens_input":1210,"tokens_output":null,"model_calls_with_tokens":1}

                """)
    }

    @Test func aStepShowsWhatIsUnknownAndWhatIsBounded() async throws {
        #expect(
            try await written(.steps, .table) == """
                step  agent                    duration  input  retrieval  prefill  decode  model          tools  \
                results  glue  human  unattr.  most            declared  span
                   1  ~worker#1 ·try 2←critic     3.00s      –          –   ≤800ms   400ms      –  1.50s (2.90s)       \
                 –     0      –    300ms  tool_execution         7  00000000000000d1
                   2  –                               0      –          –        –       –      –              –       \
                 –     –      –        –  –                      –  00000000000000d2

                """)
    }

    @Test func unknownPartsOfAStepAreNull() async throws {
        #expect(
            try await written(.steps, .ndjson) == """
                {"step":1,"agent":"worker#1 ·try 2←critic","start_unix_nano":1795000000000000000,\
                "duration_ns":3000000000,"input_assembly_ns":null,"retrieval_ns":null,"prefill_ns":800000000,\
                "decode_ns":400000000,"model_unsplit_ns":null,"tool_execution_ns":1500000000,"result_handling_ns":null,\
                "orchestration_ns":0,"human_wait_ns":null,"unattributed_ns":300000000,"quality":{"input_assembly":"unknown",\
                "retrieval":"unknown","prefill":"bounded","decode":"measured","model_unsplit":"unknown",\
                "tool_execution":"measured","result_handling":"unknown","orchestration":"measured",\
                "human_wait":"unknown","unattributed":"measured"},"work":{"input_assembly":null,"retrieval":null,"prefill":800000000,\
                "decode":400000000,"model_unsplit":null,"tool_execution":2900000000,"result_handling":null,\
                "orchestration":0,"human_wait":null,"unattributed":300000000},"dominant":"tool_execution","step_in_run":1,\
                "declared_step":7,"is_declared":true,"trace_id":"7f3a0000000000010000000000000002",\
                "span_id":"00000000000000d1","span_count":3,"error":false}
                {"step":2,"agent":null,"start_unix_nano":1795000003000000000,"duration_ns":0,"input_assembly_ns":null,\
                "retrieval_ns":null,"prefill_ns":null,"decode_ns":null,"model_unsplit_ns":null,\
                "tool_execution_ns":null,"result_handling_ns":null,"orchestration_ns":null,"human_wait_ns":null,\
                "unattributed_ns":null,\
                "quality":{"input_assembly":"unknown","retrieval":"unknown","prefill":"unknown","decode":"unknown",\
                "model_unsplit":"unknown","tool_execution":"unknown","result_handling":"unknown",\
                "orchestration":"unknown","human_wait":"unknown","unattributed":"unknown"},"work":{"input_assembly":null,"retrieval":null,\
                "prefill":null,"decode":null,"model_unsplit":null,"tool_execution":null,"result_handling":null,\
                "orchestration":null,"human_wait":null,"unattributed":null},"dominant":null,"step_in_run":2,"declared_step":null,\
                "is_declared":false,"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000d2",\
                "span_count":0,"error":true}

                """)
    }

    @Test func percentilesSayThatTheyDoNotAddUp() async throws {
        #expect(
            try await written(.phases, .table) == """
                phase       n     p50     p95     p99
                prefill    38  ≤800ms  ≤2.10s  ≤2.20s
                retrieval   0       –       –       –
                step       40   3.00s   28.0s   31.0s
                40 steps of 2 traces; the p95s of the parts do not add up to the p95 of the step

                """)
    }

    @Test func percentilesOfNothingAreNull() async throws {
        #expect(
            try await written(.phases, .ndjson) == """
                {"phase":"prefill","n":38,"p50_ns":800000000,"p95_ns":2100000000,"p99_ns":2200000000,"bounded":true}
                {"phase":"retrieval","n":0,"p50_ns":null,"p95_ns":null,"p99_ns":null,"bounded":false}
                {"phase":"step","n":40,"p50_ns":3000000000,"p95_ns":28000000000,"p99_ns":31000000000,"bounded":false}

                """)
    }

    @Test func aCallShowsWhatEachHopDid() async throws {
        #expect(
            try await written(.joints, .table) == """
                joint  tool         agent                    asked  dispatched  ran           returned      delivered  \
                answered      call
                    1  track_order  ~worker#1 ·try 2←critic  16B    –           +1.00s = 16B  +2.00s empty  ≈ empty    \
                +5.00s ≠ 90B  call_9
                    2  –            –                        ?      –           –             –             –          \
                –             –
                + time since the stage before; = same, ≈ same in other words, ✂ cut, ≠ different, ∅ absent, ? not \
                recorded
                warning (proven) joint.empty_result: track_order gave {"result": null} under OK␛[2J

                """)
    }

    @Test func hopsAreObjects() async throws {
        #expect(
            try await written(.joints, .ndjson) == """
                {"joint":1,"agent":"worker#1 ·try 2←critic","call_id":"call_9","tool":"track_order",\
                "joined_by_id":true,"trace_id":"7f3a0000000000010000000000000002","hops":[{"stage":"asked",\
                "span_id":"00000000000000d1","time_unix_nano":1795000001000000000,"wait_ns":null,"comparison":"first",\
                "content":"value","bytes":16,"says_truncated":false,"preview":"{\\"order\\":\\"7731\\"}"},\
                {"stage":"ran","span_id":"00000000000000e1","time_unix_nano":1795000002000000000,"wait_ns":1000000000,\
                "comparison":"equal","content":"value","bytes":16,"says_truncated":false,\
                "preview":"{\\"order\\":\\"7731\\"}"},{"stage":"returned","span_id":"00000000000000e1",\
                "time_unix_nano":1795000004000000000,"wait_ns":2000000000,"comparison":"first","content":"empty",\
                "bytes":16,"says_truncated":false,"preview":"{\\"result\\": null}"},{"stage":"delivered",\
                "span_id":"00000000000000d2","time_unix_nano":null,"wait_ns":null,"comparison":"equivalent",\
                "content":"empty","bytes":16,"says_truncated":false,"preview":"{\\"result\\": null}"},\
                {"stage":"answered","span_id":"00000000000000d2","time_unix_nano":1795000009000000000,\
                "wait_ns":5000000000,"comparison":"different","content":"value","bytes":90,"says_truncated":false,\
                "preview":"Thursday \\u001b]0;x\\u0007\\u202e\\nsoon"}]}
                {"joint":2,"agent":null,"call_id":null,"tool":null,"joined_by_id":false,\
                "trace_id":"7f3a0000000000010000000000000002","hops":[{"stage":"asked","span_id":"00000000000000d2",\
                "time_unix_nano":1795000008000000000,"wait_ns":null,"comparison":"first","content":null,"bytes":null,\
                "says_truncated":null,"preview":null}]}

                """)
    }

    @Test func theLedgerBeginsWithItsSentence() async throws {
        #expect(
            try await written(.ledger, .table) == """
                8 of at least 47 calls recorded; 39 missing
                missing  expected  recorded  what               certainty  message                                  \
                span
                    ≥39        47         8  declared_children  proven     lead says 47 tool calls; 8 are recorded  \
                00000000
                                             parent_cycle       inferred   a ⟨U+202E⟩circle␊of parents              –

                """)
    }

    @Test func theLedgerIsOneObject() async throws {
        #expect(
            try await written(.ledger, .ndjson) == """
                {"trace_id":"7f3a0000000000010000000000000002","expected_at_least":47,"recorded":8,"missing":39,\
                "items":[{"kind":"declared_children","expected":47,"recorded":8,"missing":39,"is_lower_bound":true,\
                "counts_calls":true,"certainty":"proven","message":"lead says 47 tool calls; 8 are recorded",\
                "span_id":"00000000000000a1","evidence":[{"span_id":"00000000000000a1",\
                "label":"agent.children.expected","value":"47"}]},{"kind":"parent_cycle","expected":null,\
                "recorded":null,"missing":0,"is_lower_bound":false,"counts_calls":false,"certainty":"inferred",\
                "message":"a \\u202ecircle\\nof parents","span_id":null,"evidence":[]}]}

                """)
    }

    @Test func findingsShowTheirEvidence() async throws {
        #expect(
            try await written(.findings, .table) == """
                severity  certainty  rule                  message                                         evidence    \
                               trace/span
                hint      proven     latency.unattributed  30% is unattributed                             –           \
                               7f3a0000
                warning   proven     joint.empty_result    track_order gave {"result": null} under OK␛[2J  result: \
                {"result":␊ null}  7f3a0000/00000000

                """)
    }

    @Test func findingsByRuleTellTheNewestTrace() async throws {
        #expect(
            try await written(.findingRules, .table) == """
                severity  rule                  traces  findings  newest                   trace
                warning   joint.empty_result         3        12  2026-11-23 02:11:41.000  7f3a0000
                hint      latency.unattributed       1         1  –                        7f3a0000

                """)
        #expect(
            try await written(.findingRules, .csv) == """
                rule,severity,traces,findings,newest_trace_id,newest_start_unix_nano
                joint.empty_result,warning,3,12,7f3a0000000000010000000000000002,1795399901000000000
                latency.unattributed,hint,1,1,7f3a0000000000010000000000000002,

                """)
    }

    @Test func findingsAreOneObjectALine() async throws {
        #expect(
            try await written(.findings, .ndjson) == """
                {"trace_id":"7f3a0000000000010000000000000002","span_id":null,"rule":"latency.unattributed",\
                "severity":"hint","certainty":"proven","message":"30% is unattributed","evidence":[]}
                {"trace_id":"7f3a0000000000010000000000000002","span_id":"00000000000000e1",\
                "rule":"joint.empty_result","severity":"warning","certainty":"proven","message":"track_order gave \
                {\\"result\\": null} under OK\\u001b[2J","evidence":[{"span_id":"00000000000000e1","label":"result",\
                "value":"{\\"result\\":\\n null}"}]}

                """)
    }

    @Test func aliasesShowFlipsAndWhatIsUnproven() async throws {
        #expect(
            try await written(.models, .table) == """
                requested  resolved            flip  calls  first                    last                     first \
                trace
                gpt-4.1    gpt-4.1-2025-04-14           12  2026-11-18 11:06:40.000  2026-11-18 12:06:40.000  7f3a0000
                gpt-4.1    gpt-4.1-2026-01-20  flip     12  2026-11-18 12:08:20.000  –                        7f3a0000
                local␛c    unproven                      1  –                        –                        7f3a0000

                """)
    }

    @Test func aliasesAreObjects() async throws {
        #expect(
            try await written(.models, .ndjson) == """
                {"requested":"gpt-4.1","resolved":"gpt-4.1-2025-04-14","calls":12,\
                "first_unix_nano":1795000000000000000,"last_unix_nano":1795003600000000000,\
                "first_trace_id":"7f3a0000000000010000000000000002","flip":false}
                {"requested":"gpt-4.1","resolved":"gpt-4.1-2026-01-20","calls":12,\
                "first_unix_nano":1795003700000000000,"last_unix_nano":null,"first_trace_id":"7f3a000000000001000000000\
                0000002","flip":true}
                {"requested":"local\\u001bc","resolved":null,"calls":1,"first_unix_nano":null,"last_unix_nano":null,\
                "first_trace_id":"7f3a0000000000010000000000000002","flip":false}

                """)
    }

    @Test func cardinalityMarksLowerBounds() async throws {
        #expect(
            try await written(.attributes, .table) == """
                values  spans  attribute   example
                 ≥8000   9000  request.id  r␊1
                     2   9000  env         –

                """)
    }

    @Test func cardinalityIsAnObject() async throws {
        #expect(
            try await written(.attributes, .ndjson) == """
                {"key":"request.id","spans":9000,"distinct_values":8000,"is_lower_bound":true,"example":"r\\n1"}
                {"key":"env","spans":9000,"distinct_values":2,"is_lower_bound":false,"example":null}

                """)
    }
}
