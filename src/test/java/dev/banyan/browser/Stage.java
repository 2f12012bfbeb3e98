package dev.banyan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.banyan.Eventually;

/// One server, one browser, and the windows opened by a test.
final class Stage implements AutoCloseable {

    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final Browser browser;
    private final DemoServer server;
    private final Outside outside;
    private final String baseUrl;
    /// The operator in another browser.
    private final APIRequestContext operator;
    private final List<Window> windows = new ArrayList<>();
    /// A second server for tests that need it, on which owners change their plans themselves.
    private Optional<DemoServer> open = Optional.empty();
    private int people = 0;

    private Stage(Playwright playwright, Browser browser, DemoServer server, Outside outside, String baseUrl) {
        this.playwright = playwright;
        this.browser = browser;
        this.server = server;
        this.outside = outside;
        this.baseUrl = baseUrl;
        this.operator = playwright
                .request()
                .newContext(
                        new APIRequest.NewContextOptions().setBaseURL(baseUrl).setTimeout(Eventually.MILLIS));
        Login login = server.operator();
        operator.post(
                "/login",
                RequestOptions.create()
                        .setForm(FormData.create().set("email", login.email()).set("password", login.password())));
    }

    /// Starts the server and the browser in parallel.
    static Stage set() {
        Path chromium = Chromium.find();
        PlaywrightAssertions.setDefaultAssertionTimeout(Eventually.MILLIS);
        DemoServer server = DemoServer.start();
        Outside outside = Outside.open();
        try {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = Chromium.launch(playwright, chromium, outside);
            return new Stage(playwright, browser, server, outside, server.awaitUrl());
        } catch (RuntimeException failure) {
            outside.close();
            server.close();
            throw failure;
        }
    }

    DemoServer server() {
        return server;
    }

    Outside outside() {
        return outside;
    }

    /// Opens a window on the same server by its name, because browsers have no passkeys for bare addresses.
    Window windowAtLocalhost() {
        return window(baseUrl.replace("127.0.0.1", "localhost"), true);
    }

    /// Opens the browser of one person, with its own cookies.
    Window window() {
        return window(true);
    }

    Window windowWithoutScript() {
        return window(false);
    }

    private Window window(boolean script) {
        return window(baseUrl, script);
    }

    DemoServer openServer() {
        return (open = open.or(() -> Optional.of(DemoServer.start(Map.of("BANYAN_BILLING", "open"))))).get();
    }

    /// Opens a window on the server where owners change their plans themselves.
    Window windowOfOpenServer(boolean script) {
        return window(openServer().awaitUrl(), script);
    }

    /// Opens a window on a server of the test's own.
    Window windowOf(NewServer server, boolean script) {
        return window(server.awaitUrl(), script);
    }

    private Window window(String baseUrl, boolean script) {
        return shown(Window.open(browser, baseUrl, script));
    }

    private Window shown(Window window) {
        windows.add(window);
        return window;
    }

    /// Returns the credentials of a new person.
    Login newcomer(String name) {
        String username = name + ++people;
        return new Login(username + "@" + name + ".example", username, "a quiet harbour at dawn");
    }

    /// Opens a window in which a new agency is signed in, with this many 3-packs.
    Window agency(String name, int packs) {
        return agency(window(), name, packs);
    }

    /// Opens such a window with a browser in this time zone.
    Window agencyIn(ZoneId zone, String name) {
        return agency(shown(Window.openIn(zone, browser, baseUrl)), name, 0);
    }

    private Window agency(Window window, String name, int packs) {
        Login login = newcomer(name);
        window.registerQuietly(login);
        grant(window.accountId(), packs);
        return window;
    }

    void grant(String accountId, int packs) {
        grant(accountId, "pro", "agency-pro", Map.of("packs3", packs));
    }

    /// @param packs such as `packs10` and their number
    void grant(String accountId, String tier, String permission, Map<String, Integer> packs) {
        FormData form = FormData.create()
                .set("tier", tier)
                .set("agencyPermission", permission)
                .set("confirmed", "yes"); // required if something is taken away
        packs.forEach(form::set);
        APIResponse answer = operator.post(
                "/operator/accounts/" + accountId, RequestOptions.create().setForm(form));
        assertThat(answer.ok()).as("the operator's grant").isTrue();
    }

    /// Closes what a test left open. Any problem recorded by a window fails the test.
    void clear(String test, boolean failed) {
        if (failed) {
            for (int i = 0; i < windows.size(); i++) {
                windows.get(i).screenshot("failed-" + test + "-" + i);
            }
        }
        List<String> complaints = windows.stream()
                .flatMap(window -> window.complaints().stream())
                .distinct()
                .toList();
        windows.forEach(Window::close);
        windows.clear();
        assertThat(complaints)
                .as("what the browser and the rules of design object to")
                .isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        outside.close();
        server.close();
        open.ifPresent(DemoServer::close);
    }
}
