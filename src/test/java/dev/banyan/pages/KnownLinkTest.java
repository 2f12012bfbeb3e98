package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Links that were followed once lead on without the framework and the database, until something changes.
@QuarkusTest
class KnownLinkTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    @Inject
    Recorder recorder;

    @Inject
    PublishedPage published;

    private String id = "";
    private String go = "";

    @BeforeEach
    void aLinkWasFollowed() {
        id = published.add("Menu", "https://menu.example/a?b=ü").id().toString();
        go = "/go/" + id;
        Answer first = VISITOR.get(go);
        assertThat(first.status()).isEqualTo(302);
        assertThat(first.header("X-Request-Id")).as("answered by the resource").isPresent();
    }

    private void update(Map<String, Object> change) {
        var step = new HashMap<>(change);
        step.putAll(Map.of("operation", "update", "id", id));
        Answer done = TestClient.of(published.world().acme())
                .put(
                        "/api/admin/UpdateLinks?pageId=" + published.page() + "&subAccountId="
                                + published.north().id(),
                        Map.of("links", List.of(step)));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
    }

    private long clicks() {
        recorder.write();
        return published.world().count("SELECT clicks FROM links WHERE id = ?", id);
    }

    @Test
    void itLeadsOnFromMemoryAndIsCounted() {
        Answer again = VISITOR.get(go);
        assertThat(again.status()).isEqualTo(302);
        assertThat(again.location()).isEqualTo("https://menu.example/a?b=%C3%BC");
        assertThat(again.header("Cache-Control")).contains("no-store");
        assertThat(again.header("X-Request-Id")).as("answered before the gate").isEmpty();
        assertThat(VISITOR.head(go).status()).isEqualTo(302);
        assertThat(clicks()).isEqualTo(2);
    }

    @Test
    void aNewAddressCountsAtOnce() {
        update(Map.of("url", "https://menu.example/new"));
        assertThat(VISITOR.get(go).location()).isEqualTo("https://menu.example/new");
        assertThat(VISITOR.get(go).location()).isEqualTo("https://menu.example/new");
    }

    @Test
    void aLinkThatIsSwitchedOffLeadsNowhere() {
        update(Map.of("active", false));
        assertThat(VISITOR.get(go).status()).isEqualTo(404);
        update(Map.of("active", true));
        assertThat(VISITOR.get(go).status()).isEqualTo(302);
    }

    @Test
    void aSuspendedBrandsLinkLeadsNowhere() {
        TestClient.of(published.world().acme())
                .post(
                        "/api/admin/UpdateSubAccountStatus",
                        Map.of("subAccountId", published.north().username(), "status", "suspended"));
        assertThat(VISITOR.get(go).status()).isEqualTo(404);
    }

    @Test
    void aLockedLinkIsAskedForEachTime() {
        String locked = "/go/"
                + published
                        .locked("Vault", "https://menu.example/vault", LinkLock.Type.CODE, "Sesame")
                        .id();
        for (int time = 0; time < 2; time++) {
            Answer form = VISITOR.get(locked);
            assertThat(form.status()).isEqualTo(200);
            assertThat(form.header("X-Request-Id")).isPresent();
        }
    }
}
