package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.shortlinks.RedirectCache.AccountState;
import dev.banyan.shortlinks.RedirectCache.Kept;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RedirectCacheTest {

    private final TestClock clock = new TestClock();
    private final RedirectCache cache;
    private final Owner owner;

    RedirectCacheTest(Database database) {
        this.cache = new RedirectCache(Settings.forTests(Path.of("target")), database, OtherNodes.NONE, clock);
        this.owner = StoredAccounts.owner(database, Tier.PRO).owner();
    }

    /// Two requests miss the cache, and each loads the account separately.
    @Test
    void oneChangeOfAnAccountReachesWhatTwoVisitorsLoadedAtOnce() {
        long number = cache.number();
        AccountState one = state(AccountStatus.ACTIVE);
        AccountState other = state(AccountStatus.ACTIVE);
        keep(number, "slug-a", one);
        keep(number, "slug-b", other);
        assertThat(cache.find("slug-a")).isPresent();
        assertThat(cache.find("slug-b")).isPresent();

        cache.drop(owner.account());

        assertThat(cache.find("slug-a")).isEmpty();
        assertThat(cache.find("slug-b")).isEmpty();
        assertThat(cache.account(owner.account())).isEmpty();
    }

    @Test
    void manyVisitorsShareOneState() {
        long number = cache.number();
        AtOnce.run(16, visitor -> {
            keep(number, "slug-" + visitor, state(AccountStatus.ACTIVE));
            return visitor;
        });

        cache.drop(owner.account());

        for (int visitor = 0; visitor < 16; visitor++) {
            assertThat(cache.find("slug-" + visitor)).as("slug-%d", visitor).isEmpty();
        }
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
        long number = cache.number();
        AccountState old = state(AccountStatus.ACTIVE);
        cache.drop(owner.account());

        keep(number, "slug-a", old);
        assertThat(cache.account(owner.account())).isEmpty();
        assertThat(cache.find("slug-a")).isEmpty();

        AccountState suspended = state(AccountStatus.SUSPENDED);
        cache.keep(cache.number(), suspended);
        cache.keep(number, old);
        assertThat(cache.account(owner.account())).as("the newer one").containsSame(suspended);
    }

    @Test
    void slugsOfAnyLengthAreKeptApart() {
        long number = cache.number();
        AccountState state = state(AccountStatus.ACTIVE);
        cache.keep(number, state);
        List<String> slugs = List.of("a", "b", "abcdefgh", "abcdefghi", "abcdefghj", "a-".repeat(30), "b-".repeat(30));
        Map<String, Kept> kept = new HashMap<>();
        for (String slug : slugs) {
            kept.put(slug, new Kept.Plain(state, UUID.randomUUID(), "https://shop.example/é?of=" + slug));
            cache.keep(number, slug, kept.get(slug));
        }
        for (String slug : slugs) {
            assertThat(cache.find(slug)).contains(kept.get(slug));
            assertThat(cache.find(slug + "c")).isEmpty();
        }

        cache.drop("abcdefghi");
        cache.drop("b");

        for (String slug : slugs) {
            boolean dropped = slug.equals("abcdefghi") || slug.equals("b");
            assertThat(cache.find(slug).isEmpty()).as(slug).isEqualTo(dropped);
        }
    }

    /// Where other servers write, what was read is given out for five seconds.
    @Test
    void aLinkIsKeptForItsOwnTimeAndNotForItsAccounts() {
        AccountState state = state(AccountStatus.ACTIVE);
        cache.keep(cache.number(), state);
        clock.forward(Duration.ofSeconds(4));
        cache.keep(cache.number(), "slug-a", new Kept.Plain(state, UUID.randomUUID(), "https://example.com/"));
        clock.forward(Duration.ofSeconds(3));

        assertThat(cache.find("slug-a")).isPresent();
    }

    private AccountState state(AccountStatus status) {
        return new AccountState(owner, status, Optional.empty(), cache.ticket(owner.account()), cache.now());
    }

    private void keep(long number, String slug, AccountState state) {
        cache.keep(number, state);
        cache.keep(number, slug, new Kept.Plain(state, UUID.randomUUID(), "https://example.com/"));
    }
}
