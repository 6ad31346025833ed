extension SchemaDocumentation {
    static let sourceTables = [
        SchemaDocumentation(
            "span_source",
            "The sources of spans that several records tell of; a span without a row has one source, its own.",
            [
                Column("span", "Key of the span."),
                Column("digest", "64-bit digest of resource and scope."),
                Column(
                    "keys",
                    "64-bit digest of the attribute keys of a finished record; 0 where it was unfinished. Records that "
                        + "differ in them alone came through different pipelines."),
                Column("resource", "Resource of the record, an id of `resource`."),
                Column("scope", "Instrumentation scope of the record, an id of `scope`."),
            ]),
        SchemaDocumentation(
            "trace_usage",
            "Tokens of each trace by model and provider, over model calls that hold no other model call.",
            [
                Column("trace", "Key of the trace."),
                Column("model", "Model that answered, else the one asked for, an id of `name`; 0 where unknown."),
                Column("provider", "Provider of the model, an id of `name`; 0 where unknown."),
                Column("calls", "Number of the calls."),
                Column("calls_with_tokens", "Number of those that state their usage."),
                Column(
                    "calls_without_cache",
                    "Number of those whose source states its input without what came from a cache."),
                Column("input", "Input tokens, those from a cache included; null where no call states them."),
                Column("input_stated", "Input tokens as the sources state them; null where none does."),
                Column("output", "Output tokens; null where no call states them."),
                Column("cache_read", "Input tokens read from a cache; null where no call states them."),
                Column("cache_write", "Input tokens written to a cache; null where no call states them."),
                Column("reasoning", "Output tokens spent on reasoning; null where no call states them."),
            ]),
    ]

    /// The columns that tell where a span and its figures come from.
    static let sourceColumns = [
        Column("provider", "Who provided the model, an id of `name`."),
        Column(
            "tokens_input_stated",
            "Input tokens as the source states them, where it leaves out those from a cache; null where it includes them."
        ),
        Column("sources", "Through how many sources records of the span came; null for one."),
    ]
}
