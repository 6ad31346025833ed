/// The vendor-neutral reading of spans, driven by one table of attribute names.
///
/// `facts(of:)` says what a span is, `content(of:)` what it said and heard, `searchText(of:limit:)` what can be found.
package enum Dialect {}
