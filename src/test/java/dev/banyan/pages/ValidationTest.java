package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Bodies;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every validation rule for pages, links, groups and looks (LinkToMe contract 2.6 and 4, and our own): values just
/// within and just beyond the limits, and the error messages. For limits of tiers see [TierLimitsTest].
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one world for all: the tables are long
class ValidationTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String page = "";
    private int slugs;

    @BeforeAll
    void acmeHasAPage() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        acme = TestClient.of(world.acme());
        page = acme.post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"))
                .json()
                .at("/page/id")
                .asText();
    }

    private static void allowed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static void refused(Answer answer, String field, String words) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).contains(words);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
    }

    // Links

    private Answer link(String field, String value) {
        String base = field.startsWith("lock")
                ? "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example\","
                        + "\"lock\":{\"enabled\":true,\"type\":\"code\",\"code\":\"x\"}}"
                : field.startsWith("schedule")
                        ? "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example\","
                                + "\"schedule\":{\"enabled\":true,\"startDate\":\"2027-01-02T00:00\"}}"
                        : "{\"operation\":\"add\",\"title\":\"A\",\"url\":\"https://a.example\"}";
        JsonNode step = Bodies.with(base, field, Bodies.value(value));
        return acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("links", List.of(step)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title | {x*100} | {x*101} | Title must be 100 characters or less (current: 101)
            title              | x                           | ' '                         | Title is required
            title | a | a\u202eb | Title must not contain control characters
            url | https://a.example/{x*2030} | https://a.example/{x*2031} | URL must be 2048 characters or less
            url | https://a.ex | https://a.e | URL must lead to a name such as example.com, not to a.e
            url | http://a.example | ftp://a.example | URL must begin with http:// or https:// and name
            icon | {i*500} | {i*501} | Icon must be 500 characters or less (current: 501)
            thumbnail | {t*2048} | {t*2049} | Thumbnail must be 2048 characters or less (current: 2049)
            thumbnailType | emoji | photo | thumbnailType must be one of icon, image, emoji
            thumbnailType | icon | Icon | thumbnailType must be one of icon, image, emoji
            layout | thumbnail-right | wide | layout must be one of classic, featured, thumbnail-left, thumbnail-right
            animation | bounce | spin | animation must be one of none, shake, pulse, bounce, glow
            order | 0 | -1 | order must be a number from 0 to 1000000
            order | 1000000 | 1000001 | order must be a number from 0 to 1000000
            groupId | null | nobodys | groupId must name a group of this page
            lock.type | sensitive | pin | lock.type must be one of code, age, sensitive
            lock.code | {c*100} | {c*101} | Code must be 100 characters or less (current: 101)
            lock.code          | c                           | ' '                         | Code is required
            lock.message | {m*500} | {m*501} | Lock message must be 500 characters or less (current: 501)
            schedule.startDate | 2027-02-28T23:59 | 2027-02-29T00:00 | schedule.startDate must be a time
            schedule.startDate | 1970-01-01T00:00 | 1969-12-31T23:59 | schedule.startDate must be a time
            schedule.startDate | 9999-12-31T00:00 | 10000-01-01T00:00 | schedule.startDate must be a time
            schedule.endDate | 2027-01-02T00:00:01 | 2027-01-02T00:00 | must be after schedule.startDate
            schedule.endDate | 2027-01-03T00:00Z | soon | schedule.endDate must be a time
            schedule.timezone | Pacific/Kiritimati | Pacific/Nowhere | schedule.timezone must be an IANA time zone
            """)
    void aLink(String field, String allowed, String beyond, String words) {
        allowed(link(field, allowed));
        refused(link(field, beyond), "links[0]." + field, words);
    }

    @ParameterizedTest
    @CsvSource({
        "layout, classic featured thumbnail-left thumbnail-right",
        "animation, none shake pulse bounce glow",
        "lock.type, code age sensitive",
        "thumbnailType, icon emoji"
    })
    void aLinkHasTheContractsWords(String field, String words) {
        for (String word : words.split(" ")) {
            allowed(link(field, word));
        }
    }

    // Groups

    private Answer group(String field, String value) {
        JsonNode step = Bodies.with("{\"operation\":\"add\",\"title\":\"A\"}", field, Bodies.value(value));
        return acme.put("/api/admin/UpdateLinks?pageId=" + page, Map.of("groups", List.of(step)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title  | {x*100}  | {x*101} | Title must be 100 characters or less (current: 101)
            title  | x        | ''      | Title is required
            order  | 1000000  | 1000001 | order must be a number from 0 to 1000000
            order  | 0        | -1      | order must be a number from 0 to 1000000
            layout | grid     | row     | layout must be one of stack, grid, carousel
            layout | carousel | Stack   | layout must be one of stack, grid, carousel
            """)
    void aGroup(String field, String allowed, String beyond, String words) {
        allowed(group(field, allowed));
        refused(group(field, beyond), "groups[0]." + field, words);
    }

    // Pages

    private Answer page(String route, String field, String value) {
        String base = "{\"id\":\"" + page + "\",\"name\":\"A\",\"slug\":\"a-slug-" + slugs++ + "\"}";
        JsonNode body = Bodies.with(base, field, Bodies.value(value));
        return acme.json(route.equals("UpdatePage") ? "PUT" : "POST", "/api/admin/" + route, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreatePage", "CopyPage", "UpdatePage"})
    void aPage(String route) {
        String slugRule = "Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens";
        char own = route.charAt(1); // slugs of one account are unique
        allowed(page(route, "name", "{x*100}"));
        refused(page(route, "name", "{x*101}"), "name", "Page name must be 100 characters or less (current: 101)");
        refused(page(route, "name", " "), "name", "Page name is required");
        allowed(page(route, "slug", "{" + own + "*3}"));
        refused(page(route, "slug", "{a*2}"), "slug", slugRule);
        allowed(page(route, "slug", "{" + own + "*30}"));
        refused(page(route, "slug", "{a*31}"), "slug", slugRule);
        allowed(page(route, "slug", own + "-1-b"));
        for (String slug : List.of("-abc", "abc-", "a--b", "a_b", "a.b", "ä-bc")) {
            refused(page(route, "slug", slug), "slug", slugRule);
        }
        for (String slug : List.of("admin", "API", "public", "login", "signup", "settings")) {
            refused(page(route, "slug", slug), "slug", "is reserved; choose another one");
        }
    }

    @Test
    void anOrderOfPages() {
        List<String> many = IntStream.range(0, 1_001).mapToObj(i -> "p" + i).toList();
        Answer beyond = acme.put("/api/admin/ReorderPages", Map.of("pageIds", many));
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.error()).isEqualTo("At most 1000 pages can be ordered at once");
        assertThat(acme.put("/api/admin/ReorderPages", Map.of("pageIds", many.subList(0, 1_000)))
                        .status())
                .as("a thousand are looked for")
                .isEqualTo(404);
    }

    // Looks

    private Answer look(String field, String value) {
        return acme.put("/api/admin/UpdateAppearance?pageId=" + page, Bodies.with("{}", field, Bodies.value(value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header.displayName          | {x*100}   | {x*101}    | must be 100 characters or less (current: 101)
            header.displayName          | null      | 7          | must be a string
            header.bio                  | {x*500}   | {x*501}    | must be 500 characters or less (current: 501)
            header.logoUrl | null | logo.png | must be a URL that starts with http:// or https://
            profileImageUrl | '' | //a.b/c | must be a URL that starts with http:// or https://
            profileImageUrl             | null      | https://a.example/{x*2031} | at most 2048 characters
            wallpaper.imageUrl | null | data:x | must be a URL that starts with http:// or https://
            wallpaper.videoUrl | null | ftp://a.b | must be a URL that starts with http:// or https://
            wallpaper.gradientDirection | 0         | -1         | must be a number from 0 to 360
            wallpaper.gradientDirection | 360       | 361        | must be a number from 0 to 360
            wallpaper.blur              | 0         | -1         | must be a number from 0 to 100
            wallpaper.blur              | 100       | 101        | must be a number from 0 to 100
            wallpaper.blur              | 7         | seven      | must be a number from 0 to 100
            wallpaper.opacity           | 0         | -0.01      | must be a number from 0 to 1
            wallpaper.opacity           | 1         | 1.01       | must be a number from 0 to 1
            text.usernameOpacity        | 1.0       | 1.01       | must be a number from 0 to 1
            text.usernameOpacity        | 0.0       | -0.01      | must be a number from 0 to 1
            text.bioOpacity             | 0.8       | 80         | must be a number from 0 to 1
            hideFooter                  | false     | no         | must be true or false
            customTheme                 | true      | 1          | must be true or false
            header                      | null      | []         | must be an object
            wallpaper                   | null      | fill       | must be an object
            buttons                     | null      | 1          | must be an object
            text                        | null      | text       | must be an object
            colors                      | null      | red        | must be an object
            customGradient              | null      | red        | must be an object
            """)
    void aLook(String field, String allowed, String beyond, String words) {
        allowed(look(field, allowed));
        Answer answer = look(field, beyond);
        refused(answer, field, words);
        assertThat(answer.error()).startsWith(field + " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            theme                     | custom lagoon air blocks lake mineral agate astrid aura bloom breeze honeycomb
            header.profileImageLayout | classic hero
            header.titleStyle         | text logo
            wallpaper.type            | fill gradient blur pattern image video
            wallpaper.patternType     | grid dots lines waves geometric honey
            buttons.type              | solid glass outline
            buttons.cornerRadius      | square rounded pill
            buttons.shadow            | none subtle strong hard
            buttons.hoverEffect       | none lift glow fill
            text.titleFont            | inter space-mono poppins roboto playfair oswald lato montserrat raleway dm-sans
            text.bodyFont             | inter space-mono poppins roboto playfair oswald lato montserrat raleway dm-sans
            text.titleSize            | small large
            buttonStyle               | square rounded pill
            fontFamily                | inter space-mono poppins roboto playfair oswald lato montserrat raleway dm-sans
            layoutStyle               | centered card
            """)
    void aLookHasTheContractsWords(String field, String words) {
        for (String word : words.split(" ")) {
            allowed(look(field, word));
        }
        for (String wrong : List.of("other", "", words.split(" ")[0].toUpperCase(Locale.ROOT), "7")) {
            Answer answer = look(field, wrong);
            refused(answer, field, field + " must be one of ");
            assertThat(List.of(answer.error()
                            .replaceFirst(".* must be one of ", "")
                            .split(", ")))
                    .containsExactlyInAnyOrder(words.split(" "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wallpaper.color",
                "wallpaper.gradientStart",
                "wallpaper.gradientEnd",
                "wallpaper.patternColor",
                "buttons.backgroundColor",
                "buttons.textColor",
                "buttons.borderColor",
                "text.titleColor",
                "text.pageTextColor",
                "colors.primary",
                "colors.secondary",
                "colors.background",
                "colors.buttonBackground",
                "colors.buttonText",
                "customGradient.start",
                "customGradient.end"
            })
    void aColour(String field) {
        allowed(look(field, "#09aFCe"));
        for (String wrong : List.of("#09aFC", "#09aFCe0", "09aFCe", "#09aFCg", "red", "#fff", "rgb(0,0,0)", "7")) {
            refused(look(field, wrong), field, field + " must be a color such as #0b5d4e");
        }
    }

    // Social icons

    private Answer icon(String field, String value) {
        String base = "{\"operation\":\"add\",\"platform\":\"x\",\"url\":\"https://a.example\"}";
        Answer answer = acme.put(
                "/api/admin/UpdateAppearance?pageId=" + page,
                Map.of("socialIcons", List.of(Bodies.with(base, field, Bodies.value(value)))));
        if (answer.status() == 200) {
            acme.put("/api/admin/UpdateAppearance?pageId=" + page, Map.of("socialIcons", removed()));
        }
        return answer;
    }

    private List<Map<String, String>> removed() {
        return acme
                .get("/api/admin/GetAppearance?pageId=" + page)
                .json()
                .path("socialIcons")
                .findValuesAsText("id")
                .stream()
                .map(id -> Map.of("operation", "remove", "id", id))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            platform | {x*40} | {x*41} | platform must be a name such as instagram, at most 40
            platform | e-mail | E mail | platform must be a name such as instagram
            platform | x | '' | platform must be a name such as instagram
            url | https://a.example/{x*2030} | https://a.example/{x*2031} | URL must be 2048 characters or less
            url       | mailto:us@a.example       | mailto:us                  | URL must begin with http:// or https://
            url       | https://a.example         | tel:+15550100              | URL must begin with http:// or https://
            order | 1000000 | 1000001 | order must be a number from 0 to 1000000
            order | 0 | -1 | order must be a number from 0 to 1000000
            order     | 1                         | 1.5                        | order must be a whole number
            active    | false                     | no                         | active must be true or false
            operation | ADD                       | turn                       | operation must be add, update or remove
            """)
    void aSocialIcon(String field, String allowed, String beyond, String words) {
        allowed(icon(field, allowed));
        Answer answer = icon(field, beyond);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith("socialIcons[0]: " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"socialIcons":"x"}   | socialIcons must be a list
            {"socialIcons":{}}    | socialIcons must be a list
            {"socialIcons":["x"]} | socialIcons[0]: must be an object
            []                    | The body must be a JSON object
            """)
    void socialIconsAreAList(String body, String words) {
        Answer answer = acme.put("/api/admin/UpdateAppearance?pageId=" + page, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(words);
    }

    @Test
    void atMostFiftyIconsAtOnce() {
        List<Map<String, String>> fifty = IntStream.range(0, 50)
                .mapToObj(i -> Map.of("operation", "remove", "id", "i" + i))
                .toList();
        allowed(acme.put("/api/admin/UpdateAppearance?pageId=" + page, Map.of("socialIcons", fifty)));
        var more = new ArrayList<>(fifty);
        more.add(fifty.getFirst());
        Answer answer = acme.put("/api/admin/UpdateAppearance?pageId=" + page, Map.of("socialIcons", more));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("At most 50 social icons can be changed at once");
    }

    // The API for visitors

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GetUserProfile?username=ab                              | Invalid username format
            GetUserProfile?username=a.b                             | Invalid username format
            GetUserProfile?username=aaaaaaaaaabbbbbbbbbbccccccccccd | Invalid username format
            GetUserProfile?username=                                | Username is required
            GetUserProfile?username=abc&slug=aaaaaaaaaabbbbbbbbbbccccccccccd | Invalid slug format
            """)
    void aQuery(String query, String words) {
        Answer answer = TestClient.anonymous().get("/api/public/" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(words);
        assertThat(TestClient.anonymous()
                        .get("/api/public/" + query.replaceAll("=[a-z.]*", "=" + "a".repeat(30)))
                        .status())
                .as("just short enough, and nobody's")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TrackLinkClick | {"username":"abc"}           | linkId and username are required
            TrackLinkClick | {"linkId":"x"}               | linkId and username are required
            TrackLinkClick | {"linkId":"x","username":"a.b"} | Invalid username format
            VerifyLinkCode | {"code":"abc"}               | linkId and code are required
            VerifyLinkCode | {"linkId":"x"}               | linkId and code are required
            """)
    void aCall(String route, String body, String words) {
        Answer answer = TestClient.anonymous().post("/api/public/" + route, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(words);
    }
}
