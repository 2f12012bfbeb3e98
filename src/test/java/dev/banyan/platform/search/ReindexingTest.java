package dev.banyan.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import dev.banyan.platform.db.Database;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// What was indexed before signs belonged to words; messages are in `InboxContractTest`.
@QuarkusTest
class ReindexingTest {

    private static final List<String> INDEXES =
            List.of("account_words", "page_words", "link_words", "short_link_words", "workspace_words");

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @All
    @Inject
    List<Reindexed> all;

    @Inject
    Clock clock;

    private Set<String> names() {
        return all.stream().flatMap(one -> one.texts().keySet().stream()).collect(Collectors.toSet());
    }

    private static List<String> found(TestClient client, String search) {
        var titles = new ArrayList<String>();
        client.get("/api/admin/search?q=" + TestClient.encode(search))
                .json()
                .path("results")
                .forEach(result -> titles.add(result.path("title").asText()));
        return titles;
    }

    @Test
    void whatWasIndexedWithoutSignsIsFoundByThem() {
        TestClient acme = TestClient.of(world.acme());
        acme.post("/api/admin/CreatePage", Map.of("slug", "menu", "name", "H&M menu"));
        acme.put(
                "/api/admin/UpdateLinks",
                Map.of("links", List.of(Map.of("operation", "add", "title", "H&M shop", "url", "https://a.example"))));
        acme.put(
                "/api/admin/updateShortLinks",
                Map.of(
                        "shortLinks",
                        List.of(Map.of("operation", "add", "title", "H&M sale", "targetUrl", "https://a.example"))));
        world.brand(world.acme(), "plates", "H&M plates");
        world.workspace(world.context(world.acme()), world.project(), "H&M desk");
        INDEXES.forEach(index -> world.sql("DELETE FROM " + index + " WHERE word LIKE '%&%'"));
        assertThat(found(acme, "H&M")).isEmpty();

        world.sql("DELETE FROM word_index_progress");
        // A server that was killed goes on where it was.
        String pages = Reindexing.ROUND + "pages";
        world.sql("INSERT INTO word_index_progress (texts, last_id) VALUES ('" + pages + "', 'ffffffff')");
        new Reindexing(database, all, clock).run();

        assertThat(found(acme, "H&M")).containsExactlyInAnyOrder("H&M shop", "H&M sale", "H&M plates", "H&M desk");
        assertThat(world.count("SELECT count(*) FROM word_index_progress WHERE last_id = ''"))
                .isEqualTo(names().size());
        world.sql("DELETE FROM word_index_progress WHERE texts = '" + pages + "'");
        new Reindexing(database, all, clock).run();
        assertThat(found(acme, "H&M")).contains("H&M menu");
    }

    /// An earlier version kept them as they are written, and noted its texts without a round.
    @Test
    void whatWasIndexedAsItIsWrittenIsFoundAsItIsTyped() {
        TestClient acme = TestClient.of(world.acme());
        world.brand(world.acme(), "oelweg", "Ølweg Große Straße");
        world.sql("DELETE FROM account_words WHERE word LIKE '%ss%' OR word LIKE 'olw%'");
        world.sql("DELETE FROM word_index_progress");
        world.sql("INSERT INTO word_index_progress (texts, last_id) VALUES ('accounts', '')");
        assertThat(found(acme, "grosse strasse")).isEmpty();

        new Reindexing(database, all, clock).run();

        assertThat(List.of("grosse strasse", "Große Straße", "STRASSE", "olweg"))
                .allSatisfy(typed -> assertThat(found(acme, typed)).containsExactly("Ølweg Große Straße"));
    }
}
