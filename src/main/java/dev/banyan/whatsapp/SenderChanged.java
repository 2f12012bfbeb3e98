package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;

/// A sender was added, removed, moved or renamed, or its state changed. Fired in memory after the commit; [Pools] has
/// the details.
public record SenderChanged(AccountId tenant, SenderId sender) implements News {}
