package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.banyan.Injections;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tries scripts and styles in every text and address of a short link: each is refused, or shown as plain text, on the
/// pages of its owner and of visitors, in the file and in the target address.
@QuarkusTest
class InjectionTest {

    private static final String LINK = """
            {"operation":"add","targetUrl":"https://a.example/","tags":["a"],"utm":{"source":"news"},
            "rules":[{"device":"ios","targetUrl":"https://b.example/"}],
            "variants":[{"targetUrl":"https://c.example/"}]}""";

    private final TestWorld world;
    private final TestClient visitor = TestClient.anonymous();
    private TestClient acme = TestClient.anonymous();

    InjectionTest(TestWorld world) {
        this.world = world;
    }

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme()).onPagesOf(world.acme());
        world.tier(world.acme(), Tier.PREMIUM);
    }

    private Answer put(JsonNode step) {
        return acme.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(step)));
    }

    @ParameterizedTest
    @CsvSource({
        "title",
        "targetUrl",
        "customSlug",
        "tags.0",
        "startsAt",
        "endsAt",
        "timezone",
        "fallbackUrl",
        "password",
        "utm.source",
        "utm.medium",
        "utm.campaign",
        "utm.term",
        "utm.content",
        "rules.0.device",
        "rules.0.language",
        "rules.0.country",
        "rules.0.from",
        "rules.0.until",
        "rules.0.targetUrl",
        "variants.0.targetUrl"
    })
    void inAShortLink(String field) {
        for (String payload : Injections.PAYLOADS) {
            Answer answer = put(Injections.with(LINK, field, payload));
            assertThat(answer.status())
                    .as("%s = %s: %s", field, payload, answer)
                    .isIn(200, 400);
            if (answer.status() == 200) {
                assertHarmless(payload, answer.json().at("/created/0/slug").asText());
            }
        }
        Injections.assertHarmless("all of them", acme.get("/admin/short-links"));
    }

    private void assertHarmless(String payload, String slug) {
        String id = acme.get("/api/admin/getShortLinks")
                .json()
                .path("shortLinks")
                .valueStream()
                .filter(link -> link.path("slug").asText().equals(slug))
                .map(link -> link.path("id").asText())
                .findFirst()
                .orElseThrow();
        for (String page : List.of("", "/" + id, "/" + id + "/delete")) {
            Injections.assertHarmless(payload, acme.get("/admin/short-links" + page));
        }
        assertThat(acme.get("/admin/short-links/" + id + "/qr.svg").text())
                .doesNotContain("<script")
                .doesNotContainPattern("\\son[a-z]+=");
        assertLeadsToTheWeb(payload, slug);
        put(TestClient.parse("{\"operation\":\"update\",\"slug\":\"" + slug + "\",\"clickLimit\":1}"));
        assertLeadsToTheWeb(payload, slug); // used up: leads to the fallback, or the page that says so
        put(TestClient.parse("{\"operation\":\"update\",\"slug\":\"" + slug + "\",\"active\":false}"));
        Injections.assertHarmless(payload, visitor.get("/l/" + slug));
    }

    private void assertLeadsToTheWeb(String payload, String slug) {
        for (String device : List.of("Mozilla/5.0 (iPhone)", "Mozilla/5.0 (X11; Linux x86_64)")) {
            Answer led = visitor.with("User-Agent", device).get("/l/" + slug);
            if (led.status() == 302) {
                assertThat(led.location()).as(payload).matches("https?://[a-z]+\\.example/[^\\s\"<>\\\\^`{|}]*");
            } else {
                Injections.assertHarmless(payload, led);
            }
        }
        Answer program = visitor.get("/api/public/l?slug=" + slug);
        assertThat(program.contentType()).startsWith("application/json");
        assertThat(program.json().path("redirectTo").asText("https://")).startsWith("https://");
    }

    @Test
    void inAForm() {
        for (String payload : Injections.PAYLOADS) {
            var typed = new LinkedHashMap<String, String>();
            typed.put("as", world.acme().username());
            String fields =
                    "idempotencyKey slug leadsTo title tags active startsAt endsAt fallback password clickLimit utmSource"
                            + " utmMedium utmCampaign utmTerm utmContent weight timezone ruleDevice ruleLanguage"
                            + " ruleCountry ruleFrom ruleUntil ruleTarget variantTarget variantWeight kind pool text";
            for (String name : fields.split(" ")) {
                typed.put(name, payload);
            }
            Answer refused = acme.form("/admin/short-links", typed);
            assertThat(refused.status()).as(payload).isEqualTo(422);
            Injections.assertHarmless(payload, refused);
            for (String parameter : List.of("q", "tag", "state", "sort", "after")) {
                Answer found = acme.get("/admin/short-links?" + parameter + "=" + TestClient.encode(payload));
                assertThat(found.status()).as(parameter + payload).isEqualTo(200);
                Injections.assertHarmless(payload, found);
            }
            Answer unknown = visitor.get("/l/" + TestClient.encode(payload).replace("+", "%20"));
            assertThat(unknown.status()).as(payload).isIn(400, 404);
            Injections.assertHarmless(payload, unknown);
        }
    }

    @Test
    void inAFile() {
        for (String column : ShortLinkCsv.NAMES) {
            String csv = "target," + column + "\n"
                    + Injections.PAYLOADS.stream()
                            .map(payload -> "https://a.example/,\"" + payload.replace("\"", "\"\"") + "\"\n")
                            .collect(Collectors.joining());
            Answer tried = acme.form("/admin/short-links/import", "csv", csv);
            assertThat(tried.status()).as(column).isIn(200, 422);
            Injections.assertHarmless(column, tried);
        }
        for (String payload : Injections.PAYLOADS) {
            String csv = "target," + payload + "\nx,y\n";
            Injections.assertHarmless(payload, acme.form("/admin/short-links/import", "csv", csv));
        }
    }

    /// Spreadsheets run such text as formulas.
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\")", "＝1+1"})
    void noFormulaInTheExport(String formula) {
        for (String field : List.of("title", "utm.source", "utm.medium", "utm.campaign", "utm.term", "utm.content")) {
            Answer added = put(Injections.with(LINK, field, formula));
            assertThat(added.status()).as(field + added).isEqualTo(200);
        }
        String csv = acme.get("/admin/short-links/export.csv").text();
        assertThat(csv).contains("'" + formula.replace("\"", "\"\""));
        CsvReader.builder()
                .ofCsvRecord(csv)
                .forEach(record -> assertThat(record.getFields())
                        .allSatisfy(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\\t\\r＝＋－＠-].*")));
    }
}
