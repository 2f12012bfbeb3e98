package dev.banyan.workspaces;

import dev.banyan.platform.db.Tx;

/// A person should answer in a conversation with the assistant: it was just handed over, or its user wrote more after
/// that. Fired inside the transaction that stores the message, so that both are stored or neither.
///
/// @param message the user's message, or the assistant's that handed it over
public record HandoverRequested(Tx tx, Participant whose, Conversation conversation, Message message) {}
