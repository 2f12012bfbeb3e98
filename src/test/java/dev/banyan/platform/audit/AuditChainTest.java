package dev.banyan.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.AuditVerification.Broken;
import dev.banyan.platform.audit.AuditVerification.Chain;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sealing and verifying, and manipulation of the tables.
@OnEveryDatabase
class AuditChainTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final Audit audit;
    private final AuditChain chain;
    private final Actor person = new Actor(Optional.of(uuids.nextIdentityId()), "192.0.2.7");

    AuditChainTest(Database database) {
        this.database = database;
        this.audit = TestAudit.on(database, clock);
        this.chain = new AuditChain(database);
    }

    @BeforeEach
    void forgetWhatOtherTestsWrote() {
        sql("DELETE FROM audit_events");
        sql("DELETE FROM audit_chains");
    }

    @Test
    void eachTenantHasAChainWithoutGaps() {
        AccountId first = tenant();
        AccountId second = tenant();
        note(first, 3);
        note(second, 2);
        note(first, 1);
        noteServer();

        chain.seal();

        assertThat(sequences(first)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sequences(second)).containsExactly(1L, 2L);
        assertThat(sequences(AccountId.SERVER)).containsExactly(1L);
        assertThat(verify())
                .hasSize(3)
                .allSatisfy(found -> assertThat(found.broken()).isEmpty());
        assertThat(verify(first).sealed()).isEqualTo(4);
    }

    @Test
    void aRowThatCommitsLateIsSealedLater() {
        AccountId tenant = tenant();
        note(tenant, 2);
        clock.forward(Duration.ofSeconds(1));
        String early = uuids.next().toString(); // its transaction is still in progress
        clock.forward(Duration.ofSeconds(1));
        note(tenant, 1);
        chain.seal();
        insert(tenant, early);
        note(tenant, 1);

        assertThat(verify(tenant).unsealed()).isEqualTo(2);
        chain.seal();

        assertThat(select("SELECT sequence FROM audit_events WHERE id = '" + early + "'"))
                .containsExactly("4");
        assertThat(verify(tenant))
                .isEqualTo(new Chain(tenant, 5, 0, verify(tenant).end(), Optional.empty()));
    }

    @Test
    void sealingAgainChangesNothing() {
        AccountId tenant = tenant();
        note(tenant, 3);
        chain.seal();
        Object before = rows();

        chain.seal();

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void nodesThatSealAtTheSameTimeMakeOneChain() {
        AccountId first = tenant();
        AccountId second = tenant();
        for (int round = 0; round < 5; round++) {
            AtOnce.run(4, i -> {
                note(i % 2 == 0 ? first : second, 5);
                return i;
            });
            AtOnce.run(4, i -> {
                new AuditChain(database).seal();
                return i;
            });
        }

        assertThat(verify(first))
                .isEqualTo(new Chain(first, 50, 0, verify(first).end(), Optional.empty()));
        assertThat(verify(second).sealed()).isEqualTo(50);
        assertThat(verify(second).broken()).isEmpty();
    }

    @Test
    void whatWaitedForLongIsSealedInBatches() {
        AccountId tenant = tenant();
        note(tenant, 2_300);
        assertThat((int) database.write(tx -> AuditChain.seal(tx, 1_000))).isEqualTo(1_000);
        assertThat(verify(tenant).unsealed()).isEqualTo(1_300);

        chain.seal();

        assertThat(verify(tenant).sealed()).isEqualTo(2_300);
        assertThat(verify(tenant).broken()).isEmpty();
    }

    @Test
    void erasedDetailsBreakNothing() {
        AccountId tenant = tenant();
        note(tenant, 3);
        chain.seal();

        sql("UPDATE audit_events SET details = NULL, details_salt = NULL WHERE sequence < 3");

        assertThat(verify(tenant).broken()).isEmpty();
    }

    /// Manipulations of a chain of six rows, with the places where they are detected.
    private static Map<String, Broken> tampering() {
        var changed = " (SubAccountCreated) was changed or replaced";
        var acts = new LinkedHashMap<String, Broken>();
        for (String column : List.of(
                "occurred_at = occurred_at + 1",
                "identity_id = NULL",
                "identity_id = 'somebody else'",
                "account_id = NULL",
                "account_id = '00000000-0000-7000-8000-000000000000'",
                "target = 'another'",
                "target = target || ' '",
                "ip = '192.0.2.8'",
                "chain_hash = '" + "0".repeat(64) + "'",
                "chain_hash = NULL",
                "details_digest = '" + "0".repeat(64) + "'",
                "details = NULL, details_digest = '" + "0".repeat(64) + "'")) {
            acts.put("UPDATE audit_events SET " + column + " WHERE sequence = 3", new Broken(3, changed));
        }
        acts.put(
                "UPDATE audit_events SET action = 'SubAccountDeleted' WHERE sequence = 3",
                new Broken(3, " (SubAccountDeleted) was changed or replaced"));
        acts.put(
                "UPDATE audit_events SET id = '01900000-0000-7000-8000-000000000001' WHERE sequence = 3",
                new Broken(3, "the row 01900000-0000-7000-8000-000000000001" + changed));
        acts.put(
                "UPDATE audit_events SET details = '{\"number\":\"9\"}' WHERE sequence = 3",
                new Broken(3, " (SubAccountCreated) were changed"));
        acts.put("UPDATE audit_events SET details_salt = 'another' WHERE sequence = 3", new Broken(3, " were changed"));
        acts.put(
                "UPDATE audit_events SET details = details_salt || '\n' || details, details_salt = NULL"
                        + " WHERE sequence = 3",
                new Broken(3, " were changed"));
        acts.put("UPDATE audit_events SET details = '' WHERE sequence = 3", new Broken(3, " were changed"));
        acts.put("DELETE FROM audit_events WHERE sequence = 3", new Broken(3, "the row is missing"));
        acts.put("DELETE FROM audit_events WHERE sequence = 1", new Broken(1, "the row is missing"));
        acts.put("DELETE FROM audit_events WHERE sequence IN (2, 3, 4)", new Broken(2, "the rows up to 4 are missing"));
        acts.put(
                "DELETE FROM audit_events WHERE sequence = 6",
                new Broken(6, "the row is missing: the end was cut off"));
        acts.put(
                "DELETE FROM audit_events WHERE sequence > 4",
                new Broken(5, "the rows up to 6 are missing: the end was cut off"));
        acts.put(
                "DELETE FROM audit_events WHERE sequence IS NOT NULL",
                new Broken(1, "the rows up to 6 are missing: the end was cut off"));
        acts.put("UPDATE audit_events SET sequence = NULL WHERE sequence = 2", new Broken(2, "the row is missing"));
        acts.put(
                "UPDATE audit_events SET sequence = 9 WHERE sequence = 6",
                new Broken(6, "the rows up to 8 are missing"));
        acts.put(
                "UPDATE audit_events SET tenant_id = 'nobody' WHERE sequence = 4", new Broken(4, "the row is missing"));
        acts.put(
                "UPDATE audit_chains SET sequence = 5 WHERE sequence = 6",
                new Broken(6, "rows were added after the end of the chain, row 5"));
        acts.put(
                "UPDATE audit_chains SET chain_hash = '' WHERE sequence = 6",
                new Broken(6, "the entry for the end of the chain was changed"));
        acts.put(
                "DELETE FROM audit_chains WHERE sequence = 6",
                new Broken(6, "the end of the chain is unknown: its entry is missing"));
        return acts;
    }

    @Test
    void everythingThatSomebodyChangesByHandIsFound() {
        var softly = new SoftAssertions();
        tampering().forEach((statement, expected) -> {
            forgetWhatOtherTestsWrote();
            AccountId tenant = tenant();
            note(tenant, 6);
            chain.seal();
            assertThat(verify(tenant).broken()).isEmpty();

            sql(statement);

            softly.assertThat(verify(tenant).broken())
                    .as(statement)
                    .hasValueSatisfying(broken -> softly.assertThat(broken.sequence() + " " + broken.what())
                            .as(statement)
                            .startsWith(expected.sequence() + " ")
                            .endsWith(expected.what()));
        });
        softly.assertAll();
    }

    @Test
    void rowsThatChangePlacesAreFound() {
        AccountId tenant = tenant();
        note(tenant, 5);
        chain.seal();

        sql("UPDATE audit_events SET sequence = 99 WHERE sequence = 2");
        sql("UPDATE audit_events SET sequence = 2 WHERE sequence = 3");
        sql("UPDATE audit_events SET sequence = 3 WHERE sequence = 99");

        assertThat(verify(tenant).broken().map(Broken::sequence)).contains(2L);
    }

    @Test
    void aRowFitsIntoNoOtherChain() {
        AccountId first = tenant();
        AccountId second = tenant();
        note(first, 1);
        note(second, 1);
        chain.seal();

        sql("UPDATE audit_events SET sequence = 7 WHERE tenant_id = '" + first + "'");
        sql("UPDATE audit_events SET tenant_id = '" + first + "' WHERE tenant_id = '" + second + "'");
        sql("UPDATE audit_events SET tenant_id = '" + second + "' WHERE sequence = 7");
        sql("UPDATE audit_events SET sequence = 1");

        assertThat(verify(first).broken().map(Broken::sequence)).contains(1L);
        assertThat(verify(second).broken().map(Broken::sequence)).contains(1L);
    }

    @Test
    void whatIsSealedAfterAChangeDoesNotHideIt() {
        AccountId tenant = tenant();
        note(tenant, 3);
        chain.seal();
        sql("UPDATE audit_events SET sequence = NULL, chain_hash = NULL WHERE sequence = 2");

        note(tenant, 1);
        chain.seal();

        assertThat(verify(tenant).broken()).contains(new Broken(2, "the row is missing"));
    }

    @Test
    void oneBrokenChainLeavesTheOthersWhole() {
        AccountId first = tenant();
        AccountId second = tenant();
        note(first, 2);
        note(second, 2);
        chain.seal();

        sql("UPDATE audit_events SET target = 'x' WHERE sequence = 1 AND tenant_id = '" + first + "'");

        assertThat(verify(first).broken()).isPresent();
        assertThat(verify(second).broken()).isEmpty();
    }

    @Test
    void fieldsCannotFlowIntoEachOther() {
        var one = new AuditLink("id", 1, Optional.of("a"), Optional.empty(), "Act", "b", "digest", "ip");
        var moved = new AuditLink("id", 1, Optional.empty(), Optional.of("a"), "Act", "b", "digest", "ip");
        var longer = new AuditLink("id", 1, Optional.of("a"), Optional.empty(), "Act\n1:b", "", "digest", "ip");

        assertThat(List.of(one.hash("p", 1), moved.hash("p", 1), longer.hash("p", 1), one.hash("p", 2)))
                .doesNotHaveDuplicates();
    }

    private AccountId tenant() {
        return uuids.nextAccountId();
    }

    private void note(AccountId tenant, int times) {
        database.write(tx -> {
            IntStream.range(0, times)
                    .forEach(i -> audit.note(
                            tx,
                            person,
                            new Owner(tenant, tenant),
                            "SubAccountCreated",
                            "target " + i,
                            Map.of("number", Integer.toString(i))));
            return tenant;
        });
    }

    private void noteServer() {
        database.write(tx -> {
            audit.noteServer(tx, Actor.SERVER, "OperatorCreated", "target", Map.of());
            return tx;
        });
    }

    private void insert(AccountId tenant, String id) {
        sql("INSERT INTO audit_events (id, tenant_id, occurred_at, action, target, details_digest, ip) VALUES ('" + id
                + "', '" + tenant + "', 1, 'Late', 't', 'd', 'ip')");
    }

    private List<Chain> verify() {
        var chains = new ArrayList<Chain>();
        AuditVerification.run(database, chains::add);
        return chains;
    }

    private Chain verify(AccountId tenant) {
        return verify().stream()
                .filter(found -> found.tenant().equals(tenant))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> sequences(AccountId tenant) {
        return select("SELECT sequence FROM audit_events WHERE tenant_id = '" + tenant + "' ORDER BY id").stream()
                .map(Long::valueOf)
                .toList();
    }

    private String rows() {
        return database.read(tx -> tx.sql().fetch("SELECT * FROM audit_events ORDER BY id") + " "
                + tx.sql().fetch("SELECT * FROM audit_chains ORDER BY tenant_id"));
    }

    private List<String> select(String query) {
        return database.read(tx -> tx.sql().fetch(query).getValues(0, String.class));
    }

    private void sql(String statement) {
        database.write(tx -> tx.sql().execute(statement));
    }
}
