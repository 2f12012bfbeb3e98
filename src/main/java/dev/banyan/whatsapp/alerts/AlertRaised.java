package dev.banyan.whatsapp.alerts;

import dev.banyan.platform.AccountId;

/// People are alerted. Fired in memory after the commit.
public record AlertRaised(AccountId tenant, Alert alert) {}
