package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.banyan.TestClock;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.mail.WorkspaceMails;
import dev.banyan.workspaces.migration.UserImports.Fate;
import dev.banyan.workspaces.migration.UserImports.Imported;
import dev.banyan.workspaces.migration.UserImports.Report;
import dev.banyan.workspaces.migration.UserImports.ReportLine;
import dev.banyan.workspaces.signin.LoggedIn;
import dev.banyan.workspaces.signin.WorkspaceLogins;
import dev.banyan.workspaces.users.Invitations;
import dev.banyan.workspaces.users.MailAllowances;
import dev.banyan.workspaces.users.WorkspaceUsers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists of users from other systems.
@QuarkusTest
class UserImportsTest {

    private static final String PASSWORD = "a password of before";

    @Inject
    ChatRooms rooms;

    @Inject
    UserImports imports;

    @Inject
    Passwords passwords;

    @Inject
    Database database;

    @Inject
    WorkspaceUsers users;

    @Inject
    Invitations invitations;

    @Inject
    Identities identities;

    @Inject
    WorkspaceMails workspaceMails;

    @Inject
    Audit audit;

    @Inject
    TestClock clock;

    @Inject
    WorkspaceLogins logins;

    private Workspace sales;

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        rooms.world().confirm(rooms.world().acme());
    }

    @Test
    void usersComeWithTheirHashesAndOneMoreTimeNobodyComes() {
        String list = """
            username,email,admin,password_hash
            salesuser,Sales@Example.com,false,%s
            "leila",leila@example.com,true,"%s"
            unquoted,unquoted@example.com,true,%s
            """.formatted(
                bcrypt(BCrypt.Version.VERSION_2B, PASSWORD), passwords.hash(PASSWORD), passwords.hash(PASSWORD));

        Report dry = report(list, true);
        assertThat(fates(dry)).containsExactly(Fate.ADDED, Fate.ADDED, Fate.REFUSED);
        assertThat(dry.lines().getLast().why()).contains("Put values that contain commas in quotes");
        assertThat(users()).isZero();
        assertThat(fates(report(list, false))).containsExactly(Fate.ADDED, Fate.ADDED, Fate.REFUSED);
        assertThat(users()).isEqualTo(2);
        assertThat(fates(report(list, false))).containsExactly(Fate.THERE_ALREADY, Fate.THERE_ALREADY, Fate.REFUSED);
        assertThat(users()).isEqualTo(2);
        assertThat(rooms.world()
                        .select(
                                "SELECT user_count FROM sub_clients WHERE id = ?",
                                sales.id().value()))
                .containsExactly("2");
        assertThat(hashOf("leila@example.com")).startsWith("$argon2id$");
        assertThat(rooms.world()
                        .select(
                                "SELECT role FROM sub_client_users WHERE sub_client_id = ? AND username = 'leila'",
                                sales.id().value()))
                .containsExactly("admin");
    }

    @Test
    void everyKindOfBcryptLogsInAndIsHashedAnew() {
        var kinds = List.of(BCrypt.Version.VERSION_2A, BCrypt.Version.VERSION_2B, BCrypt.Version.VERSION_2Y);
        String list = "username,email,password_hash\n"
                + IntStream.range(0, kinds.size())
                        .mapToObj(i -> "user_" + i + ",user" + i + "@example.com," + bcrypt(kinds.get(i), PASSWORD))
                        .collect(Collectors.joining("\n"));
        report(list, false);

        for (int i = 0; i < kinds.size(); i++) {
            String email = "user" + i + "@example.com";
            assertThat(hashOf(email)).startsWith("$2");
            assertThat(login(email, "wrong password")).isInstanceOf(LoggedIn.WrongCredentials.class);
            assertThat(hashOf(email)).startsWith("$2");
            assertThat(login(email, PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
            assertThat(hashOf(email)).startsWith("$argon2id$");
            assertThat(login(email, PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
        }
    }

    /// bcrypt reads 72 bytes: users with a longer password can sign in with it, and from then on all of it counts.
    @Test
    void aPasswordLongerThanBcryptReadsWorksAndIsReadWholeFromThenOn() {
        String password = "x".repeat(72) + " and more";
        String cut = "x".repeat(72) + " and less";
        report(
                "username,email,password_hash\nlong_one,long@example.com,"
                        + bcrypt(BCrypt.Version.VERSION_2A, "x".repeat(72)),
                false);

        assertThat(login("long@example.com", password)).isInstanceOf(LoggedIn.Welcome.class);
        assertThat(login("long@example.com", cut)).isInstanceOf(LoggedIn.WrongCredentials.class);
        assertThat(login("long@example.com", password)).isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void whoHasNoHashIsInvitedWithTheNameOfTheList() {
        String list = """
            [{"username": "omar_h", "email": "omar@example.com", "role": "admin"},
             {"username": "noor", "email": "noor@example.com", "admin": true}]
            """;
        assertThat(fates(report(list, true))).containsExactly(Fate.INVITED, Fate.INVITED);
        assertThat(mailsTo("omar@example.com")).isZero();
        long before = mailsTo("noor@example.com");
        assertThat(fates(report(list, false))).containsExactly(Fate.INVITED, Fate.INVITED);
        assertThat(fates(report(list, false))).containsExactly(Fate.THERE_ALREADY, Fate.THERE_ALREADY);
        assertThat(mailsTo("noor@example.com")).isEqualTo(before + 1);
        assertThat(rooms.world()
                        .select(
                                "SELECT username || ' ' || role FROM workspace_invitations WHERE sub_client_id = ?"
                                        + " ORDER BY email",
                                sales.id().value()))
                .containsExactly("noor admin", "omar_h admin");
    }

    @Test
    void whoHasNotConfirmedTheirOwnEmailInvitesNobody() {
        rooms.mailServer(sales);
        rooms.world()
                .sql(
                        "UPDATE identities SET email_confirmed_at = NULL WHERE email = ?",
                        rooms.world().acme().email());
        long before = mailsTo("noor@example.com");
        String list = "username,email,password_hash\nnoor,noor@example.com,\nleila,leila@example.com,"
                + bcrypt(BCrypt.Version.VERSION_2A, PASSWORD);

        assertThat(fates(report(list, true))).containsExactly(Fate.REFUSED, Fate.ADDED);
        Report report = report(list, false);
        assertThat(fates(report)).containsExactly(Fate.REFUSED, Fate.ADDED);
        assertThat(report.lines().getFirst().why()).startsWith("confirm your own email address");
        assertThat(mailsTo("noor@example.com")).isEqualTo(before);
        rooms.world().confirm(rooms.world().acme());
        assertThat(fates(report(list, false))).containsExactly(Fate.INVITED, Fate.THERE_ALREADY);
    }

    @Test
    void anImportSendsNoMoreMailsThanOneMayAndGoesOnLater() {
        var limits = TestLimits.on(
                clock, "limit-workspace-mails-by-workspace", "2/1h", "limit-workspace-mails-by-account", "3/1h");
        var allowances = new MailAllowances(database, identities, workspaceMails, limits);
        imports = new UserImports(database, users, invitations, allowances, audit, clock);
        String list = "username,email\none,one@example.com\ntwo,two@example.com\ntri,tri@example.com\n";

        assertThat(fates(report(list, true))).containsExactly(Fate.INVITED, Fate.INVITED, Fate.INVITED);
        Report first = report(list, false);
        assertThat(fates(first)).containsExactly(Fate.INVITED, Fate.INVITED, Fate.REFUSED);
        assertThat(first.lines().getLast().why()).startsWith("too many invitations");
        // Another workspace of the same account can use the rest of the account's limit.
        Workspace support = rooms.workspace("Support");
        assertThat(allowances.take(support)).isEmpty();
        assertThat(allowances.take(support)).isPresent();
        clock.forward(Duration.ofHours(1));
        assertThat(fates(report(list, false))).containsExactly(Fate.THERE_ALREADY, Fate.THERE_ALREADY, Fate.INVITED);
    }

    @Test
    void whatIsLongInBytesAndShortInLettersIsToldWhole() {
        String name = "😀".repeat(40);
        Report report =
                report("username,email\n" + name + ",x@example.com\n" + "😀".repeat(61) + ",y@example.com", true);
        assertThat(report.lines().stream().map(ReportLine::username)).containsExactly(name, "😀".repeat(50) + "…");
    }

    @Test
    void everyLineThatIsRefusedSaysWhyAndKeepsNobodyElseOut() {
        rooms.world().guest(rooms.owner(), sales, "taken", WorkspaceRole.USER);
        String list = """
            username,email,role,password_hash
            x,short@example.com,user,
            good_one,good@example.com,agent,%s
            bad_email,nonsense,user,
            bad_role,role@example.com,owner,
            dear_one,dear@example.com,user,$2a$31$%s
            md5_one,md5@example.com,user,5f4dcc3b5aa765d61d8327deb882cf99
            big_argon,big@example.com,user,"$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHRzYWx0$%s"
            GOOD_ONE,other@example.com,user,
            taken,new@example.com,user,
            """.formatted(bcrypt(BCrypt.Version.VERSION_2A, PASSWORD), "a".repeat(53), "a".repeat(43));

        Report report = report(list, false);

        assertThat(report.lines().stream().map(ReportLine::why))
                .containsExactly(
                        "Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and"
                                + " hyphens",
                        "",
                        "Invalid email format",
                        "Role must be 'admin', 'agent' or 'user'",
                        "the bcrypt cost must be 4 to 14",
                        "the hash is neither bcrypt ($2a$, $2b$, $2y$) nor Argon2id ($argon2id$v=19$…) nor Django’s"
                                + " (pbkdf2_sha256$…)",
                        "Argon2id may have at most m=65536, t=10, p=4",
                        "this username is in the list twice",
                        "a user of the workspace already has this username");
        assertThat(report.lines().getFirst().number()).isEqualTo(2);
        assertThat(report.count(Fate.ADDED)).isEqualTo(1);
        assertThat(rooms.world()
                        .select(
                                "SELECT role FROM sub_client_users WHERE sub_client_id = ? AND username = 'good_one'",
                                sales.id().value()))
                .containsExactly("agent");
        assertThat(report.toString()).doesNotContain("a".repeat(53), "5f4dcc3b");
    }

    @Test
    void aFileThatCannotBeUsedSaysSo() {
        assertThat(broken("")).isEqualTo("The list is empty");
        assertThat(broken("name,post\nx,y"))
                .startsWith("The first line must name the columns")
                .endsWith("We don't know any of: “name”, “post”");
        assertThat(broken("[{\"username\": ")).startsWith("The list isn't valid JSON");
        assertThat(broken("{\"people\": []}")).startsWith("The JSON must be a list");
        assertThat(broken("username,email\n" + "a,b\n".repeat(10_001)))
                .isEqualTo("The list has more than 10,000 users");
        assertThat(broken("username,email\n" + "x".repeat(2 * 1024 * 1024))).isEqualTo("The list is larger than 2 MB");
        assertThat(imports.run(side(), sales.project(), sales.id(), new byte[] {'P', 'K', 3, 4}, true))
                .isInstanceOfSatisfying(
                        Imported.Broken.class,
                        broken -> assertThat(broken.why()).startsWith("This is not an Excel workbook with a sheet"));
    }

    @Test
    void onlyThoseWhoMayChangeUsersMay() {
        var stranger = new WorkspaceActor.ProjectSide(
                rooms.world().context(rooms.world().rival()));
        assertThat(imports.run(stranger, sales.project(), sales.id(), bytes("username,email\n"), false))
                .isEqualTo(new Imported.Refused(new Refusal.NotFound()));
        assertThat(users()).isZero();
    }

    private String broken(String list) {
        return switch (imports.run(side(), sales.project(), sales.id(), bytes(list), false)) {
            case Imported.Broken broken -> broken.why();
            case Imported other -> throw new AssertionError(other);
        };
    }

    private Report report(String list, boolean dryRun) {
        return switch (imports.run(side(), sales.project(), sales.id(), bytes(list), dryRun)) {
            case Imported.Done done -> done.report();
            case Imported other -> throw new AssertionError(other);
        };
    }

    private WorkspaceActor side() {
        return new WorkspaceActor.ProjectSide(rooms.owner());
    }

    private static List<Fate> fates(Report report) {
        return report.lines().stream().map(ReportLine::fate).toList();
    }

    private LoggedIn login(String email, String password) {
        return logins.login(Actor.SERVER, sales.shortPath(), email, password);
    }

    private long users() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                        sales.id().value());
    }

    private long mailsTo(String email) {
        return rooms.world().count("SELECT count(*) FROM mails WHERE recipient = ?", email);
    }

    private String hashOf(String email) {
        return rooms.world()
                .select(
                        "SELECT password_hash FROM sub_client_users WHERE sub_client_id = ? AND email = ?",
                        sales.id().value(),
                        email)
                .getFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String bcrypt(BCrypt.Version version, String password) {
        return BCrypt.with(version).hashToString(4, password.toCharArray());
    }
}
