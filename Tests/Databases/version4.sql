PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO name VALUES(1,'structure.duplicate_span_id');
INSERT INTO name VALUES(2,'structure.self_parent');
INSERT INTO name VALUES(3,'structure.parent_cycle');
INSERT INTO name VALUES(4,'structure.missing_parent');
INSERT INTO name VALUES(5,'shop');
INSERT INTO name VALUES(6,'invoke_agent helper');
INSERT INTO name VALUES(7,'helper');
INSERT INTO name VALUES(8,'chat m-1');
INSERT INTO name VALUES(9,'m-1');
INSERT INTO name VALUES(10,'execute_tool look_up');
INSERT INTO name VALUES(11,'look_up');
INSERT INTO name VALUES(12,'TimeoutError');
INSERT INTO name VALUES(13,'identity.alias_flip');
CREATE TABLE resource (
    id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, service INTEGER, attributes TEXT NOT NULL,
    dropped_attributes INTEGER NOT NULL, schema_url TEXT NOT NULL);
INSERT INTO resource VALUES(1,2951762758640025639,5,'{"service.name":"shop"}',0,'');
CREATE TABLE scope (
    id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT NOT NULL,
    attributes TEXT NOT NULL, dropped_attributes INTEGER NOT NULL, schema_url TEXT NOT NULL);
INSERT INTO scope VALUES(1,1754494319051864358,'fixture','','{}',0,'');
CREATE TABLE shape (id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, keys TEXT NOT NULL);
INSERT INTO shape VALUES(1,258687724632791875,'["gen_ai.agent.name","gen_ai.operation.name"]');
INSERT INTO shape VALUES(2,3133919454978084011,'["gen_ai.operation.name","gen_ai.request.model"]');
INSERT INTO shape VALUES(3,-1186487371775028111,'["gen_ai.operation.name","gen_ai.output.messages","gen_ai.provider.name","gen_ai.request.model","gen_ai.usage.cache_read.input_tokens","gen_ai.usage.input_tokens","gen_ai.usage.output_tokens"]');
INSERT INTO shape VALUES(4,-1691485839678897161,'["gen_ai.operation.name","gen_ai.tool.call.arguments","gen_ai.tool.call.id","gen_ai.tool.name"]');
CREATE TABLE shape_key (key TEXT NOT NULL, shape INTEGER NOT NULL, PRIMARY KEY (key, shape)) WITHOUT ROWID;
INSERT INTO shape_key VALUES('gen_ai.agent.name',1);
INSERT INTO shape_key VALUES('gen_ai.operation.name',1);
INSERT INTO shape_key VALUES('gen_ai.operation.name',2);
INSERT INTO shape_key VALUES('gen_ai.operation.name',3);
INSERT INTO shape_key VALUES('gen_ai.operation.name',4);
INSERT INTO shape_key VALUES('gen_ai.output.messages',3);
INSERT INTO shape_key VALUES('gen_ai.provider.name',3);
INSERT INTO shape_key VALUES('gen_ai.request.model',2);
INSERT INTO shape_key VALUES('gen_ai.request.model',3);
INSERT INTO shape_key VALUES('gen_ai.tool.call.arguments',4);
INSERT INTO shape_key VALUES('gen_ai.tool.call.id',4);
INSERT INTO shape_key VALUES('gen_ai.tool.name',4);
INSERT INTO shape_key VALUES('gen_ai.usage.cache_read.input_tokens',3);
INSERT INTO shape_key VALUES('gen_ai.usage.input_tokens',3);
INSERT INTO shape_key VALUES('gen_ai.usage.output_tokens',3);
CREATE TABLE trace (
    key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, start_ns INTEGER, end_ns INTEGER,
    duration_ns INTEGER, span_count INTEGER NOT NULL, error_count INTEGER NOT NULL,
    services TEXT NOT NULL, agents TEXT NOT NULL, models TEXT NOT NULL,
    tokens_input INTEGER, tokens_output INTEGER, tokens_total INTEGER,
    model_calls INTEGER NOT NULL, model_calls_with_tokens INTEGER NOT NULL, session TEXT,
    findings TEXT NOT NULL, longest_span_ns INTEGER, most_span_tokens INTEGER,
    next_number INTEGER NOT NULL, dirty INTEGER NOT NULL);
