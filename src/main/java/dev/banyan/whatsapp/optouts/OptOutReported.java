package dev.banyan.whatsapp.optouts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;

/// WhatsApp says that a contact wants no marketing messages any more (error 131050). Published in a transaction.
///
/// @param why as a full sentence
public record OptOutReported(Tx tx, AccountId tenant, ContactAddress contact, String why) {}
