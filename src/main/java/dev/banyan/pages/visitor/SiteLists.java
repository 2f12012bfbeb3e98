package dev.banyan.pages.visitor;

import module java.base;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.domains.Site;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// All pages for search engines, in lists of at most [#LARGEST]. The starts of the lists are computed once an hour,
/// because that scans all pages.
@Singleton
final class SiteLists {

    /// The maximum of a sitemap (sitemaps.org).
    static final int LARGEST = 50_000;

    private static final int AT_ONCE = 1_000;
    private static final Duration FRESH = Duration.ofHours(1);

    record Listed(String username, Instant updatedAt) {}

    /// @param url at a host of its account
    record ListedAtHost(String url, Instant updatedAt) {}

    /// Receives pages one by one.
    interface Taker {
        void take(Listed page) throws IOException;
    }

    private final Database database;
    private final LoadingCache<Integer, List<Optional<PageId>>> starts;

    SiteLists(Database database, Clock clock) {
        this.database = database;
        this.starts = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build(this::startsOf);
    }

    /// Returns the published pages at a host of an account.
    List<ListedAtHost> at(Site.Pages site) {
        return database.read(
                site.owner().tenant(),
                tx -> new PageStore(tx)
                        .list(site.owner()).stream()
                                .filter(Page::published)
                                .map(page -> listed(site, page))
                                .toList());
    }

    private static ListedAtHost listed(Site.Pages site, Page page) {
        String own = "/" + site.username();
        String path = page.isDefault() ? own : own + "/" + page.slug();
        return new ListedAtHost(
                site.origin() + (path.equals(site.home()) ? "/" : "/" + page.slug()),
                page.updatedAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /// Returns the page before each list; empty for the first one.
    List<Optional<PageId>> starts() {
        return starts.get(LARGEST);
    }

    List<Optional<PageId>> startsOf(int size) {
        var found = new ArrayList<Optional<PageId>>();
        Optional<PageId> start = Optional.empty();
        do {
            found.add(start);
            Optional<PageId> after = start;
            start = database.read(tx -> new PublicContentStore(tx).endOf(after, size));
        } while (start.isPresent());
        return List.copyOf(found);
    }

    /// Passes the pages of one list, with one transaction per step.
    void each(Optional<PageId> after, Taker taker) throws IOException {
        record Step(List<PublicContentStore.Listed> pages, Map<AccountId, String> names) {}
        Optional<PageId> from = after;
        int left = LARGEST;
        while (left > 0) {
            Optional<PageId> last = from;
            int most = Math.min(left, AT_ONCE);
            Step step = database.read(tx -> {
                List<PublicContentStore.Listed> pages = new PublicContentStore(tx).listed(last, most);
                return new Step(
                        pages,
                        Accounts.visible(
                                tx,
                                pages.stream()
                                        .map(PublicContentStore.Listed::account)
                                        .toList()));
            });
            for (PublicContentStore.Listed page : step.pages()) {
                String name = step.names().get(page.account());
                if (name != null) {
                    taker.take(new Listed(name, page.updatedAt().truncatedTo(ChronoUnit.SECONDS)));
                }
            }
            if (step.pages().size() < most) {
                return;
            }
            left -= most;
            from = Optional.of(step.pages().getLast().page());
        }
    }
}
