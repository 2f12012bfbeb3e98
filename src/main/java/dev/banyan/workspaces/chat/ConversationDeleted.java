package dev.banyan.workspaces.chat;

import dev.banyan.platform.cluster.News;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;

/// A conversation was deleted. Fired in memory after the commit, for the open sockets of its user.
public record ConversationDeleted(Participant whose, ConversationId conversation) implements News {}
