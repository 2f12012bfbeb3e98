package dev.banyan.whatsapp.history;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SenderRetentionTest {

    private static final SenderId SENDER = new SenderId("wa_1");

    private final Database database;
    private final AccountId tenant;
    private final TestClock clock = new TestClock();

    SenderRetentionTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void whatIsOldIsForgottenAndWhatIsNotStays() {
        Instant now = clock.instant();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        database.write(tx -> {
            for (Duration age : List.of(Duration.ofDays(29), Duration.ofDays(31))) {
                new SenderEventStore(tx)
                        .insert(
                                tenant,
                                new SenderEvent(
                                        UUID.randomUUID(),
                                        SENDER,
                                        SENDER,
                                        SenderEvent.Tone.INFO,
                                        "Connected",
                                        age.toString(),
                                        now.minus(age)));
            }
            for (int days : List.of(1, 395, 397, 400)) {
                new SenderHoursStore(tx)
                        .addAll(
                                tenant,
                                Map.of(
                                        SENDER,
                                        new SenderHours(
                                                hour.minus(Duration.ofDays(days)), 1, 0, 0, 0, 0, Duration.ZERO)));
            }
            return true;
        });

        new SenderRetention(database, clock).forgetOld();

        List<SenderEvent> events = database.read(tx -> new SenderEventStore(tx).list(tenant, Optional.empty(), 9));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .isEqualTo(Duration.ofDays(29).toString()));
        List<SenderHours> hours =
                database.read(tx -> new SenderHoursStore(tx).of(tenant, SENDER, Instant.EPOCH, now.plusSeconds(1)));
        assertThat(hours)
                .extracting(SenderHours::hour)
                .containsExactly(hour.minus(Duration.ofDays(395)), hour.minus(Duration.ofDays(1)));
    }
}
