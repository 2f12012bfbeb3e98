package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Bodies;
import dev.banyan.Eventually;
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

/// Every validation rule of a short link (LinkToMe contract 2.7 and 4, and our own): values just within and just beyond
/// the limits, and the error messages.
@QuarkusTest
@TestInstance(Lifecycle.PER_CLASS) // one world for all: the tables are long
class ValidationTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeAll
    void acmeSignsIn() {
        world.tier(world.acme(), Tier.ENTERPRISE);
        acme = TestClient.of(world.acme()).onPagesOf(world.acme());
    }

    private Answer add(String field, String value) {
        String base = "{\"operation\":\"add\",\"targetUrl\":\"https://a.example\",\"tags\":[\"a\"]"
                + (field.startsWith("rules")
                        ? ",\"rules\":[{\"device\":\"ios\",\"targetUrl\":\"https://b.example\"}]"
                        : "")
                + (field.startsWith("variants") ? ",\"variants\":[{\"targetUrl\":\"https://b.example\"}]" : "")
                + (field.equals("endsAt") ? ",\"startsAt\":\"2027-01-02T00:00:00Z\"" : "")
                + "}";
        JsonNode step = Bodies.with(base, field, Bodies.value(value));
        return acme.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(step)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title | {x*100} | {x*101} | Title must be 100 characters or less (current: 101)
            title | '' | a\u202eb | Title must not contain control characters
            targetUrl | https://a.example/{x*2030} | https://a.example/{x*2031} | URL must be 2048 characters or less
            targetUrl | http://a.ex | https://localhost | URL must lead to a name such as example.com, not to localhost
            targetUrl | http://a.example:8080/x?y#z | mailto:a@b.example | URL must begin with http:// or https://
            targetUrl | https://a.example | '' | targetUrl is required
            fallbackUrl | https://a.example/{x*2030} | https://a.example/{x*2031} | URL must be 2048 characters or less
            fallbackUrl | '' | /over | URL must begin with http:// or https:// and name a host
            customSlug | {v*30} | {v*31} | Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens
            customSlug | {v*3} | vv | Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens
            customSlug | v-1 | v--1 | Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens
            customSlug | V-2 | v_2 | Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens
                        tags | ["{t*30}"] | ["{t*31}"] | A tag must be 1 to 30 letters, digits and single hyphens
            tags | ["ä-1"] | ["a--b"] | A tag must be 1 to 30 letters, digits and single hyphens
            tags | [] | [""] | A tag must be 1 to 30 letters, digits and single hyphens
            startsAt | 2026-12-01T09:00:00Z | 01.12.2026 | startsAt must be a time such as 2026-12-01T09:00:00Z
            startsAt | 1970-01-01T00:00:01Z | 1970-01-01T00:00:00Z | startsAt must be from 1970 to 2099
            startsAt | 2099-12-31T23:59:59Z | 2100-01-01T00:00:00Z | startsAt must be from 1970 to 2099
            startsAt | 2026-12-01T09:00:00+04:00 | 2026-13-01T09:00:00Z | startsAt must be a time such as
            endsAt | 2027-01-02T00:00:01Z | 2027-01-02T00:00:00Z | endsAt must be after startsAt
            endsAt | '' | later | endsAt must be a time such as 2026-12-01T09:00:00Z
            timezone | Pacific/Kiritimati | Pacific/Nowhere | timezone must be an IANA time zone such as Asia/Dubai
            timezone | '' | GMT+99 | timezone must be an IANA time zone such as Asia/Dubai
            password | {p*4} | {p*3} | Password must be 4 to 128 characters
            password | {p*128} | {p*129} | Password must be 4 to 128 characters
            clickLimit | 0 | -1 | clickLimit must be a number from 1 to 1000000000, or 0 for none
            clickLimit | 1000000000 | 1000000001 | clickLimit must be a number from 1 to 1000000000, or 0 for none
            utm.source | {u*100} | {u*101} | utm_source must be 100 characters or less (current: 101)
            utm.medium | {u*100} | {u*101} | utm_medium must be 100 characters or less (current: 101)
            utm.campaign | {u*100} | {u*101} | utm_campaign must be 100 characters or less (current: 101)
            utm.term | {u*100} | {u*101} | utm_term must be 100 characters or less (current: 101)
            utm.content | {u*100} | {u*101} | utm_content must be 100 characters or less (current: 101)
            weight | 0 | -1 | A weight must be a number from 0 to 1000
            weight | 1000 | 1001 | A weight must be a number from 0 to 1000
            """)
    void aShortLink(String field, String allowed, String beyond, String words) {
        Answer good = add(field, allowed);
        assertThat(good.status()).as(good.toString()).isEqualTo(200);
        assertRefused(add(field, beyond), field, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rules.0.device | ios | watch | device must be phone, tablet, computer, ios or android
            rules.0.language | de | german | language must be two or three letters, such as de
            rules.0.language | ast | d | language must be two or three letters, such as de
            rules.0.country | DE | XX | country must be two letters, such as DE
            rules.0.country | ae | DEU | country must be two letters, such as DE
            rules.0.from | 2026-12-01T09:00:00Z | today | from must be a time such as 2026-12-01T09:00:00Z
            rules.0.until | 2026-12-01T09:00:00Z | 09:00 | until must be a time such as
            rules.0.targetUrl | https://c.example | c.example | URL must begin with http:// or https://
            rules.0.targetUrl | https://c.example/{x*2030} | https://c.example/{x*2031} | URL must be 2048 characters
            rules.0.targetUrl | https://c.example | '' | targetUrl is required
            variants.0.targetUrl | https://c.example | javascript:x | URL must begin with http:// or https://
            variants.0.targetUrl | https://c.example | '' | targetUrl is required
            variants.0.weight | 0 | -1 | A weight must be a number from 0 to 1000
            variants.0.weight | 1000 | 1001 | A weight must be a number from 0 to 1000
            """)
    void whereAShortLinkLeads(String field, String allowed, String beyond, String words) {
        Answer good = add(field, allowed);
        assertThat(good.status()).as(good.toString()).isEqualTo(200);
        assertRefused(add(field, beyond), field.replace(".0.", "[0]."), words);
    }

    private static void assertRefused(Answer answer, String field, String words) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith("shortLinks[0]: ").contains(words);
        assertThat(answer.json().path("field").asText()).isEqualTo("shortLinks[0]." + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone", "tablet", "computer", "ios", "android"})
    void devices(String device) {
        assertThat(add("rules.0.device", device).status()).isEqualTo(200);
    }

    @Test
    void howManyRulesAndVariants() {
        String rule = "{\"device\":\"ios\",\"targetUrl\":\"https://b.example\"}";
        String variant = "{\"targetUrl\":\"https://b.example\"}";
        assertThat(add("rules", list(rule, 10)).status()).isEqualTo(200);
        assertRefused(add("rules", list(rule, 11)), "rules", "At most 10 rules are allowed");
        assertThat(add("variants", list(variant, 9)).status()).isEqualTo(200);
        assertRefused(add("variants", list(variant, 10)), "variants", "At most 9 variants are allowed");
        assertRefused(
                add("rules", "[{\"targetUrl\":\"https://b.example\"}]"),
                "rules[0].device",
                "A rule needs at least one condition");
        assertRefused(
                add(
                        "rules",
                        "[{\"targetUrl\":\"https://b.example\",\"from\":\"2027-01-02T00:00:00Z\","
                                + "\"until\":\"2027-01-02T00:00:00Z\"}]"),
                "rules[0].until",
                "until must be after from");
    }

    @Test
    void howManyTags() {
        assertThat(add("tags", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"J\"]")
                        .status())
                .as("one twice")
                .isEqualTo(200);
        assertRefused(
                add("tags", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]"),
                "tags",
                "At most 10 tags are allowed");
    }

    private static String list(String one, int times) {
        return "[" + String.join(",", Collections.nCopies(times, one)) + "]";
    }

    @Test
    void somebodyMustGoSomewhere() {
        String step = "{\"operation\":\"add\",\"targetUrl\":\"https://a.example\",\"weight\":0,"
                + "\"variants\":[{\"targetUrl\":\"https://b.example\",\"weight\":0}]}";
        Answer answer = acme.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(TestClient.parse(step))));
        assertRefused(answer, "variants", "At least one weight must be above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "API", "public", "login", "signup", "settings", "support", "verify"})
    void reservedSlugs(String slug) {
        assertRefused(add("customSlug", slug), "customSlug", "is reserved; choose another one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0 | limit must be a number from 1 to 1000
            limit=1001 | limit must be a number from 1 to 1000
            limit=ten | limit must be a number from 1 to 1000
            after=nonsense | after must be the nextCursor of an answer
            """)
    void aPartOfTheList(String query, String words) {
        Answer answer = acme.get("/api/admin/getShortLinks?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(words);
        assertThat(acme.get("/api/admin/getShortLinks?limit=1000").status()).isEqualTo(200);
        assertThat(acme.get("/api/admin/getShortLinks?limit=1").status()).isEqualTo(200);
    }

    @Test
    void aThousandLinesInAFile() {
        String line = "https://a.example\n";
        Answer most = acme.form("/admin/short-links/import", "csv", "target\n" + line.repeat(1_000));
        assertThat(most.status()).as(most.text()).isEqualTo(200);
        assertThat(most.text()).contains("1,000 short links can be created");
        Answer more = acme.form("/admin/short-links/import", "csv", "target\n" + line.repeat(1_001));
        assertThat(more.status()).as("it goes on in the background").isEqualTo(303);
        assertThat(Eventually.until(
                        () -> acme.get("/admin/short-links/import").text(),
                        page -> !page.contains("hx-trigger=\"every 1s\"")))
                .contains("1,001 lines checked. 1,001 short links can be created.");
    }

    /// A field of a form may be as large as a body.
    @Test
    void aThousandLongLinesInAFile() {
        String csv = "target\n" + ("https://a.example/" + "x".repeat(900) + "\n").repeat(1_000);
        Answer pasted = acme.form("/admin/short-links/import", "csv", csv);
        assertThat(pasted.status()).as(pasted.text()).isEqualTo(200);
        assertThat(pasted.text()).contains("1,000 short links can be created");
        Answer sent = acme.multipart("/admin/short-links/import", Map.of("csv", csv));
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(sent.text()).contains("1,000 short links can be created");
        Answer file =
                acme.upload("/admin/short-links/import", Map.of(), "links.csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.text()).contains("1,000 short links can be created");
    }
}
