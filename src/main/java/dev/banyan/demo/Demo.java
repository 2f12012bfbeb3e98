package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.operator.Operators;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.accounts.signin.SamplePeople;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.demo.DemoFile.Content;
import dev.banyan.demo.DemoFile.Login;
import dev.banyan.demo.DemoFile.SampleWorkspace;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Creates a sample agency with three brands, members, a project with an inbox, and WhatsApp numbers, mostly through
/// the operations that people use; a past that can't be lived through is written by the `Sample…` classes of each
/// package. Existing sample data is not changed; passwords are generated once and kept in [DemoFile]. If that file is
/// lost, they are generated again, unless a person has changed them. [DemoSafetyCheck] protects databases that are not
/// the demo's.
@Singleton
public class Demo {

    private static final String OPERATOR_EMAIL = "operator@banyan.example";
    private static final String AGENCY_EMAIL = "maya@creative.example";
    private static final String AGENCY = "creativeagency";
    static final List<String> PEOPLE = List.of(OPERATOR_EMAIL, AGENCY_EMAIL);
    private static final String OWN_PASSWORD = "(the one you chose)";

    private final Settings settings;
    private final DemoFile file;
    private final Registrations registrations;
    private final Logins logins;
    private final Operators operators;
    private final SamplePeople people;
    private final Subscriptions subscriptions;
    private final Contexts contexts;
    private final DemoAgency demoAgency;
    private final DemoProject demoProject;
    private final DemoPools demoPools;
    private final DemoMembers demoMembers;

    Demo(
            Settings settings,
            DemoFile file,
            Registrations registrations,
            Logins logins,
            Operators operators,
            SamplePeople people,
            Subscriptions subscriptions,
            Contexts contexts,
            DemoAgency demoAgency,
            DemoProject demoProject,
            DemoPools demoPools,
            DemoMembers demoMembers) {
        this.settings = settings;
        this.file = file;
        this.registrations = registrations;
        this.logins = logins;
        this.operators = operators;
        this.people = people;
        this.subscriptions = subscriptions;
        this.contexts = contexts;
        this.demoAgency = demoAgency;
        this.demoProject = demoProject;
        this.demoPools = demoPools;
        this.demoMembers = demoMembers;
    }

    public void fill() {
        Optional<Content> before = file.read();
        Content planned = planned(before);
        file.write(planned); // first, so that the passwords are known even if the rest fails
        boolean forgotten = before.isEmpty();
        people.plan(PEOPLE);
        fillOperator(planned.operator(), forgotten);
        fillAgency(planned.agency(), forgotten);
        Content filled = withKnownPasswords(planned.projectId().isEmpty() ? fillRest(planned, forgotten) : planned);
        file.write(filled);
        print(filled, settings.data(), before.isPresent());
    }

    /// Removes passwords that are no longer valid, so that they are neither kept nor shown.
    private Content withKnownPasswords(Content content) {
        return new Content(
                content.baseUrl(),
                withKnownPassword(content.operator()),
                withKnownPassword(content.agency()),
                content.projectId(),
                content.workspaces(),
                content.masters(),
                content.configFile());
    }

    private Login withKnownPassword(Login login) {
        return people.keepsPassword(login.email()) ? login : login.withoutPassword();
    }

    private Content planned(Optional<Content> before) {
        return new Content(
                settings.baseUrl(),
                new Login(
                        OPERATOR_EMAIL,
                        before.map(known -> known.operator().password()).orElseGet(Demo::newPassword),
                        Optional.empty()),
                new Login(
                        AGENCY_EMAIL,
                        before.map(known -> known.agency().password()).orElseGet(Demo::newPassword),
                        Optional.of(AGENCY)),
                before.flatMap(Content::projectId),
                before.map(Content::workspaces)
                        .filter(workspaces -> !workspaces.isEmpty())
                        .orElseGet(() -> DemoProject.planned(Demo::newPassword)),
                before.map(Content::masters).orElse(List.of()),
                before.flatMap(Content::configFile));
    }

    private void fillOperator(Login operator, boolean forgotten) {
        if (!people.isMade(operator.email())) {
            operators.createFirst(Actor.SERVER, operator.email(), operator.password());
            people.made(operator.email());
        } else if (forgotten) {
            resetUnlessChanged(operator);
        }
    }

