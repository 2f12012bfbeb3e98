package dev.banyan.pages.copying;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Brands that begin like another one or with a template, through HTTP: what they get, and what they don't.
@QuarkusTest
class BrandTemplatesTest {

    private static final String CREATE = "/api/admin/CreateSubAccount";
    private static final String TEMPLATES = "/api/admin/brand-templates";

    @Inject
    TestWorld world;

    private TestWorld.Person owner;
    private TestWorld.Brand model;
    private TestClient client = TestClient.anonymous();

    @BeforeEach
    void aBrandWithAPage() {
        owner = world.agency("templates");
        world.plan(owner, Tier.PRO, AgencyPermission.PRO, Map.of(Pack.TEN, 1));
        model = world.brand(owner, "model", "Model Café");
        client = TestClient.of(owner);
        ok(client.post(of("CreatePage"), Map.of("slug", "menu", "name", "Model Café")));
        ok(client.put(
                of("UpdateLinks"),
                Map.of(
                        "groups",
                        List.of(),
                        "links",
                        List.of(
                                Map.of(
                                        "operation",
                                        "add",
                                        "title",
                                        "{brand} on the map",
                                        "url",
                                        "https://maps.example/{username}?q={brand}"),
                                Map.of("operation", "add", "title", "Menu", "url", "https://example.com/menu")))));
        ok(client.put(
                of("UpdateAppearance"),
                Map.of(
                        "theme",
                        "custom",
                        "header",
                        Map.of("displayName", "The model"),
                        "buttons",
                        Map.of("backgroundColor", "#123456"))));
        ok(client.put(
                of("updateShortLinks"),
                Map.of(
                        "shortLinks",
                        List.of(Map.of(
                                "operation", "add",
                                "customSlug", (model.username() + "-sale").replace('_', '-'),
                                "targetUrl", "https://example.com/sale?brand={username}")))));
    }

