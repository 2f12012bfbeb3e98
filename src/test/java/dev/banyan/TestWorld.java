package dev.banyan;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.operator.Operators;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.signin.LoggedIn;
import dev.banyan.workspaces.signin.WorkspaceLogins;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.enterprise.context.Dependent;
import org.jooq.SQLDialect;

/// A small world of people and brands, created through the product's own operations, and only as far as a test needs
/// it. Each test has its own world; names contain a number, because all worlds share one server.
///
/// - **Acme** is an agency (Pro, `agency-pro`, a pack of ten) with the brands **North** and **South**.
/// - **Rival** is another such agency, with the brand **East**.
/// - **Solo** has a free account without agency permission.
/// - The **operator** runs the server, and has no account.
/// - Acme's own **project** has the workspaces **Sales** and **Support**, each with an admin and a user; Rival's has
///   the workspace **Export** with an admin.
@Dependent
public class TestWorld {

    public static final String PASSWORD = "correct horse battery";
    private static final String OPERATOR_EMAIL = TestDatabases.OPERATOR;
    private static final AtomicInteger WORLDS = new AtomicInteger();

    /// A signed-in person.
    public record Person(
            String email, String username, IdentityId identity, AccountId account, String token, Caller caller) {}

    public record Brand(AccountId id, String username, String displayName) {}

    /// A person signed in to a workspace.
    public record Guest(int id, String username, String email, Workspace workspace, String token) {

        /// Returns the cookie as sent by a browser.
        public String cookie() {
            return "banyan_ws_" + workspace.id() + "=" + token;
        }
    }

    private final Registrations registrations;
    private final Logins logins;
    private final Operators operators;
    private final Subscriptions subscriptions;
    private final SubAccounts subAccounts;
    private final Contexts contexts;
    private final Projects projects;
    private final Workspaces workspaces;
    private final WorkspaceUsers workspaceUsers;
    private final WorkspaceLogins workspaceLogins;
    private final Audit audit;
    private final TestClock clock;
    private final Database database;
    private final int number = WORLDS.incrementAndGet();

    private Optional<Person> acme = Optional.empty();
    private Optional<Brand> north = Optional.empty();
    private Optional<Brand> south = Optional.empty();
    private Optional<Person> rival = Optional.empty();
    private Optional<Brand> east = Optional.empty();
    private Optional<Person> solo = Optional.empty();
    private Optional<Project> project = Optional.empty();
    private Optional<Project> rivalProject = Optional.empty();
    private final Map<String, Workspace> rooms = new HashMap<>();
    private final Map<String, Guest> guests = new HashMap<>();

    TestWorld(
            Registrations registrations,
            Logins logins,
            Operators operators,
            Subscriptions subscriptions,
            SubAccounts subAccounts,
            Contexts contexts,
            Projects projects,
            Workspaces workspaces,
            WorkspaceUsers workspaceUsers,
            WorkspaceLogins workspaceLogins,
            Audit audit,
            TestClock clock,
            Database database) {
        this.registrations = registrations;
        this.logins = logins;
        this.operators = operators;
        this.subscriptions = subscriptions;
        this.subAccounts = subAccounts;
        this.contexts = contexts;
        this.projects = projects;
        this.workspaces = workspaces;
        this.workspaceUsers = workspaceUsers;
        this.workspaceLogins = workspaceLogins;
        this.audit = audit;
        this.clock = clock;
        this.database = database;
        keepWhatMailsSay(database);
    }

    /// Keeps the texts of mails for the tests, because they are deleted after sending, which may happen at any moment.
    private static void keepWhatMailsSay(Database database) {
        database.write(tx -> tx.sql().execute(tx.sql().family() == SQLDialect.SQLITE ? """
                CREATE TRIGGER IF NOT EXISTS keep_what_mails_say AFTER UPDATE OF body ON mails
                WHEN new.state = 'sent'
                BEGIN
                    UPDATE mails SET subject = old.subject, body = old.body WHERE id = old.id;
                END""" : """
                CREATE OR REPLACE FUNCTION keep_what_mails_say() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    new.subject = old.subject;
                    new.body = old.body;
                    RETURN new;
                END $$;
                CREATE OR REPLACE TRIGGER keep_what_mails_say BEFORE UPDATE OF body ON mails
                FOR EACH ROW WHEN (new.state = 'sent') EXECUTE FUNCTION keep_what_mails_say()"""));
    }

