package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class OutboxListStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;

    OutboxListStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void forgetOtherTests() {
        database.write(tx -> tx.sql().execute("DELETE FROM mails"));
    }

    @Test
    void theNewestComeFirstPageByPage() {
        Mail first = stored("maya@example.com", MailKind.NOTICE);
        Mail second = stored("maya@example.com", MailKind.NOTICE);
        Mail third = stored("maya@example.com", MailKind.NOTICE);

        assertThat(ids(query("", Optional.empty(), Optional.empty()), 2)).containsExactly(third.id(), second.id());
        assertThat(ids(new Outbox.Query("", Optional.empty(), Optional.empty(), Optional.of(second.id())), 2))
                .containsExactly(first.id());
    }

    @Test
    void aSearchAndFiltersGoTogether() {
        Mail maya = stored("maya@example.com", MailKind.NOTICE);
        Mail may = stored("may_b@example.com", MailKind.INVITATION);
        write(store -> {
            store.failed(maya, MailState.FAILING, NOW.plusSeconds(60), "refused");
            return 0;
        });

        assertThat(ids(query("may", Optional.empty(), Optional.empty()), 9)).containsExactly(may.id(), maya.id());
        assertThat(ids(query("may_", Optional.empty(), Optional.empty()), 9)).containsExactly(may.id());
        assertThat(ids(query("may", Optional.of(MailState.FAILING), Optional.empty()), 9))
                .containsExactly(maya.id());
        assertThat(ids(query("may", Optional.empty(), Optional.of(MailKind.INVITATION)), 9))
                .containsExactly(may.id());
        assertThat(this.<Long>read(store -> store.count(MailState.FAILING))).isEqualTo(1);
        assertThat(read(store -> store.find(maya.id())).orElseThrow().entry().error())
                .isEqualTo("refused");
    }

    @Test
    void aGivenUpMailIsDueOnlyWhenSomebodySaysSo() {
        Mail mail = stored("maya@example.com", MailKind.NOTICE);
        write(store -> {
            store.failed(mail, MailState.GIVEN_UP, NOW, "refused");
            return 0;
        });
        assertThat(due()).isEmpty();
        assertThat(change(store -> store.retry(mail.id(), NOW))).isTrue();
        assertThat(due()).containsExactly(mail.id());
    }

    @Test
    void whatIsDiscardedStaysSo() {
        Mail mail = stored("maya@example.com", MailKind.NOTICE);
        assertThat(change(store -> store.discard(mail.id()))).isTrue();
        assertThat(change(store -> store.discard(mail.id()))).isFalse();
        assertThat(change(store -> store.retry(mail.id(), NOW))).isFalse();
        write(store -> {
            store.failed(mail, MailState.FAILING, NOW, "refused");
            return 0;
        });
        assertThat(due()).isEmpty();
        assertThat(read(store -> store.find(mail.id())).orElseThrow().body()).isEmpty();
    }

    @Test
    void oldOnesThatAreDoneAreForgotten() {
        Mail waiting = stored("maya@example.com", MailKind.NOTICE);
        Mail sent = stored("maya@example.com", MailKind.NOTICE);
        write(store -> {
            store.sent(sent, NOW);
            return 0;
        });
        assertThat(change(store -> store.forget(NOW, 10) > 0)).isFalse();
        assertThat(change(store -> store.forget(NOW.plus(Duration.ofDays(1)), 10) == 1))
                .isTrue();
        assertThat(ids(query("", Optional.empty(), Optional.empty()), 9)).containsExactly(waiting.id());
    }

    private static Outbox.Query query(String recipient, Optional<MailState> state, Optional<MailKind> kind) {
        return new Outbox.Query(recipient, state, kind, Optional.empty());
    }

    private Mail stored(String recipient, MailKind kind) {
        var mail = new Mail(UUIDS.next(), recipient, "Hello", "Line", 0, Optional.empty());
        write(store -> {
            store.insert(mail, kind, "", NOW);
            return 0;
        });
        return mail;
    }

    private List<UUID> ids(Outbox.Query query, int limit) {
        return read(store -> store.list(query, limit)).stream()
                .map(Outbox.Entry::id)
                .toList();
    }

    private List<UUID> due() {
        return database.<List<Mail>>write(tx -> new MailStore(tx).claim(NOW, NOW, 10)).stream()
                .map(Mail::id)
                .toList();
    }

    private <T> T read(Function<OutboxListStore, T> work) {
        return database.read(tx -> work.apply(new OutboxListStore(tx)));
    }

    private boolean change(Function<OutboxListStore, Boolean> work) {
        return database.write(tx -> work.apply(new OutboxListStore(tx)));
    }

    private void write(Function<MailStore, Integer> work) {
        database.write(tx -> work.apply(new MailStore(tx)));
    }
}
