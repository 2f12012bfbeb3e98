package dev.banyan.workspaces.inbox;

import dev.banyan.platform.AccountId;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceId;

/// A contact sent a message. Fired in memory after the commit, for the assistant.
public record ContactWrote(AccountId tenant, WorkspaceId workspace, ConversationId thread) {}
