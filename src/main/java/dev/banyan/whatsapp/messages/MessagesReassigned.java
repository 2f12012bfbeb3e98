package dev.banyan.whatsapp.messages;

import dev.banyan.whatsapp.SenderKey;

/// Messages of a failed pool have come to the queue of the one that stands in for it.
///
/// @param to the master of that pool
public record MessagesReassigned(SenderKey to) {}
