package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.contacts.ContactJoinStore.Owned;
import jakarta.inject.Singleton;

/// Makes people one that earlier versions kept under two forms of their number, contact by contact. Nothing is written
/// under another form any more, so once there is none left there is nothing to do until the next start.
@Singleton
public final class KeptForms implements Recurring {

    private static final int AT_ONCE = 500;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Database database;
    private final ContactAliases aliases;
    private final Clock clock;
    private final AtomicBoolean isDone = new AtomicBoolean();

    KeptForms(Database database, ContactAliases aliases, Clock clock) {
        this.database = database;
        this.aliases = aliases;
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
            ContactAddress kept = one.contact().kept();
            aliases.join(tx, one.tenant(), one.contact(), kept);
            new ContactAliasStore(tx).put(one.tenant(), one.contact(), kept, clock.instant());
            return true;
        });
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m", "30s", "keep-one-form", "Keeps contacts under the usual form of their number.", this::run);
    }
}
