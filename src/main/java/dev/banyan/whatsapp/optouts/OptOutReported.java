package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;

/// WhatsApp says that a contact wants no marketing messages any more (error 131050, or the contact’s settings), or
/// wants them again. Published in a transaction.
///
/// @param why as a full sentence; empty: again
public record OptOutReported(Tx tx, AccountId tenant, ContactAddress contact, Optional<String> why) {}
