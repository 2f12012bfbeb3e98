package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;

/// People who were known by the id that one connection tells are known by the same id of its whole portfolio from now
/// on.
/// No one turned out to be someone else. Published in the transaction that moves what is kept about them.
///
/// @param renamed their addresses, with those that they have now
public record PeopleGathered(Tx tx, AccountId tenant, Map<ContactAddress, ContactAddress> renamed) {}
