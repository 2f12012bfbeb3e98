package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.SampleFiles;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceColor;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.access.Projects;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Management of workspaces on pages by the project's side, a workspace's admins, its users and the operator:
/// appearance, users, limit, and deletion with all data.
@QuarkusTest
class WorkspaceAdministrationTest {

    private static final byte[] PNG = SampleFiles.PNG;

    @Inject
    TestWorld world;

    @Inject
    Senders senders;

    @Inject
    WorkspaceNumbers numbers;

    @Inject
    SubAccountLife life;

    @Inject
    Projects projects;

    @Inject
    Settings settings;

    private TestClient acme = TestClient.anonymous();
    private AccountContext owner;
    private Project project;
    private Workspace sales;
    private Guest admin;
    private TestClient amira = TestClient.anonymous();

    @BeforeEach
    void acmeHasAWorkspace() {
        acme = TestClient.of(world.acme());
        owner = world.context(world.acme());
        project = world.project(owner, "Retail Group");
        sales = world.workspace(owner, project, "Sales");
        admin = world.guest(owner, sales, "amira", WorkspaceRole.ADMIN);
        amira = TestClient.of(admin);
    }

    private String as() {
        return world.acme().username();
    }

    private String at(String path) {
        return "/projects/" + project.id() + "/sub-clients/" + sales.id() + path;
    }

    private String home() {
        return "/s/" + sales.shortPath();
    }

    /* Appearance. */

    @Test
    void theDoorsWearWhatTheSettingsSay() {
        assertThat(acme.form(
                                at("/settings/brand"),
                                "as",
                                as(),
                                "color",
                                "#7A2E8E",
                                "letters",
                                "Sä",
                                "welcome",
                                "Marhaba.\nCome in.")
                        .location())
                .contains("done=look-saved");

        Answer login = TestClient.anonymous().get(home() + "/login");
        assertThat(login.text()).contains("theme.css?color=7a2e8e", ">Sä</span>", "Marhaba.\nCome in.");
        assertThat(login.text()).contains("rel=\"icon\" href=\"" + home() + "/icon.svg?v=");
        Answer icon = TestClient.anonymous().get(home() + "/icon.svg");
        assertThat(icon.contentType()).startsWith("image/svg+xml");
        assertThat(icon.text()).contains("fill=\"#7a2e8e\"", ">Sä<");
        Answer theme = TestClient.anonymous().get(home() + "/theme.css");
        assertThat(theme.text()).contains("#7a2e8e", "--accent-text:");
        assertThat(theme.header("ETag")).contains("\"7a2e8e\"");
        assertThat(TestClient.anonymous()
                        .with("If-None-Match", "\"7a2e8e\"")
                        .get(home() + "/theme.css")
                        .status())
                .isEqualTo(304);
        assertThat(TestClient.anonymous()
                        .get(home() + "/theme.css?color=7a2e8e")
                        .text())
                .isEqualTo(theme.text());
        for (String page : List.of("/register", "/login")) {
            assertThat(TestClient.anonymous().get(home() + page).text()).contains("theme.css?color=7a2e8e");
        }
        assertThat(amira.get(home() + "/chat").text()).contains("theme.css?color=7a2e8e", ">Sä</span>");
        world.suspend(owner, sales, true);
        assertThat(TestClient.anonymous().get(home() + "/login").text()).contains("theme.css?color=7a2e8e");
        assertThat(TestClient.anonymous().get(home() + "/theme.css").text()).contains("#7a2e8e");
    }

