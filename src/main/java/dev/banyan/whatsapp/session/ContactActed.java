package dev.banyan.whatsapp.session;

import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.SenderId;

/// A message was edited or deleted, by its contact or on the phone of the number, a contact has reacted to one, or
/// theirs was read on the phone. Fired inside the transaction
/// that stores it; observers must be fast.
///
/// @param pool the pool that the contact talks to
public record ContactActed(Tx tx, SenderId pool, DriverEvent.OfContact event) {}
