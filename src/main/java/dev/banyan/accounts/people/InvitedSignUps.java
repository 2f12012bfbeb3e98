package dev.banyan.accounts.people;

import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Opens the link in an invitation: a registration, or a sign-in if the person is registered already.
@Singleton
final class InvitedSignUps {

    /// The result of opening a link.
    sealed interface Opened {

        /// @param from the account that invites
        record New(String email, String from) implements Opened {}

        /// The e-mail belongs to an identity, and this link confirms it.
        record Known() implements Opened {}

        /// Unknown, answered, withdrawn or expired.
        record Over() implements Opened {}
    }

    private final Database database;
    private final Registrations registrations;
    private final Clock clock;

    InvitedSignUps(Database database, Registrations registrations, Clock clock) {
        this.database = database;
        this.registrations = registrations;
        this.clock = clock;
    }

    /// @param caller the person who opens the link. The e-mail is confirmed only for them: another person may have
    ///     registered with an address that is not theirs, and be waiting for its owner to confirm it
    Opened open(String token, Optional<IdentityId> caller) {
        Opened opened = database.read(tx -> look(tx, token));
        return opened instanceof Opened.Known && caller.isPresent()
                ? database.write(tx -> {
                    confirm(tx, token, caller.get());
                    return opened;
                })
                : opened;
    }

    private Opened look(Tx tx, String token) {
        return find(tx, token)
                .flatMap(invitation -> new AccountStore(tx)
                        .find(invitation.tenant())
                        .filter(root -> root.status() == AccountStatus.ACTIVE)
                        .<Opened>map(root -> new IdentityStore(tx)
                                        .findByEmail(invitation.email())
                                        .isPresent()
                                ? new Opened.Known()
                                : new Opened.New(invitation.email(), root.displayName())))
                .orElseGet(Opened.Over::new);
    }

    private void confirm(Tx tx, String token, IdentityId caller) {
        var identities = new IdentityStore(tx);
        find(tx, token)
                .flatMap(invitation -> identities.findByEmail(invitation.email()))
                .map(IdentityStore.Person::identity)
                .filter(identity -> identity.id().equals(caller))
                .ifPresent(identity -> identities.confirm(identity.id(), identity.email(), clock.instant()));
    }

    private Optional<AccountInvitation> find(Tx tx, String token) {
        return new AccountInvitationStore(tx).findByToken(Digests.sha256Hex(token), clock.instant());
    }

    /// @return empty if the link is no longer valid
    Optional<Registrations.Registered> register(
            Actor actor, Device device, String token, String username, String password) {
        return open(token, Optional.empty()) instanceof Opened.New(String email, String _)
                ? Optional.of(registrations.registerInvited(actor, device, email, username, password))
                : Optional.empty();
    }
}
