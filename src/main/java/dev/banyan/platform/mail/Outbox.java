package dev.banyan.platform.mail;

import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The mails of the server as its operators see them: where each is, without the secrets in it.
@Singleton
public final class Outbox implements Expiring {

    /// Mails that went out or were discarded are forgotten after this.
    public static final Duration KEPT = Duration.ofDays(30);

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    /// A mail as far as operators may know it.
    ///
    /// @param subject with secrets masked
    /// @param dueAt when it is tried next, if it is
    /// @param error what the mail server said last; empty before the first failure
    public record Entry(
            UUID id,
            String recipient,
            String subject,
            MailKind kind,
            MailState state,
            int attempts,
            Instant createdAt,
            Instant dueAt,
            Optional<Instant> sentAt,
            String error) {}

    /// @param body with secrets masked; empty once the mail has gone out or was discarded
    public record Whole(Entry entry, String body) {}

    /// Which mails are asked for; all that is empty lets all pass.
    ///
    /// @param recipient how the address begins, in lower case
    public record Query(String recipient, Optional<MailState> state, Optional<MailKind> kind, Optional<UUID> after) {}

    public record Listed(List<Entry> entries, Optional<UUID> next) {}

    /// How many mails do not go out.
    public record Troubles(long failing, long givenUp, long waiting) {
        public long all() {
            return failing + givenUp;
        }
    }

    private final Database database;
    private final Audit audit;
    private final Clock clock;

    Outbox(Database database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// The newest ones first. For operators only: the resource checks that.
    public Listed list(Query query, int limit) {
        List<Entry> found = database.read(tx -> new OutboxListStore(tx).list(query, limit + 1));
        List<Entry> shown = found.subList(0, Math.min(limit, found.size()));
        return new Listed(
                shown, found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
    }

    public Optional<Whole> find(UUID id) {
        return database.read(tx -> new OutboxListStore(tx).find(id));
    }

    /// Counted up to a limit: more than that is "very many" to anybody.
    public Troubles troubles() {
        return database.read(tx -> {
            var store = new OutboxListStore(tx);
            return new Troubles(
                    store.count(MailState.FAILING), store.count(MailState.GIVEN_UP), store.count(MailState.WAITING));
        });
    }

    /// Puts a mail first in the line, with all its tries before it.
    ///
    /// @return false when there is no such mail, or it has gone out or been discarded
    public boolean retry(Actor actor, UUID id) {
        return database.write(tx -> {
            boolean done = new OutboxListStore(tx).retry(id, clock.instant());
            if (done) {
                audit.noteServer(tx, actor, "MailRetried", id.toString(), Map.of());
            }
            return done;
        });
    }

    /// The mail is not sent, and its text is deleted.
    ///
    /// @return false when there is no such mail, or it has gone out or been discarded
    public boolean discard(Actor actor, UUID id) {
        return database.write(tx -> {
            boolean done = new OutboxListStore(tx).discard(id);
            if (done) {
                audit.noteServer(tx, actor, "MailDiscarded", id.toString(), Map.of());
            }
            return done;
        });
    }

    /// For a job: mails hold what people were told, and are not kept for ever.
    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        return database.write(tx -> new OutboxListStore(tx).forget(before, FORGOTTEN_AT_ONCE));
    }
}
