package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.cluster.News;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceId;

/// A note mentions users of its workspace. Fired in memory after the commit, for their open inboxes.
record Mentioned(WorkspaceId workspace, ConversationId thread, Set<Integer> users) implements News {}
