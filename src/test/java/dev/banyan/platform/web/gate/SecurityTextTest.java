package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.config.Settings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.NotFoundException;
import org.junit.jupiter.api.Test;

/// `/.well-known/security.txt` according to RFC 9116.
@QuarkusTest
class SecurityTextTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00.123Z"), ZoneOffset.UTC);

    @Test
    void whoeverFindsAProblemReadsWhereToReportIt() {
        Answer answer = TestClient.anonymous().get("/.well-known/security.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/plain; charset=utf-8");
        Map<String, String> fields = fields(answer.text());
        assertThat(fields)
                .containsEntry("Contact", "mailto:security@example.com")
                .containsEntry("Preferred-Languages", "en")
                .containsOnlyKeys("Contact", "Expires", "Preferred-Languages"); // the test server doesn't use TLS
        assertThat(Instant.parse(fields.get("Expires"))).isAfter(Instant.now());
    }

    @Test
    void itHoldsForAQuarterFromTheDayItIsRead() {
        assertThat(text("https://links.example.com", "https://example.com/security?from=a%20b"))
                .isEqualTo("""
                        Contact: https://example.com/security?from=a%20b
                        Expires: 2027-02-18T00:00:00Z
                        Preferred-Languages: en
                        Canonical: https://links.example.com/.well-known/security.txt
                        """);
    }

    @Test
    void thereIsNoneWhereNobodyIsNamed() {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> text("https://links.example.com", ""));
    }

    @Test
    void nobodyCanHaveItsPlace() {
        Answer answer = TestClient.anonymous()
                .post(
                        "/api/register",
                        Map.of(
                                "email",
                                "well-known@people.example",
                                "username",
                                ".well-known",
                                "password",
                                "correct horse battery"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    }

    private static String text(String baseUrl, String contact) {
        Settings settings =
                Settings.from(Map.of("BANYAN_BASE_URL", baseUrl, "BANYAN_SECURITY_CONTACT", contact), new Properties());
        return (String) new SecurityTextResource(settings, CLOCK).securityText().getEntity();
    }

    private static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1]));
    }
}
