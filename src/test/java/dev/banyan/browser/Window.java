package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import dev.banyan.Eventually;

/// The browser of one person. It records what must never happen on our pages: console errors (including violations of
/// the content security policy), requests to other hosts, missing resources, server errors.
final class Window {

    /// Without "Headless" in it, because such visitors count as bots.
    private static final String PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/156.0.0.0 Safari/537.36";

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    /// What htmx logs of a request that another one replaces. One that fails has `htmx:sendError` as well.
    private static final Set<String> ABORTED = Set.of("htmx:afterRequest", "htmx:sendAbort");

    /// A toast leaves after eight seconds, which a slow machine may need for a look at the page: here it stays.
    private static final String TOASTS_STAY = """
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(".toast { animation-play-state: running, paused !important }");
            document.adoptedStyleSheets = [sheet];""";

    private static final Set<String> PARTS = Set.of("stylesheet", "script", "image", "font");

    private final BrowserContext context;
    private final Page page;
    private final String baseUrl;
    private final boolean script;
    private boolean cutOff = false;
    private boolean sessionLost = false;
    private final Set<String> refused = new HashSet<>();
    private final Set<String> waysOut = new HashSet<>();
    private final Set<String> elsewhere = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();

    private Window(BrowserContext context, Page page, String baseUrl, boolean script) {
        this.context = context;
        this.page = page;
        this.baseUrl = baseUrl;
        this.script = script;
        page.onConsoleMessage(this::note);
        page.onPageError(error -> {
            if (!isElsewhere(page.url())) {
                complaints.add(page.url() + ": " + error);
            }
        });
        page.onRequest(this::note);
        page.onResponse(this::note);
    }

    static Window open(Browser browser, String baseUrl, boolean script) {
        return open(browser, baseUrl, options(script));
    }

    /// Opens a browser in this time zone.
    static Window openIn(ZoneId zone, Browser browser, String baseUrl) {
        return open(browser, baseUrl, options(true).setTimezoneId(zone.getId()));
    }

    private static Browser.NewContextOptions options(boolean script) {
        return new Browser.NewContextOptions()
                .setUserAgent(PERSON)
                .setJavaScriptEnabled(script)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(WIDTH, HEIGHT);
    }