INSERT INTO trace VALUES(1,X'000000000000000000000000000000a1','invoke_agent helper',1795500000000000000,1795500001000000000,1000000000,4,1,'["shop"]','["helper"]','["m-1"]',4,60,64,2,1,NULL,'["structure.duplicate_span_id"]',1000000000,64,4,0);
CREATE TABLE span (
    key INTEGER PRIMARY KEY, packed BLOB NOT NULL, trace INTEGER NOT NULL, id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    parent INTEGER, name INTEGER NOT NULL, service INTEGER, kind INTEGER NOT NULL, status INTEGER NOT NULL,
    is_error INTEGER NOT NULL, is_cancelled INTEGER NOT NULL, marks INTEGER NOT NULL,
    start_ns INTEGER, end_ns INTEGER, agent_source INTEGER NOT NULL, agent INTEGER, agent_instance INTEGER,
    model_requested INTEGER, model_resolved INTEGER, tool INTEGER, error_type INTEGER,
    first_chunk_ns INTEGER, tokens_input INTEGER, tokens_output INTEGER,
    tokens_cache_read INTEGER, tokens_cache_write INTEGER, tokens_reasoning INTEGER,
    session INTEGER, otel_kind INTEGER NOT NULL, resource INTEGER NOT NULL, scope INTEGER NOT NULL,
    shape INTEGER, digest INTEGER NOT NULL, agent_run INTEGER, attempt INTEGER, attempt_reason INTEGER, step INTEGER, clock INTEGER);
INSERT INTO span VALUES(268435456,X'0100000000000000000000000000000000c036aebce5ea18008ad1e9bce5ea1800000000000000000000000000000000000000000000000006000000050000000700000000000000000000000000000000000000000000000000000001000118010000000000000000000000',1,1,0,NULL,6,5,1,0,0,0,0,1795500000000000000,1795500001000000000,1,7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,1,1,-1548068967379658260,1,1,NULL,NULL,0);
INSERT INTO span VALUES(268435457,X'020000000000000001000000000000008056cfaebce5ea1800000000000000000000000000000000000000000000000000000000000000000800000005000000070000000000000009000000000000000000000000000000820000000200020c010000000100000000000000',1,2,0,1,8,5,2,0,0,0,130,1795500000010000000,NULL,2,7,NULL,9,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,3,1,1,2,3047394010412625880,1,1,NULL,1,0);
INSERT INTO span VALUES(268435458,X'020000000000000001000000000000008056cfaebce5ea1800a9dbe3bce5ea18000000000000000004000000000000003c00000000000000080000000500000007000000000000000900000000000000000000000000000002000000020002dc010000000200000000000000',1,2,1,1,8,5,2,0,0,0,2,1795500000010000000,1795500000900000000,2,7,NULL,9,NULL,NULL,NULL,NULL,4,60,1500,NULL,NULL,NULL,3,1,1,3,-2899428740586350917,1,1,NULL,2,0);
INSERT INTO span VALUES(268435459,X'03000000000000000100000000000000803f74e4bce5ea188099d6e6bce5ea180000000000000000000000000000000000000000000000000a00000005000000070000000000000000000000000000000b0000000c000000000000000302021d010000000200000000000000',1,3,0,1,10,5,3,2,1,0,0,1795500000910000000,1795500000950000000,2,7,NULL,NULL,NULL,11,12,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,1,4,-5754536134138618721,1,1,NULL,2,0);
CREATE TABLE span_payload (
    key INTEGER PRIMARY KEY, attributes TEXT NOT NULL, events TEXT, links TEXT, status_message TEXT,
    trace_state TEXT, flags INTEGER, dropped_attributes INTEGER, dropped_events INTEGER, dropped_links INTEGER);
