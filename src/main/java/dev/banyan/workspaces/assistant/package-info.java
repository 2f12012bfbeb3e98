/// The assistant that answers in a workspace: rules, office hours, language models, limits.
///
/// Owns the tables `assistants`, `assistant_rules` and `assistant_usage`. May call `number` and everything below it; it
/// needs the core and `access`.
///
/// `ChosenAssistant` looks up the workspace's settings. Words that ask for a person and office hours count first; then
/// rules (`RulesAssistant`, plain words, no patterns) or a language model (`OpenAiAssistant`, at most five answers of a
/// workspace at once by `AnswerSlots`). Calls to servers that tenants name go through `platform.http`
/// (docs/decisions/0023), and a model's key is sealed for its workspace and address only. Begin with `Assistant` and
/// `Assistants`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.assistant;
