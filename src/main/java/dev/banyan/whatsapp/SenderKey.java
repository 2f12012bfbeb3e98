package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;

/// A sender with its tenant: the key of everything in memory, such as drivers, watchers and signs of life.
public record SenderKey(AccountId tenant, SenderId id) {}
