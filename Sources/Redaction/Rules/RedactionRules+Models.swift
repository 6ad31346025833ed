extension RedactionRules {
    /// Keys of providers of models, and of tools around models.
    static let models: [RedactionRule] = [
        .secret("ANTHROPIC_KEY", "Anthropic API key", ["sk-ant-"], "sk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{24,}"),
        .secret("OPENROUTER_KEY", "OpenRouter API key", ["sk-or-"], "sk-or-(?:v1-)?[A-Za-z0-9]{32,}", boundary: .key),
        .secret(
            "LANGFUSE_KEY", "Langfuse key", ["sk-lf-", "pk-lf-"],
            "[sp]k-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", boundary: .key),
        .secret(
            "OPENAI_KEY", "OpenAI API key, also of compatible servers", ["sk-"],
            "sk-(?:proj-|svcacct-|admin-|None-)[A-Za-z0-9_-]{20,}", check: .entropy(3.5)),
        .secret(
            "OPENAI_KEY", "OpenAI API key, also of compatible servers", ["sk-"], "sk-[A-Za-z0-9]{20,}", boundary: .key,
            check: .entropy(3.2)),
        .secret(
            "HUGGING_FACE_TOKEN", "Hugging Face token", ["hf_", "api_org_"], "(?:hf_|api_org_)[A-Za-z0-9]{30,}",
            check: .entropy(3.2)),
        .secret("GROQ_KEY", "Groq API key", ["gsk_"], "gsk_[A-Za-z0-9]{40,}"),
        .secret("REPLICATE_TOKEN", "Replicate API token", ["r8_"], "r8_[A-Za-z0-9]{35,42}"),
        .secret("PERPLEXITY_KEY", "Perplexity API key", ["pplx-"], "pplx-[A-Za-z0-9]{40,}"),
        .secret("XAI_KEY", "xAI API key", ["xai-"], "xai-[A-Za-z0-9]{60,}"),
        .secret(
            "COHERE_KEY", "Cohere API key, known by the name beside it", ["cohere", "co_api_key"], ignoresCase: true,
            prefix: "(?:cohere[ _.-]?(?:api)?[ _-]?(?:key|token)|co_api_key)\(RulePart.separator)", "[A-Za-z0-9]{40}",
            boundary: .wordEnd, check: .keyValue),
        .secret(
            "MISTRAL_KEY", "Mistral API key, known by the name beside it", ["mistral"], ignoresCase: true,
            prefix: "mistral(?:ai)?[ _.-]?(?:api)?[ _-]?(?:key|token)\(RulePart.separator)", "[A-Za-z0-9]{32}",
            boundary: .wordEnd, check: .keyValue),
        .secret("LANGSMITH_KEY", "LangSmith API key", ["lsv2_"], "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
    ]
}
