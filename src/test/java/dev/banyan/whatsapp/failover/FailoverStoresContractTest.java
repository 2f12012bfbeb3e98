package dev.banyan.whatsapp.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class FailoverStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final FailoverSettings SETTINGS = new FailoverSettings(
            FailoverPolicy.NEVER_SILENT,
            Optional.of(new SenderId("backup")),
            false,
            Duration.ofMinutes(7),
            new Detection(1, 2, 3, 4));

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("failing-" + UUID.randomUUID());

    FailoverStoresContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        Sender master = Sender.fresh(
                pool,
                tenant,
                new Sender.Role.Master(MasterType.PRIMARY),
                "Amira Nasser",
                Optional.empty(),
                DriverKind.SIMULATOR,
                NOW);
        assertThat(database.<Boolean>write(tx -> new SenderStore(tx).insert(tenant, master)))
                .isTrue();
    }

    @Test
    void settingsAreKeptForTheirPoolAndKnownToItsOwner() {
        assertThat(settings(tenant)).isEqualTo(FailoverSettings.DEFAULT);
        save(SETTINGS);

        assertThat(settings(tenant)).isEqualTo(SETTINGS);
        assertThat(settings(stranger)).isEqualTo(FailoverSettings.DEFAULT);
        assertThat(allSettings(tenant)).isEqualTo(Map.of(pool, SETTINGS));
        assertThat(allSettings(stranger)).isEmpty();

        save(FailoverSettings.DEFAULT);
        assertThat(settings(tenant)).isEqualTo(FailoverSettings.DEFAULT);
    }

    private void save(FailoverSettings settings) {
        database.write(tx -> {
            new FailoverSettingsStore(tx).save(tenant, pool, settings, NOW);
            return true;
        });
    }

    private FailoverSettings settings(AccountId whose) {
        return database.read(tx -> new FailoverSettingsStore(tx).find(whose, pool));
    }

    private Map<SenderId, FailoverSettings> allSettings(AccountId whose) {
        return database.read(tx -> new FailoverSettingsStore(tx).all(whose));
    }

    @Test
    void ofTwoWhoChangeAStateAtOnceOneWins() {
        PoolState paused = PoolState.NORMAL.paused(Optional.of(Pause.DRAIN));
        assertThat(save(tenant, paused)).isTrue();
        assertThat(save(tenant, paused)).as("both saw that there was none").isFalse();

        PoolState first = state(tenant);
        PoolState failedOver = first.became(
                FailoverState.FAILED_OVER, Optional.of(new SenderId("other")), Optional.of(new UUID(1, 2)), NOW);
        assertThat(save(stranger, failedOver)).isFalse();
        assertThat(save(tenant, failedOver)).isTrue();
        assertThat(save(tenant, first.paused(Optional.empty()))).isFalse();

        PoolState now = state(tenant);
        assertThat(now.pause()).contains(Pause.DRAIN);
        assertThat(now.standIn()).contains(new SenderId("other"));
        assertThat(now.decision()).contains(new UUID(1, 2));
        assertThat(now.changedAt()).isEqualTo(NOW);
        assertThat(state(stranger)).isEqualTo(PoolState.NORMAL);
        assertThat(database.<Map<SenderId, PoolState>>read(tx -> new PoolStateStore(tx).findAll(tenant, List.of(pool))))
                .isEqualTo(Map.of(pool, now));
        assertThat(database.<Map<SenderId, PoolState>>read(
                        tx -> new PoolStateStore(tx).findAll(stranger, List.of(pool))))
                .isEmpty();
        assertThat(database.<Map<SenderId, PoolState>>read(tx -> new PoolStateStore(tx).all(tenant)))
                .isEqualTo(Map.of(pool, now));
        assertThat(database.<Map<SenderId, PoolState>>read(tx -> new PoolStateStore(tx).all(stranger)))
                .isEmpty();
    }

    private boolean save(AccountId whose, PoolState state) {
        return database.<Boolean>write(tx -> new PoolStateStore(tx).save(whose, pool, state));
    }

    private PoolState state(AccountId whose) {
        return database.read(tx -> new PoolStateStore(tx).find(whose, pool));
    }

    @Test
    void decisionsAreFoundAsTheyWereMadeNewestFirst() {
        FailoverDecision older = decision(Verdict.PROPOSED);
        FailoverDecision newer = decision(Verdict.DONE);
        insert(older);
        insert(newer);

        assertThat(find(tenant, older)).contains(older);
        assertThat(find(stranger, older)).isEmpty();
        assertThat(list(tenant, Optional.empty())).containsExactly(newer, older);
        assertThat(list(tenant, Optional.of(newer.id()))).containsExactly(older);
        assertThat(list(stranger, Optional.empty())).isEmpty();

        FailoverDecision approved = older.as(Verdict.APPROVED, "Amira", new Moved(1, 2, 3), Duration.ofMillis(44));
        end(stranger, approved);
        assertThat(find(tenant, older)).contains(older);
        end(tenant, approved);
        assertThat(find(tenant, older)).contains(approved);
    }

    private FailoverDecision decision(Verdict verdict) {
        return new FailoverDecision(
                new UUID(System.nanoTime(), 1),
                pool,
                Kind.FAILOVER,
                verdict,
                NOW,
                "The master has failed.",
                "server",
                List.of("failing: banned", "servant-1: not responding"),
                List.of("The backup master comes first."),
                Optional.of(new SenderId("other")),
                List.of(new FailoverDecision.Rejected(new SenderId("third"), "works for another brand")),
                Moved.NOTHING,
                Duration.ofMillis(3));
    }

    private void insert(FailoverDecision decision) {
        database.write(tx -> {
            new FailoverDecisionStore(tx).insert(tenant, decision);
            return true;
        });
    }

    private void end(AccountId whose, FailoverDecision decision) {
        database.write(tx -> {
            new FailoverDecisionStore(tx).end(whose, decision);
            return true;
        });
    }

    private Optional<FailoverDecision> find(AccountId whose, FailoverDecision decision) {
        return database.read(tx -> new FailoverDecisionStore(tx).find(whose, decision.id()));
    }

    private List<FailoverDecision> list(AccountId whose, Optional<UUID> before) {
        return database.read(tx -> new FailoverDecisionStore(tx).list(whose, pool, before, 9));
    }
}
