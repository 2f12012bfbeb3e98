package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import jakarta.inject.Singleton;

/// The server's mails as operators see them: the state of each, with its secrets masked.
@Singleton
public record Outbox(Database database, Audit audit, Clock clock) implements Expiring {

    /// Mails that were sent or discarded are deleted after this.
    public static final Duration KEPT = Duration.ofDays(30);

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    /// The part of a mail that operators may see.
    ///
    /// @param subject with secrets masked
    /// @param dueAt the time of the next try, if there is one
    /// @param error the mail server's last message; empty before the first failure
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

    /// @param body with secrets masked; empty once the mail was sent or discarded
    public record Whole(Entry entry, String body) {}

    /// Selects mails; an empty field matches all.
    ///
    /// @param recipient the beginning of the address, in lower case
    public record Query(String recipient, Optional<MailState> state, Optional<MailKind> kind, Optional<UUID> after) {}

    public record Listed(List<Entry> entries, Optional<UUID> next) {}

    /// The numbers of mails that are not delivered.
    public record Troubles(long failing, long givenUp, long waiting) {
        public long all() {
            return failing + givenUp;
        }
    }

    /// Returns the mails, newest first. For operators only; the resource checks that.
    public Listed list(Query query, int limit) {
        List<Entry> found = database.read(tx -> new OutboxListStore(tx).list(query, limit + 1));
        List<Entry> shown = found.subList(0, Math.min(limit, found.size()));
        return new Listed(
                shown, found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
    }

    public Optional<Whole> find(UUID id) {
        return database.read(tx -> new OutboxListStore(tx).find(id));
    }

    /// Returns the numbers, counted up to a limit beyond which exact ones are no more useful.
    public Troubles troubles() {
        return database.read(tx -> {
            var store = new OutboxListStore(tx);
            return new Troubles(
                    store.count(MailState.FAILING), store.count(MailState.GIVEN_UP), store.count(MailState.WAITING));
        });
    }

    /// Puts a mail first in the queue and resets its tries.
    ///
    /// @return false if there is no such mail, or it was sent or discarded
    public boolean retry(Actor actor, UUID id) {
        return database.write(tx -> {
            boolean done = new OutboxListStore(tx).retry(id, clock.instant());
            if (done) {
                audit.noteServer(tx, actor, "MailRetried", id.toString(), Map.of());
            }
            return done;
        });
    }

    /// Discards a mail: it is not sent, and its text is deleted.
    ///
    /// @return false if there is no such mail, or it was sent or discarded
    public boolean discard(Actor actor, UUID id) {
        return database.write(tx -> {
            boolean done = new OutboxListStore(tx).discard(id);
            if (done) {
                audit.noteServer(tx, actor, "MailDiscarded", id.toString(), Map.of());
            }
            return done;
        });
    }

    /// Deletes old mails, because they contain personal messages. For a job.
    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        return database.write(tx -> new OutboxListStore(tx).forget(before, FORGOTTEN_AT_ONCE));
    }
}
