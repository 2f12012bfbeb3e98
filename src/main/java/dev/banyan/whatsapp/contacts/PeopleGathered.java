package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.Business;

/// People who were known by the id that one connection tells are known by the same id of its whole portfolio from
/// now on. No one turned out to be someone else. Published in the transaction that moves what is kept about them.
///
/// @param people their former addresses
/// @param to whose their addresses are now
public record PeopleGathered(Tx tx, AccountId tenant, Set<ContactAddress> people, Business from, Business to) {}
