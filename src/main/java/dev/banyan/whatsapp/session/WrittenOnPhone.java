package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;

/// Someone has written to a contact on the phone of a number. Fired once per message, inside the transaction that
/// stores it. Observers must be fast.
///
/// @param pool the pool that the contact talks to
/// @param name the contact’s own; empty where the gateway doesn’t tell it
/// @param mediaBytes the size of its file; 0 if there is none
public record WrittenOnPhone(Tx tx, SenderId pool, String name, OutgoingMessage message, long mediaBytes) {}
