package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.web.gate.IdempotencyStore.Answer;
import dev.banyan.platform.web.gate.IdempotencyStore.Known;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class IdempotencyStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final String DIGEST = "d".repeat(64);

    private final Database database;
    private final String caller = UUID.randomUUID().toString();

    IdempotencyStoreContractTest(Database database) {
        this.database = database;
    }

    @Test
    void aKeyIsClaimedOnceHoweverManyAskAtOnce() {
        List<Boolean> claimed = AtOnce.run(20, _ -> claim(caller, "key", NOW));

        assertThat(claimed).filteredOn(won -> won).hasSize(1);
        assertThat(find("key")).contains(new Known(DIGEST, Optional.empty()));
    }

    @Test
    void theSameKeyOfAnotherCallerIsAnotherKey() {
        claim(caller, "key", NOW);

        assertThat(claim("ip:192.0.2.1", "key", NOW)).isTrue();
        assertThat(find("other key")).isEmpty();
    }

    @Test
    void anAnswerIsKeptWhole() {
        claim(caller, "key", NOW);
        claim(caller, "empty", NOW);
        var answer =
                new Answer(201, Optional.of("/pages/1"), Optional.of("{\"name\":\"Crème 🌿\"}" + " ".repeat(9_000)));
        var empty = new Answer(204, Optional.empty(), Optional.empty());

        write(store -> store.keep(caller, "key", answer));
        write(store -> store.keep(caller, "empty", empty));

        assertThat(find("key")).contains(new Known(DIGEST, Optional.of(answer)));
        assertThat(find("empty")).contains(new Known(DIGEST, Optional.of(empty)));
    }

    @Test
    void aReleasedKeyCanBeClaimedAgain() {
        claim(caller, "key", NOW);

        write(store -> store.release(caller, "key"));

        assertThat(find("key")).isEmpty();
        assertThat(claim(caller, "key", NOW)).isTrue();
    }

    @Test
    void oldKeysAreForgotten() {
        claim(caller, "old", NOW.minusMillis(1));
        claim(caller, "new", NOW);

        write(store -> store.deleteOlderThan(NOW));

        assertThat(find("old")).isEmpty();
        assertThat(find("new")).isPresent();
    }

    private boolean claim(String whose, String key, Instant now) {
        return database.write(tx -> new IdempotencyStore(tx).claim(whose, key, DIGEST, now));
    }

    private Optional<Known> find(String key) {
        return database.read(tx -> new IdempotencyStore(tx).find(caller, key));
    }

    private void write(Consumer<IdempotencyStore> work) {
        database.write(tx -> {
            work.accept(new IdempotencyStore(tx));
            return "done";
        });
    }
}
