package dev.banyan.browser;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Test;

/// What the person sees who has just installed Banyan: every page that links lead to on a server that `serve` began in
/// an empty folder, while there is nothing in it, and after the first steps. The demo has a plan with limits and rows
/// on each page, so that it never shows what a new server shows.
@BrowserTest
class FreshServerTest {

    private static final String PASSWORD = "a quiet harbour at dawn";
    private static final int MOST_PAGES = 250;
    /// Nothing here is about how fast a server is that has just begun.
    private static final int NARROWEST = 320;
    private static final int HEIGHT = 800;

    /// What a program shows by mistake, wherever it stands.
    private static final Pattern LEFTOVER = Pattern.compile(
            "(?<![\\w.,-])-1(?![\\w.,-])|\\b(null|NaN|undefined|Infinity)\\b|Optional([.]empty|\\[)|\\{[#/!]|\\{shell[.]"
                    + "|2,?147,?483,?647|9,?223,?372,?036|\\b(java|dev)[.][a-z]+[.]|Exception\\b");
    /// What is sold to customers of someone else's server.
    private static final Pattern SELLING = Pattern.compile(
            "\\b(Enterprise|Premium(?! fonts)|Pro|Agency-|Upgrade|upgrade|[Pp]acks?|[Bb]illing|Compare plans"
                    + "|Priority support|White label|is full|agency permission)\\b");
    /// Operators give plans with these words to the accounts of others.
    private static final Pattern GIVES_PLANS = Pattern.compile("^/(operator|help|docs)");
    /// Documents what programs are answered, and lists settings as they are written.
    private static final Pattern DOCUMENTS = Pattern.compile("^/(docs|operator/limits)");

    private final Stage stage;

    FreshServerTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void everyPageIsWell() throws IOException {
        try (NewServer server = NewServer.start()) {
            Window window = stage.windowOf(server, true);
            var visitor = new Walk(window, "/");
            visitor.from("/", "/login", "/register", "/docs");
            setUp(window, server);

            var first = new Walk(window, "/(admin|operator|projects|help|docs|s/|creative-agency)");
            first.from("/admin/dashboard", "/docs", "/operator");
            assertThat(first.seen).hasSizeGreaterThan(45);
            everyJsonRouteIsWell(window);

            String workspace = takeTheFirstSteps(window);
            var second = new Walk(window, "/(admin|operator|projects|help|docs|s/|creative-agency|first-client)");
            second.from("/admin/dashboard", "/creative-agency", "/first-client", "/operator");
            assertThat(second.seen).hasSizeGreaterThan(80);
            everyJsonRouteIsWell(window);

            Window admin = stage.windowOf(server, true);
            admin.go(workspace + "/login");
            admin.field("Username or email").fill("amira");
            admin.field("Password").fill(PASSWORD);
            admin.press("Enter");
            admin.assertAt(workspace + "/chat");
            var third = new Walk(admin, "/s/");
            third.from(workspace + "/chat");
            assertThat(third.seen).hasSizeGreaterThan(8);
            assertThat(Stream.of(visitor, first, second, third).flatMap(walk -> walk.wrong.stream()))
                    .isEmpty();
        }
    }

    private static void setUp(Window window, NewServer server) {
        window.go(server.setupPath());
        window.field("Account name").fill("Creative Agency");
        window.type("#email", "maya@creative.example");
        window.type("#password", PASSWORD);
        window.button("Set up server").click();
        window.assertAt("/admin/dashboard");
    }

    /// Does what the checklist says, by its own links.
    ///
    /// @return the address of the first workspace
    private static String takeTheFirstSteps(Window window) {
        step(window, "Create page");
        window.button("Create page").click();
        window.assertHeading("Home");
        window.type("#new-title", "Our shop");
        window.type("#new-url", "https://shop.example");
        window.button("Add link").click();
        PlaywrightAssertions.assertThat(window.find(".link-item")).hasCount(1);

        step(window, "Create brand");
        window.field("Display name").fill("First Client");
        window.find("#sub-username").fill("first-client");
        window.button("Create brand").click();
        PlaywrightAssertions.assertThat(window.find(".toast")).containsText("Brand created");

        step(window, "Create project");
        window.type("#project-name", "Retail Group");
        window.button("Create project").click();
        window.assertHeading("Workspaces");
        window.link("Create workspace").first().click();
        window.type("#ws-name", "Sales");
        window.type("#admin-username", "amira");
        window.type("#admin-email", "amira@sales.example");
        window.type("#admin-password", PASSWORD);
        window.button("Create workspace").click();
        window.assertHeading("Sales");
        String home = window.find("#address").getAttribute("data-full").replaceFirst("^https?://[^/]+", "");

        step(window, "Link number");
        window.type("#add-name", "Sales Team");
        window.type("#add-phone", "+971500000101");
        window.press("Enter");
        window.assertHeading("Link Sales Team");
        window.button("Show QR code").click();
        window.button("Scan with simulated phone").click();
        PlaywrightAssertions.assertThat(window.find("#linking")).containsText("Linked: +971500000101");
        return home;
    }

