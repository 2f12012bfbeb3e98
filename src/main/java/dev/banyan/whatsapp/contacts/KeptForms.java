package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.search.ProgressStore;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.contacts.ContactJoinStore.Owned;
import jakarta.inject.Singleton;

/// Makes people one that earlier versions kept under two forms of their number, contact by contact. Nothing is written
/// under another form any more; a server of an earlier version that still ran, or an old backup, is found by the next
/// look.
@Singleton
public record KeptForms(Database database, ContactAliases aliases, Clock clock) implements Recurring {

    /// With another number for each change of [dev.banyan.platform.PhoneForms].
    private static final String NAME = "kept forms 1";

    /// A look reads all messages, so a server that takes over another one's work should not begin with it.
    private static final Duration LOOKED_AGAIN_AFTER = Duration.ofDays(7);

    private static final int AT_ONCE = 500;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    void run() {
        Instant now = clock.instant();
        Optional<Instant> last = Optional.ofNullable(
                        database.read(tx -> new ProgressStore(tx).all()).get(NAME))
                .map(Instant::parse);
        if (last.isPresent() && now.isBefore(last.get().plus(LOOKED_AGAIN_AFTER))) {
            return;
        }
        while (clock.instant().isBefore(now.plus(LONGEST))) {
            Set<Owned> some = database.read(tx -> new ContactJoinStore(tx).underOtherForms(AT_ONCE));
            if (some.isEmpty()) {
                database.act(tx -> new ProgressStore(tx).put(NAME, now.toString()));
                return;
            }
            some.forEach(this::move);
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
