package dev.banyan.accounts.domains;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.AtHost;
import dev.banyan.FakeDns;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.context.LockReason;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.PublishedPage;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.sso.FakeOidc;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Domains over the API, with a DNS server on this machine, and requests for their hosts.
@QuarkusTest
class DomainsResourceTest {

    private static final long FAR = 9_007_199_254_740_991L;
    private static final String ROUTE = "/api/admin/domains";

    @Inject
    TestWorld world;

    @Inject
    Settings settings;

    @Inject
    DomainStates domains;

    @Inject
    PublishedPage published;

    @Inject
    AccountLocks locks;

    @Inject
    DomainLapses lapses;

    private final FakeDns dns = FakeDns.ofServer();
    private TestWorld.Person owner;
    private TestClient client;
    private String host;

    @BeforeEach
    void anOwner() {
        owner = world.person("domains");
        world.plan(owner, Tier.PREMIUM, AgencyPermission.BASIC, Map.of());
        client = TestClient.of(owner);
        host = world.name("links") + ".example";
    }

    /// A person who types the address of a list for programs means its page.
    @Test
    void aBrowserGetsThePageOfAList() {
        TestClient browser = client.with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        Map.of(
                        "/admin/domains?as=x", "/admin/custom-domains?as=x",
                        "/ADMIN/webhooks/", "/admin/integrations",
                        "/admin/exports", "/admin/export",
                        "/admin/api-requests", "/admin/api-keys/requests",
                        "/admin/brand-templates", "/admin/brands/templates",
                        "/admin/sso", "/admin/users/sso",
                        "/admin/support", "/admin/support-access")
                .forEach((list, page) -> {
                    Answer answer = browser.get(list);
                    assertThat(answer.status()).as(list).isEqualTo(303);
                    assertThat(answer.location()).isEqualTo(page);
                });
        assertThat(client.get("/admin/domains").json().has("domains")).isTrue();
        assertThat(browser.get("/api/admin/domains").json().has("domains")).isTrue();
    }

    private AtHost at(String name) {
        return new AtHost(TestServer.uri(), name);
    }

