package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.WaitUntilState;
import dev.banyan.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The board of pools with live updates, and linking a number with a QR code.
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

    /// A refused handshake looks like a lost connection, so the page has to ask the server.
    @Test
    void whoWasSignedOutMeanwhileIsLedToTheLogin() {
        Runnable cut = window.socketsCutBy("/admin/pools/live?as=" + account);
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");

        window.loseSession();
        cut.run();

        assertThat(window.page()).hasURL(Pattern.compile(".*/login.*"));
    }

    @Test
    void theBoardIsLiveAgainAsSoonAsSomebodyLooks() {
        window.assertReconnectsWhenSeen(
                "/admin/pools?as=" + account, "/admin/pools/live?as=" + account, "#live-state", "Live");
    }

    /// A restart of the server is hardly noticed, a long outage doesn't hammer it, and not all pages come back at once.
    @Test
    void attemptsAreQuickAtFirstAndSpread() {
        window.go("/admin/pools?as=" + account);
        List<?> least = delays("0");
        List<?> most = delays("1 - Number.EPSILON");
        assertThat(least).hasSameSizeAs(most);
        double waited = 0;
        for (int i = 0; i < most.size(); i++) {
            double from = ((Number) least.get(i)).doubleValue();
            double to = ((Number) most.get(i)).doubleValue();
            assertThat(to).isBetween(1.9 * from, 15_001.0);
            assertThat(to).as("attempt " + (i + 1)).isLessThanOrEqualTo(1_001 + waited * 0.6);
            waited += to;
        }
        assertThat(((Number) most.getFirst()).doubleValue()).isLessThanOrEqualTo(1_001);
        assertThat(((Number) most.getLast()).doubleValue()).isGreaterThan(14_000);
    }

    /// @param chance what the page draws for a random number
    private List<?> delays(String chance) {
        return (List<?>) window.page().evaluate("""
                        () => {
                          const random = Math.random;
                          Math.random = () => %s;
                          const delays = Array.from({ length: 12 }, (_, i) => retryDelay(i + 1));
                          Math.random = random;
                          return delays;
                        }""".formatted(chance));
    }

    @Test
    void firstMasterAndServantAreAddedAndLinked() {
        window.go("/admin/dashboard?as=" + account);
        window.menu("Numbers").click();
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
        window.button("Show QR code").click();
        assertThat(window.find(".qr svg")).isVisible();
        assertThat(window.find("#linking")).containsText("Code 1 of 6");
        window.look("link-code");
        window.button("Scan with simulated phone").click();
        assertThat(window.find("#linking")).containsText("Linked: +971500000101");
        window.look("link-done");

        window.link("Back to numbers").click();
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
        other.button("Show QR code").click();
        assertThat(state).hasText("Linking");
        other.button("Scan with simulated phone").click();
        assertThat(state).hasText("Linked");
        master("Layla Noor");
        assertThat(window.find(".pool")).hasCount(2);
    }

    /// What the socket says before the page can ask for the board would be waited for without end.
    @Test
    void boardFollowsAlsoIfOneOfItsScriptsIsSlow() {
        List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
        window.page().routeWebSocket(address -> address.endsWith("/admin/pools/live?as=" + account), socket -> {
            sockets.add(socket);
            socket.connectToServer();
        });
        var held = new AtomicReference<Optional<Route>>(Optional.empty());
        window.page().route(address -> address.contains("/ui/board.js"), route -> held.set(Optional.of(route)));
        window.page()
                .navigate("/admin/pools?as=" + account, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        window.page().waitForCondition(() -> held.get().isPresent());
        window.page().waitForFunction("() => window.clockOf"); // banyan.js has run
        assertThat(sockets).isEmpty();

        held.get().orElseThrow().resume();
        assertThat(window.find("#live-state")).hasText("Live");
        String master = master("Amira Nasser");
        assertThat(window.find("#sender-" + master + " .state")).hasText("Pending");
    }

    @Test
    void aBoardThatIsCurrentIsNotFetchedAgain() {
        List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
        window.page().routeWebSocket(address -> address.endsWith("/admin/pools/live?as=" + account), sockets::add);
        window.page().addInitScript("addEventListener('renew', () => { window.renewed = true; }, true)");
        window.go("/admin/pools?as=" + account);
        window.page().waitForCondition(() -> sockets.size() == 1);
        sockets.getFirst().send(window.find("#board").getAttribute("data-seen"));
        sockets.getFirst().close();
        assertThat(window.find("#live-state")).containsText("Reconnecting");
        assertThat(window.find("#live-state")).hasText("Live");
        assertThat((boolean) window.page().evaluate("'renewed' in window")).isFalse();

        sockets.getLast().send("changed");
        window.page().waitForFunction("() => window.renewed");
    }

    @Test
    void aBannedNumberIsAnAlertAndItsMarksAreSaved() {
        String master = master("Amira Nasser");
        window.post("/admin/pools/" + master + "/link", Map.of("as", account));
        window.post("/admin/pools/" + master + "/link/scan", Map.of("as", account));
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");
        window.post("/admin/pools/senders/" + master + "/simulate", Map.of("as", account, "fault", "ban"));
        assertThat(window.find("[aria-labelledby=open-alerts]"))
                .containsText("“Amira Nasser”: WhatsApp has banned it.");
        window.look("pools-alert");

        window.link("Show all alerts").click();
        window.assertHeading("Alerts");
        assertThat(window.find("#alerts")).containsText("Number failed");
        window.type("#a-length", "lots");
        window.button("Save changes").click();
        assertThat(window.find("#a-length-e")).containsText("Enter a whole number");
        window.type("#a-length", "50");
        window.find("input[name=mail]").check();
        window.button("Save changes").click();
        window.assertSaid("Alert settings saved");
        assertThat(window.find("#a-length")).hasValue("50");
        assertThat(window.find("input[name=mail]")).isChecked();
        window.look("alerts");
        window.narrow(320, 700);
        window.look("alerts-320");
    }

    @Test
    void aProxyIsAddedChangedAndDeleted() {
        String master = master("Amira Nasser");
        window.go("/admin/pools?as=" + account);
        window.link("Proxies").click();
        window.assertHeading("Proxies");
        assertThat(window.find(".empty")).containsText("No proxies yet");
        window.look("proxies-empty");
        window.type("#p-name", "Dubai");
        window.type("#p-host", "http://proxy.example");
        window.type("#p-port", "1080");
        window.type("#p-user", "amira");
        window.type("#p-password", "open sesame");
        window.button("Add proxy").click();
        assertThat(window.find("#p-host-e")).containsText("Enter a host name or an IP address");
        assertThat(window.find("#p-password")).hasValue("");
        window.type("#p-host", "proxy.example");
        window.type("#p-password", "open sesame");
        window.button("Add proxy").click();
        window.assertSaid("Proxy added");
        assertThat(window.find("#proxies > li")).containsText("socks5://proxy.example:1080");
        window.look("proxies");
        window.narrow(320, 700);
        window.look("proxies-320");

        window.link("Edit Dubai").click();
        window.assertHeading("Proxy");
        window.type("#p-capacity", "5");
        window.look("proxy");
        window.button("Save changes").click();
        window.assertSaid("Proxy saved");
        assertThat(window.find("#proxies > li")).containsText("0 of 5 numbers");
        window.link("Delete Dubai…").click();
        assertThat(window.find("dialog[open]")).containsText("Delete “Dubai”?");
        window.button("Delete proxy").click();
        window.assertSaid("Proxy deleted");

        window.go("/admin/pools/senders/" + master + "?as=" + account);
        assertThat(window.find("#proxy")).containsText("Simulator doesn’t support proxies.");
    }

    @Test
    void codePageFollowsTheScan() {
        String master = master("Amira Nasser");
        window.go("/admin/pools/" + master + "/link?as=" + account);
        window.button("Show QR code").click();
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
    void filterFindsAndTheAddressKeepsIt() {
        String first = master("Amira Nasser");
        servant(first, "Sales Team", "+971500000102");
        servant(first, "Night Desk", "+971500000103");
        window.go("/admin/pools?as=" + account);

        window.press("/");
        window.assertFocus("#board-text");
        window.type("#board-text", "desk");
        assertThat(window.find(".sender[data-row]")).hasCount(1);
        window.assertSaid("1 number found");
        assertThat(window.page()).hasURL(Pattern.compile("/admin/pools\\?as=" + account + "&text=desk$"));
        window.look("pools-found");

        window.type("#board-text", "nobody at all");
        assertThat(window.find(".empty")).containsText("No numbers found");
        window.look("pools-found-nothing");
        window.find(".empty").getByText("Show all").click();
        assertThat(window.find(".sender[data-row]")).hasCount(3);
    }

    @Test
    void aFilterIsNotLostWhenTheBoardIsRenewedMeanwhile() {
        String first = master("Amira Nasser");
        servant(first, "Night Desk", "+971500000103");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");
        var held = new AtomicReference<Optional<Route>>(Optional.empty());
        window.page().route(url -> url.contains("text=desk"), route -> held.set(Optional.of(route)));

        window.type("#board-text", "desk");
        window.page().waitForCondition(() -> held.get().isPresent());
        window.page()
                .waitForResponse(
                        answer -> answer.url().contains("/admin/pools?"),
                        () -> window.page()
                                .evaluate("document.getElementById('board').dispatchEvent(new Event('renew'))"));
        held.get().orElseThrow().resume();

        assertThat(window.find(".sender[data-row]")).hasCount(1);
    }

    @Test
    void tickedSendersAreTriedThenTagged() {
        String first = master("Amira Nasser");
        String sales = servant(first, "Sales Team", "+971500000102");
        String desk = servant(first, "Night Desk", "+971500000103");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");
        assertThat(window.find(".bulkbar")).isHidden();

        window.find("#sender-" + sales + " .pick input").check();
        window.find("#sender-" + desk + " .pick input").check();
        window.assertSaid("2 selected");
        window.post("/admin/pools/" + sales + "/link", Map.of("as", account));
        assertThat(window.find("#sender-" + sales + " .state")).hasText("Linking");
        assertThat(window.find("#sender-" + sales + " .pick input")).isChecked();
        window.look("pools-picked");
        window.find("#bulk-tag").click();
        window.assertFocus("#bulk-tags");
        window.type("#bulk-tags", "gold !");
        window.button("Preview changes").click();
        assertThat(window.find("#bulk-tags-e")).containsText("A tag has");
        window.type("#bulk-tags", "gold");
        window.look("pools-bulk-tag");
        window.button("Preview changes").click();
        assertThat(window.find("#bulk-report")).containsText("2 rows ready");
        window.look("pools-bulk-tried");
        window.button("Tag 2 numbers").click();
        assertThat(window.find("#bulk-report")).containsText("2 rows done");
        window.look("pools-bulk-done");
        window.link("Back to numbers").click();
        assertThat(window.find("#sender-" + desk + " .tag")).hasText("gold");
    }

    @Test
    void servantMovesByKeysAlone() {
        String first = master("First Master");
        String second = master("Second Master");
        String servant = servant(first, "Sales Team", "+971500000102");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");

        window.press("ArrowDown");
        window.assertFocus("#open-" + first);
        window.press("ArrowDown");
        window.assertFocus("#open-" + servant);
        window.press("m");
        window.assertFocus("#move-to");
        window.press("Escape");
        window.assertFocus("#open-" + servant);
        window.press("m");
        window.assertFocus("#move-to");
        window.press("Tab");
        window.press("Tab");
        window.press("Enter");
        assertThat(window.find("#pool-" + second + " .servants li")).hasCount(1);
    }

    @Test
    void servantIsDraggedToAnotherPool() {
        String first = master("First Master");
        String second = master("Second Master");
        String servant = servant(first, "Sales Team", "+971500000102");
        window.go("/admin/pools?as=" + account);
        assertThat(window.find("#live-state")).hasText("Live");

        window.narrow(1280, 1200); // both pools are on the screen
        window.find("#sender-" + servant + " .rank").hover();
        var mouse = window.page().mouse();
        mouse.down();
        window.find("#head-" + second).hover();
        window.find("#head-" + second).hover(); // a browser may take the first move for the beginning of the drag
        assertThat(window.find("#pool-" + second + ".drop")).isVisible();
        mouse.up();

        assertThat(window.find("#pool-" + second + " #sender-" + servant)).isVisible();
        assertThat(window.find(".toast")).containsText("Servant moved");
    }

    @Test
    void senderPageShowsAndChanges() {
        String master = master("Amira Nasser");
        window.post("/admin/pools/" + master + "/link", Map.of("as", account));
        window.post("/admin/pools/" + master + "/link/scan", Map.of("as", account));
        window.go("/admin/pools/senders/" + master + "?as=" + account);
        window.assertHeading("Amira Nasser Master");
        assertThat(window.find("#sender-now .state")).hasText("Linked");
        assertThat(window.find("#live-state")).hasText("Live");
        window.look("sender");

        assertThat(window.find("#metrics .empty")).containsText("No messages in the last 24 hours");
        window.post(
                "/admin/pools/" + master + "/customers/messages",
                Map.of("as", account, "phone", "+971500000901", "text", "Hello there"));
        Locator table = window.find("#metrics summary");
        Eventually.holds(() -> {
            window.go("/admin/pools/senders/" + master + "?as=" + account);
            return table.isVisible();
        });
        table.click();
        assertThat(window.find("#metrics tbody tr")).hasCount(24);
        window.type("#t-weight", "many");
        window.button("Save number").click();
        assertThat(window.find("#t-weight-e")).containsText("Enter a whole number");
        window.look("sender-refused");
        window.type("#t-weight", "5");
        window.button("Save number").click();
        assertThat(window.find(".toast")).containsText("Number saved");
        assertThat(window.find("#t-weight")).hasValue("5");

        window.button("Ban…").click();
        window.find("#fault-ban")
                .getByText("Ban", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(window.find("#sender-now .card-head .state")).hasText("Banned");
    }

    @Test
    void poolIsTunedAndTried() {
        String master = master("Amira Nasser");
        window.post("/admin/pools/" + master + "/link", Map.of("as", account));
        window.post("/admin/pools/" + master + "/link/scan", Map.of("as", account));
        window.go("/admin/pools/" + master + "/settings?as=" + account);
        window.assertHeading("Pool settings");
        window.look("pool-settings");
        window.find("input[value=least-loaded]").check();
        window.button("Save changes").click();
        assertThat(window.find(".toast")).containsText("Pool settings saved");
        assertThat(window.find("input[value=least-loaded]")).isChecked();

        window.link("Messages").click();
        window.type("#try-to", "+971500000901");
        window.type("#try-text", "Hello there");
        window.button("Send message").click();
        assertThat(window.find(".toast")).containsText("Message queued");
        assertThat(window.find(".message-rows .said")).hasText("Hello there");
        window.look("pool-messages");
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
        plain.button("Show QR code").click();
        assertThat(plain.find("#linking")).containsText("Code 1 of 6");
        assertThat(plain.find(".qr svg")).isVisible();
        plain.look("link-code-without-script");
        plain.button("Scan with simulated phone").click();
        assertThat(plain.find("#linking")).containsText("Linked: +971500");
    }

    private String master(String name) {
        return id(window.post("/admin/pools/masters", Map.of("as", account, "displayName", name, "phone", "")));
    }

    private String servant(String master, String name, String phone) {
        return id(window.post(
                "/admin/pools/" + master + "/servants", Map.of("as", account, "displayName", name, "phone", phone)));
    }

    private static String id(String linkPage) {
        return linkPage.replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
    }
}
