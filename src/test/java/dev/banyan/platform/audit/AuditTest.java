package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import io.quarkus.runtime.ShutdownEvent;
import org.jooq.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AuditTest {

    private static final Actor VISITOR = new Actor(Optional.empty(), "192.0.2.1");

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final Audit audit;

    AuditTest(Database database) {
        this.database = database;
        this.audit = TestAudit.on(database, clock);
    }

    @BeforeEach
    void forgetWhatOtherTestsWrote() {
        database.write(tx -> tx.sql().deleteFrom(AUDIT_EVENTS).execute());
    }

    @Test
    void anActIsNotedWithItsActorItsAccountAndTheDigestOfItsDetails() {
        var actor = new Actor(Optional.of(uuids.nextIdentityId()), "192.0.2.7");
        var owner = new Owner(uuids.nextAccountId(), uuids.nextAccountId());

        database.write(tx -> {
            audit.note(tx, actor, owner, "SubAccountCreated", "target", Map.of("username", "brand"));
            return actor;
        });

        Record row = events().getFirst();
        assertThat(row.get(AUDIT_EVENTS.TENANT_ID)).isEqualTo(owner.tenant());
        assertThat(row.get(AUDIT_EVENTS.ACCOUNT_ID)).isEqualTo(owner.account());
        assertThat(row.get(AUDIT_EVENTS.IDENTITY_ID)).isEqualTo(actor.identity().orElseThrow());
        assertThat(row.get(AUDIT_EVENTS.OCCURRED_AT)).isEqualTo(clock.instant());
        assertThat(row.get(AUDIT_EVENTS.ACTION)).isEqualTo("SubAccountCreated");
        assertThat(row.get(AUDIT_EVENTS.TARGET)).isEqualTo("target");
        assertThat(row.get(AUDIT_EVENTS.IP)).isEqualTo("192.0.2.7");
        assertThat(row.get(AUDIT_EVENTS.DETAILS)).isEqualTo("{\"username\":\"brand\"}");
        assertThat(row.get(AUDIT_EVENTS.DETAILS_DIGEST))
                .isEqualTo(
                        AuditEvent.digest(Optional.of(row.get(AUDIT_EVENTS.DETAILS_SALT)), "{\"username\":\"brand\"}"));
    }

    @Test
    void whatIsDigestedDoesNotDependOnTheOrderOfTheDetails() {
        var forth = new LinkedHashMap<String, Object>();
        forth.put("a", 1);
        forth.put("b", Map.of("x", 1, "y", 2));
        var back = new LinkedHashMap<String, Object>();
        back.put("b", Map.of("y", 2, "x", 1));
        back.put("a", 1);

        database.write(tx -> {
            audit.noteServer(tx, Actor.SERVER, "First", "", forth);
            audit.noteServer(tx, Actor.SERVER, "Second", "", back);
            return audit;
        });

        assertThat(events().getFirst().get(AUDIT_EVENTS.DETAILS))
                .isEqualTo(events().getLast().get(AUDIT_EVENTS.DETAILS));
    }

    /// Otherwise an attacker who can guess the content could verify it with the remaining digest.
    @Test
    void erasedDetailsCannotBeFoundOutByTrying() {
        var owner = new Owner(uuids.nextAccountId(), uuids.nextAccountId());
        database.write(tx -> {
            audit.note(tx, Actor.SERVER, owner, "UsernameChanged", "target", Map.of("username", "brand"));
            audit.note(tx, Actor.SERVER, owner, "UsernameChanged", "target", Map.of("username", "brand"));
            return audit;
        });

        assertThat((int) database.write(tx -> audit.eraseDetails(tx, owner, 10)))
                .isEqualTo(2);

        assertThat(events()).allSatisfy(row -> {
            assertThat(row.get(AUDIT_EVENTS.DETAILS)).isNull();
            assertThat(row.get(AUDIT_EVENTS.DETAILS_SALT)).isNull();
            assertThat(row.get(AUDIT_EVENTS.DETAILS_DIGEST))
                    .isNotEqualTo(Digests.sha256Hex("{\"username\":\"brand\"}"));
        });
        assertThat(events().getFirst().get(AUDIT_EVENTS.DETAILS_DIGEST))
                .isNotEqualTo(events().getLast().get(AUDIT_EVENTS.DETAILS_DIGEST));
    }

    @Test
    void whatDidNotHappenIsNotNoted() {
        assertThatThrownBy(() -> database.write(tx -> {
                    audit.noteServer(tx, Actor.SERVER, "Never", "", Map.of());
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");

        assertThat(events()).isEmpty();
    }

    @Test
    void denialsAreSummedUpPerCallerRouteAndMinute() {
        var other = new Actor(Optional.of(uuids.nextIdentityId()), "192.0.2.1");
        AtOnce.run(20, _ -> denied(VISITOR, "GET /api/admin/GetPages"));
        denied(VISITOR, "GET /api/admin/GetLinks");
        denied(other, "GET /api/admin/GetPages");
        clock.forward(Duration.ofMinutes(1));
        denied(VISITOR, "GET /api/admin/GetPages");
        clock.forward(Duration.ofMinutes(1));

        audit.writeDenials();

        assertThat(denials())
                .containsExactlyInAnyOrder(
                        "GET /api/admin/GetPages {\"times\":20}",
                        "GET /api/admin/GetLinks {\"times\":1}",
                        "GET /api/admin/GetPages {\"times\":1}",
                        "GET /api/admin/GetPages {\"times\":1}");
        assertThat(events()).allMatch(row -> row.get(AUDIT_EVENTS.TENANT_ID).equals(AccountId.SERVER));
    }

    @Test
    void denialsAreWrittenOnceAndWhenTheirMinuteIsOver() {
        denied(VISITOR, "login");
        audit.writeDenials();
        assertThat(events()).isEmpty();

        clock.forward(Duration.ofMinutes(1));
        audit.writeDenials();
        audit.writeDenials();

        assertThat(denials()).containsExactly("login {\"times\":1}");
    }

    /// The job runs every 15 seconds, and a stop writes too.
    @Test
    void denialsAreWrittenOnceByTwoRunsAtOnce() {
        for (int i = 0; i < 1_000; i++) {
            denied(VISITOR, "GET /" + i);
        }
        clock.forward(Duration.ofMinutes(1));

        AtOnce.run(4, _ -> {
            audit.writeDenials();
            assertThat(denials()).as("once a run has ended, all are written").hasSize(1_000);
            return audit;
        });
    }

    @Test
    void aStopWritesTheMinuteThatIsNotOver() {
        denied(VISITOR, "login");

        audit.atShutdown(new ShutdownEvent());

        assertThat(denials()).containsExactly("login {\"times\":1}");
    }

    @Test
    void aLongAddressIsCutAndStopsNoOtherDenial() {
        denied(VISITOR, "GET /" + "x".repeat(8_000));
        denied(VISITOR, "login");
        clock.forward(Duration.ofMinutes(1));

        audit.writeDenials();

        assertThat(denials()).hasSize(2).contains("login {\"times\":1}");
    }

    @Test
    void anAttackFromEverywhereCannotFillTheDiskOrHideAKnownCaller() {
        denied(VISITOR, "login");
        for (int i = 0; i < 11_000; i++) {
            denied(VISITOR, "GET /" + i);
        }
        denied(VISITOR, "login");
        clock.forward(Duration.ofMinutes(1));

        audit.writeDenials();

        assertThat(denials()).hasSize(10_000).contains("login {\"times\":2}");
    }

    private Actor denied(Actor actor, String route) {
        audit.denied(actor, route);
        return actor;
    }

    private List<String> denials() {
        return events().stream()
                .filter(row -> row.get(AUDIT_EVENTS.ACTION).equals("AccessDenied"))
                .map(row -> row.get(AUDIT_EVENTS.TARGET) + " " + row.get(AUDIT_EVENTS.DETAILS))
                .toList();
    }

    private List<? extends Record> events() {
        return database.read(
                tx -> tx.sql().selectFrom(AUDIT_EVENTS).orderBy(AUDIT_EVENTS.ID).fetch());
    }
}
