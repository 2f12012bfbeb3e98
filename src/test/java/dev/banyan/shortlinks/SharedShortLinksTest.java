package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPasswords;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.accounts.domains.OwnHosts;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import org.junit.jupiter.api.Test;

/// A tenant whose accounts share their limits (`BANYAN_QUOTA=shared`).
@OnEveryDatabase
class SharedShortLinksTest {

    private final ShortLinks links;
    private final AccountContext agency;
    private final AccountContext brand;

    SharedShortLinksTest(Database database) {
        Clock clock = new TestClock();
        Settings settings = Settings.forTests(Path.of("target"));
        this.links = new ShortLinks(
                database,
                new TestPlans(database, clock, Map.of("BANYAN_QUOTA", "shared")).quotas(),
                TestPasswords.real(),
                new ShortLinkTargets(new Loops(new OwnHosts(settings), List.of(new ShortLinkWay())), new TestChats()),
                new RedirectCache(settings, database, OtherNodes.NONE, clock),
                TestAudit.on(database, clock),
                clock,
                new Uuids(clock));
        this.agency = StoredAccounts.agency(database);
        this.brand = StoredAccounts.brandOf(database, agency);
    }

    @Test
    void aListSaysHowManyTheAccountHasAndHowManyAreUsedTogether() {
        for (int i = 0; i < 3; i++) {
            assertThat(links.addSample(
                            agency, agency.acting().username() + i, "https://example.com/", "Spring", List.of()))
                    .isTrue();
        }

        ShortLinks.Listed ofBrand = listed(brand);
        assertThat(ofBrand.links()).isEmpty();
        assertThat(ofBrand.total()).isZero();
        assertThat(ofBrand.use().used()).isEqualTo(3);
        assertThat(listed(agency).total()).isEqualTo(3);
    }

    private ShortLinks.Listed listed(AccountContext context) {
        return links.list(context, ShortLinkQuery.all(Order.CLICKS, Optional.empty(), 2));
    }
}
