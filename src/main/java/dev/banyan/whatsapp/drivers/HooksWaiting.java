package dev.banyan.whatsapp.drivers;

import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.SenderKey;

/// Webhooks about numbers of a pool came to a server that does not have it.
record HooksWaiting(SenderKey pool) implements News {}