    @Test
    void aColourOnWhichNobodyCanReadIsRefusedWithOneThatWorks() {
        Answer refused = acme.form(at("/settings/brand"), "as", as(), "color", "#ffd400", "letters", "", "welcome", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("contrast is 1.4 : 1", "value=\"#ffd400\"");
        String suggested = refused.text().replaceAll("(?s).*name=\"suggestion\" value=\"(#[0-9a-f]{6})\".*", "$1");
        assertThat(WorkspaceColor.parse(suggested).orElseThrow().carriesText()).isTrue();

        acme.form(
                at("/settings/brand"),
                "as",
                as(),
                "color",
                "#ffd400",
                "letters",
                "",
                "welcome",
                "",
                "suggestion",
                suggested);

        assertThat(TestClient.anonymous().get(home() + "/theme.css").text()).contains(suggested);
        assertThat(acme.form(
                                at("/settings/brand"),
                                "as",
                                as(),
                                "color",
                                "red;}",
                                "letters",
                                "a b",
                                "welcome",
                                "x".repeat(501))
                        .text())
                .contains("six hex digits", "1 or 2 letters", "500 characters or less");
        assertThat(TestClient.anonymous()
                        .get(home() + "/theme.css?color=ffd400")
                        .text())
                .as("a colour in the address is asked as well")
                .isEqualTo(WorkspaceTheme.DEFAULT);
    }

    @Test
    void aPictureIsOneByItsBytesAndTheOldOneIsListedForRemoval() throws IOException {
        assertThat(picture(PNG).location()).contains("done=look-saved");
        String login = TestClient.anonymous().get(home() + "/login").text();
        String address = login.replaceAll("(?s).*<img class=\"ws-mark picture \" src=\"([^\"]+)\".*", "$1");
        assertThat(address).startsWith(home() + "/mark?v=mark-");
        Answer shown = TestClient.anonymous().get(address);
        assertThat(shown.bytes()).isEqualTo(PNG);
        assertThat(shown.contentType()).isEqualTo("image/png");
        assertThat(shown.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(shown.header("Content-Security-Policy").orElse("")).contains("sandbox");
        Path file = settings.data().resolve("files").resolve(markPath());
        assertThat(file).exists();
        assertThat(markPath()).startsWith(sales.folder() + "/mark-");

        String first = markPath();
        byte[] jpeg = jpeg();
        picture(jpeg);
        assertThat(removed()).contains(first);
        assertThat(TestClient.anonymous().get(home() + "/mark").contentType()).isEqualTo("image/jpeg");
        String second = markPath();
        acme.form(at("/settings/picture/remove"), "as", as());
        assertThat(removed()).contains(second);
        assertThat(TestClient.anonymous().get(home() + "/mark").status()).isEqualTo(404);

        for (byte[] wrong : List.of(
                new byte[0],
                "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".getBytes(StandardCharsets.UTF_8),
                "GIF89a".getBytes(StandardCharsets.UTF_8),
                new byte[WorkspaceBrands.LARGEST_PICTURE + 1])) {
            assertThat(picture(wrong).status()).isEqualTo(422);
        }
        Answer cutOff = picture(Arrays.copyOf(jpeg, jpeg.length * 2 / 3));
        assertThat(cutOff.status()).isEqualTo(422);
        assertThat(cutOff.text()).contains("Part of this picture is missing.");
        assertThat(picture(large(WorkspaceBrands.LARGEST_PICTURE + 1)).status()).isEqualTo(422);
        assertThat(picture(large(WorkspaceBrands.LARGEST_PICTURE)).status()).isEqualTo(303);
    }

    private static byte[] jpeg() throws IOException {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 40_000).forEach(i -> image.setRGB(i % 200, i / 200, i * 7919));
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] large(int size) {
        byte[] bytes = new byte[size];
        System.arraycopy(PNG, 0, bytes, 0, PNG.length);
        return bytes;
    }

    private Answer picture(byte[] bytes) {
        return acme.multipart(
                at("/settings/picture"), Map.of("as", as()), "picture", "../../mark.svg", "image/svg+xml", bytes);
    }

    private String markPath() {
        return world.select(
                        "SELECT mark_path FROM sub_clients WHERE id = ?",
                        sales.id().value())
                .getFirst();
    }

    private List<String> removed() {
        return world.select("SELECT path FROM removed_files");
    }

    /// Only in a frame of our own pages, and without working forms.
    @Test
    void thePreviewIsTheRealPageAndChangesNothing() {
        Answer preview = acme.get(
                at("/settings/preview?as=" + as() + "&color=ffd400&letters=Zz&welcome=" + TestClient.encode("<b>Hi")));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.text())
                .contains(">Zz</span>", "&lt;b&gt;Hi", "Sign in")
                .doesNotContain("color=ffd400");
        assertThat(preview.header("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'self'", "form-action 'none'");
        assertThat(TestClient.anonymous().get(home() + "/login").text()).doesNotContain(">Zz</span>");
        assertThat(amira.get(home() + "/settings/preview?letters=Yy").text()).contains(">Yy</span>");
        assertThat(TestClient.anonymous()
                        .get(home() + "/login")
                        .header("Content-Security-Policy")
                        .orElse(""))
                .contains("frame-ancestors 'none'");
    }

    /* The workspace's own admins. */

    @Test
    void anAdminChangesWhatAdminsMay() {
        assertThat(amira.form(home() + "/settings", "name", "Sales Gulf", "description", "We sell")
                        .location())
                .contains("done=workspace-saved");
        assertThat(amira.form(home() + "/settings", "name", " ", "description", "")
                        .status())
                .isEqualTo(422);
        assertThat(amira.form(home() + "/settings/registration", "value", "off").location())
                .contains("registration-closed");
        assertThat(amira.form(home() + "/settings/brand", "color", "#123456", "letters", "", "welcome", "")
                        .status())
                .isEqualTo(303);
        assertThat(amira.multipart(home() + "/settings/picture", Map.of(), "picture", "a.png", "image/png", PNG)
                        .status())
                .isEqualTo(303);

        Answer page = amira.get(home() + "/settings");
        assertThat(page.text()).contains("Sales Gulf", "We sell", "#123456").doesNotContain("name=\"pathname\"");
        assertThat(TestClient.anonymous().get(home() + "/register").status()).isEqualTo(403);
        assertThat(TestClient.anonymous()
                        .get("/api/sub-clients/lookup?shortPath=" + sales.shortPath())
                        .text())
                .contains("Sales Gulf");
        // Fields that admins may not change are ignored.
        amira.form(
                home() + "/settings",
                "name",
                "Sales Gulf",
                "description",
                "",
                "pathname",
                "stolen",
                "suspended",
                "true");
        assertThat(TestClient.anonymous().get(home() + "/login").status()).isEqualTo(200);
    }

    @Test
    void anAdminLooksAfterTheUsers() {
        assertThat(amira.get(home() + "/users").text())
                .contains("<title>Users – ", "There is only one admin.", ">You</span>");
        assertThat(amira.form(
                                home() + "/users",
                                "username",
                                "omar",
                                "email",
                                "omar@guests.example",
                                "password",
                                TestWorld.PASSWORD,
                                "role",
                                "user",
                                "idempotencyKey",
                                "")
                        .location())
                .contains("done=user-added");
        String omar = world.select(
                        "SELECT id FROM sub_client_users WHERE sub_client_id = ? AND username = 'omar'",
                        sales.id().value())
                .getFirst();
        assertThat(rows(amira.get(home() + "/users?q=om"))).isEqualTo(1);
        assertThat(amira.get(home() + "/users?q=nobody").text()).contains("Nothing matches");
        assertThat(amira.form(home() + "/users/" + admin.id() + "/role", "role", "user")
                        .status())
                .as("the last admin")
                .isEqualTo(422);
        assertThat(amira.form(home() + "/users/" + admin.id() + "/remove").text())
                .contains("You can’t remove yourself.");
        assertThat(amira.form(home() + "/users/" + omar + "/role", "role", "admin")
                        .location())
                .contains("role-saved");
        assertThat(amira.get(home() + "/users").text()).doesNotContain("There is only one admin.");
        assertThat(amira.get(home() + "/users/" + omar + "/remove").text()).contains("Remove <bdi>omar</bdi>?");
        assertThat(amira.form(home() + "/users/" + omar + "/remove").location()).contains("user-removed");
        assertThat(amira.form(home() + "/users/" + omar + "/remove").status()).isEqualTo(404);
        assertThat(amira.form(home() + "/users/" + world.supportAdmin().id() + "/remove")
                        .status())
                .as("somebody of another workspace")
                .isEqualTo(404);
    }

    @Test
    void theUsersTabPagesSearchesAndShowsTheLastSignIn() {
        for (int i = 0; i < 53; i++) {
            world.sql(
                    "INSERT INTO sub_client_users (tenant_id, sub_client_id, username, email, password_hash, role,"
                            + " created_at, updated_at) VALUES (?, ?, ?, ?, 'no hash', 'user', 0, 0)",
                    world.acme().account().toString(),
                    sales.id().value(),
                    "row_" + i,
                    "row" + i + "@guests.example");
        }
        Answer first = acme.get(at("/users?as=" + as()));
        assertThat(rows(first)).isEqualTo(50);
        String next = first.text().replaceAll("(?s).*<a class=\"btn s\" href=\"([^\"]+)\">Next</a>.*", "$1");
        Answer second = acme.get(next.replace("&amp;", "&"));
        assertThat(rows(second)).isEqualTo(4);
        assertThat(second.text()).contains("amira@guests.example", "Last sign-in", "First page");
        assertThat(rows(acme.get(at("/users?as=" + as() + "&q=ROW_5")))).isEqualTo(4);
        assertThat(world.select(
                        "SELECT last_sign_in_at FROM sub_client_users WHERE sub_client_id = ? AND username = 'amira'",
                        sales.id().value()))
                .doesNotContainNull();
    }

    private static long rows(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("<tr id=\"user-"))
                .count();
    }