INSERT INTO span_payload VALUES(268435456,'{"gen_ai.operation.name":"invoke_agent","gen_ai.agent.name":"helper"}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO span_payload VALUES(268435457,'{"gen_ai.operation.name":"chat","gen_ai.request.model":"m-1"}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO span_payload VALUES(268435458,'{"gen_ai.operation.name":"chat","gen_ai.provider.name":"acme","gen_ai.request.model":"m-1","gen_ai.usage.input_tokens":4,"gen_ai.usage.output_tokens":60,"gen_ai.usage.cache_read.input_tokens":1500,"gen_ai.output.messages":"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"call_1\",\"name\":\"look_up\",\"arguments\":{\"city\":\"Oslo\"}}],\"finish_reason\":\"tool_calls\"}]"}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO span_payload VALUES(268435459,'{"gen_ai.operation.name":"execute_tool","gen_ai.tool.name":"look_up","gen_ai.tool.call.id":"call_1","gen_ai.tool.call.arguments":"{\"city\":\"Oslo\"}"}','[{"name":"exception","time_unix_nano":1795500000940000000,"attributes":{"exception.type":"TimeoutError"}}]',NULL,'too slow',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE log_record (
    id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL, span_id INTEGER NOT NULL, digest INTEGER NOT NULL,
    text_key INTEGER, time_ns INTEGER, event TEXT NOT NULL, resource INTEGER NOT NULL, scope INTEGER NOT NULL, redaction TEXT);
CREATE TABLE facet_field (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO facet_field VALUES(1,'service');
INSERT INTO facet_field VALUES(2,'agent');
INSERT INTO facet_field VALUES(3,'model');
INSERT INTO facet_field VALUES(4,'model.requested');
INSERT INTO facet_field VALUES(5,'tool');
INSERT INTO facet_field VALUES(6,'kind');
INSERT INTO facet_field VALUES(7,'status');
INSERT INTO facet_field VALUES(8,'name');
INSERT INTO facet_field VALUES(9,'session');
INSERT INTO facet_field VALUES(10,'error');
INSERT INTO facet_field VALUES(11,'scope');
INSERT INTO facet_field VALUES(12,'resource');
INSERT INTO facet_field VALUES(13,'shape');
INSERT INTO facet_field VALUES(14,'mark');
INSERT INTO facet_field VALUES(15,'model.resolved');
INSERT INTO facet_field VALUES(16,'finding');
INSERT INTO facet_field VALUES(17,'severity');
INSERT INTO facet_field VALUES(18,'certainty');
INSERT INTO facet_field VALUES(19,'stream');
CREATE TABLE facet (
    trace INTEGER NOT NULL, field INTEGER NOT NULL, value INTEGER NOT NULL, spans INTEGER NOT NULL,
    PRIMARY KEY (trace, field, value)) WITHOUT ROWID;
INSERT INTO facet VALUES(1,1,5,4);
INSERT INTO facet VALUES(1,2,7,4);
INSERT INTO facet VALUES(1,3,9,2);
INSERT INTO facet VALUES(1,4,9,2);
INSERT INTO facet VALUES(1,5,11,1);
INSERT INTO facet VALUES(1,6,1,1);
INSERT INTO facet VALUES(1,6,2,2);
INSERT INTO facet VALUES(1,6,3,1);
INSERT INTO facet VALUES(1,7,0,3);
INSERT INTO facet VALUES(1,7,2,1);
INSERT INTO facet VALUES(1,8,6,1);
INSERT INTO facet VALUES(1,8,8,2);
INSERT INTO facet VALUES(1,8,10,1);
INSERT INTO facet VALUES(1,10,12,1);
INSERT INTO facet VALUES(1,11,1,4);
INSERT INTO facet VALUES(1,12,1,4);
INSERT INTO facet VALUES(1,13,1,1);
INSERT INTO facet VALUES(1,13,2,1);
INSERT INTO facet VALUES(1,13,3,1);
INSERT INTO facet VALUES(1,13,4,1);
INSERT INTO facet VALUES(1,14,2,2);
INSERT INTO facet VALUES(1,14,128,1);
INSERT INTO facet VALUES(1,16,1,2);
INSERT INTO facet VALUES(1,17,1,1);
INSERT INTO facet VALUES(1,18,0,1);
CREATE TABLE reject (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, byte_offset INTEGER, line INTEGER, reason TEXT NOT NULL,
    time_ns INTEGER NOT NULL);
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES('spans',4);
INSERT INTO counter VALUES('traces',1);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','span_text','span_text',0,'CREATE VIRTUAL TABLE span_text USING fts5(
    text, content = '''', detail = full, tokenize = "unicode61 remove_diacritics 2 categories ''L* N* Co M*''")');
CREATE TABLE IF NOT EXISTS 'span_text_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO span_text_data VALUES(1,X'0414');
INSERT INTO span_text_data VALUES(10,X'000000030101000001010101');
INSERT INTO span_text_data VALUES(137438953473,X'000000cf0230318180808001020401020401056167656e74818080800002030104636861748180808001020201020201076578656375746581808080030202010668656c706572818080800002040106696e766f6b658180808000020201046c6f6f6b8180808002020501020401016d8180808001020301020301046f736c6f818080800202070102080104736c6f7781808080030207010c74696d656f75746572726f728180808003020902026f6f8180808003020604016c818080800302030102757081808080020206010205040d0e10100f0f100d100d150b0a');
CREATE TABLE IF NOT EXISTS 'span_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO span_text_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'span_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO span_text_docsize VALUES(268435456,X'03');
INSERT INTO span_text_docsize VALUES(268435457,X'03');
INSERT INTO span_text_docsize VALUES(268435458,X'06');
INSERT INTO span_text_docsize VALUES(268435459,X'08');
CREATE TABLE IF NOT EXISTS 'span_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO span_text_config VALUES('automerge',0);
INSERT INTO span_text_config VALUES('crisismerge',64);
INSERT INTO span_text_config VALUES('hashsize',67108864);
INSERT INTO span_text_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','span_text_word','span_text_word',0,'CREATE VIRTUAL TABLE span_text_word USING fts5vocab(span_text, instance)');
CREATE TABLE stream (
    key INTEGER PRIMARY KEY, span INTEGER NOT NULL UNIQUE, digest INTEGER NOT NULL UNIQUE,
    from_span INTEGER NOT NULL, waits_for TEXT, stand_in_text TEXT,
    timing INTEGER NOT NULL, clock TEXT, start_ns INTEGER, duration_ns INTEGER, end_cause INTEGER NOT NULL,
    finish_reason TEXT, tokens_billed INTEGER, tokens_delivered INTEGER, tokens_reasoning INTEGER,
    source TEXT NOT NULL, wire_protocol TEXT, dropped_chunks INTEGER NOT NULL, error_message TEXT,
    remarks TEXT NOT NULL, chunks INTEGER NOT NULL, text_bytes INTEGER NOT NULL,
    analysis_version INTEGER NOT NULL, figures TEXT NOT NULL);
CREATE TABLE stream_block (
    key INTEGER PRIMARY KEY, stream INTEGER NOT NULL, latest_ns INTEGER, data BLOB NOT NULL);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY, trace INTEGER NOT NULL, span INTEGER, rule INTEGER NOT NULL,
    severity INTEGER NOT NULL, certainty INTEGER NOT NULL, message TEXT NOT NULL, evidence TEXT NOT NULL);
INSERT INTO finding VALUES(1,1,268435457,1,1,0,'chat m-1 shares its id with a span of other content.','[{"span_id":"self","label":"parent","value":"0000000000000001"}]');
INSERT INTO finding VALUES(2,1,268435457,1,1,0,'chat m-1 shares its id with a span of other content.','[{"span_id":"self","label":"parent","value":"0000000000000001"}]');
CREATE TABLE response (id TEXT NOT NULL, span INTEGER NOT NULL, PRIMARY KEY (id, span)) WITHOUT ROWID;
CREATE TABLE span_evidence (key INTEGER PRIMARY KEY, data BLOB NOT NULL);
INSERT INTO span_evidence VALUES(268435458,X'011401070663616c6c5f31076c6f6f6b5f7570001e0256e0ccdcca7102bb9b4175227bc89c6a0f7b2263697479223a224f736c6f227d001c2b010a746f6f6c5f63616c6c73');
INSERT INTO span_evidence VALUES(268435459,X'01130663616c6c5f3118001e0256e0ccdcca7102bb9b4175227bc89c6a0f7b2263697479223a224f736c6f227d00');
CREATE TABLE analysis (
    trace INTEGER PRIMARY KEY, version INTEGER NOT NULL, spans INTEGER NOT NULL,
    identified_spans INTEGER NOT NULL, expected_calls INTEGER NOT NULL, recorded_calls INTEGER NOT NULL,
    agents BLOB NOT NULL, steps BLOB NOT NULL, joints BLOB NOT NULL, ledger BLOB NOT NULL, clocks BLOB NOT NULL);
INSERT INTO analysis VALUES(1,1,4,4,4,4,X'0101010668656c706572000200020200000000000201010000000000000080808080020000000001036d2d310000018080b6e395eff2ea310180a88c9d9deff2ea31080402020108017802',X'01020202020000000000000082808080020000008080b6e395eff2ea3180dac409020000000000000000000000000000000000000000000000000280dac40980dac40902040200000000000000848080800200000180dafaec95eff2ea3180ce91b007040000000000000000000000000480ce91b0078098f4800e020080e89226000000000000020000',X'0101010663616c6c5f3101076c6f6f6b5f757002010400020000000000000084808080020180a4ddbd9ceff2ea310201001e000f7b2263697479223a224f736c6f227d02030000000000000086808080020180fea1c79ceff2ea310401001e000f7b2263697479223a224f736c6f227d04030000000000000086808080020180fea1c79ceff2ea310401001e000f7b2263697479223a224f736c6f227d06030000000000000086808080020180e6b4ed9ceff2ea310000',X'01041a0000000000043c63686174206d2d3120686173206e6f20656e643a20697420646964206e6f742066696e6973682c206f722069747320656e6420776173206c6f73742e010200000000000000001c00000000000036416e6f74686572207370616e2068617320746865206964206f662063686174206d2d3120616e64206f7468657220636f6e74656e742e010200000000000000001c00000000000036416e6f74686572207370616e2068617320746865206964206f662063686174206d2d3120616e64206f7468657220636f6e74656e742e010200000000000000002001040102020000004431206f662032206d6f64656c2063616c6c73207374617465206e6f20746f6b656e733a2073756d73206f76657220746f6b656e73206c65617665207468656d206f75742e0000',X'0101000473686f70080000000000');
CREATE TABLE trace_redaction (
    trace INTEGER PRIMARY KEY, spans_redacted INTEGER NOT NULL, spans_raw INTEGER NOT NULL,
    policies TEXT NOT NULL, counts TEXT NOT NULL);
INSERT INTO trace_redaction VALUES(1,4,0,'["secrets"]','{}');
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
    traces TEXT NOT NULL, format TEXT NOT NULL, policy TEXT NOT NULL, selection TEXT NOT NULL);
CREATE TABLE provenance (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX name_text ON name (text COLLATE NOCASE);
CREATE INDEX trace_start ON trace (start_ns);
CREATE INDEX trace_duration ON trace (duration_ns);
CREATE INDEX trace_name ON trace (name);
CREATE INDEX trace_spans ON trace (span_count);
CREATE INDEX trace_errors ON trace (error_count);
CREATE INDEX trace_tokens ON trace (tokens_total);
CREATE INDEX trace_dirty ON trace (dirty) WHERE dirty = 1;
CREATE UNIQUE INDEX span_identity ON span (trace, id, ordinal);
CREATE INDEX span_start ON span (trace, start_ns);
CREATE UNIQUE INDEX log_record_identity ON log_record (trace_id, span_id, digest);
CREATE INDEX log_record_text ON log_record (text_key) WHERE text_key IS NOT NULL;
CREATE INDEX facet_value ON facet (field, value, trace, spans);
CREATE UNIQUE INDEX reject_identity
ON reject (file, ifnull(byte_offset, -1), ifnull(line, -1), reason);
CREATE VIEW traces AS SELECT
    key, lower(hex(id)) AS trace_id, name, start_ns AS start_unix_nano, duration_ns, span_count, error_count,
    services, agents, models, tokens_input, tokens_output, session, findings
FROM trace WHERE span_count > 0;
CREATE INDEX stream_waiting ON stream (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX stream_block_time ON stream_block (stream, latest_ns);
CREATE INDEX finding_span ON finding (span, rule);
CREATE INDEX finding_trace ON finding (trace, span);
CREATE VIEW streams AS SELECT
    stream.key AS key, lower(hex(trace.id)) AS trace_id, printf('%016x', span.id) AS span_id,
    (SELECT text FROM name WHERE name.id = span.name) AS span_name, CASE stream.timing WHEN 0 THEN 'none' WHEN 1 THEN 'first_and_last_only' WHEN 2 THEN 'measured' WHEN 3 THEN 'synthetic' END AS timing, stream.clock,
    stream.start_ns AS start_unix_nano, stream.duration_ns, CASE stream.end_cause WHEN 0 THEN 'unknown' WHEN 1 THEN 'finished' WHEN 2 THEN 'client_abort' WHEN 3 THEN 'connection_dropped' WHEN 4 THEN 'server_error' WHEN 5 THEN 'watchdog' END AS end_cause,
    stream.finish_reason, stream.tokens_billed, stream.tokens_delivered, stream.tokens_reasoning,
    stream.source, stream.wire_protocol, stream.chunks, stream.text_bytes, stream.dropped_chunks,
    stream.figures, stream.error_message
FROM stream JOIN span ON span.key = stream.span JOIN trace ON trace.key = span.trace;
CREATE VIEW findings AS SELECT
    finding.id AS id, lower(hex(trace.id)) AS trace_id,
    CASE WHEN span.id IS NOT NULL THEN printf('%016x', span.id) END AS span_id,
    (SELECT text FROM name WHERE name.id = finding.rule) AS rule, CASE finding.severity WHEN 0 THEN 'hint' WHEN 1 THEN 'warning' WHEN 2 THEN 'error' END AS severity,
    CASE finding.certainty WHEN 0 THEN 'proven' WHEN 1 THEN 'inferred' WHEN 2 THEN 'cannot_tell' END AS certainty, finding.message, finding.evidence
FROM finding JOIN trace ON trace.key = finding.trace LEFT JOIN span ON span.key = finding.span;
CREATE INDEX span_attempt ON span (attempt, trace) WHERE attempt > 1;
CREATE INDEX span_alias ON span (model_requested, model_resolved, start_ns) WHERE model_resolved IS NOT NULL;
CREATE INDEX analysis_missing ON analysis (trace) WHERE expected_calls > recorded_calls;
CREATE VIEW spans AS SELECT
    span.key AS key, lower(hex(trace.id)) AS trace_id, printf('%016x', span.id) AS span_id,
    CASE WHEN span.parent IS NOT NULL THEN printf('%016x', span.parent) END AS parent_span_id,
    (SELECT text FROM name WHERE name.id = span.name) AS name, CASE span.kind WHEN 0 THEN 'other' WHEN 1 THEN 'agent' WHEN 2 THEN 'llm' WHEN 3 THEN 'tool' WHEN 4 THEN 'retrieval' WHEN 5 THEN 'embedding' WHEN 6 THEN 'reranker' WHEN 7 THEN 'chain' WHEN 8 THEN 'guardrail' WHEN 9 THEN 'evaluator' WHEN 10 THEN 'workflow' WHEN 11 THEN 'memory' END AS kind,
    (SELECT text FROM name WHERE name.id = span.service) AS service, (SELECT text FROM name WHERE name.id = span.agent) AS agent,
    CASE span.agent_source WHEN 0 THEN 'missing' WHEN 1 THEN 'declared' WHEN 2 THEN 'inherited' WHEN 3 THEN 'inferred' END AS agent_source,
    (SELECT text FROM name WHERE name.id = span.agent_instance) AS agent_instance, (SELECT text FROM name WHERE name.id = span.model_requested) AS model_requested,
    (SELECT text FROM name WHERE name.id = span.model_resolved) AS model_resolved, (SELECT text FROM name WHERE name.id = span.tool) AS tool,
    CASE span.status WHEN 0 THEN 'unset' WHEN 1 THEN 'ok' WHEN 2 THEN 'error' END AS status, span.is_error, span.is_cancelled,
    (SELECT text FROM name WHERE name.id = span.error_type) AS error_type, (SELECT text FROM name WHERE name.id = span.session) AS session,
    span.start_ns AS start_unix_nano, span.end_ns AS end_unix_nano,
    span.end_ns - span.start_ns AS duration_ns, span.first_chunk_ns,
    span.tokens_input, span.tokens_output, span.tokens_cache_read, span.tokens_cache_write,
    span.tokens_reasoning, span.marks, span.agent_run, span.attempt, CASE span.attempt_reason WHEN 0 THEN 'unknown' WHEN 1 THEN 'transport' WHEN 2 THEN 'critic' WHEN 3 THEN 'validation' WHEN 4 THEN 'timeout' WHEN 5 THEN 'user' END AS attempt_reason, span.step,
span_payload.status_message, span_payload.attributes,
    span_payload.events, span_payload.links, resource.attributes AS resource, scope.name AS scope
FROM span JOIN trace ON trace.key = span.trace JOIN span_payload ON span_payload.key = span.key
    JOIN resource ON resource.id = span.resource JOIN scope ON scope.id = span.scope;
PRAGMA writable_schema=OFF;
COMMIT;
