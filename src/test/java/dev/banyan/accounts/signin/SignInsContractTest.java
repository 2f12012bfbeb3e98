package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/// Every way to sign in and every result can be stored in the history, on both databases: a single one that fails would
/// block all later ones.
@OnEveryDatabase
class SignInsContractTest {

    private final Database database;
    private final AccountContext agency;

    SignInsContractTest(Database database) {
        this.database = database;
        this.agency = StoredAccounts.agency(database);
    }

    @Test
    void everyWayAndOutcomeIsKept() {
        IdentityId identity = agency.identity();
        var clock = Clock.systemUTC();
        var signIns = new SignIns(database, TestAudit.on(database, clock), clock, new Uuids(clock));
        var expected = new ArrayList<String>();
        for (SignIn.Method way : SignIn.Method.values()) {
            for (SignIn.Outcome outcome : SignIn.Outcome.values()) {
                signIns.note(identity, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Device.UNKNOWN, way, outcome);
                expected.add(way.key() + " " + outcome.key());
            }
        }

        signIns.write();

        assertThat(database.<List<String>>read(tx -> tx.sql()
                        .fetch("SELECT way || ' ' || outcome FROM sign_ins WHERE identity_id = ?", identity.toString())
                        .map(row -> row.get(0, String.class))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