    /* A user's own profile. */

    @Test
    void everybodyChangesTheirOwnLoginAndSignsOutEverywhere() {
        Guest omar = world.guest(owner, sales, "omar", WorkspaceRole.USER);
        var phone = TestClient.anonymous()
                .with("Cookie", "banyan_ws_" + sales.id() + "=" + world.newSession(sales, "omar"));
        var client = TestClient.of(omar);

        assertThat(client.form(home() + "/profile", "username", "omar_b", "email", "Omar.B@Guests.example")
                        .text())
                .contains("Enter your password to change your email.");
        assertThat(client.form(
                                home() + "/profile",
                                "username",
                                "omar_b",
                                "email",
                                "Omar.B@Guests.example",
                                "currentPassword",
                                TestWorld.PASSWORD)
                        .location())
                .contains("profile-saved");
        assertThat(client.get(home() + "/profile").text()).contains("omar_b", "omar.b@guests.example");
        assertThat(client.form(home() + "/profile", "username", "amira", "email", "omar.b@guests.example")
                        .text())
                .contains("This username is taken.");
        assertThat(client.form(
                                home() + "/profile/password",
                                "currentPassword",
                                "wrong password",
                                "newPassword",
                                "a new password here")
                        .text())
                .contains("Incorrect password.");
        assertThat(phone.get(home() + "/profile").status()).isEqualTo(200);
        Answer out = client.form(home() + "/profile/sessions/end");
        assertThat(out.location()).isEqualTo(home() + "/login?done=signed-out");
        assertThat(TestClient.anonymous().get(out.location()).text()).contains("Signed out on all devices");
        assertThat(phone.get(home() + "/profile").location()).startsWith(home() + "/login?");
        assertThat(amira.get(home() + "/profile").status()).isEqualTo(200);

        var again = TestClient.anonymous()
                .with("Cookie", "banyan_ws_" + sales.id() + "=" + world.newSession(sales, "omar_b"));
        assertThat(again.form(
                                home() + "/profile/password",
                                "currentPassword",
                                TestWorld.PASSWORD,
                                "newPassword",
                                "a new password here")
                        .location())
                .contains("password-saved");
        assertThat(again.get(home() + "/chat").location()).isEqualTo(home() + "/login");
    }

