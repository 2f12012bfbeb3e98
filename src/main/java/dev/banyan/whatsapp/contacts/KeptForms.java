package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.contacts.ContactJoinStore.Owned;
import jakarta.inject.Singleton;

/// Moves messages that earlier versions kept under another form of a contact's number, contact by contact. Nothing is
/// written under another form any more, so once there is none left there is nothing to do until the next start.
@Singleton
public final class KeptForms implements Recurring {

    private static final int AT_ONCE = 500;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Database database;
    private final Clock clock;
    private final AtomicBoolean isDone = new AtomicBoolean();

    KeptForms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void run() {
        Instant end = clock.instant().plus(LONGEST);
        while (!isDone.get() && clock.instant().isBefore(end)) {
            Set<Owned> some = database.read(tx -> new ContactJoinStore(tx).underOtherForms(AT_ONCE));
            some.forEach(this::move);
            isDone.set(some.isEmpty());
        }
    }

    private void move(Owned one) {
        database.write(one.tenant(), tx -> {
            new ContactJoinStore(tx)
                    .moveMessages(one.tenant(), one.contact(), one.contact().kept());
            return true;
        });
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m", "30s", "keep-one-form", "Moves messages to the usual form of their contact’s number.", this::run);
    }
}
