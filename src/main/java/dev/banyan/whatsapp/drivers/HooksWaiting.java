package dev.banyan.whatsapp.drivers;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;

/// Webhooks of an account came to a server that does not have its numbers.
record HooksWaiting(AccountId account) implements News {}
