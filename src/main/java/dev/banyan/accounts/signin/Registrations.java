package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.Settings.Registration;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Creates a person's identity and their own account. [InvitedRegistrations] are those of people without one.
@Singleton
public record Registrations(
        Database database,
        Passwords passwords,
        NewAccounts newAccounts,
        Plans plans,
        ServerOwner owner,
        RateLimits limits,
        Settings settings) {

    /// The result of a registration.
    public sealed interface Registered {

        record Welcome(IdentityId identity, AccountId account, LoginSessions.Opened session) implements Registered {}

        record Rejected(List<Invalid> invalid) implements Registered {}

        record EmailTaken() implements Registered {}

        record UsernameTaken() implements Registered {}

        /// This server accepts no registrations, or none yet.
        record Closed() implements Registered {}

        record TooMany(Duration retryAfter) implements Registered {}
    }

    /// A person to register, whose fields are valid.
    ///
    /// @param hash of the password
    public record Applicant(
            String email, String username, String displayName, String hash, boolean confirmed, Plan plan) {}

    public boolean isOpen() {
        return settings.registration() == Registration.OPEN && owner.exists();
    }

    /// Returns true if no one can sign in before someone has set up this server.
    boolean awaitOwner() {
        return owner.isAwaited();
    }

    /// Creates an identity and its root account, and signs in.
    public Registered register(Actor actor, Device device, String email, String username, String password) {
        return isOpen()
                ? limits.take(RateLimit.REGISTER_BY_IP, actor.ip())
                        .<Registered>map(Registered.TooMany::new)
                        .orElseGet(() ->
                                create(actor, device, email, username, username, password, false, plans.ofNewAccount()))
                : new Registered.Closed();
    }

    /// Registers without limits, for sample data.
    ///
    /// @param confirmed whether the e-mail counts as confirmed: the mail of sample people is never read
    public Registered create(
            Actor actor, String email, String username, String displayName, String password, boolean confirmed) {
        return create(actor, Device.UNKNOWN, email, username, displayName, password, confirmed, Plan.FREE);
    }

    private Registered create(
            Actor actor,
            Device device,
            String email,
            String username,
            String displayName,
            String password,
            boolean confirmed,
            Plan plan) {
        List<Invalid> invalid = broken(email, username, password);
        if (!invalid.isEmpty()) {
            return new Registered.Rejected(invalid);
        }
        String hash = passwords.hash(password); // outside the transaction, because it is slow
        var applicant = new Applicant(email, username, displayName, hash, confirmed, plan);
        return database.write(tx -> newAccounts.register(tx, actor, device, applicant));
    }

    /// Returns what is wrong with a person's fields.
    public static List<Invalid> broken(String email, String username, String password) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenEmail(email).ifPresent(invalid::add);
        Names.brokenUsername(username).ifPresent(invalid::add);
        Passwords.broken(password).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }
}
