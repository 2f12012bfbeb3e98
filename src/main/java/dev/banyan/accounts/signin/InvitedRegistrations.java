package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.Settings.Registration;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Registers people who were invited.
@Singleton
public record InvitedRegistrations(
        Database database,
        Passwords passwords,
        Devices devices,
        EmailConfirmations confirmations,
        RateLimits limits,
        Settings settings,
        Clock clock,
        Uuids uuids) {

    /// A person who was invited. They get no account of their own.
    ///
    /// @param confirmed whether what they opened was mailed to their e-mail and shown to no one else
    public record Newcomer(String email, String name, String password, boolean confirmed) {}

    /// The result of a registration by invitation.
    public sealed interface Joined {

        record Welcome(IdentityId identity, LoginSessions.Opened session) implements Joined {}

        record Rejected(List<Invalid> invalid) implements Joined {}

        record EmailTaken() implements Joined {}

        /// The invitation ended meanwhile.
        record Over() implements Joined {}

        /// This server accepts no registrations.
        record Closed() implements Joined {}

        record TooMany(Duration retryAfter) implements Joined {}
    }

    private static final Text NAME = Text.line("name", "Name", 100);

    /// Registers a person whom people of this server have invited, even if registration is by invitation only, and
    /// signs them in.
    ///
    /// @param join makes them a member of the account that invited them, in the same transaction; false if the
    ///     invitation ended meanwhile
    public Joined register(Actor actor, Device device, Newcomer newcomer, BiPredicate<Tx, Identity> join) {
        if (settings.registration() == Registration.CLOSED) {
            return new Joined.Closed();
        }
        return limits.take(RateLimit.REGISTER_BY_IP, actor.ip())
                .<Joined>map(Joined.TooMany::new)
                .orElseGet(() -> join(device, newcomer, join));
    }

    private Joined join(Device device, Newcomer newcomer, BiPredicate<Tx, Identity> join) {
        List<Invalid> invalid = new ArrayList<>();
        NAME.broken(newcomer.name()).ifPresent(invalid::add);
        Passwords.broken(newcomer.password()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Joined.Rejected(List.copyOf(invalid));
        }
        String hash = passwords.hash(newcomer.password()); // outside the transaction, because it is slow
        return database.write(tx -> {
            Instant now = clock.instant();
            var identities = new IdentityStore(tx);
            var person = new Identity(
                    uuids.nextIdentityId(),
                    Names.lower(newcomer.email()),
                    hash,
                    Optional.empty(),
                    newcomer.confirmed(),
                    Optional.of(Text.clean(newcomer.name())),
                    Optional.empty());
            if (!identities.insert(person, now)) {
                return new Joined.EmailTaken();
            }
            if (!join.test(tx, person)) {
                return tx.undone(new Joined.Over());
            }
            if (newcomer.confirmed()) {
                identities.confirm(person.id(), person.email(), now);
            } else {
                confirmations.send(tx, person);
            }
            return new Joined.Welcome(person.id(), devices.signIn(tx, person, device));
        });
    }
}
