/// Conversations between a user and the assistant: the page, the socket, files.
///
/// May call `assistant` and everything below it. Begin with `Conversations`; an answer is followed from `ChatAnswers`.
@NullMarked
package dev.banyan.workspaces.chat;

import org.jspecify.annotations.NullMarked;
