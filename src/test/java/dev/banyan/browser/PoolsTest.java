package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The board of pools, live, and linking a number with a QR code.
@BrowserTest
class PoolsTest {

    private final Stage stage;
    private Window window;
    private String account;

    PoolsTest(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void operatorIsIn() {
        window = stage.agency("pools", 0);
        account = window.username();
    }

    @Test
    void firstMasterAndServantAreAddedAndLinked() {
        window.go("/admin/dashboard?as=" + account);
        window.menu("Pools").click();
        assertThat(window.find(".empty")).containsText("No numbers yet");
        window.look("pools-empty");

        window.link("Add master").click();
        window.assertFocus("#add-name");
        window.look("pools-add-master");
        window.type("#add-name", "Amira Nasser");
        window.type("#add-phone", "0501234567");
        window.press("Enter");
        assertThat(window.find("#add-phone-e")).containsText("Use the international form");
        window.assertFocus("#add-phone");
        window.look("pools-add-refused");
        window.type("#add-phone", "+971 50 000 0101");
        window.press("Enter");

        window.assertHeading("Link Amira Nasser");
        window.look("link-ready");
        window.button("Show a code").click();
        assertThat(window.find(".qr svg")).isVisible();
        assertThat(window.find("#linking")).containsText("Code 1 of 6");
        window.look("link-code");
        window.button("Scan with simulated phone").click();
        assertThat(window.find("#linking")).containsText("Linked: +971500000101");
        window.look("link-done");

        window.link("Back to pools").click();
        assertThat(window.find(".sender .state").first()).hasText("Linked");
        window.find("a[id^=add-servant]").click();
        window.type("#add-name", "Sales Team");
        window.type("#add-phone", "+971500000102");
        window.type("#add-purpose", "sales");
        window.press("Enter");
        window.assertHeading("Link Sales Team");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find(".servants li")).hasCount(1);
        assertThat(window.find(".sender-note")).containsText("Never linked.");
        window.look("pools-board");
        window.narrow(320, 700);
        window.look("pools-board-320");
    }

    @Test
    void boardFollowsWhatHappensElsewhere() {
        String master = master("Amira Nasser");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");
        Locator state = window.find("#sender-" + master + " .state");
        assertThat(state).hasText("Pending");

        Window other = window.anotherTab();
        other.go("/admin/pools/" + master + "/link?as=" + account);
        other.button("Show a code").click();
        assertThat(state).hasText("Linking");
        other.button("Scan with simulated phone").click();
        assertThat(state).hasText("Linked");
        master("Layla Noor");
        assertThat(window.find(".pool")).hasCount(2);
    }

    @Test
    void codePageFollowsTheScan() {
        String master = master("Amira Nasser");
        window.go("/admin/pools/" + master + "/link?as=" + account);
        window.button("Show a code").click();
        assertThat(window.find("#live-state")).hasText("Live");
        int before = Integer.parseInt(window.find("[data-seconds]").textContent());
        assertThat(window.find("[data-seconds]")).not().hasText(String.valueOf(before));

        window.post("/admin/pools/" + master + "/link/scan", Map.of("as", account));

        assertThat(window.find("#linking")).containsText(Pattern.compile("Linked: \\+971500\\d{6}"));
        window.assertSaid("Linked");
    }

    @Test
    void openMenuIsNotTakenAway() {
        String master = master("Amira Nasser");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");
        window.find("#more-" + master).click();
        assertThat(window.find("#menu-" + master)).isVisible();

        master("Layla Noor");
        window.post("/admin/pools/" + master + "/link", Map.of("as", account));
        assertThat(window.find("#menu-" + master)).isVisible();
        window.look("pools-menu");
        window.press("Escape");

        assertThat(window.find(".pool")).hasCount(2);
    }

    @Test
    void servantsMoveAndMastersAreRemoved() {
        String first = master("First Master");
        String second = master("Second Master");
        String servant = id(window.post(
                "/admin/pools/" + first + "/servants",
                Map.of("as", account, "displayName", "Sales Team", "phone", "+971500000102")));
        window.go("/admin/pools?as=" + account);

        window.find("#more-" + servant).click();
        window.find("#menu-" + servant).getByText("Move to another master…").click();
        window.look("pools-move");
        window.button("Move servant").click();
        assertThat(window.find("#pool-" + second + " .servants li")).hasCount(1);

        window.find("#more-" + second).click();
        window.find("#menu-" + second).getByText("Remove master…").click();
        window.look("pools-remove");
        window.find("#remove-to").selectOption(first);
        window.button("Remove master").click();
        assertThat(window.find(".pool")).hasCount(1);
        assertThat(window.find("#pool-" + first + " .servants li")).hasCount(1);
    }

    @Test
    void boardWorksWithoutAScript() {
        Window plain = stage.windowWithoutScript();
        Login login = stage.newcomer("plainpools");
        plain.registerQuietly(login);
        plain.go("/admin/pools");
        plain.link("Add master").click();
        plain.type("#add-name", "Amira Nasser");
        plain.button("Add master").click();
        plain.button("Show a code").click();
        assertThat(plain.find("#linking")).containsText("Code 1 of 6");
        assertThat(plain.find(".qr svg")).isVisible();
        plain.look("link-code-without-script");
        plain.button("Scan with simulated phone").click();
        assertThat(plain.find("#linking")).containsText("Linked: +971500");
    }

    private String master(String name) {
        return id(window.post("/admin/pools/masters", Map.of("as", account, "displayName", name, "phone", "")));
    }

    private static String id(String linkPage) {
        return linkPage.replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
    }
}
