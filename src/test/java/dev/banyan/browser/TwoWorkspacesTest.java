package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import at.favre.lib.crypto.bcrypt.BCrypt;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

/// The seed's migration checklist with two workspaces of one project, each in its own browser: both have an Amira, and
/// neither learns about the other.
@BrowserTest
class TwoWorkspacesTest {

    private static final String SALES_PASSWORD = "salt on the tide";
    private static final String CARE_PASSWORD = "a lamp in the window";
    private static final String SECRET = "The price list of Saltmarsh";

    private final Stage stage;

    TwoWorkspacesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void aProjectMovesInAndItsRoomsStayApart() throws IOException {
        Window owner = stage.agency("mover", 0);
        String agency = owner.username();
        stage.server().confirmEmail(agency + "@mover.example");
        String project = owner.createProject(agency, "Retail Group");
        String guide = "/projects/" + project + "/move-in?as=" + agency;
        owner.go(guide);
        owner.assertHeading("Migration");
        assertThat(owner.find("#step-enable")).containsText("Done");
        assertThat(owner.find("main .lead")).containsText("1 of 10");

        String sales = owner.createWorkspace(agency, project, "Sales Team");
        String care = owner.createWorkspace(agency, project, "Customer Care");
        String salesHome = home(owner, agency, project, sales);
        String careHome = home(owner, agency, project, care);

        importUsers(owner, guide, "Sales Team", "amira@sales.example", SALES_PASSWORD);
        importUsers(owner, guide, "Customer Care", "amira@care.example", CARE_PASSWORD);
        moveConversation(owner, guide);
        tick(owner, guide, "#step-plan");
        assertThat(owner.find("main .lead")).containsText("6 of 10");
        owner.look("move-in");

        Window seller = stage.window();
        Window nurse = stage.window();
        signIn(seller, salesHome, SALES_PASSWORD);
        nurse.go(careHome + "/login");
        nurse.field("Username or email").fill("amira");
        nurse.field("Password").fill(SALES_PASSWORD);
        nurse.press("Enter");
        assertThat(nurse.find("#login-error")).containsText("Invalid credentials");
        signIn(nurse, careHome, CARE_PASSWORD);

        seesTheirOwnAndNothingElse(seller, salesHome, nurse, careHome);
        doorsAreTheirOwn(owner, agency, project, care, salesHome, careHome);
        oldAddressesLeadOn(owner, project, salesHome);
    }

    /// Checks that the migrated user is in the right workspace with their messages and file; the other workspace is
    /// empty.
    private static void seesTheirOwnAndNothingElse(Window seller, String salesHome, Window nurse, String careHome) {
        seller.go(salesHome + "/chat");
        assertThat(seller.find("#conversations a").first()).containsText(SECRET);
        seller.find("#conversations a").first().click();
        assertThat(seller.find("#thread")).containsText("It is in the post");
        String conversation = seller.path().replace(salesHome, "");

        nurse.go(careHome + "/chat");
        assertThat(nurse.find("#conversations a")).hasCount(0);
        nurse.find("#text").fill("hello");
        nurse.press("Enter");
        assertThat(nurse.find("#thread .msg.assistant[data-position] > div").first())
                .containsText("Customer Care");
        for (String path : new String[] {careHome + conversation, careHome + "/chat", careHome + "/login"}) {
            nurse.go(path);
            assertThat(nurse.find("body")).not().containsText("Saltmarsh");
            assertThat(nurse.find("body")).not().containsText("Sales Team");
        }
        nurse.go(salesHome + "/chat");
        nurse.assertAt(salesHome + "/login");
        seller.go(careHome + "/chat");
        seller.assertAt(careHome + "/login");
        seller.go(salesHome + "/chat");
        assertThat(seller.find("body")).not().containsText("Customer Care");
    }

    private void doorsAreTheirOwn(
            Window owner, String agency, String project, String care, String salesHome, String careHome) {
        owner.changeWorkspace(careHome, Map.of("registration_enabled", false));
        Window visitor = stage.window();
        visitor.go(careHome + "/register").assertHeading("Registration Closed");
        visitor.go(salesHome + "/register");
        assertThat(visitor.field("Username")).isVisible();

        owner.go("/projects/" + project + "/sub-clients/" + care + "/invitations?as=" + agency);
        owner.field("Email").fill("dana@care.example");
        owner.button("Create invitation").click();
        assertThat(owner.find("#fresh-link")).containsText("This server can’t send email");
        assertThat(owner.find("main table")).containsText("dana@care.example");
        owner.look("invitations");
        visitor.go(careHome + "/invitation/" + "x".repeat(43));
        visitor.assertHeading("Link expired");
        visitor.look("invitation-gone");
        visitor.go(careHome + "/forgot-password");
        visitor.field("Username or email").fill("amira");
        visitor.look("forgot-password");
        visitor.button("Send link").click();
        assertThat(visitor.find("main")).containsText("This server can’t send email.");
    }

    private static void oldAddressesLeadOn(Window owner, String project, String salesHome) {
        owner.changeWorkspace(salesHome, Map.of("pathname", "shop"));
        String renamed = salesHome.replaceFirst("-.*", "-shop");
        owner.go(salesHome + "/login");
        owner.assertAt(renamed + "/login");
    }

    /// @return the address of a workspace: `/s/` and its short path
    private static String home(Window owner, String agency, String project, String workspace) {
        owner.go("/projects/" + project + "/sub-clients/" + workspace + "?as=" + agency);
        String url = owner.find("#address").getAttribute("data-full");
        return url.substring(url.indexOf("/s/"));
    }

    private static void importUsers(Window owner, String guide, String workspace, String email, String password) {
        String hash = BCrypt.withDefaults().hashToString(4, password.toCharArray());
        byte[] list = ("username,email,role,password_hash\namira," + email + ",admin," + hash + "\n")
                .getBytes(StandardCharsets.UTF_8);
        owner.go(guide);
        owner.find("#users-into").selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(workspace));
        owner.find("#users-file").setInputFiles(new FilePayload("users.csv", "text/csv", list));
        owner.button("Import users").click();
        assertThat(owner.find("#report")).containsText("1 added, 0 invited");
    }

    private static void moveConversation(Window owner, String guide) throws IOException {
        owner.go(guide);
        owner.find("#talks-into")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Sales Team"));
        owner.find("#talks-file").setInputFiles(new FilePayload("old.zip", "application/zip", conversation()));
        owner.button("Move conversations").click();
        Locator run = owner.find("#run");
        assertThat(run).containsText("1 conversations with 2 messages and 1 files moved");
        owner.go(guide);
        assertThat(owner.find("#step-conversations")).containsText("Done");
        assertThat(owner.find("#step-files")).containsText("Done");
    }

    private static byte[] conversation() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("conv_1/conversation.json"));
            zip.write("""
                    {"metadata": {"convId": "conv_1", "projectId": "A1", "createdAt": 1700000000000, "userId": "amira"},
                     "messages": [{"role": "user", "content": "%s"},
                                  {"role": "assistant", "content": "It is in the post"}]}
                    """.formatted(SECRET).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("conv_1/prices.txt"));
            zip.write("One table, 200".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static void tick(Window owner, String guide, String step) {
        owner.go(guide);
        owner.find(step + " button").first().click();
        assertThat(owner.find(step)).containsText("Done");
    }

    private static void signIn(Window window, String home, String password) {
        window.go(home + "/login");
        window.field("Username or email").fill("amira");
        window.field("Password").fill(password);
        window.press("Enter");
        window.assertAt(home + "/chat");
    }
}