    private String of(String route) {
        return "/api/admin/" + route + "?UserId=" + model.id();
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private JsonNode links(String account) {
        return ok(client.get("/api/admin/GetLinks?UserId=" + account)).json().path("links");
    }

    private String template(String name, List<String> parts) {
        return ok(client.post(TEMPLATES, Map.of("subAccountId", model.username(), "name", name, "parts", parts)))
                .json()
                .path("template")
                .path("id")
                .asText();
    }

    @Test
    void aBrandBeginsWithATemplateEvenWhenItsModelIsGone() {
        String template = template("Café", List.of("look", "links", "shortLinks"));
        ok(client.json(
                "DELETE", "/api/admin/DeleteSubAccount", Map.of("subAccountId", model.id(), "confirmDelete", true)));

        String username = world.name("harbour");
        JsonNode made = ok(client.post(
                        CREATE, Map.of("username", username, "displayName", "Harbour & Co", "templateId", template)))
                .json();
        String id = made.path("subAccount").path("id").asText();

        assertThat(made.path("subAccount").path("pageCount").asInt()).isEqualTo(1);
        assertThat(made.path("subAccount").path("linkCount").asInt()).isEqualTo(2);
        assertThat(made.has("leftOut")).isFalse();
        assertThat(links(id).get(0).path("title").asText()).isEqualTo("Harbour & Co on the map");
        assertThat(links(id).get(0).path("url").asText())
                .isEqualTo("https://maps.example/" + username + "?q=Harbour%20%26%20Co");
        assertThat(ok(client.get("/api/admin/GetPages?UserId=" + id))
                        .json()
                        .path("pages")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("Harbour & Co");
        JsonNode look = ok(client.get("/api/admin/GetAppearance?UserId=" + id)).json();
        assertThat(look.path("buttons").path("backgroundColor").asText()).isEqualTo("#123456");
        assertThat(look.path("header").path("displayName").asText()).isEqualTo("Harbour & Co");
        assertThat(world.select("SELECT target FROM short_links WHERE account_id = ?", id))
                .containsExactly("https://example.com/sale?brand=" + username);
        Answer page = TestClient.anonymous().get("/" + username);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Harbour &amp; Co on the map");
    }

    @Test
    void aTemplateHasOnlyTheChosenParts() {
        String template = template("Bare", List.of());
        String username = world.name("bare");
        String id = ok(client.post(CREATE, Map.of("username", username, "displayName", "Bare", "templateId", template)))
                .json()
                .path("subAccount")
                .path("id")
                .asText();
        assertThat(links(id)).isEmpty();
        assertThat(world.count("SELECT count(*) FROM short_links WHERE account_id = ?", id))
                .isZero();
        assertThat(world.count("SELECT count(*) FROM appearances WHERE account_id = ?", id))
                .isZero();
    }

    @Test
    void whatThePlanHasNoRoomForIsSaid() {
        world.plan(owner, Tier.PRO, AgencyPermission.BASIC, Map.of(Pack.TEN, 1));
        JsonNode made = ok(client.post(
                        CREATE,
                        Map.of(
                                "username", world.name("small"),
                                "displayName", "Small",
                                "copyFrom", model.username())))
                .json();
        assertThat(made.path("subAccount").path("pageCount").asInt()).isEqualTo(1);
        assertThat(made.path("leftOut").toString()).contains("short link");
    }

    @Test
    void foreignAndUnknownOnesAreNotFound() {
        String template = template("Mine", List.of("links"));
        TestClient rival = TestClient.of(world.rival());
        Map<String, String> body = Map.of("username", world.name("stolen"), "displayName", "Stolen");

        assertThat(rival.get(TEMPLATES).text()).doesNotContain(template);
        assertThat(rival.delete(TEMPLATES + "/" + template).status()).isEqualTo(404);
        assertThat(rival.put(TEMPLATES + "/" + template, Map.of("name", "Yours"))
                        .status())
                .isEqualTo(404);
        assertThat(rival.post(CREATE, with(body, "templateId", template)).status())
                .isEqualTo(404);
        assertThat(rival.post(CREATE, with(body, "copyFrom", model.username())).error())
                .isEqualTo("Unauthorized: You do not manage this sub-account");
        assertThat(rival.post(TEMPLATES, Map.of("subAccountId", model.id(), "name", "Yours"))
                        .status())
                .isEqualTo(404);
        assertThat(client.post(CREATE, with(with(body, "copyFrom", model.username()), "templateId", template))
                        .status())
                .isEqualTo(400);
        assertThat(client.post(TEMPLATES, Map.of("subAccountId", model.id(), "name", "Mine"))
                        .error())
                .isEqualTo("A template with this name already exists");
        assertThat(client.post(TEMPLATES, Map.of("subAccountId", model.id(), "name", "Odd", "parts", List.of("all")))
                        .status())
                .isEqualTo(400);
    }

    private static Map<String, String> with(Map<String, String> body, String key, String value) {
        var more = new HashMap<>(body);
        more.put(key, value);
        return more;
    }

    private String savedTemplate() {
        Answer saved = client.form(
                "/admin/brands/templates",
                "as",
                owner.username(),
                "from",
                model.username(),
                "name",
                "Café",
                "part",
                "look");
        assertThat(saved.location()).contains("done=template-saved");
        return saved.location().replaceFirst(".*#template-", "");
    }

    @Test
    void aTemplateIsRenamedAndDeletedInTheBrowser() {
        String id = savedTemplate();
        assertThat(client.get("/admin/brands/templates?as=" + owner.username()).text())
                .contains("Café", "Pages, look");
        String path = "/admin/brands/templates/" + id;
        assertThat(client.form(path + "/rename", "as", owner.username(), "name", "")
                        .status())
                .isEqualTo(422);
        assertThat(client.form(path + "/rename", "as", owner.username(), "name", "Bar")
                        .location())
                .contains("done=template-renamed");
        assertThat(client.get(path + "/delete?as=" + owner.username()).text()).contains("Delete “<bdi>Bar</bdi>”?");
        assertThat(client.form(path + "/delete", "as", owner.username()).location())
                .contains("done=template-deleted");
        assertThat(client.get(TEMPLATES).json().path("templates")).isEmpty();
    }

    @Test
    void theFormDerivesTheAddressTakesThePictureAndEndsInTheEditor() throws IOException {
        Answer derived = client.get("/admin/users/sub-accounts/new/address?as=" + owner.username() + "&displayName="
                + TestClient.encode("Möbel & Söhne " + owner.username()) + "&username=&derived=");
        String username = "mobel-sohne-" + owner.username();
        String expected = username.length() > 27 ? username.substring(0, 27) : username;
        assertThat(derived.text()).contains("name=\"derived\" value=\"" + expected);
        assertThat(client.get("/admin/users/sub-accounts/new/address?as=" + owner.username()
                                + "&displayName=Other&username=typed-by-hand&derived=" + expected)
                        .status())
                .isEqualTo(204);

        Answer made = client.multipart(
                "/admin/users/sub-accounts",
                Map.of(
                        "as",
                        owner.username(),
                        "username",
                        "",
                        "displayName",
                        "Möbel",
                        "start",
                        "page",
                        "idempotencyKey",
                        world.name("key1-")),
                "picture",
                "face.png",
                "image/png",
                png());
        assertThat(made.status()).as(made.toString()).isEqualTo(303);
        assertThat(made.location()).matches("/admin/pages/[0-9a-f-]{36}[?]as=mobel[0-9a-z-]*&done=sub-account-created");
        String brand = made.location().replaceFirst(".*as=([^&]+)&.*", "$1");
        String page = TestClient.anonymous().get("/" + brand).text();
        assertThat(page).contains("Möbel", "/media/");

        Answer again = client.form(
                "/admin/users/sub-accounts",
                "as",
                owner.username(),
                "username",
                "",
                "displayName",
                "Möbel",
                "start",
                "brand:" + brand,
                "idempotencyKey",
                world.name("key2-"));
        assertThat(again.location()).contains("done=sub-account-created").doesNotContain("as=" + brand + "&");

        Answer refused = client.multipart(
                "/admin/users/sub-accounts",
                Map.of(
                        "as",
                        owner.username(),
                        "displayName",
                        "Third",
                        "start",
                        "page",
                        "idempotencyKey",
                        world.name("key3-")),
                "picture",
                "face.png",
                "image/png",
                "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("sub-picture-e");
    }

    @Test
    void aPageIsDuplicatedIntoAnotherBrandWithAnAddressOfItsOwn() {
        TestWorld.Brand other = world.brand(owner, "other", "Other Café");
        ok(client.post("/api/admin/CreatePage?UserId=" + other.id(), Map.of("slug", "menu", "name", "Main")));
        String page = world.select(
                        "SELECT id FROM pages WHERE account_id = ?", model.id().toString())
                .getFirst();
        String path = "/admin/pages/" + page + "/duplicate";

        assertThat(client.get(path + "?as=" + model.username()).text())
                .contains("Duplicate to a brand", other.username());
        Answer done = client.form(
                path,
                "as",
                model.username(),
                "brand",
                other.username(),
                "name",
                "For {brand}",
                "idempotencyKey",
                world.name("key4-"));
        assertThat(done.location()).contains("as=" + other.username(), "done=page-copied");
        assertThat(world.select(
                        "SELECT slug FROM pages WHERE account_id = ? ORDER BY slug",
                        other.id().toString()))
                .containsExactly("menu", "menu-2");
        assertThat(world.select(
                        "SELECT name FROM pages WHERE slug = 'menu-2' AND account_id = ?",
                        other.id().toString()))
                .containsExactly("For Other Café");
        Answer stranger = client.form(
                path,
                "as",
                model.username(),
                "brand",
                world.east().username(),
                "name",
                "x",
                "idempotencyKey",
                world.name("key5-"));
        assertThat(stranger.status()).isEqualTo(422);
        assertThat(stranger.text()).contains("We can’t find an active brand with this username.");
    }

    @Test
    void linksArePastedAfterAPreview() {
        String page = world.select(
                        "SELECT id FROM pages WHERE account_id = ?", model.id().toString())
                .getFirst();
        String path = "/admin/pages/" + page + "/links/paste";
        String as = model.username();

        assertThat(client.get(path + "?as=" + as).text()).contains("Paste links");
        Answer broken = client.form(path, "as", as, "text", "Book https://example.com/book\nOur menu", "act", "add");
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.text()).contains("1 line needs a change", "Line 2", "This line has no URL");
        assertThat(links(model.id().toString())).hasSize(2);
        Answer preview = client.form(
                path,
                "as",
                as,
                "text",
                "Book a table https://example.com/book\n\nexample.org\nShop\thttps://example.com/shop");
        assertThat(preview.text()).contains("Add 3 links", "https://example.org");
        assertThat(links(model.id().toString())).hasSize(2);
        assertThat(client.form(
                                path,
                                "as",
                                as,
                                "act",
                                "add",
                                "text",
                                "Book a table https://example.com/book\nexample.org")
                        .location())
                .contains("done=links-added");
        assertThat(links(model.id().toString())).hasSize(4);
        assertThat(client.form(path, "as", as, "act", "add", "text", "https://example.com\n".repeat(51))
                        .text())
                .contains("Paste up to 50 links at a time (now 51).");
    }

    @Test
    void aLookIsAppliedToManyBrands() {
        TestWorld.Brand other = world.brand(owner, "other", "Other Café");
        TestWorld.Brand empty = world.brand(owner, "empty", "Empty Café");
        ok(client.post("/api/admin/CreatePage?UserId=" + other.id(), Map.of("slug", "main", "name", "Main")));
        ok(client.put(
                "/api/admin/UpdateAppearance?UserId=" + other.id(), Map.of("header", Map.of("displayName", "We"))));
        String as = owner.username();

        String preview = client.get("/admin/brands/looks?as=" + as + "&from=" + model.username() + "&brand="
                        + other.username() + "&brand=" + empty.username())
                .text();
        assertThat(preview).contains("1 brand changes", "It has no page yet.", "#123456");
        Answer report =
                client.form("/admin/brands/looks", "as", as, "from", model.username(), "brand", other.username());
        assertThat(report.text()).contains("1 brand changed.");
        JsonNode look =
                ok(client.get("/api/admin/GetAppearance?UserId=" + other.id())).json();
        assertThat(look.path("buttons").path("backgroundColor").asText()).isEqualTo("#123456");
        assertThat(look.path("header").path("displayName").asText()).isEqualTo("We");
        assertThat(client.form("/admin/brands/looks", "as", as, "from", model.username(), "brand", other.username())
                        .text())
                .contains("No brands changed.", "It has this look already.");
        assertThat(client.form(
                                "/admin/brands/looks",
                                "as",
                                as,
                                "from",
                                model.username(),
                                "brand",
                                world.east().username())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aLookIsChosenShownAndTakenBack() {
        TestWorld.Brand other = world.brand(owner, "other", "Other Café");
        ok(client.post("/api/admin/CreatePage?UserId=" + other.id(), Map.of("slug", "main", "name", "Main")));
        ok(client.put("/api/admin/UpdateAppearance?UserId=" + other.id(), Map.of("theme", "air")));
        String as = owner.username();
        String looks = "/admin/brands/looks";

        String opened = client.get(looks + "?as=" + as).text();
        assertThat(opened)
                .as("the agency has no page, so the newest brand with one is chosen")
                .contains("<option value=\"" + other.username() + "\" selected>", "data-pick-all")
                .contains("<option value=\"" + model.username() + "\">")
                .doesNotContain("aria-invalid");
        assertThat(client.get(looks + "?as=" + as + "&find=Model").text())
                .contains("<option value=\"" + model.username() + "\" selected>")
                .doesNotContain("<option value=\"" + other.username());
        String chosen = looks + "?as=" + as + "&from=" + model.username() + "&brand=" + other.username();
        String preview = looks + "/preview?as=" + as + "&from=" + model.username() + "&brand=" + other.username();
        assertThat(client.get(chosen).text()).contains("src=\"" + preview.replace("&", "&amp;") + "\"");
        Answer shown = client.get(preview);
        assertThat(shown.text()).contains("#123456", "Other Café");
        assertThat(client.get(preview.replace(
                                "brand=" + other.username(),
                                "brand=" + world.east().username()))
                        .status())
                .isEqualTo(404);

        String report = client.form(looks, "as", as, "from", model.username(), "all", "true", "q", "Other")
                .text();
        assertThat(report).contains("1 brand changed.", "1 brand got a look.");
        String push = report.replaceFirst("(?s).*name=\"push\" value=\"([^\"]+)\".*", "$1");
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.form(looks + "/undo", "as", world.rival().username(), "push", push)
                        .text())
                .contains("No brands changed.");
        assertThat(theme(other)).isEqualTo("custom");
        assertThat(client.form(looks + "/undo", "as", as, "push", push).text())
                .contains("1 brand changed.")
                .doesNotContain("name=\"push\"");
        assertThat(theme(other)).isEqualTo("air");
        assertThat(client.get(looks + "/report?as=" + as).text()).contains("1 brand changed.");
    }

    private String theme(TestWorld.Brand brand) {
        return ok(client.get("/api/admin/GetAppearance?UserId=" + brand.id()))
                .json()
                .path("theme")
                .asText();
    }

    @Test
    void manyBrandsAreChangedAtOnce() {
        TestWorld.Brand other = world.brand(owner, "other", "Other Café");
        String as = owner.username();
        String bulk = "/admin/brands/bulk";

        assertThat(client.form(bulk, "as", as, "action", "suspend").text()).contains("No brands selected.");
        assertThat(client.form(bulk, "as", as, "action", "suspend", "brand", model.username())
                        .text())
                .contains("Suspend 1 brand?", "Model Café");
        assertThat(report(bulk, "action", "label", "value", "retainer", "all", "true"))
                .contains("2 brands changed.");
        assertThat(report(bulk, "action", "suspend", "brand", other.username())).contains("1 brand changed.");
        assertThat(report(bulk, "action", "notices", "value", "both", "all", "true"))
                .contains("1 brand changed.", "It’s suspended. Activate it first.");
        assertThat(report(bulk, "action", "activate", "all", "true"))
                .contains("1 brand changed.", "It was active already.");
        assertThat(client.form(bulk + "/run", "as", as, "action", "notices", "value", "everyone", "all", "true")
                        .status())
                .isEqualTo(422);
        assertThat(client.get("/api/admin/GetSubAccounts?label=retainer").json().path("subAccounts"))
                .hasSize(2);
        assertThat(client.get("/api/admin/GetSubAccounts?label=other").json().path("subAccounts"))
                .isEmpty();
        assertThat(client.get("/admin/brands?as=" + as + "&label=retainer").text())
                .contains("Clear label", "name=\"brand\" value=\"" + other.username());
        assertThat(client.form(bulk, "as", as, "action", "look", "brand", other.username())
                        .location())
                .isEqualTo("/admin/brands/looks?as=" + as + "&brand=" + other.username());
        TestClient rival = TestClient.of(world.rival());
        rival.form(bulk + "/run", "as", world.rival().username(), "action", "suspend", "brand", other.username());
        assertThat(rival.get(bulk + "?as=" + world.rival().username()).text()).contains("No brands changed.");
    }

    private String report(String bulk, String... form) {
        String as = owner.username();
        Answer run = client.form(
                bulk + "/run",
                Stream.concat(Stream.of("as", as), Stream.of(form)).toArray(String[]::new));
        assertThat(run.location()).as(run.text()).isEqualTo(bulk + "?as=" + as);
        return Eventually.until(
                () -> client.get(bulk + "?as=" + as).text(), page -> !page.contains("hx-trigger=\"every 1s\""));
    }

    @Test
    void aListOfBrandsBeginsWithTheTemplateThatIsRememberedThen() {
        String as = owner.username();
        String id = savedTemplate();
        String list = "/admin/brands/bulk/new";
        String lines = "Display name,Username,Label\nŁódź Rowery,\nŁódź Rowery,\n\"Taken, GmbH\",@" + model.username()
                + "\n,x\n";
        String[] form = {"as", as, "pasted", lines, "start", "template:" + id, "value", "try"};

        assertThat(client.form(list, form).text())
                .contains("2 brands would be created. 2 lines have a problem. 1 line has a name that you use.")
                .containsOnlyOnce("Another brand has this name.")
                .contains("Nothing has been created yet. Columns that are left out: Label.")
                .contains("This username is taken.", "Display name is required");
        assertThat(client.get("/api/admin/GetSubAccounts").json().path("total").asInt())
                .isEqualTo(1);

        form[form.length - 1] = "create";
        assertThat(client.form(list, form).location()).isEqualTo("/admin/brands/bulk?as=" + as);
        assertThat(client.get("/admin/brands/bulk?as=" + as).text())
                .contains("2 brands created. 2 brands weren’t created.");
        assertThat(client.get("/api/admin/GetSubAccounts").json().path("total").asInt())
                .isEqualTo(3);
        for (String page : List.of(list, "/admin/users/sub-accounts/new")) {
            assertThat(client.get(page + "?as=" + as).text())
                    .as(page)
                    .contains("<option value=\"template:" + id + "\" selected>");
        }
        form[form.length - 1] = "try";
        assertThat(client.form(list, form).text())
                .as("the same list once more")
                .contains("2 brands would be created. 2 lines have a problem. 2 lines have a name that you use.");
        form[3] = " \n";
        assertThat(client.form(list, form).text()).contains("The list is empty.");
    }

    /// It goes on by itself, as the page says.
    @Test
    void allThatMatchAreChangedHoweverManyThereAre() {
        world.plan(owner, Tier.PRO, AgencyPermission.PREMIUM, Map.of(Pack.TWENTY_FIVE, 41));
        IntStream.range(0, 1_001).forEach(i -> world.brand(owner, "many" + i, "Many " + i));
        String bulk = "/admin/brands/bulk";

        assertThat(client.form(bulk, "as", owner.username(), "action", "label", "all", "true")
                        .text())
                .contains("Label 1,002 brands?", "and 982 more");
        assertThat(report(bulk, "action", "label", "value", "retainer", "all", "true"))
                .contains("1,002 brands changed.", "and 702 more");
        assertThat(client.get("/api/admin/GetSubAccounts?label=retainer&limit=1")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1_002);
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
