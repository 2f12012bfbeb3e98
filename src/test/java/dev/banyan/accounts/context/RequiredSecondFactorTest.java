package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.TestFactors;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.TestLimits;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequiredSecondFactorTest {

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Audit audit;

    @Inject
    TestClock clock;

    @Inject
    TestFactors factors;

    @Test
    void operatorsNeedOneWhereTheServerSaysSo() {
        TestWorld.Person person = world.person("running");
        assertThat(on("off").isMissing(person.identity())).isFalse();
        assertThat(on("required").isMissing(person.identity())).isTrue();
        factors.app(person);
        assertThat(on("required").isMissing(person.identity())).isFalse();
    }

    @Test
    void managersCannotChangeIt() {
        var context = world.context(world.acme());
        var manager = new AccountContext(
                context.actor(),
                context.identity(),
                context.root(),
                context.acting(),
                new Membership(MemberRole.MANAGER, true, false));
        assertThat(on("off").require(manager, true)).isInstanceOf(RequiredSecondFactor.Changed.NotOwner.class);
        assertThat(on("off").isRequired(context)).isFalse();
    }

    @Test
    void onlyTheSetUpIsOpenMeanwhile() {
        for (String open : new String[] {
            "GET /admin/settings/second-factor",
            "POST /admin/settings/second-factor/enable",
            "POST /admin/settings/passkeys/options",
            "POST /api/admin/2fatokensetup"
        }) {
            assertThat(RequiredSecondFactor.setsUp(open)).as(open).isTrue();
        }
        for (String closed : new String[] {
            "GET /admin/settings", "GET /admin/settings/second-factors", "POST /api/admin/apikeyscreate", "GET /"
        }) {
            assertThat(RequiredSecondFactor.setsUp(closed)).as(closed).isFalse();
        }
    }

    private RequiredSecondFactor on(String demand) {
        return new RequiredSecondFactor(database, TestLimits.settings("operators-second-factor", demand), audit, clock);
    }
}
