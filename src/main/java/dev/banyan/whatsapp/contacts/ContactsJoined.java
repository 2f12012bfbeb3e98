package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;

/// Two addresses have turned out to be of one person: what is kept under the first belongs to the second from now on.
/// Published in the transaction that learns it, so that no message of that person falls between the two.
///
/// @param merge its id, under which is noted what moves
public record ContactsJoined(Tx tx, AccountId tenant, ContactAddress from, ContactAddress to, UUID merge) {}
