package dev.banyan.platform.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.access.WorkspaceMenu;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DocumentsPagesTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Set<String> FOR_DEVELOPERS = Set.of("/docs/architecture", "/docs/dependencies");
    private static final Set<String> API = Set.of("/docs/api", "/docs/api/events");

    private final TestClient reader = TestClient.anonymous();

    @Inject
    TestWorld world;

    @Test
    void theStartLeadsToEachDocumentForPeople() throws IOException {
        Set<String> files = documents();
        assertThat(files).hasSizeGreaterThan(20).containsAll(FOR_DEVELOPERS);
        files.removeAll(FOR_DEVELOPERS);
        files.addAll(API);
        files.add("/docs/changes"); // CHANGELOG.md
        String start = reader.get("/docs").text();
        assertThat(links(start.substring(start.indexOf("<main")))).containsExactlyInAnyOrderElementsOf(files);
        for (String path : FOR_DEVELOPERS) {
            assertThat(reader.get(path).status()).as(path).isEqualTo(404);
        }
    }

    /// Returns the paths that the files in the repository would have.
    private static Set<String> documents() throws IOException {
        var paths = new TreeSet<String>();
        for (Path folder : List.of(Path.of("docs"), Path.of("docs", "guides"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> "/" + file)
                        .filter(file -> file.endsWith(".md"))
                        .forEach(file -> paths.add(file.substring(0, file.length() - ".md".length())));
            }
        }
        return paths;
    }

    @Test
    void eachLinkLeadsToAPageAndAnAnchorThatExist() {
        Map<String, Answer> pages = reached("/docs", "/docs/search?q=number");
        assertThat(pages).hasSizeGreaterThan(25);
        var broken = new ArrayList<String>();
        pages.forEach((path, page) -> {
            assertThat(page.status()).as(path).isEqualTo(200);
            for (String link : links(page.text())) {
                String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
                Answer led = pages.get(pathOf(path, link));
                if (led != null && !anchor.isEmpty() && !led.text().contains("id=\"" + anchor + "\"")) {
                    broken.add(path + " leads to " + link);
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void eachPageHasOneTitleAndNothingForScripts() {
        reached("/docs").forEach((path, page) -> {
            if (page.contentType().startsWith("text/html")) {
                assertThat(page.text().split("<h1", -1))
                        .as("%s has one h1", path)
                        .hasSize(2);
                assertThat(page.text())
                        .as(path)
                        .contains(
                                "href=\"#main\"", "<main class=\"docs-body\" id=\"main\">", "<nav ", "role=\"search\"")
                        .doesNotContain("<script>", "style=", "](", "&lt;!--");
            }
        });
    }

    /// Returns all pages and pictures to which links lead, but the groups of the API, which are many.
    private Map<String, Answer> reached(String... from) {
        var reached = new TreeMap<String, Answer>();
        var todo = new ArrayDeque<>(List.of(from));
        while (!todo.isEmpty()) {
            String path = todo.remove();
            if (!reached.containsKey(path)) {
                Answer page = reader.get(path);
                reached.put(path, page);
                links(page.text()).stream()
                        .map(link -> pathOf(path, link))
                        .filter(link ->
                                link.startsWith("/docs") && (!link.startsWith("/docs/api/") || API.contains(link)))
                        .forEach(todo::add);
            }
        }
        return reached;
    }

    private static String pathOf(String page, String link) {
        return link.startsWith("#") ? page : link.replaceFirst("#.*", "");
    }

    private static Set<String> links(String html) {
        return LINK.matcher(html).results().map(link -> link.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aPageIsKeptUntilTheProgramChanges() {
        Answer first = reader.get("/docs/operations");
        String etag = first.header("ETag").orElseThrow();
        assertThat(first.header("Cache-Control")).contains("private, no-cache");
        assertThat(reader.with("If-None-Match", etag).get("/docs/operations").status())
                .isEqualTo(304);
        Answer dark = reader.with("Cookie", "banyan_theme=dark").get("/docs/operations");
        assertThat(dark.text()).contains("data-theme=\"dark\"");
        assertThat(dark.header("ETag").orElseThrow()).isNotEqualTo(etag);
        assertThat(reader.get("/docs/operations").text()).isEqualTo(first.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/nothing",
                "/docs/operations.md",
                "/docs/guides",
                "/docs/guides/nothing",
                "/docs/guides/operations",
                "/docs/pictures/nothing.webp",
                "/docs/pictures/hero.webp",
                "/docs/../pom.xml",
                "/docs/%2e%2e/pom.xml",
                "/docs/guides/..%2Foperations",
                "/docs/pictures/..%2F..%2Fapplication.properties",
                "/docs/api/nothing",
            })
    void whatIsUnknownIsNotFound(String path) {
        Answer answer = reader.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("Page not found");
    }

    @Test
    void theReferenceOfTheApiIsBelowIt() {
        assertThat(reader.get("/docs/api").text()).contains("<h1>Banyan API</h1>", "href=\"/docs/api/pages\"");
        assertThat(reader.get("/docs/api/pages").text()).contains("<h1>Pages</h1>");
        assertThat(reader.get("/docs/api/events").text()).contains("message.received");
    }

    @ParameterizedTest
    @EnumSource
    void theHelpMenuOffersASectionThatExists(NavItem page) {
        assertExists(page.guide());
    }

    @ParameterizedTest
    @EnumSource
    void theHelpMenuOfAWorkspaceOffersASectionThatExists(WorkspaceMenu page) {
        assertExists(page.guide());
    }

    private void assertExists(String section) {
        String[] guide = section.split("#", 2);
        Answer document = reader.get(guide[0]);
        assertThat(document.status()).as(section).isEqualTo(200);
        assertThat(document.text()).contains(guide.length == 2 ? "id=\"" + guide[1] + "\"" : "<h1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "inbox", "users", "whatsapp", "assistant", "settings", "profile"})
    void eachPageOfAWorkspaceHasTheHelpMenu(String page) {
        TestWorld.Guest admin = world.salesAdmin();
        assertThat(TestClient.of(admin)
                        .get("/s/" + admin.workspace().shortPath() + "/" + page)
                        .text())
                .contains("popovertarget=\"help\"", "What’s new", "<span>Banyan ");
    }

    @Test
    void whatIsNewIsTheListOfChanges() {
        assertThat(reader.get("/docs/changes").text()).contains(">Changes</h1>", "0.1.0");
    }

    /// `/docs/webhooks` is a document now.
    @ParameterizedTest
    @ValueSource(strings = {"sign-in", "short-links", "sub-clients"})
    void addressesOfTheReferenceFromBeforeLeadToIt(String group) {
        Answer former = reader.get("/docs/" + group);
        assertThat(former.status()).isEqualTo(301);
        String path = former.header("Location").map(URI::create).orElseThrow().getPath();
        assertThat(path).isEqualTo("/docs/api/" + group);
        assertThat(reader.get(path).status()).isEqualTo(200);
    }

    @Test
    void theSearchFindsTheSectionThatHasTheWords() {
        assertThat(found("go back")).contains("/docs/operations#go-back");
        assertThat(found("saml keycloak")).contains("/docs/single-sign-on#saml-by-provider");
        assertThat(found("BANYAN_BASE_URL")).isNotEmpty();
        assertThat(found("Wébhôoks")).first().isEqualTo("/docs/webhooks");
        assertThat(found("webhooks zebra")).isEmpty();
    }

    @Test
    void whatWasTypedIsMarkedAndNeverMarkup() {
        assertThat(reader.get("/docs/search?q=RESTOR").text()).contains("<mark>restore</mark>", "value=\"RESTOR\"");
        String hostile = reader.get("/docs/search?q=%22%3E%3Cscript%3E").text();
        assertThat(hostile).contains("&lt;script&gt;").doesNotContain("\"><script>");
    }

    @Test
    void aSearchIsReadUpToItsLongest() {
        assertThat(found("backup" + " ".repeat(200) + "zebra")).isNotEmpty();
        assertThat(reader.get("/docs/search?q=" + "x".repeat(3_000)).text()).doesNotContain("x".repeat(200));
        assertThat(reader.get("/docs/search").text()).contains("Type a word");
    }

    private List<String> found(String search) {
        String page = reader.get("/docs/search?q=" + TestClient.encode(search)).text();
        String main = page.substring(page.indexOf("<main"));
        return LINK.matcher(main)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.equals("/docs"))
                .toList();
    }
}
