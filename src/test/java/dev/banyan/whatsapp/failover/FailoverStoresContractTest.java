package dev.banyan.whatsapp.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Rejected;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

/// Settings, states and decisions of a tenant's pools, with those of a stranger.
@OnEveryDatabase
class FailoverStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool;
    private final SenderId other;

    FailoverStoresContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.pool = master();
        this.other = master();
    }

    private SenderId master() {
        var id = new SenderId("pool-" + UUIDS.next());
        write(tx -> new SenderStore(tx)
                .insert(
                        tenant,
                        Sender.fresh(
                                id,
                                tenant,
                                new Sender.Role.Master(MasterType.PRIMARY),
                                "Amira Nasser",
                                Optional.empty(),
                                DriverKind.SIMULATOR,
                                NOW)));
        return id;
    }

    private <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    private ObjectAssert<Object> stored(Function<Tx, Object> work) {
        return assertThatObject(database.<Object>read(work::apply));
    }

    private <T> void write(Function<Tx, T> work) {
        database.write(work);
    }

    @Test
    void settingsAreTheTenantsOwn() {
        var settings = new FailoverSettings(
                FailoverPolicy.NEVER_SILENT,
                Optional.of(other),
                false,
                Duration.ofMinutes(7),
                new Detection(1, 2, 3, 4));
        write(tx -> {
            new FailoverSettingsStore(tx).save(tenant, pool, FailoverSettings.DEFAULT, NOW);
            new FailoverSettingsStore(tx).save(tenant, pool, settings, NOW);
            return tx;
        });
        stored(tx -> new FailoverSettingsStore(tx).find(tenant, pool)).isEqualTo(settings);
        stored(tx -> new FailoverSettingsStore(tx).all(tenant)).isEqualTo(Map.of(pool, settings));
        stored(tx -> new FailoverSettingsStore(tx).find(stranger, pool)).isEqualTo(FailoverSettings.DEFAULT);
        stored(tx -> new FailoverSettingsStore(tx).all(stranger)).isEqualTo(Map.of());
    }

    @Test
    void aStateIsSavedOnlyByWhoHasSeenTheLast() {
        PoolState over =
                PoolState.NORMAL.became(FailoverState.FAILED_OVER, Optional.of(other), Optional.of(UUIDS.next()), NOW);
        assertThat(database.<Boolean>write(tx -> new PoolStateStore(tx).save(tenant, pool, over)))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new PoolStateStore(tx).save(tenant, pool, over)))
                .as("another server was first")
                .isFalse();
        PoolState now = read(tx -> new PoolStateStore(tx).find(tenant, pool));
        assertThat(now.standIn()).contains(other);
        stored(tx -> new PoolStateStore(tx).all(tenant).keySet()).isEqualTo(Set.of(pool));
        stored(tx -> new PoolStateStore(tx).findAll(tenant, Set.of(pool, other)).keySet())
                .isEqualTo(Set.of(pool));
        stored(tx -> new PoolStateStore(tx).concerning(tenant, other).keySet()).isEqualTo(Set.of(pool));
        stored(tx -> new PoolStateStore(tx).decided(10_000).contains(new SenderKey(tenant, pool)))
                .isEqualTo(true);

        SenderId third = master();
        write(tx -> {
            new PoolStateStore(tx).replaceStandIn(stranger, other, pool);
            new PoolStateStore(tx).replaceStandIn(tenant, other, third);
            return tx;
        });
        PoolState moved = read(tx -> new PoolStateStore(tx).find(tenant, pool));
        assertThat(moved.standIn()).contains(third);
        assertThat(database.<Boolean>write(tx -> new PoolStateStore(tx).save(tenant, pool, now.normal(NOW))))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new PoolStateStore(tx).save(stranger, pool, moved.normal(NOW))))
                .isFalse();
        assertThat(database.<Boolean>write(tx -> new PoolStateStore(tx).save(tenant, pool, moved.normal(NOW))))
                .isTrue();
        stored(tx -> new PoolStateStore(tx).decided(10_000).contains(new SenderKey(tenant, pool)))
                .isEqualTo(false);

        stored(tx -> new PoolStateStore(tx).find(stranger, pool)).isEqualTo(PoolState.NORMAL);
        assertThat(database.<PoolState>write(tx -> new PoolStateStore(tx).lock(stranger, pool)))
                .isEqualTo(PoolState.NORMAL);
        assertThat(database.<PoolState>write(tx -> new PoolStateStore(tx).lock(tenant, pool)))
                .isNotEqualTo(PoolState.NORMAL);
        stored(tx -> new PoolStateStore(tx).all(stranger)).isEqualTo(Map.of());
        stored(tx -> new PoolStateStore(tx).findAll(stranger, Set.of(pool))).isEqualTo(Map.of());
        stored(tx -> new PoolStateStore(tx).concerning(stranger, third)).isEqualTo(Map.of());
        write(tx -> {
            new SenderStore(tx).delete(stranger, pool);
            return tx;
        });
        stored(tx -> new PoolStateStore(tx).all(tenant).size()).isEqualTo(1);
        write(tx -> {
            new SenderStore(tx).delete(tenant, pool);
            return tx;
        });
        stored(tx -> new PoolStateStore(tx).all(tenant)).isEqualTo(Map.of());
    }

    @Test
    void decisionsAreTheTenantsOwnNewestFirst() {
        FailoverDecision first = decision(Verdict.IMPOSSIBLE);
        FailoverDecision second = decision(Verdict.PROPOSED);
        write(tx -> {
            var store = new FailoverDecisionStore(tx);
            store.insert(tenant, first);
            store.insert(tenant, second);
            return new PoolStateStore(tx)
                    .save(
                            tenant,
                            pool,
                            PoolState.NORMAL.became(
                                    FailoverState.WAITING_FOR_APPROVAL,
                                    Optional.empty(),
                                    Optional.of(second.id()),
                                    NOW));
        });
        stored(tx -> new FailoverDecisionStore(tx).list(tenant, pool, Optional.empty(), 9))
                .isEqualTo(List.of(second, first));
        stored(tx -> new FailoverDecisionStore(tx).list(tenant, pool, Optional.of(second.id()), 9))
                .isEqualTo(List.of(first));
        stored(tx -> new FailoverDecisionStore(tx).find(tenant, first.id())).isEqualTo(Optional.of(first));
        stored(tx -> new FailoverDecisionStore(tx).proposed(tenant, 9)).isEqualTo(List.of(second));
        stored(tx -> new FailoverDecisionStore(tx).tenantOf(first.id())).isEqualTo(Optional.of(tenant));

        stored(tx -> new FailoverDecisionStore(tx).list(stranger, pool, Optional.empty(), 9))
                .isEqualTo(List.of());
        stored(tx -> new FailoverDecisionStore(tx).find(stranger, first.id())).isEqualTo(Optional.empty());
        stored(tx -> new FailoverDecisionStore(tx).proposed(stranger, 9)).isEqualTo(List.of());

        FailoverDecision refused = second.as(Verdict.REFUSED, "someone", Moved.NOTHING, Duration.ofMillis(9));
        write(tx -> {
            new FailoverDecisionStore(tx).end(stranger, refused);
            return tx;
        });
        stored(tx -> new FailoverDecisionStore(tx).find(tenant, second.id())).isEqualTo(Optional.of(second));
        write(tx -> {
            new FailoverDecisionStore(tx).end(tenant, refused);
            return new FailoverDecisionStore(tx).deleteBefore(NOW.plusSeconds(1), 9);
        });
        stored(tx -> new FailoverDecisionStore(tx).list(tenant, pool, Optional.empty(), 9))
                .as("the state of the pool still refers to it")
                .isEqualTo(List.of(refused));
    }

    private FailoverDecision decision(Verdict verdict) {
        return new FailoverDecision(
                UUIDS.next(),
                pool,
                Kind.FAILOVER,
                Cause.DETECTED,
                verdict,
                NOW,
                "No number of the pool can send.",
                "server",
                List.of("a: banned", "b: turned off"),
                List.of("policy auto"),
                Optional.of(other),
                List.of(new Rejected(pool, "paused")),
                new Moved(1, 2, 3),
                Duration.ofMillis(12));
    }

    @Test
    void whatIsLentIsTheTenantsOwn() {
        var servant = new SenderId("servant-" + UUIDS.next());
        write(tx -> {
            var senders = new SenderStore(tx);
            senders.insert(
                    tenant,
                    Sender.fresh(
                            servant,
                            tenant,
                            new Sender.Role.Servant(pool, "support"),
                            "Night desk",
                            Optional.of(new Phone("+971500000901")),
                            DriverKind.SIMULATOR,
                            NOW));
            new LentSenderStore(tx).lendAll(stranger, pool, other, NOW);
            return new LentSenderStore(tx).lendAll(tenant, pool, other, NOW);
        });
        stored(tx -> new LentSenderStore(tx).lent(tenant, pool)).isEqualTo(Map.of(other, 1));
        stored(tx -> new LentSenderStore(tx).lent(stranger, pool)).isEqualTo(Map.of());
        stored(tx -> new SenderStore(tx).belonging(tenant, pool).size()).isEqualTo(1);
        stored(tx -> new SenderStore(tx).belonging(stranger, pool)).isEqualTo(List.of());
        write(tx -> {
            new SenderStore(tx).delete(stranger, pool);
            new LentSenderStore(tx).bringHome(stranger, pool, NOW);
            return tx;
        });
        stored(tx -> new LentSenderStore(tx).lent(tenant, pool).size()).isEqualTo(1);
        write(tx -> {
            new SenderStore(tx).delete(tenant, pool);
            return tx;
        });
        stored(tx -> new LentSenderStore(tx).lent(tenant, pool)).isEqualTo(Map.of());
    }
}
