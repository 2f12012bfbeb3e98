package dev.banyan.whatsapp.alerts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;

/// People are alerted. Fired in memory after the commit.
public record AlertRaised(AccountId tenant, Alert alert) implements News {}
