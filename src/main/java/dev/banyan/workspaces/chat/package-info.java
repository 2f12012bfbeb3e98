/// Conversations between a user and the assistant: the page, the socket, files.
///
/// Owns no tables: conversations lie in the core. May call `assistant` and everything below it.
///
/// `Conversations.post` stores a message before anyone hears of it. A client that reconnects names the position it has
/// and gets the rest; `ChatFrame` says what is spoken. `ChatAnswers` writes one answer at a time in a conversation. An
/// answer carries the position up to which it reaches (`AnswerKey`), so nothing is answered twice, on several nodes
/// neither, and what a crash left open is answered at the next hello. Begin with `Conversations`; follow an answer from
/// `ChatAnswers`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.chat;
