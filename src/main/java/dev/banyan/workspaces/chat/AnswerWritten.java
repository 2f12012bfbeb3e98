package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;

/// An answer is being written. Fired in memory, for the open sockets of its user.
///
/// @param covers the position up to which messages are answered with it; what comes behind waits
/// @param text the next words; all until now where it is `whole`
/// @param whole whether this is all until now: it begins, or somebody comes in the middle of it
public record AnswerWritten(Participant whose, ConversationId conversation, long covers, String text, boolean whole) {}
