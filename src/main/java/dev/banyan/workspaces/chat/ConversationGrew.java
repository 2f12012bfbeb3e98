package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.cluster.News;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;

/// A conversation has new messages or another title. Fired in memory after the commit, for the open sockets of its
/// user.
///
/// @param conversation its current state
/// @param added in order
/// @param attachments of these messages, by message id; messages without any are left out
public record ConversationGrew(
        Participant whose, Conversation conversation, List<Message> added, Map<UUID, List<Attachment>> attachments)
        implements News {}
