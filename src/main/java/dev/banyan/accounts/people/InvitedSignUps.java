package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.signin.InvitedRegistrations;
import dev.banyan.accounts.signin.InvitedRegistrations.Joined;
import dev.banyan.accounts.signin.InvitedRegistrations.Newcomer;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import jakarta.inject.Singleton;

/// Opens the link in an invitation. People without an identity get one and join the account at once; others sign in and
/// find the invitation among theirs.
///
/// A link that was only mailed proves that its reader has the e-mail. One that was shown to the person who invites
/// proves nothing about it: it opens this one account and leaves the e-mail unconfirmed, or it would be a way to read
/// what other accounts send to somebody else's e-mail.
@Singleton
record InvitedSignUps(
        Database database, InvitedRegistrations registrations, AccountInvitations invitations, Clock clock) {

    /// The result of opening a link.
    sealed interface Opened {

        record New(AccountId tenant, String email, String from) implements Opened {}

        /// The e-mail belongs to an identity, who must sign in to answer.
        record Known() implements Opened {}

        /// The caller has the e-mail, but nothing proves yet that it is theirs; the link lets them accept.
        record Unconfirmed(AccountId tenant, String email, String from) implements Opened {}

        /// Unknown, answered, withdrawn or expired.
        record Over() implements Opened {}
    }

    /// @param caller the person who opens the link. The e-mail is confirmed only for them: another person may have
    ///     registered with an address that is not theirs, and be waiting for its owner to confirm it
    Opened open(String token, Optional<IdentityId> caller) {
        Opened opened = database.read(tx -> look(tx, token, caller));
        return opened instanceof Opened.Known && caller.isPresent()
                ? database.write(tx -> {
                    confirm(tx, token, caller.get());
                    return opened;
                })
                : opened;
    }

    private Opened look(Tx tx, String token, Optional<IdentityId> caller) {
        return find(tx, token)
                .flatMap(invitation -> new AccountStore(tx)
                        .find(invitation.tenant())
                        .filter(root -> root.status() == AccountStatus.ACTIVE)
                        .map(root -> new IdentityStore(tx)
                                .findByEmail(invitation.email())
                                .map(IdentityStore.Person::identity)
                                .map(person -> known(invitation, root, person, caller))
                                .orElseGet(() -> new Opened.New(root.id(), invitation.email(), root.displayName()))))
                .orElseGet(Opened.Over::new);
    }

    private static Opened known(
            AccountInvitation invitation, Account root, Identity person, Optional<IdentityId> caller) {
        return invitation.linkShown() && !person.emailConfirmed() && caller.equals(Optional.of(person.id()))
                ? new Opened.Unconfirmed(root.id(), invitation.email(), root.displayName())
                : new Opened.Known();
    }

    private void confirm(Tx tx, String token, IdentityId caller) {
        var identities = new IdentityStore(tx);
        find(tx, token)
                .filter(invitation -> !invitation.linkShown())
                .flatMap(invitation -> identities.findByEmail(invitation.email()))
                .map(IdentityStore.Person::identity)
                .filter(identity -> identity.id().equals(caller))
                .ifPresent(identity -> identities.confirm(identity.id(), identity.email(), clock.instant()));
    }

    private Optional<AccountInvitation> find(Tx tx, String token) {
        return new AccountInvitationStore(tx).findByToken(Digests.sha256Hex(token), clock.instant());
    }

    /// Registers the person and makes them a member of the account.
    Joined register(Actor actor, Device device, String token, String name, String password) {
        return database.read(tx -> find(tx, token))
                .map(invitation -> registrations.register(
                        actor,
                        device,
                        new Newcomer(invitation.email(), name, password, !invitation.linkShown()),
                        (tx, person) -> accept(tx, actor, token, person) instanceof Outcome.Done<Account>))
                .orElseGet(Joined.Over::new);
    }

    /// Accepts in the name of the caller, who has the e-mail of the invitation.
    Outcome<Account> accept(Actor actor, String token, IdentityId caller) {
        return database.write(tx -> new IdentityStore(tx)
                .find(caller)
                .map(person -> accept(tx, actor, token, person))
                .orElseGet(Outcome::notFound));
    }

    private Outcome<Account> accept(Tx tx, Actor actor, String token, Identity person) {
        return find(tx, token)
                .filter(invitation -> invitation.email().equals(person.email()))
                .map(invitation ->
                        invitations.accept(tx, new Actor(Optional.of(person.id()), actor.ip()), person, invitation))
                .orElseGet(Outcome::notFound);
    }
}
