package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;

/// What members of an account set up that goes on without them: it gets data, or hands something over. Each package
/// implements this for its own, so that nothing outlives the rights of the person who set it up. What asks for these
/// rights at each use needs no implementation; `WhatOutlivesItsMakerTest` has the whole list, by the schema.
public interface SetUpByPerson {

    /// The columns that name the person, such as `alert_recipients.identity_id`.
    Set<String> columns();

    /// Ends, or puts before the owners, what the person may not have any more. Called in the transaction that changes
    /// or ends their membership, after it did.
    ///
    /// @param now their rights from now on; empty if they left
    void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now);
}
