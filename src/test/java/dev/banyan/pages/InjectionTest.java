package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Injections;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tries scripts and styles in every text, colour and address that an owner can set through the API: each is refused,
/// or shown as plain text, on the public page, in the editor and everywhere else.
@QuarkusTest
class InjectionTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String page = "";

    @BeforeEach
    void acmeHasAPage() {
        acme = TestClient.of(world.acme());
        world.tier(world.acme(), Tier.PREMIUM);
        acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        page = acme.get("/api/admin/GetPages").json().at("/pages/0/id").asText();
    }

    private void tryAll(String base, String path, Request request) {
        for (String payload : Injections.PAYLOADS) {
            Answer answer = request.send(Injections.with(base, path, payload));
            assertThat(answer.status()).as("%s = %s: %s", path, payload, answer).isIn(200, 400);
            if (answer.status() == 200) {
                assertHarmless(payload);
            }
        }
        assertHarmless("what was refused has left nothing");
    }

    private interface Request {
        Answer send(JsonNode body);
    }

    private void assertHarmless(String payload) {
        String editor = "/admin/pages/" + page;
        var places = new ArrayList<Supplier<Answer>>(List.of(
                () -> TestClient.anonymous().get("/" + world.name("acme")),
                () -> acme.get("/admin/pages"),
                () -> acme.get(editor),
                () -> acme.get(editor + "/appearance")));
        JsonNode links = links();
        if (!links.isEmpty()) { // earlier ones were checked when they were added
            String id = links.path(links.size() - 1).path("id").asText();
            places.add(() -> acme.get(editor + "?edit=" + id));
            Answer followed = TestClient.anonymous().get("/go/" + id);
            if (followed.status() == 302) {
                assertThat(followed.location()).matches("https?://[^\\s\"<>]+");
            } else if (followed.status() == 200) {
                Injections.assertHarmless(payload, followed);
            }
        }
        for (Supplier<Answer> place : places) {
            Answer drawn = place.get();
            assertThat(drawn.status()).as(payload).isEqualTo(200);
            Injections.assertHarmless(payload, drawn);
        }
        assertThat(TestClient.anonymous().get("/media/card/" + page + ".png").bytes())
                .startsWith(0x89, 'P', 'N', 'G');
    }

    private JsonNode links() {
        return acme.get("/api/admin/GetLinks?pageId=" + page).json().path("links");
    }

    @ParameterizedTest
    @CsvSource({"title", "url", "icon", "thumbnail", "thumbnailType", "layout", "animation", "groupId"})
    void inALink(String field) {
        tryAll(
                "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example/\"}",
                field,
                step -> acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("links", List.of(step))));
    }

    @ParameterizedTest
    @CsvSource({"lock.type", "lock.code", "lock.message", "schedule.startDate", "schedule.endDate", "schedule.timezone"
    })
    void beforeALink(String field) {
        tryAll(
                "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example/\","
                        + (field.startsWith("lock")
                                ? "\"lock\":{\"enabled\":true,\"type\":\"code\",\"code\":\"x\"}}"
                                : "\"schedule\":{\"enabled\":true,\"startDate\":\"\",\"endDate\":\"\"}}"),
                field,
                step -> acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("links", List.of(step))));
    }

    @ParameterizedTest
    @CsvSource({"title", "layout"})
    void inAGroup(String field) {
        tryAll("{\"operation\":\"add\",\"title\":\"A\"}", field, step -> {
            Answer answer = acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("groups", List.of(step)));
            JsonNode groups =
                    acme.get("/api/admin/GetLinks?pageId=" + page).json().path("groups");
            if (!groups.isEmpty()) {
                acme.put(
                        "/api/admin/UpdateLinks?pageId=" + page,
                        Map.of(
                                "links",
                                List.of(Map.of(
                                        "operation", "add",
                                        "title", "In it",
                                        "url", "https://in.example/",
                                        "groupId",
                                                groups.path(groups.size() - 1)
                                                        .path("id")
                                                        .asText()))));
            }
            return answer;
        });
    }

    @ParameterizedTest
    @CsvSource({"name", "slug"})
    void inAPage(String field) {
        tryAll("{\"id\":\"" + page + "\"}", field, body -> acme.put("/api/admin/UpdatePage", body));
    }

    @ParameterizedTest
    @CsvSource({"platform", "url"})
    void inASocialIcon(String field) {
        tryAll(
                "{\"operation\":\"add\",\"platform\":\"instagram\",\"url\":\"https://a.example/\"}",
                field,
                step -> acme.put("/api/admin/UpdateAppearance?pageId=" + page, Map.of("socialIcons", List.of(step))));
    }

    @ParameterizedTest
    @CsvSource({
        "theme",
        "header.displayName",
        "header.bio",
        "header.profileImageLayout",
        "header.titleStyle",
        "header.logoUrl",
        "profileImageUrl",
        "wallpaper.type",
        "wallpaper.color",
        "wallpaper.gradientStart",
        "wallpaper.gradientEnd",
        "wallpaper.gradientDirection",
        "wallpaper.patternType",
        "wallpaper.patternColor",
        "wallpaper.imageUrl",
        "wallpaper.videoUrl",
        "wallpaper.blur",
        "wallpaper.opacity",
        "buttons.type",
        "buttons.cornerRadius",
        "buttons.shadow",
        "buttons.backgroundColor",
        "buttons.textColor",
        "buttons.borderColor",
        "buttons.hoverEffect",
        "text.titleFont",
        "text.bodyFont",
        "text.titleColor",
        "text.pageTextColor",
        "text.titleSize",
        "text.usernameOpacity",
        "text.bioOpacity",
        "hideFooter",
        "buttonStyle",
        "fontFamily",
        "layoutStyle",
        "colors.primary",
        "colors.secondary",
        "colors.background",
        "colors.buttonBackground",
        "colors.buttonText",
        "customGradient.start",
        "customGradient.end"
    })
    void inALook(String field) {
        tryAll("{}", field, body -> acme.put("/api/admin/UpdateAppearance?pageId=" + page, body));
    }

    /// Forms repeat refused values.
    @Test
    void inTheForms() {
        acme.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of(
                        "links", List.of(Map.of("operation", "add", "title", "A", "url", "https://a.example/")),
                        "groups", List.of(Map.of("operation", "add", "title", "G"))));
        String link = links().at("/0/id").asText();
        String group = acme.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .at("/groups/0/id")
                .asText();
        Map<String, String> forms = Map.of(
                "",
                "name slug isDefault",
                "/links",
                "title url",
                "/links/" + link,
                "title url icon thumbnail thumbnailType layout animation group startDate endDate timezone"
                        + " lockType lockCode lockMessage",
                "/groups",
                "title",
                "/groups/" + group,
                "title layout collapsed",
                "/appearance",
                "theme displayName bio profileLayout titleStyle titleSize titleFont bodyFont titleColor"
                        + " pageColor wallpaperType groundColor gradientStart gradientEnd gradientDirection"
                        + " patternType patternColor blur opacity buttonType corners shadow hoverEffect"
                        + " buttonColor buttonText borderColor hideFooter",
                "/appearance/icons",
                "iconId platform url active act");
        for (String payload : Injections.PAYLOADS) {
            forms.forEach((path, fields) -> {
                var typed = new LinkedHashMap<String, String>();
                typed.put("as", world.acme().username());
                for (String field : fields.split(" ")) {
                    typed.put(field, payload);
                }
                Answer answer = acme.form("/admin/pages/" + page + path, typed);
                assertThat(answer.status()).as(path + payload).isIn(303, 400, 404, 422);
                Injections.assertHarmless(path + payload, answer.text());
            });
        }
        assertHarmless("what was saved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<style>*{color:url(https://evil.example)}</style>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<input value=\"a\" onfocus='alert(1)'>",
                "<b title=\"a\"b\">x</b>",
                "<svg/onload=alert(1)>",
                "<script type=\"application/ld+json\">{\"a\":\"</b>\"}</script>"
            })
    void theseWouldBeSeen(String html) {
        assertThatThrownBy(() -> Injections.assertHarmless("", html)).isInstanceOf(AssertionError.class);
    }
}
