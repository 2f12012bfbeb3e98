package dev.banyan.whatsapp.session;

import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderKey;

/// A contact types, or has stopped. Fired in memory, never inside a transaction.
public record ContactTypes(SenderKey sender, ContactAddress from, boolean isTyping) implements News {}