    private JsonNode added(TestClient whose, Map<String, String> more) {
        var body = new HashMap<>(more);
        body.put("domain", host);
        Answer answer = whose.post(ROUTE, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private void prove(JsonNode domain) {
        JsonNode proof = domain.path("records").get(1);
        assertThat(proof.path("type").asText()).isEqualTo("TXT");
        dns.has(proof.path("name").asText(), "TXT", "\"" + proof.path("value").asText() + "\"");
    }

    private JsonNode checked(TestClient whose, JsonNode domain) {
        Answer answer = whose.post(ROUTE + "/" + domain.path("id").asText() + "/check", Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode active(Map<String, String> more) {
        JsonNode domain = added(client, more);
        prove(domain);
        JsonNode now = checked(client, domain);
        assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("active");
        return now;
    }

    private String page(String slug, String name) {
        return client.post("/api/admin/CreatePage", Map.of("slug", slug, "name", name))
                .json()
                .at("/page/id")
                .asText();
    }

    @Test
    void aProvedHostShowsTheAccountsPagesAndNothingElse() {
        page("start", "Start");
        page("offers", "Offers");
        JsonNode domain = added(client, Map.of());
        assertThat(domain.path("state").asText()).isEqualTo("pending");
        assertThat(domain.path("problem").asText()).isEqualTo("The TXT record was not found.");
        assertThat(domain.path("records").get(1).path("name").asText()).isEqualTo("_banyan." + host);
        assertThat(domain.path("records").get(1).path("value").asText())
                .isEqualTo("verify=" + domain.path("id").asText());
        assertThat(at(host).get("/internal/domain?domain=" + host).status()).isEqualTo(404);
        assertThat(at(host).get("/").text()).doesNotContain(owner.username());

        prove(domain);
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("active");

        String origin = settings.at(host);
        assertThat(TestClient.anonymous().get("/internal/domain?domain=" + host).status())
                .isEqualTo(200);
        AtHost.Answer home = at(host).get("/");
        assertThat(home.status()).as(home.text()).isEqualTo(200);
        assertThat(home.text())
                .contains(
                        "@" + owner.username(), "rel=\"canonical\" href=\"" + origin + "/\"", origin + "/media/card/");
        assertThat(at(host + ".").get("/").status()).isEqualTo(200);
        assertThat(at(host.toUpperCase(Locale.ROOT) + ":8080").get("/").status())
                .isEqualTo(200);
        assertThat(at(host).get("/offers").text()).contains("href=\"" + origin + "/offers\"");
        assertThat(at(host).get("/" + owner.username() + "/offers").status()).isEqualTo(200);
        assertThat(at(host).get("/robots.txt").text()).contains("Sitemap: " + origin + "/sitemap.xml");
        assertThat(at(host).get("/sitemap.xml").text())
                .contains("<loc>" + origin + "/</loc>", "<loc>" + origin + "/offers</loc>")
                .doesNotContain("sitemapindex");
        for (String path : List.of(
                "/login",
                "/admin/dashboard",
                "/api/me",
                "/api/admin/GetPages",
                "/openapi.json",
                "/metrics",
                "/readyz",
                "/ui/../admin/dashboard",
                "/ui/%2e%2e/api/me",
                "/" + world.acme().username() + "/start",
                "/internal/domain?domain=" + host)) {
            assertThat(at(host).get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theHostIsPartOfThePageWhereverItIsRead() {
        page("start", "Start");
        assertThat(TestClient.anonymous().get("/" + owner.username()).text()).doesNotContain(host);

        JsonNode domain = active(Map.of());
        assertThat(TestClient.anonymous().get("/" + owner.username()).text()).contains("//" + host);

        assertThat(client.delete(ROUTE + "/" + domain.path("id").asText()).status())
                .isEqualTo(200);
        assertThat(TestClient.anonymous().get("/" + owner.username()).text()).doesNotContain(host);
        assertThat(at(host).get("/").text()).doesNotContain("@" + owner.username());
    }

    @Test
    void aPageOfItsOwnIsAtTheStart() {
        page("start", "Start");
        String offers = page("offers", "Offers");
        active(Map.of("pageId", offers));

        String origin = settings.at(host);
        assertThat(at(host).get("/").text()).contains("rel=\"canonical\" href=\"" + origin + "/\"");
        assertThat(at(host).get("/start").text()).contains("rel=\"canonical\" href=\"" + origin + "/start\"");

        client.put("/api/admin/UpdatePage", Map.of("id", offers, "slug", "sales"));
        assertThat(at(host).get("/").status()).as("after its slug has changed").isEqualTo(200);
        client.delete("/api/admin/DeletePage?id=" + offers);
        assertThat(at(host).get("/").status()).as("the default page instead").isEqualTo(200);
        assertThat(at(host).get("/sales").status()).isEqualTo(404);
    }

    @Test
    void theHostHasTheIconAndTheLanguageOfItsAccount() {
        page("start", "Start");
        assertThat(TestClient.anonymous().get("/favicon.ico").status()).isEqualTo(404);
        assertThat(client.put("/api/admin/UpdateLanguage", Map.of("language", "de"))
                        .status())
                .isEqualTo(200);
        active(Map.of());
        AtHost.Answer icon = at(host).get("/favicon.ico");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("content-type")).contains("image/png");
        assertThat(at(host).get("/").text()).contains("<html lang=\"de\" dir=\"ltr\">", "href=\"/media/icon/");
        assertThat(at(host).get("/nowhere").text()).contains("Seite nicht gefunden");

        world.tier(owner, Tier.FREE);
        daysPass(31);
        assertThat(at(host).get("/").text()).contains("vorübergehend nicht verfügbar");
        assertThat(at(host).get("/favicon.ico").status()).isEqualTo(404);
        world.tier(owner, Tier.PREMIUM);
    }

    /// As mail programs that know no UTF-8 write it.
    @Test
    void aCampaignInAnotherEncodingTurnsNoVisitorAway() {
        page("start", "Start");
        page("offers", "Offers");
        active(Map.of());
        for (String query :
                List.of("utm_campaign=fr%FChling", "utm_source=a%00b&utm_medium=mail", "utm_campaign=%E2%82")) {
            assertThat(at(host).get("/?" + query).status()).as(query).isEqualTo(200);
            assertThat(at(host).get("/offers?" + query).status()).as(query).isEqualTo(200);
            assertThat(TestClient.anonymous()
                            .get("/" + owner.username() + "/offers?" + query)
                            .status())
                    .as(query)
                    .isEqualTo(200);
        }
    }

    @Test
    void theHostComesFirstWhereAddressesAreShown() {
        page("start", "Start");
        String offers = page("offers", "Offers");
        assertThat(client.get("/admin/pages/" + offers).text())
                .contains("id=\"address\">" + settings.publicHost() + "/" + owner.username() + "/offers<");
        String card = card(client.get("/" + owner.username()).text());
        active(Map.of());
        assertThat(card(at(host).get("/").text())).as("a card with the address").isNotEqualTo(card);
        assertThat(client.get("/admin/settings").text()).contains("Your pages are at <bdi class=\"mono\">" + host);
        String slug = shortLink(client);
        String origin = settings.at(host);

        assertThat(client.get("/admin/pages/" + offers).text())
                .contains("id=\"address\">" + origin.substring(origin.indexOf("//") + 2) + "/offers<");
        assertThat(client.get("/admin/pages/" + offers + "/qr").text()).contains("QR code for " + origin + "/offers");
        String links = client.get("/admin/short-links").text();
        String id = links.replaceFirst("(?s).*/admin/short-links/([0-9a-f-]{36}).*", "$1");
        assertThat(client.get("/admin/short-links/" + id).text())
                .contains("QR code for " + origin + "/l/" + slug, "data-full=\"" + origin + "/l/" + slug);
        assertThat(TestClient.anonymous()
                        .get("/" + owner.username() + "/offers")
                        .status())
                .isEqualTo(200);

        world.tier(owner, Tier.FREE);
        daysPass(31);
        assertThat(client.get("/admin/pages/" + offers + "/qr").text())
                .as("the host shows nothing now")
                .doesNotContain(origin);
        world.tier(owner, Tier.PREMIUM);
    }

    private static String card(String page) {
        return page.replaceFirst("(?s).*/media/card/[0-9a-f-]+\\.png\\?v=([0-9a-f]+).*", "$1");
    }

    @Test
    void aBrandsHostComesFirstForItsAgencyToo() {
        TestWorld.Person agency = agency();
        TestWorld.Brand brand = hosted(agency);
        TestClient acting = TestClient.of(agency);
        String path = "/admin/users/sub-accounts/" + brand.username();
        String shown = settings.at(host).replaceFirst("^.*//", "");
        String ours = settings.publicHost() + "/" + brand.username();
        assertThat(acting.get(path).text())
                .contains("<a href=\"" + settings.at(host) + "/\"><code>" + shown + "</code>", ours);
        for (String act : List.of("/delete", "/suspend")) {
            assertThat(acting.get(path + act).text())
                    .as(act)
                    .contains("<code>" + shown + "</code>", "<code>" + ours + "</code>");
        }
    }

    @Test
    void onlyTheAccountsShortLinksAreThere() {
        page("start", "Start");
        active(Map.of());
        String own = shortLink(client);
        String others = shortLink(TestClient.of(world.acme()));

        for (int i = 0; i < 2; i++) { // read, and from memory
            assertThat(at(host).get("/l/" + own).header("location")).contains("https://shop.example/");
            assertThat(at(host).get("/l/" + others).status()).isEqualTo(404);
            assertThat(TestClient.anonymous().get("/l/" + others).status()).isEqualTo(302);
        }
    }

    @Test
    void onlyTheAccountsLinksLeadOnFromThere() {
        page("start", "Start");
        active(Map.of());
        Answer added = client.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "Shop", "url", "https://shop.example/"))));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        String own = client.get("/api/admin/GetLinks").json().at("/links/0/id").asText();
        String others =
                published.add("Elsewhere", "https://elsewhere.example/").id().toString();
        String locked = published
                .locked("Vault", "https://vault.example/", LinkLock.Type.CODE, "Sesame")
                .id()
                .toString();

        assertThat(at(host).get("/go/" + own).header("location")).contains("https://shop.example/");
        assertThat(at(host).get("/go/" + others).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get("/go/" + others).status()).isEqualTo(302);
        assertThat(at(host).get("/go/" + locked).status()).isEqualTo(404);
        assertThat(at(host).send(
                                "POST",
                                "/go/" + locked,
                                "code=Sesame",
                                "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get("/go/" + locked).status()).isEqualTo(200);
    }

    private static String shortLink(TestClient whose) {
        Answer answer = whose.put(
                "/api/admin/updateShortLinks",
                Map.of(
                        "shortLinks",
                        List.of(Map.of("operation", "add", "targetUrl", "https://shop.example/", "title", "Shop"))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().at("/created/0/slug").asText();
    }

    @Test
    void whoeverProvesAHostHasIt() {
        page("start", "Start");
        JsonNode first = active(Map.of());
        TestWorld.Person other = world.person("rivals");
        world.plan(other, Tier.PREMIUM, AgencyPermission.BASIC, Map.of());
        TestClient rival = TestClient.of(other);
        rival.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"));

        JsonNode claim = added(rival, Map.of());
        assertThat(claim.path("state").asText()).isEqualTo("pending");
        String name = claim.path("records").get(1).path("name").asText();
        String proof = "\"" + claim.path("records").get(1).path("value").asText() + "\"";
        dns.has(name, "TXT", "\"" + first.path("records").get(1).path("value").asText() + "\"", proof);
        assertThat(checked(rival, claim).path("problem").asText())
                .as("while both proofs are there, the first has it")
                .isEqualTo("Another account has proved that it owns this domain.");
        assertThat(at(host).get("/").text()).contains("@" + owner.username());

        dns.has(name, "TXT", proof);
        assertThat(checked(rival, claim).path("state").asText()).isEqualTo("active");

        assertThat(at(host).get("/").text()).contains("@" + other.username());
        JsonNode lost = client.get(ROUTE).json().at("/domains/0");
        assertThat(lost.path("state").asText()).isEqualTo("off");
        assertThat(world.select("SELECT subject FROM mails WHERE recipient = '" + owner.email() + "'")
                        .toString())
                .contains(host + " was turned off");
    }

    @Test
    void aProvedHostThatDoesNotLeadHereIsToldAsSuch() {
        page("start", "Start");
        JsonNode domain = active(Map.of());
        String list = "/admin/custom-domains?as=" + owner.username();
        assertThat(client.get(list).text()).contains(">Active<");

        String offers = page("offers", "Offers");
        String qr = "/admin/pages/" + offers + "/qr";
        assertThat(client.get(qr).text()).contains("QR code for " + settings.at(host));

        leads(domain, Domain.ELSEWHERE);
        assertThat(client.get(list).text())
                .contains(">Verified<", "The domain is yours, but it")
                .doesNotContain(">Active<");
        assertThat(client.get(ROUTE).json().at("/domains/0/state").asText()).isEqualTo("active");
        assertThat(client.get(qr).text())
                .as("what is printed works")
                .contains("QR code for " + settings.baseUrl())
                .doesNotContain("QR code for " + settings.at(host));

        checked(client, domain);
        assertThat(client.get(qr).text()).contains("QR code for " + settings.at(host));
        leads(domain, "The DNS did not answer in time.");
        assertThat(client.get(qr).text()).as("nothing is known").contains("QR code for " + settings.at(host));
    }

    private void leads(JsonNode domain, String problem) {
        world.sql(
                "UPDATE domains SET problem = ? WHERE id = ?",
                problem,
                domain.path("id").asText());
    }

    @Test
    void aDnsServerThatFailsTakesNothingAway() {
        page("start", "Start");
        JsonNode domain = active(Map.of());

        dns.fails("_banyan." + host);
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("active");
        dns.works("_banyan." + host);
        dns.hasNot("_banyan." + host, "TXT");
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("missing");
        assertThat(at(host).get("/").status()).isEqualTo(200);
        prove(domain);
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("active");
    }

    @Test
    void aProofThatIsGoneForSevenDaysSwitchesTheHostOff() {
        page("start", "Start");
        String id = active(Map.of()).path("id").asText();
        dns.hasNot("_banyan." + host, "TXT");
        due(id);
        assertThat(state(id)).isEqualTo("missing");
        long sevenDays = Duration.ofDays(7).toMillis();

        world.sql("UPDATE domains SET missing_since_at = missing_since_at - ? WHERE id = ?", sevenDays - 1, id);
        due(id);
        assertThat(state(id)).isEqualTo("missing");
        assertThat(at(host).get("/").text()).contains("@" + owner.username());

        world.sql("UPDATE domains SET missing_since_at = missing_since_at - 1 WHERE id = ?", id);
        due(id);
        assertThat(state(id)).isEqualTo("off");
        assertThat(at(host).get("/").text()).doesNotContain("@" + owner.username());
        assertThat(world.select("SELECT subject FROM mails WHERE recipient = '" + owner.email() + "'")
                        .toString())
                .contains(host + " was turned off");

        dns.has("_banyan." + host, "TXT", "\"verify=" + id + "\"");
        due(id);
        assertThat(state(id)).as("it comes back by itself").isEqualTo("active");
    }

    /// Lets the job look a domain up now.
    private void due(String id) {
        world.sql("UPDATE domains SET due_at = ? WHERE id <> ? AND due_at < ?", FAR, id, FAR);
        world.sql("UPDATE domains SET due_at = 0 WHERE id = ?", id);
        domains.checkDue(10);
        assertThat(world.count("SELECT COUNT(*) FROM domains WHERE id = ? AND due_at > 0", id))
                .isEqualTo(1);
    }

    private String state(String id) {
        return world.select("SELECT state FROM domains WHERE id = '" + id + "'").getFirst();
    }

    @Test
    void aWorkspaceIsAtItsOwnHost() {
        Project project = world.project(world.context(owner), "Atlas");
        Workspace workspace = world.workspace(world.context(owner), project, "Sales");
        TestWorld.Guest admin = world.guest(world.context(owner), workspace, "amira", WorkspaceRole.ADMIN);
        JsonNode domain = added(client, Map.of("subClientId", workspace.id().value()));
        dns.has(host, "TXT", "\"v=spf1 -all\"", "\"verify=" + workspace.id().value() + "\""); // the seed's form
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("active");

        String home = "/s/" + workspace.shortPath();
        assertThat(at(host).get("/").header("location")).contains(home);
        assertThat(at(host).get("/login").header("location")).contains(home + "/login");
        assertThat(at(host).get(home + "/login").status()).isEqualTo(200);
        assertThat(at(host).get(home + "/chat", "Cookie: " + admin.cookie()).status())
                .isEqualTo(200);
        assertThat(TestClient.anonymous()
                        .get("/api/sub-clients/lookup?host=" + host)
                        .json()
                        .at("/data/subClient/id")
                        .asText())
                .isEqualTo(workspace.id().value());
        for (String path :
                List.of("/s/" + world.sales().shortPath(), "/api/me", "/api/admin/GetPages", home + "/../../api/me")) {
            assertThat(at(host).get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(client.get("/projects/" + project.id() + "/sub-clients/" + workspace.id() + "?as="
                                + owner.username())
                        .text())
                .contains("//" + host);

        assertThat(client.delete(ROUTE + "/" + domain.path("id").asText()).status())
                .isEqualTo(200);
        assertThat(TestClient.anonymous()
                        .get("/api/sub-clients/lookup?host=" + host)
                        .status())
                .isEqualTo(404);
        assertThat(at(host).get("/").header("location")).isNotEqualTo(Optional.of(home));
    }

    @Test
    void aSignInAtAProviderThatBeginsAtOurAddressGoesOnAtTheOwnHost() {
        Project project = world.project(world.context(owner), "Atlas");
        Workspace workspace = world.workspace(world.context(owner), project, "Sales");
        String home = "/s/" + workspace.shortPath();
        JsonNode domain = added(client, Map.of("subClientId", workspace.id().value()));
        dns.has(host, "TXT", "\"verify=" + workspace.id().value() + "\"");
        assertThat(checked(client, domain).path("state").asText()).isEqualTo("active");
        try (var provider = new FakeOidc()) {
            assertThat(client.put(
                                    "/api/projects/" + project.id() + "/sub-clients/" + workspace.id() + "/sso",
                                    Map.of(
                                            "kind",
                                            "oidc",
                                            "issuer",
                                            provider.issuer(),
                                            "clientId",
                                            FakeOidc.CLIENT,
                                            "clientSecret",
                                            FakeOidc.SECRET,
                                            "defaultRole",
                                            "user"))
                            .status())
                    .isEqualTo(200);
            provider.person("1", "amira");
            assertThat(TestClient.anonymous().get(home + "/sso").location())
                    .isEqualTo(settings.at(host) + home + "/sso");
            AtHost.Answer begun = at(host).get(home + "/sso");
            assertThat(begun.status()).isEqualTo(303);
            URI back = provider.signIn(URI.create(begun.header("location").orElseThrow()), "1");
            assertThat(back.toString()).startsWith(settings.at(host) + home + "/sso/callback?");
            String cookie = begun.header("set-cookie").orElseThrow().replaceFirst(";.*", "");
            AtHost.Answer in = at(host).get(back.getRawPath() + "?" + back.getRawQuery(), "Cookie: " + cookie);
            assertThat(in.header("location").orElseThrow()).endsWith(home + "/chat");
        }
    }

    @Test
    void thePageShowsTheRecordsAndAddsChecksAndRemoves() {
        page("start", "Start");
        String as = "?as=" + owner.username();
        String empty = client.get("/admin/custom-domains" + as).text();
        assertThat(empty).contains("No domains yet", "New domain");

        Answer added = client.form("/admin/custom-domains", "as", owner.username(), "domain", host);
        assertThat(added.status()).as(added.toString()).isEqualTo(303);
        String list = client.get("/admin/custom-domains" + as).text();
        assertThat(list).contains(host, "Waiting for DNS", "_banyan." + host, "verify=", "TXT", "Check now");
        String id = client.get(ROUTE).json().at("/domains/0/id").asText();

        dns.has("_banyan." + host, "TXT", "\"verify=" + id + "\"");
        client.form("/admin/custom-domains/" + id + "/check", "as", owner.username());
        assertThat(client.get("/admin/custom-domains" + as).text()).contains("Active");

        assertThat(client.form("/admin/custom-domains", "as", owner.username(), "domain", "localhost")
                        .status())
                .isEqualTo(422);
        assertThat(client.form("/admin/custom-domains", "as", owner.username(), "domain", host)
                        .status())
                .isEqualTo(409);
        client.form("/admin/custom-domains/" + id + "/remove", "as", owner.username());
        assertThat(client.get("/admin/custom-domains" + as).text()).contains("No domains yet");
        assertThat(client.form("/admin/custom-domains/" + id + "/remove", "as", owner.username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLesserPlanShowsNothingAndTheHostComesBackWithThePlan() {
        page("start", "Start");
        active(Map.of());
        assertThat(at(host).get("/").status()).isEqualTo(200);
        world.tier(owner, Tier.FREE);
        daysPass(31);

        isAway();
        assertThat(TestClient.anonymous().get("/internal/domain?domain=" + host).status())
                .as("it needs a certificate to say so")
                .isEqualTo(200);
        Answer refused = client.post(ROUTE, Map.of("domain", "more." + host));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("upgradeRequired").asBoolean()).isTrue();
        assertThat(refused.json().path("feature").asText()).isEqualTo("customDomain");

        world.tier(owner, Tier.PREMIUM);
        assertThat(at(host).get("/").text()).contains("@" + owner.username());
    }

    /// Asked twice: the first answer must not be kept.
    private void isAway() {
        for (String path : List.of("/", "/start", "/login", "/l/x", "/ui/app.css", "/")) {
            AtHost.Answer answer = at(host).get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).contains("temporarily unavailable").doesNotContain("Banyan");
            assertThat(answer.header("cache-control")).contains("no-store");
        }
        assertThat(at(host).send("POST", "/api/login", "{}", "Content-Type: application/json")
                        .status())
                .isEqualTo(404);
    }

    private TestWorld.Person agency() {
        TestWorld.Person agency = world.person("domainagency");
        world.plan(agency, Tier.PREMIUM, AgencyPermission.PREMIUM, Map.of(Pack.TEN, 1));
        return agency;
    }

    private TestWorld.Brand hosted(TestWorld.Person agency) {
        TestWorld.Brand brand = world.brand(agency, "hosted", "Hosted");
        TestClient acting = TestClient.of(agency);
        String of = "?subAccountId=" + brand.username();
        acting.post("/api/admin/CreatePage" + of, Map.of("slug", "start", "name", "Start"));
        Answer added = acting.post(ROUTE + of, Map.of("domain", host));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        prove(added.json());
        acting.post(ROUTE + "/" + added.json().path("id").asText() + "/check" + of, Map.of());
        assertThat(at(host).get("/").text()).contains("@" + brand.username());
        return brand;
    }

    @Test
    void aFormerUsernameLeadsOnAtItsHostToo() {
        TestWorld.Person agency = agency();
        TestWorld.Brand brand = hosted(agency);
        TestClient acting = TestClient.of(agency);
        String old = "/" + brand.username();
        String name = world.name("renamed");
        assertThat(at(host).get(old + "/start").status()).isEqualTo(200);
        Answer renamed = acting.put("/admin/UpdateSubAccount", Map.of("subAccountId", brand.id(), "username", name));
        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);

        assertThat(led(old)).isEqualTo("/" + name);
        assertThat(led(old + "?a=b%20c")).isEqualTo("/" + name + "?a=b%20c");
        assertThat(led(old + "/start?a=b%20c")).isEqualTo("/" + name + "/start?a=b%20c");
        for (String path : List.of("/", "/start", "/" + name, "/" + name + "/start")) {
            assertThat(at(host).get(path).text()).as(path).contains("@" + name);
        }
        assertThat(at(host).get("/" + world.rival().username() + "/start").status())
                .isEqualTo(404);
        Answer page = acting.post(
                "/api/admin/CreatePage?subAccountId=" + name,
                Map.of("slug", brand.username(), "name", "Where it began"));
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(at(host).get(old).status()).as("a page comes first").isEqualTo(200);
    }

    private String led(String path) {
        AtHost.Answer answer = at(host).get(path);
        assertThat(answer.status()).as(path).isEqualTo(302);
        return answer.header("location").orElseThrow().replaceFirst("^https?://[^/]+", "");
    }

    /// Codes that cameras read may be all capitals, and people type a slash at the end.
    @Test
    void addressesAtAHostLeadToTheSamePageInAnyLetterCase() {
        page("start", "Start");
        page("offers", "Offers");
        prove(added(client, Map.of()));
        assertThat(checked(client, client.get(ROUTE).json().at("/domains/0"))
                        .path("state")
                        .asText())
                .isEqualTo("active");
        String name = "/" + owner.username();

        assertThat(led("/OFFERS?utm_source=ig")).isEqualTo("/offers?utm_source=ig");
        assertThat(led(name.toUpperCase(Locale.ROOT))).isEqualTo(name);
        assertThat(led(name.toUpperCase(Locale.ROOT) + "/Offers")).isEqualTo(name + "/offers");
        for (String path : List.of("/offers", "/offers/", name, name + "/", name + "/offers")) {
            assertThat(at(host).get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(at(host).get("/%C3%9C").status()).isNotEqualTo(200);
    }

    @Test
    void aBrandsHostComesBackWithTheBrand() {
        TestWorld.Person agency = agency();
        TestWorld.Brand brand = hosted(agency);
        TestClient acting = TestClient.of(agency);

        comesBack(brand, () -> status(acting, brand, "suspended"), () -> status(acting, brand, "active"));
        comesBack(
                brand,
                () -> acting.json(
                        "DELETE",
                        "/api/admin/DeleteSubAccount",
                        Map.of("subAccountId", brand.id(), "confirmDelete", true)),
                () -> acting.post("/api/admin/RestoreSubAccount", Map.of("subAccountId", brand.id())));
        comesBack(
                brand,
                () -> {
                    world.plan(agency, Tier.PREMIUM, AgencyPermission.PRO, Map.of(Pack.TEN, 1));
                    assertThat(at(host).get("/").text()).as("the days of grace").contains("@" + brand.username());
                    daysPass(31);
                },
                () -> world.plan(agency, Tier.PREMIUM, AgencyPermission.PREMIUM, Map.of(Pack.TEN, 1)));
        comesBack(
                brand,
                () -> locks.disable(Actor.SERVER, agency.account(), LockReason.PAYMENT, ""),
                () -> locks.enable(Actor.SERVER, agency.account()));
    }

    @Test
    void theHostOfADeletedBrandIsFreeForItsAgency() {
        TestWorld.Person agency = agency();
        TestWorld.Brand brand = hosted(agency);
        TestWorld.Brand next = world.brand(agency, "next", "Next");
        TestClient acting = TestClient.of(agency);
        String of = "?subAccountId=" + next.username();
        acting.post("/api/admin/CreatePage" + of, Map.of("slug", "start", "name", "Start"));
        assertThat(acting.post(ROUTE + of, Map.of("domain", host)).status()).isEqualTo(409);
        assertThat(acting.form("/admin/custom-domains", "as", next.username(), "domain", host)
                        .text())
                .contains("at another account of yours");
        acting.json("DELETE", "/api/admin/DeleteSubAccount", Map.of("subAccountId", brand.id(), "confirmDelete", true));

        Answer added = acting.post(ROUTE + of, Map.of("domain", host));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        prove(added.json());
        acting.post(ROUTE + "/" + added.json().path("id").asText() + "/check" + of, Map.of());
        assertThat(at(host).get("/").text()).contains("@" + next.username());
        assertThat(acting.post("/api/admin/RestoreSubAccount", Map.of("subAccountId", brand.id()))
                        .status())
                .isEqualTo(200);
        assertThat(acting.get(ROUTE + "?subAccountId=" + brand.username())
                        .json()
                        .path("domains"))
                .isEmpty();
    }

    private void comesBack(TestWorld.Brand brand, Runnable ending, Runnable back) {
        ending.run();
        isAway();
        back.run();
        assertThat(at(host).get("/").text()).contains("@" + brand.username());
    }

    private static void status(TestClient whose, TestWorld.Brand brand, String status) {
        Answer answer =
                whose.post("/api/admin/UpdateSubAccountStatus", Map.of("subAccountId", brand.id(), "status", status));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void aWorkspacesHostEndsAndComesBackWithThePlan() {
        Project project = world.project(world.context(owner), "Atlas");
        Workspace workspace = world.workspace(world.context(owner), project, "Sales");
        active(Map.of("subClientId", workspace.id().value()));
        String home = "/s/" + workspace.shortPath();
        assertThat(at(host).get("/").header("location")).contains(home);

        world.tier(owner, Tier.FREE);
        daysPass(31);
        isAway();
        world.tier(owner, Tier.PREMIUM);
        assertThat(at(host).get("/").header("location")).contains(home);
    }

    /// Turns back what is known of the host's plan, and lets the job see it.
    private void daysPass(int days) {
        long ms = Duration.ofDays(days).toMillis();
        world.sql(
                "UPDATE domains SET lapses_at = lapses_at - ?, lapse_due_at = lapse_due_at - ? WHERE host = ?",
                ms,
                ms,
                host);
        lapses.run();
    }

    @Test
    void aPlanWithoutDomainsLeavesThemFor30Days() {
        client.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"));
        active(Map.of());
        String page = "/" + owner.username();
        JsonNode preview = client.post("/api/admin/previewDowngrade", Map.of("targetTier", "free"))
                .json();
        assertThat(preview.path("domains").get(0).asText()).isEqualTo(host);
        assertThat(preview.path("domainsUntil").asText()).isNotEmpty();

        world.tier(owner, Tier.FREE);
        lapses.run();
        JsonNode lapsing = client.get(ROUTE).json().path("domains").get(0);
        assertThat(lapsing.path("state").asText()).isEqualTo("active");
        assertThat(lapsing.path("servedUntil").asText()).isNotEmpty();
        assertThat(lapsing.path("problem").asText()).contains("no longer includes custom domains");
        assertThat(client.get("/admin/custom-domains?as=" + owner.username()).text())
                .contains("Active until ");
        assertThat(at(host).get("/").text()).contains("@" + owner.username());
        assertThat(client.get(page).text()).contains("rel=\"canonical\" href=\"http://" + host);
        assertThat(mails()).containsExactly(host + " stops working on");
        lapses.run();
        assertThat(mails()).as("once").hasSize(1);
        daysPass(8);
        assertThat(mails()).as("after a week").hasSize(2);

        daysPass(23);
        isAway();
        JsonNode lapsed = client.get(ROUTE).json().path("domains").get(0);
        assertThat(lapsed.path("state").asText()).isEqualTo("lapsed");
        assertThat(client.get("/admin/custom-domains?as=" + owner.username()).text())
                .contains("Not in your plan");
        assertThat(client.get(page).text()).doesNotContain(host);
        assertThat(mails()).contains(host + " no longer works");

        world.tier(owner, Tier.PREMIUM);
        assertThat(at(host).get("/").text()).contains("@" + owner.username());
        assertThat(client.get(ROUTE).json().path("domains").get(0).has("servedUntil"))
                .isFalse();
    }

    private List<String> mails() {
        return world.select("SELECT subject FROM mails WHERE subject LIKE ? ORDER BY id", host + "%").stream()
                .map(subject -> subject.replaceFirst(" on .*", " on"))
                .toList();
    }

    @Test
    void aNameIsStoredAsBrowsersReadItAndASuffixIsRefused() {
        page("start", "Start");
        String stem = world.name("fa");
        Answer added = client.post(ROUTE, Map.of("domain", stem + "ß.example"));
        assertThat(added.json().path("domain").asText()).startsWith("xn--").endsWith(".example");
        assertThat(client.get("/admin/custom-domains?as=" + owner.username()).text())
                .contains(stem + "ß.example");

        Answer refused = client.post(ROUTE, Map.of("domain", "co.uk"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("Domain must be your own: co.uk is a public suffix");
        assertThat(client.form("/admin/custom-domains", "as", owner.username(), "domain", "co.uk")
                        .text())
                .contains("Enter your own, such as links.example.co.uk.");
    }

    /// `.co.uk` is no top-level domain, but names below it are registered, and can have no CNAME.
    @Test
    void aRegisteredNameIsToldAddressesAndAnotherACname() {
        page("start", "Start");
        String name = world.name("shop");
        JsonNode registered =
                client.post(ROUTE, Map.of("domain", name + ".co.uk")).json();
        assertThat(registered.at("/records/0/type").asText())
                .as(registered.toString())
                .isIn("A", "AAAA");
        assertThat(registered.at("/records/0/name").asText()).isEqualTo(name + ".co.uk");
        assertThat(client.post(ROUTE, Map.of("domain", name)).status()).isEqualTo(400);
    }

    @Test
    void whatWasStoredByTheOldRuleIsShownToItsOwners() {
        page("start", "Start");
        JsonNode domain = added(client, Map.of());
        world.sql(
                "UPDATE domains SET host = 'co.uk' WHERE id = ?",
                domain.path("id").asText());
        world.sql(
                "INSERT INTO old_host_readings VALUES ('link', ?, ?, ?, 'https://faß.example/', 9007199254740991)",
                domain.path("id").asText(),
                owner.account().toString(),
                owner.account().toString());

        assertThat(client.get(ROUTE).json().at("/domains/0/problem").asText())
                .isEqualTo(
                        "Anyone can register names below co.uk. Remove this domain, and add your own name below it.");
        assertThat(client.get("/admin/dashboard?as=" + owner.username()).text())
                .contains("Check your link to faß.example.", "Before, it led to fass.example.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "127.0.0.1", "links.example.com/about", "a b.example", "links.example.com:80"})
    void whatIsNoHostIsRefused(String domain) {
        Answer answer = client.post(ROUTE, Map.of("domain", domain));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("Domain ");
    }

    @Test
    void whatIsNotTheAccountsIsNotFound() {
        page("start", "Start");
        JsonNode domain = added(client, Map.of());
        TestClient rival = TestClient.of(world.rival());
        String id = domain.path("id").asText();
        String others = rival.post("/api/admin/CreatePage", Map.of("slug", world.name("other"), "name", "Other"))
                .json()
                .at("/page/id")
                .asText();

        assertThat(rival.delete(ROUTE + "/" + id).status()).isEqualTo(404);
        assertThat(rival.post(ROUTE + "/" + id + "/check", Map.of()).status()).isEqualTo(404);
        assertThat(client.post(ROUTE, Map.of("domain", "x." + host, "pageId", others))
                        .status())
                .isEqualTo(404);
        assertThat(client.post(
                                ROUTE,
                                Map.of(
                                        "domain",
                                        "x." + host,
                                        "subClientId",
                                        world.sales().id().value()))
                        .status())
                .isEqualTo(404);
        assertThat(client.post(ROUTE, Map.of("domain", host)).status()).isEqualTo(409);
    }
}
