package dev.banyan.workspaces;

import dev.banyan.platform.db.Tx;

/// In a conversation with the assistant a person is to answer: it was just handed over, or its user says more while
/// it is. Fired inside the transaction that stores the message, so that it stands in the inbox or was never said.
///
/// @param message the user's, or the assistant's that handed it over
public record HandoverRequested(Tx tx, Participant whose, Conversation conversation, Message message) {}
