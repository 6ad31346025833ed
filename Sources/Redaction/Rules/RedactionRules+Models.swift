extension RedactionRules {
    /// Keys of providers of models, and of tools around models.
    static let models: [RedactionRule] = [
        RedactionRule(
            "ANTHROPIC_KEY", .secret, "Anthropic API key", literals: ["sk-ant-"],
            pattern: "sk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{24,}", boundary: .word),
        RedactionRule(
            "OPENROUTER_KEY", .secret, "OpenRouter API key", literals: ["sk-or-"],
            pattern: "sk-or-(?:v1-)?[A-Za-z0-9]{32,}", boundary: .key),
        RedactionRule(
            "LANGFUSE_KEY", .secret, "Langfuse key", literals: ["sk-lf-", "pk-lf-"],
            pattern: "[sp]k-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", boundary: .key),
        RedactionRule(
            "OPENAI_KEY", .secret, "OpenAI API key, also of compatible servers", literals: ["sk-"],
            pattern: "sk-(?:proj-|svcacct-|admin-|None-)[A-Za-z0-9_-]{20,}", boundary: .word, check: .entropy(3.5)),
        RedactionRule(
            "OPENAI_KEY", .secret, "OpenAI API key, also of compatible servers", literals: ["sk-"],
            pattern: "sk-[A-Za-z0-9]{20,}", boundary: .key, check: .entropy(3.2)),
        RedactionRule(
            "HUGGING_FACE_TOKEN", .secret, "Hugging Face token", literals: ["hf_", "api_org_"],
            pattern: "(?:hf_|api_org_)[A-Za-z0-9]{30,}", boundary: .word, check: .entropy(3.2)),
        RedactionRule(
            "GROQ_KEY", .secret, "Groq API key", literals: ["gsk_"], pattern: "gsk_[A-Za-z0-9]{40,}",
            boundary: .word),
        RedactionRule(
            "REPLICATE_TOKEN", .secret, "Replicate API token", literals: ["r8_"], pattern: "r8_[A-Za-z0-9]{35,42}",
            boundary: .word),
        RedactionRule(
            "PERPLEXITY_KEY", .secret, "Perplexity API key", literals: ["pplx-"], pattern: "pplx-[A-Za-z0-9]{40,}",
            boundary: .word),
        RedactionRule(
            "XAI_KEY", .secret, "xAI API key", literals: ["xai-"], pattern: "xai-[A-Za-z0-9]{60,}", boundary: .word),
        RedactionRule(
            "COHERE_KEY", .secret, "Cohere API key, known by the name beside it",
            literals: ["cohere", "co_api_key"], ignoresCase: true,
            prefix: "(?:cohere[ _.-]?(?:api)?[ _-]?(?:key|token)|co_api_key)\(RulePart.separator)",
            pattern: "[A-Za-z0-9]{40}", boundary: .wordEnd, check: .keyValue),
        RedactionRule(
            "MISTRAL_KEY", .secret, "Mistral API key, known by the name beside it", literals: ["mistral"],
            ignoresCase: true, prefix: "mistral(?:ai)?[ _.-]?(?:api)?[ _-]?(?:key|token)\(RulePart.separator)",
            pattern: "[A-Za-z0-9]{32}", boundary: .wordEnd, check: .keyValue),
        RedactionRule(
            "LANGSMITH_KEY", .secret, "LangSmith API key", literals: ["lsv2_"],
            pattern: "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}", boundary: .word),
    ]
}
