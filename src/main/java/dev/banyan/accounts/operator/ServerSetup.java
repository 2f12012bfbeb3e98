package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.operator.Operators.OperatorMade;
import dev.banyan.accounts.signin.NewAccounts;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.accounts.signin.Registrations.Applicant;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.mail.ServerMail;
import jakarta.inject.Singleton;

/// Sets up a new server.
@Singleton
record ServerSetup(
        Database database,
        Passwords passwords,
        LoginSessions sessions,
        NewAccounts newAccounts,
        Subscriptions subscriptions,
        ServerMail serverMail,
        Audit audit,
        Clock clock) {

    /// What the owner of a new server enters.
    ///
    /// @param name of the account
    /// @param username may be empty; then it follows from the name
    record Setup(String name, String username, String email, String password) {

        String chosenUsername() {
            return Operators.chosen(username, name);
        }

        Setup withUsername(String other) {
            return new Setup(name, other, email, password);
        }
    }

    /// Creates the first operator and their account, which has no limits, and signs in. Without a
    /// mail server no link can confirm the e-mail; the setup link shows well enough who they are.
    OperatorMade setUp(Actor actor, Device device, Setup setup) {
        OperatorMade made = tried(actor, device, setup);
        boolean isSuggested = setup.username().isBlank(); // a name such as “Admin” suggests one that is reserved
        return isSuggested && made instanceof OperatorMade.UsernameTaken
                ? tried(actor, device, setup.withUsername(setup.chosenUsername() + "-1"))
                : made;
    }

    private OperatorMade tried(Actor actor, Device device, Setup setup) {
        List<Invalid> invalid = new ArrayList<>();
        Names.DISPLAY_NAME.broken(setup.name()).ifPresent(invalid::add);
        invalid.addAll(Registrations.broken(setup.email(), setup.chosenUsername(), setup.password()));
        if (!invalid.isEmpty()) {
            return new OperatorMade.Rejected(List.copyOf(invalid));
        }
        var applicant = new Applicant(
                setup.email(),
                setup.chosenUsername(),
                setup.name(),
                passwords.hash(setup.password()),
                !serverMail.isConnected(),
                Plan.UNLIMITED);
        OperatorMade made = database.write(tx -> {
            var store = new IdentityStore(tx);
            if (store.hasOperator()) {
                return new OperatorMade.TooLate();
            }
            return switch (newAccounts.register(tx, actor, device, applicant)) {
                case Registered.Welcome welcome -> {
                    store.insertOperator(welcome.identity(), clock.instant());
                    audit.noteServer(
                            tx, actor, "OperatorCreated", welcome.identity().toString(), Map.of());
                    yield new OperatorMade.Made(welcome.identity(), welcome.session());
                }
                case Registered.EmailTaken _ -> new OperatorMade.EmailTaken();
                case Registered.UsernameTaken _ -> new OperatorMade.UsernameTaken();
                case Registered.Rejected rejected -> new OperatorMade.Rejected(rejected.invalid());
                case Registered.Closed _, Registered.TooMany _ ->
                    throw new IllegalStateException("The setup is subject to neither settings nor limits");
            };
        });
        return made instanceof OperatorMade.EmailTaken ? promote(actor, device, setup) : made;
    }

    /// Makes a person the operator who registered before they opened the setup link, and takes the limits off their
    /// account. They show with their password that it is theirs.
    private OperatorMade promote(Actor actor, Device device, Setup setup) {
        Optional<IdentityStore.Person> known =
                database.read(tx -> new IdentityStore(tx).findByEmail(Names.lower(setup.email())));
        Optional<String> hash = known.map(person -> person.identity().passwordHash());
        if (known.isEmpty() || passwords.verify(hash, setup.password()) instanceof Passwords.Verdict.Wrong) {
            return new OperatorMade.EmailTaken();
        }
        IdentityId id = known.get().identity().id();
        OperatorMade made = database.write(tx -> {
            var store = new IdentityStore(tx);
            if (store.hasOperator()) {
                return new OperatorMade.TooLate();
            }
            if (!store.lock(id, hash.orElseThrow())) {
                return new OperatorMade.EmailTaken(); // the password was changed since
            }
            store.insertOperator(id, clock.instant());
            audit.noteServer(tx, actor, "OperatorCreated", id.toString(), Map.of());
            return new OperatorMade.Made(id, sessions.open(tx, id, device));
        });
        if (made instanceof OperatorMade.Made) {
            known.get().home().ifPresent(home -> subscriptions.give(actor, home, Plan.UNLIMITED));
        }
        return made;
    }
}
