package dev.banyan.workspaces;

import dev.banyan.platform.AccountId;

/// A contact has written. Fired in memory after the commit, for the assistant.
record ContactWrote(AccountId tenant, WorkspaceId workspace, ConversationId thread) {}