    private void fillAgency(Login agency, boolean forgotten) {
        if (!people.isMade(agency.email())) {
            createAgency(agency);
            people.made(agency.email());
        } else if (forgotten) {
            resetUnlessChanged(agency);
        }
    }

    private void resetUnlessChanged(Login login) {
        if (people.keepsPassword(login.email())) {
            operators.resetPassword(Actor.SERVER, login.email(), login.password());
            people.made(login.email());
        }
    }

    private void createAgency(Login agency) {
        var registered =
                registrations.create(Actor.SERVER, agency.email(), AGENCY, "Creative Agency", agency.password(), true);
        if (registered instanceof Registered.Welcome welcome) {
            subscriptions.give(
                    Actor.SERVER,
                    welcome.account(),
                    new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1)));
            var caller = new Caller.SignedIn(
                    welcome.identity(), Digests.sha256Hex(welcome.session().token()));
            demoAgency.fill(context(caller, AGENCY), brand -> context(caller, brand));
            logins.logout(caller);
        }
    }

    /// Adds sample data introduced after the agency itself, so that data folders of older versions get it, too. An
    /// agency with a changed password belongs to a person by now and is left alone.
    private Content fillRest(Content planned, boolean forgotten) {
        if (!(logins.login(Actor.SERVER, AGENCY_EMAIL, planned.agency().password())
                instanceof Logins.LoggedIn.Welcome welcome)) {
            return planned;
        }
        var caller = new Caller.SignedIn(
                welcome.identity(), Digests.sha256Hex(welcome.session().token()));
        AccountContext agency = context(caller, AGENCY);
        DemoProject.Filled project = demoProject.fill(agency, planned.workspaces(), forgotten, Demo::newPassword);
        AccountId root = agency.root().id();
        List<String> masters = demoPools.fill(root);
        demoProject.fillInbox(
                agency,
                new SenderId(masters.getFirst()),
                demoPools.id(root, DemoPools.SALES_TEAM),
                demoPools.id(root, DemoPools.SUPPORT_TEAM));
        demoMembers.fill(agency, Demo::newPassword);
        logins.logout(caller);
        return new Content(
                planned.baseUrl(),
                planned.operator(),
                planned.agency(),
                Optional.of(project.projectId()),
                project.workspaces(),
                masters,
                Optional.of(settings.data()
                        .resolve("accounts/" + AGENCY + "/bots-config.json")
                        .toAbsolutePath()
                        .normalize()
                        .toString()));
    }

    private AccountContext context(Caller caller, String username) {
        if (contexts.resolve(caller, Actor.SERVER, Optional.of(username))
                instanceof Contexts.Resolved.Found(AccountContext context)) {
            return context;
        }
        throw new IllegalStateException("The sample account " + username + " cannot be reached");
    }

    private static String newPassword() {
        return Digests.newToken().replaceAll("[^A-Za-z0-9]", "").substring(0, 16);
    }

    private static void print(Content content, Path data, boolean again) {
        System.out.printf(
                """

                  Banyan with a sample agency

                    Open      %s
                    Agency    %s   password  %s
                    Operator  %s   password  %s

                    Public pages  /%s  /%s  /%s  /%s
                """,
                content.baseUrl(),
                content.agency().email(),
                shown(content.agency()),
                content.operator().email(),
                shown(content.operator()),
                AGENCY,
                DemoAgency.USERNAMES.get(0),
                DemoAgency.USERNAMES.get(1),
                DemoAgency.USERNAMES.get(2));
        content.workspaces().stream().limit(2).forEach(Demo::print);
        if (again) {
            System.out.println(
                    "    Workspace passwords are from the first start. If you changed a password, use yours.");
        }
        System.out.printf("""
                    Numbers       ./banyan console --data %s

                    Stop with Ctrl-C. You can also find these lines in demo.json in the data folder.

                """, data);
    }

    private static String shown(Login login) {
        return login.password().isEmpty() ? OWN_PASSWORD : login.password();
    }

    private static void print(SampleWorkspace workspace) {
        workspace
                .shortPath()
                .ifPresent(shortPath -> System.out.printf(
                        "    Workspace     /s/%s   %s   password  %s%n",
                        shortPath,
                        workspace.admin().username(),
                        workspace.admin().password()));
    }
}