    /// Returns the name with this world's number: unused on the server until a test registers it.
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
        return switch (registrations.create(Actor.SERVER, email, username, username, PASSWORD, false)) {
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

    /// Confirms the e-mail like the link in the mail; before that, a person can't send mails to others.
    public void confirm(Person person) {
        sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
    }

    public void plan(Person owner, Tier tier, AgencyPermission permission, Map<Pack, Integer> packs) {
        subscriptions.give(Actor.SERVER, owner.account(), new Plan(tier, Optional.of(permission), packs));
    }

    public void tier(Person owner, Tier tier) {
        subscriptions.give(Actor.SERVER, owner.account(), new Plan(tier, Optional.empty(), Map.of()));
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

    /// Returns Acme's own project, which has workspaces with open registration.
    public Project project() {
        return (project = project.or(() -> Optional.of(project(context(acme()), "Atlas")))).get();
    }

    public Project rivalProject() {
        return (rivalProject = rivalProject.or(() -> Optional.of(project(context(rival()), "Meridian")))).get();
    }

    /// Creates a project that has workspaces with open registration.
    public Project project(AccountContext owner, String name) {
        var wanted = new Projects.Change(Optional.of(name), Optional.empty(), Optional.of(true), Optional.of(true));
        return Outcomes.value(projects.create(owner, wanted));
    }

    public Workspace sales() {
        return rooms.computeIfAbsent("sales", _ -> workspace(context(acme()), project(), "Sales"));
    }

    public Workspace support() {
        return rooms.computeIfAbsent("support", _ -> workspace(context(acme()), project(), "Support"));
    }

    /// Returns Rival's workspace.
    public Workspace export() {
        return rooms.computeIfAbsent("export", _ -> workspace(context(rival()), rivalProject(), "Export"));
    }

    public Workspace workspace(AccountContext owner, Project project, String name) {
        return switch (workspaces.create(owner, project.id(), name, Optional.of("The " + name + " team"))) {
            case Workspaces.Created.Done done -> done.workspace();
            case Workspaces.Created other -> throw new AssertionError(name + ": " + other);
        };
    }

    public Guest salesAdmin() {
        return guests.computeIfAbsent("salesAdmin", _ -> guest(context(acme()), sales(), "amira", WorkspaceRole.ADMIN));
    }

    public Guest salesUser() {
        return guests.computeIfAbsent("salesUser", _ -> guest(context(acme()), sales(), "omar", WorkspaceRole.USER));
    }

    public Guest salesAgent() {
        return guests.computeIfAbsent("salesAgent", _ -> guest(context(acme()), sales(), "nour", WorkspaceRole.AGENT));
    }

    public Guest supportAdmin() {
        return guests.computeIfAbsent(
                "supportAdmin", _ -> guest(context(acme()), support(), "leila", WorkspaceRole.ADMIN));
    }

    public Guest supportUser() {
        return guests.computeIfAbsent(
                "supportUser", _ -> guest(context(acme()), support(), "yusuf", WorkspaceRole.USER));
    }

    public Guest exportAdmin() {
        return guests.computeIfAbsent(
                "exportAdmin", _ -> guest(context(rival()), export(), "nadia", WorkspaceRole.ADMIN));
    }

    /// Adds a person to a workspace, signed in.
    public Guest guest(AccountContext owner, Workspace workspace, String username, WorkspaceRole role) {
        String email = username + "@guests.example";
        var wanted = new WorkspaceUsers.NewUser(username, email, PASSWORD, role);
        var side = new WorkspaceActor.ProjectSide(owner);
        return switch (workspaceUsers.add(side, workspace.project(), workspace.id(), wanted)) {
            case WorkspaceUsers.Added.Done done ->
                new Guest(done.user().id(), username, email, workspace, newSession(workspace, username));
            case WorkspaceUsers.Added other -> throw new AssertionError(username + ": " + other);
        };
    }

    /// Returns the token of another session of a workspace user.
    public String newSession(Workspace workspace, String username) {
        return switch (workspaceLogins.login(Actor.SERVER, workspace.shortPath(), username, PASSWORD)) {
            case LoggedIn.Welcome welcome -> welcome.session().token();
            case LoggedIn other -> throw new AssertionError(username + ": " + other);
        };
    }

    /// Suspends a workspace, or reactivates it.
    public void suspend(AccountContext owner, Workspace workspace, boolean suspended) {
        workspaces.update(
                new WorkspaceActor.ProjectSide(owner),
                workspace.project(),
                workspace.id(),
                WorkspaceChange.suspended(suspended));
    }

    /// Returns the token of a session of the operator, who is shared by the whole server.
    public String operatorToken() {
        if (logins.login(Actor.SERVER, OPERATOR_EMAIL, PASSWORD) instanceof Logins.LoggedIn.Welcome welcome) {
            return welcome.session().token();
        }
        operators.resetPassword(Actor.SERVER, OPERATOR_EMAIL, PASSWORD);
        return newSession(OPERATOR_EMAIL);
    }

    /// Returns the token of another session of a person.
    public String newSession(String email) {
        return switch (logins.login(Actor.SERVER, email, PASSWORD)) {
            case Logins.LoggedIn.Welcome welcome -> welcome.session().token();
            case Logins.LoggedIn other -> throw new AssertionError(email + ": " + other);
        };
    }

    /// Ends the minute, so that counted denials are written.
    public void writeDenials() {
        clock.forward(Duration.ofMinutes(1));
        audit.writeDenials();
    }

    /// Changes rows directly, for states that no operation creates yet.
    public void sql(String statement, Object... values) {
        database.write(tx -> tx.sql().execute(statement, values));
    }

    /// Changes what the audit log says about a tenant. Its chain is sealed again from its beginning: a test may
    /// verify the chains of all tenants, and a job seals what is new every few seconds.
    public void changeAudit(AccountId tenant, String statement, Object... values) {
        database.write(tx -> {
            tx.sql().execute(statement, values);
            tx.sql()
                    .execute(
                            "UPDATE audit_events SET sequence = NULL, chain_hash = NULL WHERE tenant_id = ?",
                            tenant.toString());
            return tx.sql().execute("DELETE FROM audit_chains WHERE tenant_id = ?", tenant.toString());
        });
    }

    /// Removes all connections: with one, an account's new numbers of workspaces are made at its gateway.
    public void removeConnections() {
        sql("DELETE FROM whatsapp_connections");
    }

    /// Returns the result of a count query.
    public long count(String query, Object... values) {
        return Long.parseLong(select(query, values).getFirst());
    }

    /// Returns the first column of a query's result, as text.
    public List<String> select(String query, Object... values) {
        return database.read(tx -> tx.sql().fetch(query, values).getValues(0, String.class));
    }
}
