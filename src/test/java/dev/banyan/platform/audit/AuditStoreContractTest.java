package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AuditStoreContractTest {

    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;

    AuditStoreContractTest(Database database) {
        this.database = database;
    }

    @Test
    void anEventIsStoredWhole() {
        var actor = new Actor(Optional.of(UUIDS.nextIdentityId()), "2001:db8::ffff:192.0.2.1");
        AccountId tenant = UUIDS.nextAccountId();
        AuditEvent event = event(actor, Optional.of(UUIDS.nextAccountId()));

        insert(tenant, event);

        assertThat(stored(tenant, event)).isEqualTo(event);
        assertThat(found(tenant)).isEqualTo(1);
        assertThat(found(UUIDS.nextAccountId())).isZero();
    }

    private int found(AccountId tenant) {
        return database.<Integer>read(tx -> new AuditSearchStore(tx)
                .ofTenant(tenant, AuditFilter.ALL, Optional.empty(), 9)
                .size());
    }

    @Test
    void whatWasDoneToOneThingIsFound() {
        var actor = new Actor(Optional.of(UUIDS.nextIdentityId()), "192.0.2.1");
        AccountId tenant = UUIDS.nextAccountId();
        insert(tenant, event(actor, Optional.empty()));

        assertThat(foundOf(tenant, "target", Optional.empty())).isEqualTo(1);
        assertThat(foundOf(tenant, "other", Optional.empty())).isZero();
        assertThat(foundOf(UUIDS.nextAccountId(), "target", Optional.empty())).isZero();
        assertThat(foundOf(tenant, "target", Optional.of(new AuditFilter.By.AnyPerson())))
                .isEqualTo(1);
        assertThat(foundOf(tenant, "target", Optional.of(new AuditFilter.By.Named("name", "\"Crème 🌿 'quoted'\""))))
                .isEqualTo(1);
        assertThat(foundOf(tenant, "target", Optional.of(new AuditFilter.By.Named("name", "\"Crème\""))))
                .isZero();
    }

    private int foundOf(AccountId tenant, String target, Optional<AuditFilter.By> by) {
        var filter = new AuditFilter(
                Optional.empty(), Optional.empty(), by, Optional.empty(), Optional.empty(), Optional.empty(), "");
        return database.<Integer>read(tx -> new AuditSearchStore(tx)
                .ofTarget(tenant, target, filter, Optional.empty(), 9)
                .size());
    }

    @Test
    void anEventOfNobodyOnNoAccountIsStored() {
        AuditEvent event = event(Actor.SERVER, Optional.empty());

        insert(AccountId.SERVER, event);

        assertThat(stored(AccountId.SERVER, event)).isEqualTo(event);
    }

    private static AuditEvent event(Actor actor, Optional<AccountId> account) {
        String details = "{\"name\":\"Crème 🌿 'quoted'\"}";
        return new AuditEvent(
                UUIDS.next(),
                Instant.parse("2026-11-20T10:00:00.123Z"),
                actor,
                account,
                "SubAccountCreated",
                "target",
                Digests.sha256Hex(details),
                details,
                Optional.of("salt"));
    }

    private void insert(AccountId tenant, AuditEvent event) {
        database.write(tx -> {
            new AuditStore(tx).insert(tenant, event);
            return event;
        });
    }

    private AuditEvent stored(AccountId tenant, AuditEvent event) {
        return database.read(tx -> tx.sql()
                .selectFrom(AUDIT_EVENTS)
                .where(
                        AUDIT_EVENTS.TENANT_ID.eq(tenant),
                        AUDIT_EVENTS.ID.eq(event.id().toString()))
                .fetchSingle(row -> new AuditEvent(
                        event.id(),
                        row.get(AUDIT_EVENTS.OCCURRED_AT),
                        new Actor(Optional.ofNullable(row.get(AUDIT_EVENTS.IDENTITY_ID)), row.get(AUDIT_EVENTS.IP)),
                        Optional.ofNullable(row.get(AUDIT_EVENTS.ACCOUNT_ID)),
                        row.get(AUDIT_EVENTS.ACTION),
                        row.get(AUDIT_EVENTS.TARGET),
                        row.get(AUDIT_EVENTS.DETAILS_DIGEST),
                        row.get(AUDIT_EVENTS.DETAILS),
                        Optional.ofNullable(row.get(AUDIT_EVENTS.DETAILS_SALT)))));
    }

    @Test
    void whatAPersonDidIsFoundTheLatestFirst() {
        IdentityId person = UUIDS.nextIdentityId();
        AccountId tenant = UUIDS.nextAccountId();
        var actor = new Actor(Optional.of(person), "192.0.2.1");
        AuditEvent first = noted(tenant, actor, "one", "{\"name\":\"Harbor\"}");
        AuditEvent again = noted(tenant, actor, "one", "{\"name\":\"Harbor\"}");
        AuditEvent other = noted(tenant, actor, "two", "{\"name\":\"Marina\"}");
        noted(tenant, new Actor(Optional.of(UUIDS.nextIdentityId()), "192.0.2.1"), "one", "{}");

        assertThat(doneBy(tenant, person, "SubAccountCreated", 9))
                .as("the same once")
                .containsExactly(other.id(), again.id())
                .doesNotContain(first.id());
        assertThat(doneBy(tenant, person, "SubAccountCreated", 1)).containsExactly(other.id());
        assertThat(doneBy(tenant, person, "SubAccountDeleted", 9)).isEmpty();
        assertThat(doneBy(tenant, UUIDS.nextIdentityId(), "SubAccountCreated", 9))
                .isEmpty();
        assertThat(doneBy(UUIDS.nextAccountId(), person, "SubAccountCreated", 9))
                .isEmpty();
    }

    @Test
    void whatAUserOfAWorkspaceDidIsFound() {
        AccountId tenant = UUIDS.nextAccountId();
        var visitor = new Actor(Optional.empty(), "192.0.2.1");
        AuditEvent ofFive = noted(tenant, visitor, "one", "{\"workspaceUser\":5}");
        noted(tenant, visitor, "one", "{\"workspaceUser\":55}");
        noted(tenant, visitor, "two", "{\"workspaceUser\":5}");

        var five = new AuditFilter.By.Named("workspaceUser", "5");
        assertThat(ids(store -> store.doneBy(tenant, five, "one", Set.of("SubAccountCreated"), 9)))
                .containsExactly(ofFive.id());
    }

    private AuditEvent noted(AccountId tenant, Actor actor, String target, String details) {
        var event = new AuditEvent(
                UUIDS.next(),
                Instant.parse("2026-11-20T10:00:00.123Z"),
                actor,
                Optional.empty(),
                "SubAccountCreated",
                target,
                Digests.sha256Hex(details),
                details,
                Optional.empty());
        insert(tenant, event);
        return event;
    }

    private List<UUID> doneBy(AccountId tenant, IdentityId person, String action, int limit) {
        return ids(store -> store.doneBy(tenant, person, Set.of(action), limit));
    }

    private List<UUID> ids(Function<AuditSearchStore, List<AuditEntry>> question) {
        return database.<List<AuditEntry>>read(tx -> question.apply(new AuditSearchStore(tx))).stream()
                .map(AuditEntry::id)
                .toList();
    }
}
