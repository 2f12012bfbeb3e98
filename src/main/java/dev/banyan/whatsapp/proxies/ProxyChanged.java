package dev.banyan.whatsapp.proxies;

import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.SenderKey;

/// A number uses another proxy now, or the same one at another address, or none. Fired after the commit.
public record ProxyChanged(SenderKey sender) implements News {}
