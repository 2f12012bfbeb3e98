package dev.banyan.whatsapp.session;

import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.SenderKey;

/// A pool has messages waiting, for the server that has its numbers.
record PoolWakeRequested(SenderKey pool) implements News {}
