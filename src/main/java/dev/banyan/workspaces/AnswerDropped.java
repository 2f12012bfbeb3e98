package dev.banyan.workspaces;

/// An answer that was being written is not kept. Fired in memory, for the open sockets of its user.
public record AnswerDropped(Participant whose, ConversationId conversation) {}
