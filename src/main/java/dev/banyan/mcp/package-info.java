/// The Model Context Protocol at `/mcp`: assistants list and call tools with an API key of an account.
///
/// Owns no tables. May call `platform` and the core and rooms of `accounts`.
///
/// A tool is an operation of the API with a name and a sentence (`mcp/tools.txt`); what it takes comes from the
/// description of the API. A call of a tool becomes the request of that operation before anything looks at it
/// (`McpFilter`), so the key, its limits, its permissions and the audit are those of `/v1`; `McpAnswers` puts the
/// answer into a result. Why it is written by hand, and which threats it was written against:
/// docs/decisions/0144-a-tool-is-a-request-of-the-api.md. Begin with `McpFilter`.
@org.jspecify.annotations.NullMarked
package dev.banyan.mcp;
