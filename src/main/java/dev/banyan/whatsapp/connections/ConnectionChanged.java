package dev.banyan.whatsapp.connections;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.ConnectionId;

/// A connection was added, changed or removed. Fired in memory after the commit.
public record ConnectionChanged(AccountId tenant, ConnectionId connection) implements News {}
