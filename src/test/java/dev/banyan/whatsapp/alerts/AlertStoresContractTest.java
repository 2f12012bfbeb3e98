package dev.banyan.whatsapp.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.junit.jupiter.api.Test;

/// Alerts, their settings and their recipients belong to one account.
@OnEveryDatabase
class AlertStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final SenderId POOL = new SenderId("pool-1");
    private static final SenderId NUMBER = new SenderId("number-1");

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());
    private final AccountContext owner;
    private final AccountId tenant;
    private final AccountId stranger;

    AlertStoresContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void anAlertIsRaisedOnceWhileItLasts() {
        assertThat(insert(tenant, AlertKind.SENDER_FAILED, NUMBER)).isPresent();
        assertThat(insert(tenant, AlertKind.SENDER_FAILED, NUMBER)).as("lasts").isEmpty();
        assertThat(insert(tenant, AlertKind.POOL_DEGRADED, POOL)).isPresent();
        assertThat(insert(stranger, AlertKind.SENDER_FAILED, NUMBER))
                .as("of another account")
                .isPresent();
        assertThat(this.<Boolean>in(tx -> new AlertStore(tx).lastsInPool(tenant, AlertKind.SENDER_FAILED, POOL)))
                .isTrue();
        assertThat(this.<List<SenderKey>>in(tx -> new AlertStore(tx).lasting(AlertKind.SENDER_FAILED, 10_000)))
                .contains(new SenderKey(tenant, NUMBER), new SenderKey(stranger, NUMBER));

        assertThat(this.<Boolean>in(tx -> new AlertStore(tx).end(tenant, AlertKind.SENDER_FAILED, NUMBER, NOW)))
                .isTrue();
        assertThat(this.<Boolean>in(tx -> new AlertStore(tx).end(tenant, AlertKind.SENDER_FAILED, NUMBER, NOW)))
                .isFalse();

        assertThat(this.<Boolean>in(tx -> new AlertStore(tx).lastsInPool(tenant, AlertKind.SENDER_FAILED, POOL)))
                .isFalse();
        assertThat(this.<Boolean>in(tx -> new AlertStore(tx).lastsInPool(stranger, AlertKind.SENDER_FAILED, POOL)))
                .isTrue();
        assertThat(insert(tenant, AlertKind.SENDER_FAILED, NUMBER)).as("again").isPresent();
    }

    @Test
    void listsAreReadInPages() {
        UUID first = insert(tenant, AlertKind.POOL_FAILED_OVER, POOL).orElseThrow();
        UUID second = insert(tenant, AlertKind.POOL_FAILED, POOL).orElseThrow();
        UUID third = insert(tenant, AlertKind.SENDER_FAILED, NUMBER).orElseThrow();
        insert(stranger, AlertKind.POOL_FAILED, POOL);

        assertThat(ids(in(tx -> new AlertStore(tx).list(tenant, Optional.empty(), 2))))
                .containsExactly(third, second);
        assertThat(ids(in(tx -> new AlertStore(tx).list(tenant, Optional.of(second), 2))))
                .containsExactly(first);
        assertThat(ids(in(tx -> new AlertStore(tx).open(tenant, Optional.empty(), 9))))
                .containsExactly(third, second);
        assertThat(ids(in(tx -> new AlertStore(tx).open(tenant, Optional.of(third), 9))))
                .containsExactly(second);
        assertThat(ids(in(tx -> new AlertStore(tx).after(tenant, first, 9)))).containsExactly(second, third);
        assertThat(this.<Integer>in(tx -> new AlertStore(tx).deleteBefore(NOW.plusSeconds(1), 1_000)))
                .isGreaterThanOrEqualTo(4);
        assertThat(this.<List<Alert>>in(tx -> new AlertStore(tx).list(tenant, Optional.empty(), 2)))
                .isEmpty();
    }

    @Test
    void settingsBelongToTheAccount() {
        var settings = new AlertSettings(5, 6, 7);
        in(tx -> {
            new AlertSettingsStore(tx).save(tenant, new AlertSettings(1, 2, 3), NOW);
            new AlertSettingsStore(tx).save(tenant, settings, NOW);
            return true;
        });
        assertThat(this.<AlertSettings>in(tx -> new AlertSettingsStore(tx).find(tenant)))
                .isEqualTo(settings);
        assertThat(this.<AlertSettings>in(tx -> new AlertSettingsStore(tx).find(stranger)))
                .isEqualTo(AlertSettings.DEFAULT);
    }

    @Test
    void aRecipientIsDueWhenThereIsSomethingToMailAndNotBefore() {
        UUID none = uuids.next();
        in(tx -> {
            new AlertRecipientStore(tx).save(tenant, owner.identity(), Duration.ofMinutes(15), none, NOW);
            return true;
        });
        assertThat(due(NOW)).isEmpty();
        wake(stranger);
        assertThat(due(NOW)).isEmpty();
        wake(tenant);
        AlertRecipientStore.Recipient recipient = due(NOW).getFirst();
        assertThat(recipient.every()).isEqualTo(Duration.ofMinutes(15));
        assertThat(recipient.mailed()).isEqualTo(none);

        assertThat(this.<Boolean>in(tx -> new AlertRecipientStore(tx).claim(stranger, recipient, NOW)))
                .isFalse();
        var colleague = new AlertRecipientStore.Recipient(
                tenant, StoredAccounts.newIdentityId(), recipient.every(), recipient.mailed());
        assertThat(this.<Boolean>in(tx -> new AlertRecipientStore(tx).claim(tenant, colleague, NOW)))
                .isFalse();
        assertThat(this.<Boolean>in(tx -> new AlertRecipientStore(tx).claim(tenant, recipient, NOW)))
                .isTrue();
        assertThat(this.<Boolean>in(tx -> new AlertRecipientStore(tx).claim(tenant, recipient, NOW)))
                .isFalse();
        UUID last = uuids.next();
        in(tx -> {
            new AlertRecipientStore(tx).mailed(stranger, owner.identity(), uuids.next());
            new AlertRecipientStore(tx).mailed(tenant, owner.identity(), last);
            return true;
        });
        assertThat(this.<Optional<AlertRecipientStore.Recipient>>in(
                                tx -> new AlertRecipientStore(tx).find(tenant, owner.identity()))
                        .orElseThrow()
                        .mailed())
                .isEqualTo(last);
        wake(tenant);
        assertThat(due(NOW.plus(Duration.ofMinutes(14)))).isEmpty();
        assertThat(due(NOW.plus(Duration.ofMinutes(15)))).hasSize(1);

        in(tx -> {
            new AlertRecipientStore(tx).delete(stranger, owner.identity());
            return true;
        });
        assertThat(this.<Optional<AlertRecipientStore.Recipient>>in(
                        tx -> new AlertRecipientStore(tx).find(stranger, owner.identity())))
                .isEmpty();
        assertThat(this.<Optional<AlertRecipientStore.Recipient>>in(
                        tx -> new AlertRecipientStore(tx).find(tenant, owner.identity())))
                .isPresent();
        in(tx -> {
            new AlertRecipientStore(tx).delete(tenant, owner.identity());
            return true;
        });
        assertThat(this.<Optional<AlertRecipientStore.Recipient>>in(
                        tx -> new AlertRecipientStore(tx).find(tenant, owner.identity())))
                .isEmpty();
    }

    @Test
    void queuesBelongToTheAccount() {
        in(tx -> new OutboxStore(tx)
                .insert(
                        tenant,
                        List.of(new OutgoingMessage(
                                uuids.next(),
                                tenant,
                                POOL,
                                Optional.empty(),
                                new Phone("+971500000101"),
                                "Hello",
                                Optional.empty(),
                                "a-key",
                                DeliveryState.QUEUED,
                                Optional.empty(),
                                NOW,
                                NOW)),
                        Optional.empty()));
        assertThat(this.<Integer>in(tx -> new QueueAlertStore(tx).length(tenant, POOL, 9)))
                .isEqualTo(1);
        assertThat(this.<Integer>in(tx -> new QueueAlertStore(tx).length(stranger, POOL, 9)))
                .isZero();
        assertThat(this.<Optional<Instant>>in(tx -> new QueueAlertStore(tx).oldest(tenant, POOL)))
                .contains(NOW);
        assertThat(this.<Optional<Instant>>in(tx -> new QueueAlertStore(tx).oldest(stranger, POOL)))
                .isEmpty();
    }

    private void wake(AccountId account) {
        in(tx -> {
            new AlertRecipientStore(tx).wake(account);
            return true;
        });
    }

    private List<AlertRecipientStore.Recipient> due(Instant now) {
        return in(tx -> new AlertRecipientStore(tx).due(now, 10_000)).stream()
                .filter(one -> one.tenant().equals(tenant))
                .toList();
    }

    private Optional<UUID> insert(AccountId account, AlertKind kind, SenderId subject) {
        var alert = new Alert(
                uuids.next(),
                kind,
                POOL,
                subject,
                "“Sales”: banned.",
                NOW,
                kind.lasts ? Optional.empty() : Optional.of(NOW));
        return in(tx -> new AlertStore(tx).insert(account, alert)) ? Optional.of(alert.id()) : Optional.empty();
    }

    private static List<UUID> ids(List<Alert> alerts) {
        return alerts.stream().map(Alert::id).toList();
    }

    private <T> T in(Function<Tx, T> work) {
        return database.write(work);
    }
}