    /* The limit. */

    @Test
    void theOperatorSetsHowManyAnAgencyMayHave() {
        var operator = TestClient.withSession(world.operatorToken());
        String page = "/operator/accounts/" + world.acme().account() + "/workspaces";
        assertThat(operator.get("/operator/accounts/" + world.acme().account()).text())
                .contains(page);
        assertThat(operator.get(page).text()).contains("1 workspace used, no limit.");

        assertThat(operator.form(page, "max", "0").location()).contains("limit-saved");
        Answer refused = acme.post("/api/projects/" + project.id() + "/sub-clients", Map.of("name", "Second"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("limit").isNumber()).isTrue();
        assertThat(refused.json().path("limit").asInt()).isZero();
        assertThat(refused.json().path("current").asInt()).isEqualTo(1);
        assertThat(operator.get(page).text()).contains("Workspace limit reached");
        assertThat(TestClient.anonymous().get(home() + "/login").status())
                .as("nothing is deleted")
                .isEqualTo(200);

        operator.form(page, "max", "2");
        assertThat(acme.post("/api/projects/" + project.id() + "/sub-clients", Map.of("name", "Second"))
                        .status())
                .isEqualTo(201);
        operator.form(page, "max", "-1");
        assertThat(acme.post("/api/projects/" + project.id() + "/sub-clients", Map.of("name", "Third"))
                        .status())
                .isEqualTo(201);
        operator.form(page, "max", "");
        assertThat(operator.get(page).text()).contains("value=\"\"");
        for (String wrong : List.of("-2", "many", "1.5", "99999999999999999999", "2000000000")) {
            assertThat(operator.form(page, "max", wrong).status()).as(wrong).isEqualTo(422);
        }
        for (TestClient other : List.of(acme, TestClient.of(world.rival()), amira)) {
            assertThat(other.form(page, "max", "9").status()).isIn(303, 404);
        }
        assertThat(world.select(
                        "SELECT max_sub_clients FROM workspace_limits WHERE tenant_id = ?",
                        world.acme().account().toString()))
                .containsExactly((String) null);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM audit_events WHERE action = 'WorkspaceLimitSet' AND tenant_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(4);
    }

    /* Deleting. */

    @Test
    void whatGoesIsListedAndGoes() {
        var side = new WorkspaceActor.ProjectSide(owner);
        var number = Outcomes.value(numbers.create(side, sales.id()));
        var conversation = amira.post("/api/sub-client/chat/send", Map.of("message", "hello"));
        assertThat(conversation.status()).isEqualTo(200);
        world.suspend(owner, sales, true);

        String asked = acme.get(at("/delete?as=" + as())).text();
        assertThat(asked)
                .contains("1 user, 1 conversation, 0 files will be deleted", "its WhatsApp number will be removed");
        assertThat(acme.form(at("/delete"), "as", as()).location()).contains("workspace-deleted");

        assertThat(world.count(
                        "SELECT COUNT(*) FROM senders WHERE id = ?", number.id().value()))
                .isZero();
        assertThat(removed()).as("it can be restored (DeletedWorkspacesTest)").doesNotContain(sales.folder());
        assertThat(world.count(
                        "SELECT COUNT(*) FROM workspace_words WHERE sub_client_id = ?",
                        sales.id().value()))
                .isZero();
        assertThat(world.count(
                        "SELECT COUNT(*) FROM messages WHERE sub_client_id = ?",
                        sales.id().value()))
                .isPositive();
    }

    @Test
    void aWorkspaceWhoseNumberHasServantsStays() {
        var side = new WorkspaceActor.ProjectSide(owner);
        var number = Outcomes.value(numbers.create(side, sales.id()));
        senders.addServant(
                number.tenant(),
                Actor.SERVER,
                new Senders.NewServant(number.id(), "+971500000107", "Helper line", Optional.empty()));
        String route = "/api/projects/" + project.id() + "/sub-clients/" + sales.id();
        assertThat(acme.delete(route).status()).as("active").isEqualTo(400);
        world.suspend(owner, sales, true);

        Answer refused = acme.delete(route);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).contains("has 1 servant.");
        assertThat(acme.get(at("/delete?as=" + as())).text()).contains("has servants.", "can’t be deleted");
        Answer bulk = acme.form(
                "/projects/" + project.id() + "/sub-clients/bulk",
                "as",
                as(),
                "workspace",
                sales.id().value(),
                "action",
                "delete");
        assertThat(bulk.text()).contains("has servants.");
        assertThat(acme.form(
                                "/projects/" + project.id() + "/sub-clients/bulk/delete",
                                "as",
                                as(),
                                "workspace",
                                sales.id().value())
                        .text())
                .contains("wasn’t deleted: its number has servants.");
        assertThat(acme.get(route).status()).isEqualTo(200);
    }

