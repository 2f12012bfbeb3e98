package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.accounts.domains.OwnHosts;
import dev.banyan.pages.visitor.LinkVisits;
import dev.banyan.pages.visitor.LinkVisits.Unlocked;
import dev.banyan.pages.visitor.PublicPageCache;
import dev.banyan.pages.visitor.UnlockPasses;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.secrets.TestSecrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many wrong codes a visitor may enter for a locked link.
class LinkLockLimitTest {

    private static final String VISITOR = "192.0.2.7";

    private final TestClock clock = new TestClock();
    private final Database database = TestDatabases.SQLITE.newCopy();
    private final LinkVisits visits;
    private final LinkId link;
    private final LinkId other;

    LinkLockLimitTest(@TempDir Path data) {
        var quotas = new TestPlans(database, clock).quotas();
        this.visits = new LinkVisits(
                database,
                new PublicPageCache(Settings.forTests(data), database, OtherNodes.NONE, clock),
                quotas,
                new PlanFlags(quotas),
                new UnlockPasses(TestSecrets.of(Settings.forTests(data)), clock),
                TestLimits.on(clock),
                new Loops(new OwnHosts(Settings.forTests(data)), List.of()),
                clock);
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);
        var uuids = new Uuids(clock);
        var page = new Page(
                new PageId(uuids.next()),
                owner.owner(),
                "main",
                "Main",
                true,
                true,
                0,
                2,
                clock.instant(),
                clock.instant(),
                Optional.empty());
        this.link = new LinkId(uuids.next());
        this.other = new LinkId(uuids.next());
        database.write(tx -> {
            new PageStore(tx).insert(owner.owner(), page);
            for (LinkId id : new LinkId[] {link, other}) {
                new LinkStore(tx)
                        .insert(
                                owner.owner(),
                                new Link(
                                        id,
                                        page.id(),
                                        "Vault",
                                        "https://hidden.example/",
                                        0,
                                        true,
                                        0,
                                        Optional.empty(),
                                        LinkStyle.PLAIN,
                                        Optional.empty(),
                                        Optional.of(new LinkLock(LinkLock.Type.CODE, "Sesame", "")),
                                        LinkKind.LINK,
                                        ""),
                                clock.instant());
            }
            return page;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void afterTenWrongCodesEvenTheRightOneWaits() {
        for (int i = 0; i < 10; i++) {
            assertThat(visits.unlock(link, "wrong" + i, false, VISITOR)).isInstanceOf(Unlocked.WrongCode.class);
        }
        assertThat(visits.unlock(link, "Sesame", false, VISITOR))
                .isInstanceOfSatisfying(
                        Unlocked.TooMany.class,
                        tooMany -> assertThat(tooMany.retryAfter())
                                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
        assertThat(visits.unlock(other, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.Done.class);
        assertThat(visits.unlock(link, "Sesame", false, "192.0.2.8")).isInstanceOf(Unlocked.Done.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(visits.unlock(link, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.Done.class);
    }

    @Test
    void manyAddressesTogetherHaveOnlySoManyTries() {
        for (int i = 0; i < 200; i++) {
            assertThat(visits.unlock(link, "wrong" + i, false, "198.51.100." + i / 10))
                    .isInstanceOf(Unlocked.WrongCode.class);
        }
        assertThat(visits.unlock(link, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.TooMany.class);
        assertThat(visits.unlock(other, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.Done.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(visits.unlock(link, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.Done.class);
    }

    @Test
    void rightCodesCostNothing() {
        for (int i = 0; i < 30; i++) {
            assertThat(visits.unlock(link, "Sesame", false, VISITOR)).isInstanceOf(Unlocked.Done.class);
        }
    }
}