    private static void step(Window window, String label) {
        window.go("/admin/dashboard?as=creative-agency");
        window.find("#checklist").getByText(label).click();
    }

    /// Asks every route of the contract that reads and needs no id, as programs do.
    private static void everyJsonRouteIsWell(Window window) throws IOException {
        JsonNode paths = new ObjectMapper()
                .readTree(window.page().context().request().get("/openapi.json").body())
                .get("paths");
        var wrong = new ArrayList<String>();
        int asked = 0;
        for (var path : paths.properties()) {
            if (!path.getValue().has("get") || path.getKey().contains("{")) {
                continue;
            }
            APIResponse answer = window.page().context().request().get(path.getKey());
            asked++;
            String body = answer.text();
            Matcher found = Pattern.compile("NaN|Infinity|Optional([.]empty|\\[)|2147483647|9223372036|[a-z]+Exception")
                    .matcher(body);
            if (answer.status() >= 500 || found.find()) {
                wrong.add(path.getKey() + " answered " + answer.status() + ": " + body);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(25);
    }

    /// Follows links, and reads the first page of each kind.
    private static final class Walk {

        private final Window window;
        private final Page page;
        private final PageLinks links;
        private final Set<String> seen = new HashSet<>();
        private final List<String> wrong = new ArrayList<>();

        Walk(Window window, String inside) {
            this.window = window;
            this.page = window.page();
            this.links = new PageLinks(inside);
        }

        void from(String... paths) {
            var todo = new ArrayDeque<>(List.of(paths));
            while (!todo.isEmpty() && seen.size() < MOST_PAGES) {
                String path = todo.remove();
                if (seen.add(PageLinks.kind(path))) {
                    Response answer = page.navigate(path);
                    seen.add(PageLinks.kind(window.path()));
                    if (answer.status() != 200) {
                        wrong.add(path + " answered " + answer.status());
                    }
                    read(path);
                    narrow(path);
                    todo.addAll(links.of(page));
                }
            }
        }

        private void read(String path) {
            String text = (String) page.evaluate("""
                    () => [document.title, document.body.innerText, ...[...document.querySelectorAll(
                      "[title], [aria-label], [placeholder], input[value]:not([type=hidden]), meter, progress")].flatMap(
                      one => ["title", "aria-label", "placeholder", "value", "max"].map(name => one.getAttribute(name) ?? ""))
                    ].join("\\n")""");
            if (!DOCUMENTS.matcher(path).find()) {
                find(path, text, LEFTOVER);
            }
            if (!GIVES_PLANS.matcher(path).find()) {
                find(path, text, SELLING);
            }
            emptyStates().forEach(empty -> wrong.add(path + " has nothing to do next: " + empty));
        }

        private void narrow(String path) {
            keep(path, "wide");
            window.narrow(NARROWEST, HEIGHT);
            if ((boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth")) {
                wrong.add(path + " scrolls sideways at " + NARROWEST);
            }
            keep(path, "phone");
            window.wide();
        }

        /// Keeps a picture for review, as [Look] does.
        private void keep(String path, String how) {
            if (System.getenv("BANYAN_SCREENSHOTS") != null) {
                window.screenshot("fresh-" + how + PageLinks.kind(path).replaceAll("[^a-z]+", "-"));
            }
        }

        private void find(String path, String text, Pattern words) {
            for (String line : text.lines().toList()) {
                if (words.matcher(line).find()) {
                    wrong.add(path + " says: " + line.strip());
                }
            }
        }

        /// Returns those without an action, in them or at the head of their page. Logs fill by themselves, and say so.
        @SuppressWarnings("unchecked")
        private List<String> emptyStates() {
            return (List<String>) page.evaluate("""
                    () => [...document.querySelectorAll("main .empty")].filter(one => one.checkVisibility()
                        && !one.querySelector("a[href], button") && !/ appears? here/.test(one.innerText)
                        && !document.querySelector("main .page-head .btn, main form .btn.primary"))
                      .map(one => one.innerText.replaceAll("\\n", " "))""");
        }
    }
}
