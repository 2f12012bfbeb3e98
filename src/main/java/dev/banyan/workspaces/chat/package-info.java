/// Conversations between a user and the assistant: the page, the socket, files.
///
/// May call `assistant` and everything below it. Begin with `Conversations`; to follow an answer, with `ChatAnswers`.
@NullMarked
package dev.banyan.workspaces.chat;

import org.jspecify.annotations.NullMarked;
