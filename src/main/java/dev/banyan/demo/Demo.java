package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.demo.DemoFile.Content;
import dev.banyan.demo.DemoFile.Login;
import dev.banyan.demo.DemoFile.SampleWorkspace;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.config.Settings;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Creates a sample agency with three brands, members, a project with an inbox, and WhatsApp numbers, mostly through
/// the operations that people use; a past that can't be lived through is written by the `Sample…` classes of each
/// package. Existing sample data is not changed; passwords are generated once and kept in [DemoFile]. If that file is
/// lost, they are generated again, unless a person has changed them. [DemoSafetyCheck] protects databases that are not
/// the demo's.
@Singleton
public record Demo(
        Settings settings,
        DemoFile file,
        DemoLogins logins,
        DemoOwner owner,
        DemoAgency demoAgency,
        DemoProject demoProject,
        DemoPools demoPools,
        DemoMembers demoMembers) {

    private static final String OPERATOR_EMAIL = "operator@banyan.example";
    private static final String AGENCY_EMAIL = "maya@creative.example";
    private static final String AGENCY = "creativeagency";
    static final List<String> PEOPLE = List.of(OPERATOR_EMAIL, AGENCY_EMAIL);
    private static final String OWN_PASSWORD = "(the one you chose)";

    public void fill() {
        Optional<Content> before = file.read();
        Content planned = planned(before);
        file.write(planned); // first, so that the passwords are known even if the rest fails
        boolean forgotten = before.isEmpty();
        logins.plan(PEOPLE);
        logins.make(planned.operator(), forgotten, logins::createOperator);
        logins.make(planned.agency(), forgotten, this::createAgency);
        Content filled = withKnownPasswords(planned.projectId().isEmpty() ? fillRest(planned, forgotten) : planned);
        file.write(filled);
        print(filled, settings.data(), before.isPresent());
    }

    /// Removes passwords that are no longer valid, so that they are neither kept nor shown.
    private Content withKnownPasswords(Content content) {
        return new Content(
                content.baseUrl(),
                logins.withKnownPassword(content.operator()),
                logins.withKnownPassword(content.agency()),
                content.projectId(),
                content.workspaces(),
                content.masters(),
                content.configFile());
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

    private void createAgency(Login agency) {
        owner.register(agency, "Creative Agency", acting -> demoAgency.fill(acting.apply(AGENCY), acting));
    }

    /// Adds sample data introduced after the agency itself, so that data folders of older versions get it, too. An
    /// agency with a changed password belongs to a person by now and is left alone.
    private Content fillRest(Content planned, boolean forgotten) {
        return owner.signIn(planned.agency(), acting -> fillRest(planned, forgotten, acting))
                .orElse(planned);
    }

    private Content fillRest(Content planned, boolean forgotten, Function<String, AccountContext> acting) {
        AccountContext agency = acting.apply(AGENCY);
        DemoProject.Filled project = demoProject.fill(agency, planned.workspaces(), forgotten, Demo::newPassword);
        AccountId root = agency.root().id();
        List<String> masters = demoPools.fill(root);
        Stream.concat(Stream.of(AGENCY), DemoAgency.USERNAMES.stream())
                .map(acting)
                .forEach(account -> demoPools.fillButtons(account, masters.getFirst()));
        demoProject.fillInbox(
                agency,
                new SenderId(masters.getFirst()),
                demoPools.id(root, DemoPools.SALES_TEAM),
                demoPools.id(root, DemoPools.SUPPORT_TEAM));
        demoMembers.fill(agency, Demo::newPassword);
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
                    Numbers       %s console --data %s

                    Stop with Ctrl-C. You can also find these lines in demo.json in the data folder.

                """, OwnCommand.NAME, data);
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
