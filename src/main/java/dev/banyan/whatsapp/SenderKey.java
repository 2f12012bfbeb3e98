package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;

/// A sender and whose it is, for what lives in memory: drivers, watchers, signs of life.
public record SenderKey(AccountId tenant, SenderId id) {}
