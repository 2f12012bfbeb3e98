package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;

/// A sender was added, removed, moved, renamed, or is in another state. Fired in memory after the commit: who wants to
/// know more asks [Pools].
public record SenderChanged(AccountId tenant, SenderId sender) {}
