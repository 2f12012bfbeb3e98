package dev.banyan.workspaces;

import java.util.List;

/// A conversation has new messages. Fired in memory after the commit, for the open sockets of its user.
///
/// @param conversation as it is now
/// @param added in their order
public record ConversationGrew(Participant whose, Conversation conversation, List<Message> added) {}
