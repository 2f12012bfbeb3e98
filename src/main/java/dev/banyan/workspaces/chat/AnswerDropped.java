package dev.banyan.workspaces.chat;

import dev.banyan.platform.cluster.News;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;

/// An answer in progress was discarded. Fired in memory, for the open sockets of its user.
public record AnswerDropped(Participant whose, ConversationId conversation) implements News {}
