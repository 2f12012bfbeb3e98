package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoDoor;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;

/// The members of accounts, or the users of workspaces: whose rows there are, and what becomes of their people. An
/// interface because `platform` may call neither accounts nor workspaces.
///
/// @param <P> who a person is here
/// @param <D> where they come in
public interface SsoRealm<P, D extends SsoDoor> {

    SsoLinkStore<P> links(Tx tx);

    SsoSessionStore<P> sessions(Tx tx);

    /// Returns the door of an owner; empty if no provider decides about its people.
    Optional<D> door(Tx tx, SsoOwner owner);

    /// Locks an owner, whose people are changed.
    void lock(Tx tx, SsoOwner owner);

    /// Gives a person who came in before what the provider says now. The owner is locked.
    ///
    /// @return whether they may still be in
    boolean renew(Tx tx, D door, P person, SsoPerson named);

    /// Notes that the provider refuses a person, and ends the sessions that a password opened: nothing says any more
    /// that they may be in. The owner is locked.
    ///
    /// @param since the epoch, if it said that they may not be in
    void refuse(Tx tx, D door, P person, String issuer, String subject, Instant since);

    /// Refuses those of these people of whom their provider has said nothing for too long. The owner is locked.
    void refuseSilent(Tx tx, D door, List<P> people);

    /// Ends a session because of its provider.
    ///
    /// @param door empty: the owner has that provider no more
    void end(Optional<D> door, SsoSession<P> session);
}
