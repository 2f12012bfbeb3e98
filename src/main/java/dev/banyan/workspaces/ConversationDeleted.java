package dev.banyan.workspaces;

/// A conversation is gone. Fired in memory after the commit, for the open sockets of its user.
public record ConversationDeleted(Participant whose, ConversationId conversation) {}
