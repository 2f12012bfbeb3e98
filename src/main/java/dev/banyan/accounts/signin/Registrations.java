package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.ReservedNames;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.config.Settings.Registration;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Creates a person's identity and their own account; people who were invited get no account of their own.
@Singleton
public final class Registrations {

    /// The result of a registration.
    public sealed interface Registered {

        record Welcome(IdentityId identity, AccountId account, LoginSessions.Opened session) implements Registered {}

        record Rejected(List<Invalid> invalid) implements Registered {}

        record EmailTaken() implements Registered {}

        record UsernameTaken() implements Registered {}

        /// This server accepts no registrations.
        record Closed() implements Registered {}

        record TooMany(Duration retryAfter) implements Registered {}
    }

    /// A person to register, whose fields are valid.
    ///
    /// @param hash of the password
    /// @param confirmed whether the e-mail counts as confirmed
    public record Applicant(
            String email, String username, String displayName, String hash, boolean confirmed, Plan plan) {}
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

    private final Database database;
    private final Passwords passwords;
    private final LoginSessions sessions;
    private final Devices devices;
    private final RateLimits limits;
    private final Audit audit;
    private final EmailConfirmations confirmations;
    private final Settings settings;
    private final Plans plans;
    private final Clock clock;
    private final Uuids uuids;

    Registrations(
            Database database,
            Passwords passwords,
            LoginSessions sessions,
            Devices devices,
            RateLimits limits,
            Audit audit,
            EmailConfirmations confirmations,
            Settings settings,
            Plans plans,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.passwords = passwords;
        this.sessions = sessions;
        this.devices = devices;
        this.limits = limits;
        this.audit = audit;
        this.confirmations = confirmations;
        this.settings = settings;
        this.plans = plans;
        this.clock = clock;
        this.uuids = uuids;
    }

    public boolean isOpen() {
        return settings.registration() == Registration.OPEN;
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

    /// Registers a person whom people of this server have invited, even if registration is by invitation only, and
    /// signs them in.
    ///
    /// @param join makes them a member of the account that invited them, in the same transaction; false if the
    ///     invitation ended meanwhile
    public Joined registerInvited(Actor actor, Device device, Newcomer newcomer, BiPredicate<Tx, Identity> join) {
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
                    Optional.of(newcomer.name().strip()));
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
            devices.greet(tx, person, device);
            return new Joined.Welcome(person.id(), sessions.open(tx, person.id(), device));
        });
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
        return database.write(tx -> register(tx, actor, device, applicant));
    }

    /// Returns what is wrong with a person's fields.
    public static List<Invalid> broken(String email, String username, String password) {
        List<Invalid> invalid = new ArrayList<>();
        Names.brokenEmail(email).ifPresent(invalid::add);
        Names.brokenUsername(username).ifPresent(invalid::add);
        Passwords.broken(password).ifPresent(invalid::add);
        return List.copyOf(invalid);
    }

    /// Registers a person whose fields are valid, in the caller's transaction.
    public Registered register(Tx tx, Actor actor, Device device, Applicant applicant) {
        var identities = new IdentityStore(tx);
        String email = Names.lower(applicant.email());
        if (identities.findByEmail(email).isPresent()) {
            return new Registered.EmailTaken();
        }
        Instant now = clock.instant();
        IdentityId id = uuids.nextIdentityId();
        var self = new Actor(Optional.of(id), actor.ip());
        Optional<Account> account =
                open(tx, self, id, email, applicant.username(), applicant.displayName(), applicant.plan());
        if (account.isEmpty()) {
            return new Registered.UsernameTaken();
        }
        AccountId home = account.get().id();
        var identity = new Identity(id, email, applicant.hash(), Optional.of(home), false);
        if (!identities.insert(identity, now)) {
            return tx.undone(new Registered.EmailTaken()); // another request was faster, since the check above
        }
        identities.insertOwner(home, id, now);
        if (applicant.confirmed()) {
            identities.confirm(id, email, now);
        } else {
            confirmations.send(tx, identity);
        }
        devices.greet(tx, identity, device);
        return new Registered.Welcome(id, home, sessions.open(tx, id, device));
    }

    /// Creates a root account in the caller's transaction, which also makes `owner` its owner.
    ///
    /// @return empty if the username is taken or reserved
    public Optional<Account> open(
            Tx tx, Actor actor, IdentityId owner, String email, String username, String displayName, Plan plan) {
        Instant now = clock.instant();
        var account = new Account(
                uuids.nextAccountId(),
                Optional.empty(),
                Names.lower(username),
                displayName.strip(),
                Optional.of(email),
                Optional.empty(),
                AccountStatus.ACTIVE,
                Optional.empty(),
                plan.tier(),
                Optional.empty(),
                Optional.of(owner),
                now);
        var accounts = new AccountStore(tx);
        if (ReservedNames.contains(account.username()) || !accounts.insert(account, now)) {
            return Optional.empty();
        }
        if (!plan.equals(Plan.FREE)) {
            accounts.setPlan(account.id(), plan, now);
        }
        new UsageStore(tx).start(account.owner());
        audit.note(
                tx,
                actor,
                account.owner(),
                "AccountRegistered",
                account.id().toString(),
                Map.of("username", account.username()));
        return Optional.of(account);
    }
}
