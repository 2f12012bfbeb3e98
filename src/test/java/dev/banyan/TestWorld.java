package dev.banyan;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Contexts;
import dev.banyan.accounts.Logins;
import dev.banyan.accounts.Operators;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Registrations;
import dev.banyan.accounts.SubAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A small world of people and brands, made through the operations that everybody uses, and only as far as a test
/// asks for it. Each test has a world of its own; names carry a number, for all worlds share one server.
///
/// - **Acme** is an agency (Pro, `agency-pro`, a pack of ten) with the brands **North** and **South**.
/// - **Rival** is another such agency, with the brand **East**.
/// - **Solo** has a free account without agency permission.
/// - The **operator** runs the server, and has no account.
@Dependent
public class TestWorld {

    public static final String PASSWORD = "correct horse battery";
    private static final String OPERATOR_EMAIL = "operator@banyan.example";
    private static final AtomicInteger WORLDS = new AtomicInteger();

    /// Somebody who has signed in.
    public record Person(
            String email, String username, IdentityId identity, AccountId account, String token, Caller caller) {}

    public record Brand(AccountId id, String username, String displayName) {}

    private final Registrations registrations;
    private final Logins logins;
    private final Operators operators;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final Contexts contexts;
    private final Database database;
    private final int number = WORLDS.incrementAndGet();

    private Optional<Person> acme = Optional.empty();
    private Optional<Brand> north = Optional.empty();
    private Optional<Brand> south = Optional.empty();
    private Optional<Person> rival = Optional.empty();
    private Optional<Brand> east = Optional.empty();
    private Optional<Person> solo = Optional.empty();

    TestWorld(
            Registrations registrations,
            Logins logins,
            Operators operators,
            Accounts accounts,
            SubAccounts subAccounts,
            Contexts contexts,
            Database database) {
        this.registrations = registrations;
        this.logins = logins;
        this.operators = operators;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.contexts = contexts;
        this.database = database;
    }

    /// The name with this world's number: unused on the server until a test registers it.
    public String name(String stem) {
        return stem + number;
    }

    public Person acme() {
        return (acme = acme.or(() -> Optional.of(agency("acme")))).get();
    }

    public Brand north() {
        return (north = north.or(() -> Optional.of(brand(acme(), "north", "North")))).get();
    }

    public Brand south() {
        return (south = south.or(() -> Optional.of(brand(acme(), "south", "South")))).get();
    }

    public Person rival() {
        return (rival = rival.or(() -> Optional.of(agency("rival")))).get();
    }

    public Brand east() {
        return (east = east.or(() -> Optional.of(brand(rival(), "east", "East")))).get();
    }

    public Person solo() {
        return (solo = solo.or(() -> Optional.of(person("solo")))).get();
    }

    public Person agency(String stem) {
        Person owner = person(stem);
        plan(owner, Tier.PRO, AgencyPermission.PRO, Map.of(Pack.TEN, 1));
        return owner;
    }

    public Person person(String stem) {
        String username = name(stem);
        String email = username + "@people.example";
        return switch (registrations.create(Actor.SERVER, email, username, username, PASSWORD)) {
            case Registrations.Registered.Welcome welcome ->
                new Person(
                        email,
                        username,
                        welcome.identity(),
                        welcome.account(),
                        welcome.session().token(),
                        new Caller.SignedIn(
                                welcome.identity(),
                                Digests.sha256Hex(welcome.session().token())));
            case Registrations.Registered other -> throw new AssertionError(stem + ": " + other);
        };
    }

    public void plan(Person owner, Tier tier, AgencyPermission permission, Map<Pack, Integer> packs) {
        accounts.setPlan(Actor.SERVER, owner.account(), new Plan(tier, Optional.of(permission), packs));
    }

    public void tier(Person owner, Tier tier) {
        accounts.setPlan(Actor.SERVER, owner.account(), new Plan(tier, Optional.empty(), Map.of()));
    }

    public Brand brand(Person owner, String stem, String displayName) {
        String username = name(stem);
        var wanted = new SubAccounts.NewSubAccount(username, displayName, Optional.empty(), Optional.empty());
        return switch (subAccounts.create(context(owner), wanted)) {
            case SubAccounts.Created.Done done ->
                new Brand(done.subAccount().account().id(), username, displayName);
            case SubAccounts.Created other -> throw new AssertionError(stem + ": " + other);
        };
    }

    public AccountContext context(Person person) {
        return context(person, person.username());
    }

    public AccountContext context(Person person, String username) {
        if (contexts.resolve(person.caller(), Actor.SERVER, Optional.of(username))
                instanceof Contexts.Resolved.Found(AccountContext context)) {
            return context;
        }
        throw new AssertionError(person.username() + " cannot act for " + username);
    }

    /// The token of a session of the operator, of whom there is one on the whole server.
    public String operatorToken() {
        operators.createFirst(Actor.SERVER, OPERATOR_EMAIL, PASSWORD);
        return newSession(OPERATOR_EMAIL);
    }

    /// The token of one more session of a person.
    public String newSession(String email) {
        return switch (logins.login(Actor.SERVER, email, PASSWORD)) {
            case Logins.LoggedIn.Welcome welcome -> welcome.session().token();
            case Logins.LoggedIn other -> throw new AssertionError(email + ": " + other);
        };
    }

    /// Changes rows as no operation does yet.
    public void sql(String statement, Object... values) {
        database.write(tx -> tx.sql().execute(statement, values));
    }

    /// How many rows a query counts.
    public long count(String query, Object... values) {
        return Long.parseLong(select(query, values).getFirst());
    }

    /// The first column of what a query finds, as text.
    public List<String> select(String query, Object... values) {
        return database.read(tx -> tx.sql().fetch(query, values).getValues(0, String.class));
    }
}
