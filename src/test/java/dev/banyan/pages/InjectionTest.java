package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scripts and styles are tried in every text, colour and address that an owner can give through the API: each is
/// refused, or shown as the text that it is, on the public page, in the editor and wherever else it is drawn.
@QuarkusTest
class InjectionTest {

    private static final List<String> PAYLOADS = List.of(
            "</script><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onfocus='alert(1)' autofocus='",
            "</style><style>*{background:url(https://evil.example/x)}",
            "#fff;}*{background:url(//evil.example)",
            "javascript:alert(1)",
            "https://a.example/\"onclick=\"alert(1)",
            "https://a.example/'><script>alert(1)</script>",
            "data:text/html,<script>alert(1)</script>",
            "{config:property('x')}{#for a in b}",
            "<!--<svg/onload=alert(1)>",
            "url(javascript:alert(1))");
    private static final Pattern FACTS =
            Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern OUR_SCRIPT = Pattern.compile("<script src=\"/[^\"<>]+\"[^<>]*></script>");
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("=\"[^\"]*\"");

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

    private static ObjectNode with(String base, String path, String payload) {
        var root = (ObjectNode) TestClient.parse(base);
        ObjectNode at = root;
        String[] parts = path.split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            at = at.path(parts[i]) instanceof ObjectNode inner ? inner : at.putObject(parts[i]);
        }
        at.put(parts[parts.length - 1], payload);
        return root;
    }

    private void tryAll(String base, String path, Request request) {
        for (String payload : PAYLOADS) {
            Answer answer = request.send(with(base, path, payload));
            assertThat(answer.status()).as("%s = %s: %s", path, payload, answer).isIn(200, 400);
            assertHarmless(payload);
        }
    }

    private interface Request {
        Answer send(JsonNode body);
    }

    private void assertHarmless(String payload) {
        String as = "?as=" + world.name("acme");
        List<Supplier<Answer>> places = List.of(
                () -> TestClient.anonymous().get("/" + world.name("acme")),
                () -> acme.get("/admin/pages" + as),
                () -> acme.get("/admin/pages/" + page + as),
                () -> acme.get("/admin/pages/" + page + "/appearance" + as));
        for (Supplier<Answer> place : places) {
            Answer drawn = place.get();
            assertThat(drawn.status()).as(payload).isEqualTo(200);
            assertThat(drawn.header("Content-Security-Policy").orElse("")).doesNotContain("unsafe");
            assertHarmless(payload, drawn.text());
        }
        links().forEach(link -> {
            String id = link.path("id").asText();
            assertHarmless(payload, acme.get("/admin/pages/" + page + as + "&edit=" + id).text());
            Answer followed = TestClient.anonymous().get("/go/" + id);
            if (followed.status() == 200) {
                assertHarmless(payload, followed.text());
            } else if (followed.status() == 302) {
                assertThat(followed.location()).matches("https?://[^\\s\"<>]+");
            }
        });
        assertThat(TestClient.anonymous().get("/media/card/" + page + ".png").bytes())
                .startsWith(0x89, 'P', 'N', 'G');
    }

    private JsonNode links() {
        return acme.get("/api/admin/GetLinks?pageId=" + page).json().path("links");
    }

    private static void assertHarmless(String payload, String html) {
        Matcher facts = FACTS.matcher(html);
        while (facts.find()) {
            assertThat(facts.group(1)).doesNotContain("</", "<!--", "<script");
            assertThat(TestClient.parse(facts.group(1)).isObject()).isTrue();
        }
        Matcher style = STYLE.matcher(html);
        while (style.find()) {
            assertThat(style.group(1)).as(payload).doesNotContain("evil", "alert", "</");
        }
        String rest = OUR_SCRIPT.matcher(STYLE.matcher(FACTS.matcher(html).replaceAll("")).replaceAll(""))
                .replaceAll("");
        assertThat(rest)
                .as(payload)
                .doesNotContain("<script", "</script", "<style", "</style", "<img src=x", "<svg/onload", "<!--")
                .doesNotContainPattern("(href|src|action)=\"(javascript|data:text)");
        assertThat(VALUE.matcher(rest).replaceAll(""))
                .as(payload)
                .doesNotContainPattern("<[a-zA-Z][^<>]*\\s(on[a-z]+|style)\\b")
                .doesNotContainPattern("<[a-zA-Z][^<>]*\"");
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
    @CsvSource({"lock.type", "lock.code", "lock.message", "schedule.startDate", "schedule.endDate", "schedule.timezone"})
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
            JsonNode groups = acme.get("/api/admin/GetLinks?pageId=" + page)
                    .json()
                    .path("groups");
            if (!groups.isEmpty()) {
                acme.put(
                        "/api/admin/UpdateLinks?pageId=" + page,
                        Map.of(
                                "links",
                                List.of(Map.of(
                                        "operation", "add",
                                        "title", "In it",
                                        "url", "https://in.example/",
                                        "groupId", groups.path(groups.size() - 1).path("id").asText()))));
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
}
