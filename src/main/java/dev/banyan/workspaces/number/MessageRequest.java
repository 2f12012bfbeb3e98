package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.whatsapp.messages.MessageDraft;

/// A message to one contact.
///
/// @param to as typed
/// @param key the caller's idempotency key for the message
/// @param sendAt as typed; empty: at once
/// @param expiresAt as typed; empty: after `BANYAN_MESSAGE_WAIT`
public record MessageRequest(
        String to, MessageDraft draft, String key, Optional<String> sendAt, Optional<String> expiresAt) {}