    /* A project made while its account is suspended. */

    @Test
    void aProjectOfASuspendedAccountIsClosedFromItsBeginning() {
        AccountContext north = world.context(world.acme(), world.north().username());
        life.suspend(owner, world.north().username());

        // The context was resolved just before the suspension.
        Project late = world.project(north, "Late");

        assertThat(world.select(
                        "SELECT is_account_suspended FROM projects WHERE id = ?",
                        late.id().toString()))
                .containsExactly("1");
        life.reactivate(owner, world.north().username());
        assertThat(world.select(
                        "SELECT is_account_suspended FROM projects WHERE id = ?",
                        late.id().toString()))
                .containsExactly("0");
    }

    /* Old addresses. */

    @Test
    void aProjectsOldAddressLeadsToItsDefaultWorkspace() {
        Workspace second = world.workspace(owner, project, "Second");
        String old = "/projects/" + project.id() + "/conversations";
        Answer answer = acme.get(old);
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.location()).isEqualTo(home() + "/chat");
        assertThat(answer.header("Cache-Control")).contains("no-cache");
        assertThat(amira.get(old).location())
                .as("a user of the default workspace")
                .isEqualTo(home() + "/chat");

        acme.form("/projects/" + project.id() + "/sub-clients/" + second.id() + "/settings/default", "as", as());
        assertThat(acme.get(old).location()).isEqualTo("/s/" + second.shortPath() + "/chat");
        world.suspend(owner, second, true);
        assertThat(acme.get(old).location()).isEqualTo(home() + "/chat");
        world.suspend(owner, sales, true);
        assertThat(acme.get(old).status()).isEqualTo(404);
        assertThat(acme.get("/projects/nonsense/conversations").status()).isEqualTo(404);
        world.suspend(owner, sales, false);
        projects.update(
                owner,
                project.id(),
                new Projects.Change(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty()));
        assertThat(acme.get(old).status()).isEqualTo(404);
    }

    /// Others get the same answer for a project with a workspace as for one that doesn't exist.
    @Test
    void aProjectsOldAddressTellsOthersNothing() {
        String old = "/projects/" + project.id() + "/conversations";
        String none = "/projects/01900000-0000-7000-8000-000000000000/conversations";
        Workspace second = world.workspace(owner, project, "Second");
        for (TestClient other : List.of(
                TestClient.anonymous(),
                TestClient.of(world.rival()),
                TestClient.of(world.exportAdmin()),
                TestClient.of(world.guest(owner, second, "omar", WorkspaceRole.ADMIN)))) {
            Answer answer = other.get(old);
            Answer unknown = other.get(none);
            assertThat(answer.status()).isEqualTo(unknown.status()).isNotEqualTo(301);
            assertThat(answer.header("Location")
                            .map(to -> to.replace(project.id().toString(), "")))
                    .isEqualTo(unknown.header("Location")
                            .map(to -> to.replace("01900000-0000-7000-8000-000000000000", "")));
            assertThat(answer.toString()).doesNotContain(sales.shortId());
        }
        assertThat(TestClient.anonymous().get(old).location()).startsWith("/login");
        assertThat(TestClient.of(world.rival()).get(old).status()).isEqualTo(404);
    }

    /* The list. */

    @Test
    void theListSortsFiltersAndPages() {
        Workspace zebra = world.workspace(owner, project, "zebra");
        Workspace apple = world.workspace(owner, project, "Äpfel");
        acme.form(
                "/projects/" + project.id() + "/sub-clients/" + zebra.id() + "/registration",
                "as",
                as(),
                "value",
                "off");
        assertThat(shown("&sort=name"))
                .containsExactly(
                        apple.id().value(), sales.id().value(), zebra.id().value());
        assertThat(shown("&sort=oldest"))
                .containsExactly(
                        sales.id().value(), zebra.id().value(), apple.id().value());
        assertThat(shown("&sort=users")).startsWith(sales.id().value());
        assertThat(shown("&state=closed")).containsExactly(zebra.id().value());
        assertThat(shown("&state=open&sort=name"))
                .containsExactly(apple.id().value(), sales.id().value());
        assertThat(shown("&q=apf")).containsExactly(apple.id().value());
        assertThat(shown("&sort=nonsense&after=nonsense")).hasSize(3);
        assertThat(acme.get("/projects/" + project.id() + "/sub-clients/management?as=" + as() + "&sort=name&q=ze")
                        .text())
                .contains("name=\"sort\" value=\"name\"");
        projects.update(
                owner,
                project.id(),
                new Projects.Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(false)));
        assertThat(shown("&state=open")).isEmpty();
        assertThat(shown("&state=closed")).hasSize(3);
    }

    private List<String> shown(String query) {
        return acme.get("/projects/" + project.id() + "/sub-clients/management?as=" + as() + query)
                .text()
                .lines()
                .filter(line -> line.startsWith("<tr id=\"ws-"))
                .map(line -> line.replaceFirst("<tr id=\"ws-([^\"]+)\".*", "$1"))
                .toList();
    }
}
