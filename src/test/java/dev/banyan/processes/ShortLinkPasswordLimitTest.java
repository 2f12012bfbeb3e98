package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often one address may try the password of a short link, on a server with rate limits.
class ShortLinkPasswordLimitTest {

    @Test
    void afterTenWrongPasswordsTheRightOneDoesNotHelpEither(@TempDir Path data) {
        try (var server = ServerProcess.serve(data, Map.of("BANYAN_BILLING", "open"))) {
            TestClient visitor = TestClient.at(server.awaitReady());
            Answer registered = visitor.post(
                    "/api/register",
                    Map.of("email", "keeper@example.com", "username", "keeper", "password", "correct horse battery"));
            TestClient keeper = visitor.with("Cookie", "banyan_session=" + registered.sessionToken());
            keeper.post("/api/admin/upgradeSubscription", Map.of("tier", "pro", "billingCycle", "annual"));
            for (String slug : List.of("guests", "others")) {
                Answer added = keeper.put(
                        "/api/admin/updateShortLinks",
                        Map.of(
                                "shortLinks",
                                List.of(Map.of(
                                        "operation",
                                        "add",
                                        "customSlug",
                                        slug,
                                        "targetUrl",
                                        "https://secret-target.example/",
                                        "password",
                                        "sesame street"))));
                assertThat(added.status()).as(added.text()).isEqualTo(200);
            }

            for (int i = 0; i < 10; i++) {
                assertThat(visitor.form("/l/guests", "password", "try " + i).status())
                        .isEqualTo(403);
            }
            Answer late = visitor.form("/l/guests", "password", "sesame street");
            assertThat(late.status()).isEqualTo(429);
            assertThat(late.header("Retry-After")).isPresent();
            assertThat(late.text()).contains("Too many attempts").doesNotContain("secret-target");
            assertThat(visitor.form("/l/others", "password", "sesame street").status())
                    .as("another short link")
                    .isEqualTo(303);
        }
    }
}