    private static Window open(Browser browser, String baseUrl, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setBaseURL(baseUrl));
        context.setDefaultTimeout(Eventually.MILLIS);
        context.addInitScript(TOASTS_STAY);
        return new Window(
                context,
                context.newPage(),
                baseUrl,
                Optional.ofNullable(options.javaScriptEnabled).orElse(true));
    }

    /// Opens another tab of the same browser, with the same cookies.
    Window anotherTab() {
        return new Window(context, context.newPage(), baseUrl, script);
    }

    private void note(ConsoleMessage message) {
        // The console logs each status of 400 and above, which is expected for a refused form.
        boolean loud = Set.of("error", "warning").contains(message.type());
        boolean expected = message.text().startsWith("Failed to load resource")
                || ABORTED.contains(message.text())
                || sessionLost && message.text().startsWith("WebSocket connection to")
                || cutOff && message.text().startsWith("htmx:")
                || refused.stream()
                        .anyMatch(path -> message.text().equals("Response Status Error Code 403 from " + path));
        if (loud && !expected && !isElsewhere(page.url())) {
            complaints.add(page.url() + " on the console: " + message.text());
        }
    }

    private void note(Request request) {
        String url = request.url();
        if (!url.startsWith(baseUrl + "/") && !url.startsWith("data:") && !waysOut.contains(url) && !isElsewhere(url)) {
            complaints.add(page.url() + " asks another host: " + url);
        }
    }

    private void note(Response response) {
        boolean isExpected = refused.stream().anyMatch(path -> response.url().equals(baseUrl + path));
        boolean isBroken = response.status() >= 500 && !isExpected
                || response.status() >= 400 && PARTS.contains(response.request().resourceType());
        if (isBroken && !isElsewhere(response.url())) {
            complaints.add(page.url() + " got " + response.status() + " from " + response.url());
        }
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    List<String> complaints() {
        return complaints;
    }

    /// The address [Outside] where the next click may lead.
    void expectWayOut(String url) {
        waysOut.add(url);
    }

    /// Allows visits to a server of others, such as a sign-in provider. What its pages do is its own affair.
    ///
    /// @param address without a slash at the end
    void mayVisit(String address) {
        elsewhere.add(address + "/");
    }

    private boolean isElsewhere(String url) {
        return elsewhere.stream().anyMatch(url::startsWith);
    }

    /// Expects a refused request to this path, which htmx logs on the console.
    void expectRefusal(String path) {
        refused.add(path);
    }

    /// Blocks requests to these addresses from now on.
    void cutOff(String addresses) {
        cutOff = true;
        context.route(addresses, Route::abort);
    }

    void reconnect(String addresses) {
        context.unroute(addresses);
        cutOff = false;
    }

    Page page() {
        return page;
    }

    boolean hasScript() {
        return script;
    }

    Window go(String path) {
        page.navigate(path);
        return this;
    }

    String path() {
        return page.url().substring(baseUrl.length());
    }

    void assertAt(String path) {
        String address = (baseUrl + path).replaceAll("[.?+]", "\\\\$0");
        assertThat(page).hasURL(Pattern.compile(address + "([&#].*)?"));
    }

    void assertHeading(String text) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(text);
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// An entry of the main navigation.
    Locator menu(String name) {
        return page.locator("#nav .nav a").filter(new Locator.FilterOptions().setHasText(name));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /// Replaces the text of a field.
    void type(String selector, String text) {
        page.locator(selector).fill(text);
    }

    /// Pastes a file, or drops it, as its operating system does.
    ///
    /// @param event `paste`, or `drop`
    void bring(String event, String selector, String name, String text) {
        page.evaluate("""
                ([event, selector, name, text]) => {
                  const brought = new DataTransfer();
                  brought.items.add(new File([text], name, { type: "text/csv" }));
                  const how = { bubbles: true, cancelable: true };
                  document.querySelector(selector).dispatchEvent(event === "paste"
                    ? new ClipboardEvent(event, { ...how, clipboardData: brought })
                    : new DragEvent(event, { ...how, dataTransfer: brought }));
                }""", List.of(event, selector, name, text));
    }

    /// Pastes cells of a spreadsheet, which brings their text and a picture of them.
    ///
    /// @return whether the browser is left to paste the text
    boolean pastesCellsAsText(String selector) {
        return (boolean) page.evaluate("""
                selector => {
                  const brought = new DataTransfer();
                  brought.setData("text/plain", "set\\tprice");
                  brought.setData("text/html", "<table><tr><td>set</td><td>price</td></tr></table>");
                  brought.items.add(new File(["x"], "image.png", { type: "image/png" }));
                  return document.querySelector(selector).dispatchEvent(
                    new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: brought }));
                }""", selector);
    }

    void press(String key) {
        page.keyboard().press(key);
    }

    void assertFocus(String selector) {
        assertThat(page.locator(selector)).isFocused();
    }

    /// Asserts what a screen reader is told.
    void assertSaid(String text) {
        assertThat(page.locator("#live")).hasText(text);
    }

    /// Checks the page, and keeps a screenshot.
    Window look(String name) {
        Look.at(this, name);
        return this;
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Stage.SCREENSHOTS.resolve(name + ".png")));
    }

    void narrow(int width, int height) {
        page.setViewportSize(width, height);
    }

    void wide() {
        page.setViewportSize(WIDTH, HEIGHT);
    }

    void signIn(Login login) {
        type("#email", login.email());
        type("#password", login.password());
        button("Sign in").click();
    }

    /* Actions covered by other tests, without a page. */

    void registerQuietly(Login login) {
        post("/register", Map.of("email", login.email(), "username", login.username(), "password", login.password()));
    }

    void signInQuietly(Login login) {
        post("/login", Map.of("email", login.email(), "password", login.password()));
    }

    /// @return the path of the redirect
    String post(String path, Map<String, String> fields) {
        FormData form = FormData.create();
        fields.forEach(form::set);
        APIResponse answer =
                context.request().post(path, RequestOptions.create().setForm(form));
        if (!answer.ok()) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.url().substring(baseUrl.length());
    }

    /// Sends JSON like a program, with the cookies of this browser.
    String postJson(String path, Map<String, ?> body) {
        APIResponse answer =
                context.request().post(path, RequestOptions.create().setData(body));
        if (!answer.ok()) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.text());
        }
        return answer.text();
    }

    /// Creates a project of the signed-in account with workspaces switched on, and a workspace in it.
    ///
    /// @return its address: `/s/` and its short path
    String createWorkspace(String name) {
        String project = field(postJson("/api/projects", Map.of("name", name, "sub_clients_enabled", true)), "id");
        String created = postJson(
                "/api/projects/" + project + "/sub-clients",
                Map.of("name", name, "description", "Marhaba. Sign in to ask us."));
        return "/s/" + field(created, "short_id") + "-" + field(created, "pathname");
    }

    void suspendWorkspace(String home, boolean suspended) {
        changeWorkspace(home, Map.of("suspended", suspended));
    }

    /// Changes a workspace from the project's side, without a page.
    void changeWorkspace(String home, Map<String, ?> change) {
        String found = context.request()
                .get("/api/sub-clients/lookup?shortPath=" + home.substring("/s/".length()))
                .text();
        APIResponse answer = context.request()
                .put(
                        "/api/projects/" + field(found, "project_id") + "/sub-clients/" + field(found, "id"),
                        RequestOptions.create().setData(change));
        if (!answer.ok()) {
            throw new AssertionError(home + " answered " + answer.status() + ": " + answer.text());
        }
    }

    private static String field(String json, String name) {
        var found = Pattern.compile('"' + name + "\":\"([^\"]+)\"").matcher(json);
        if (!found.find()) {
            throw new AssertionError("No " + name + " in " + json);
        }
        return found.group(1);
    }

    String createBrand(String agency, String username, String displayName) {
        post(
                "/admin/users/sub-accounts",
                Map.of("as", agency, "username", username, "displayName", displayName, "bio", ""));
        return username;
    }

    /// @return the id of the page
    String createPage(String account, String name, String slug) {
        String editor = post("/admin/pages", Map.of("as", account, "name", name, "slug", slug));
        return editor.replaceFirst("^/admin/pages/", "").replaceFirst("[?].*", "");
    }

    void addLink(String account, String pageId, String title, String url) {
        post("/admin/pages/" + pageId + "/links", Map.of("as", account, "title", title, "url", url));
    }

    /// @return the id of the project, in which workspaces are on
    String createProject(String account, String name) {
        String list = post("/projects", Map.of("as", account, "name", name, "description", "", "registration", "on"));
        String id = list.replaceFirst("^/projects/", "").replaceFirst("/.*", "");
        post("/projects/" + id + "/sub-client/settings/enabled", Map.of("as", account, "value", "on"));
        return id;
    }

    /// @return the id of the workspace
    String createWorkspace(String account, String project, String name) {
        String detail =
                post("/projects/" + project + "/sub-clients", Map.of("as", account, "name", name, "description", ""));
        return detail.replaceFirst(".*/sub-clients/", "").replaceFirst("[?].*", "");
    }

    String accountId() {
        return me("UserId");
    }

    String username() {
        return me("username");
    }

    private String me(String field) {
        String body = context.request().get("/api/me").text();
        return field(body, field);
    }

    /// From now on the server may close sockets because the session is over.
    void expectEndOfSession() {
        sessionLost = true;
    }

    /// Ends the session without an action of the person.
    void loseSession() {
        expectEndOfSession();
        context.clearCookies();
    }

    /// Intercepts the sockets of pages from now on.
    Runnable socketsCutBy(String end) {
        List<WebSocketRoute> open = new CopyOnWriteArrayList<>();
        page.routeWebSocket(address -> address.endsWith(end), route -> {
            open.add(route);
            route.connectToServer();
        });
        return () -> open.getLast().close();
    }

    /// Loses the socket of a page, whose next attempt would be in ten minutes, and looks at the tab again.
    ///
    /// @param state where the page says how it is connected
    void assertReconnectsWhenSeen(String path, String socket, String state, String connected) {
        var cut = new AtomicBoolean();
        var refused = new AtomicInteger();
        List<WebSocketRoute> open = new CopyOnWriteArrayList<>();
        page.routeWebSocket(address -> address.endsWith(socket), route -> {
            if (cut.get()) {
                route.close();
                refused.incrementAndGet();
            } else {
                open.add(route);
                route.connectToServer();
            }
        });
        go(path);
        assertThat(find(state)).hasText(connected);
        page.evaluate("window.retryDelay = failures => failures > 1 ? 600_000 : 0");

        cut.set(true);
        open.getLast().close();
        page.waitForCondition(() -> refused.get() == 1);
        assertThat(find(state)).containsText("Reconnecting…");
        cut.set(false);
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

        assertThat(find(state)).hasText(connected);
    }

    /// Closes only this tab; a page in the background is slow to check.
    void closeTab() {
        page.close();
    }

    void close() {
        // A request may still be on its way: a route that goes on after its window has closed throws.
        context.pages().forEach(Page::unrouteAll);
        context.close();
    }
}
