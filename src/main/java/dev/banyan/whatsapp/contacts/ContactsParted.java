package dev.banyan.whatsapp.contacts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// Someone has said that two addresses are of two people after all. Published in the transaction that gives each
/// its own back.
///
/// @param by the name of whoever said it
public record ContactsParted(Tx tx, AccountId tenant, ContactMerge merge, String by) {}
