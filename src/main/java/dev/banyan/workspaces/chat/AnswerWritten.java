package dev.banyan.workspaces.chat;

import dev.banyan.platform.cluster.News;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;

/// An answer is being written. Fired in memory, for the open sockets of its user.
///
/// @param covers the position up to which it answers messages; later messages wait
/// @param text the next words; everything so far if `whole`
/// @param whole whether `text` is everything so far, because the answer begins or a socket joins in the middle
public record AnswerWritten(Participant whose, ConversationId conversation, long covers, String text, boolean whole)
        implements News {}
