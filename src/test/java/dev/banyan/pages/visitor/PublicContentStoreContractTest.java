package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PublicContentStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner stranger;
    private final PageId page;

    PublicContentStoreContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
        this.page = newPage(owner, true);
    }

    private PageId newPage(Owner of, boolean isDefault) {
        var id = new PageId(UUIDS.next());
        database.write(tx -> new PageStore(tx)
                .insert(
                        of,
                        new Page(
                                id,
                                of,
                                "page-" + id.toString().substring(30),
                                "Page",
                                isDefault,
                                true,
                                0,
                                0,
                                NOW,
                                NOW,
                                Optional.empty())));
        return id;
    }

    private void sql(String statement, Object... values) {
        database.write(tx -> tx.sql().execute(statement, values));
    }

    @Test
    void aPageIsFoundByItsIdAlone() {
        assertThat(findForVisitor(page)).contains(owner);
        assertThat(findForVisitor(new PageId(UUIDS.next()))).isEmpty();
    }

    private Optional<Owner> findForVisitor(PageId id) {
        return database.read(tx -> new PublicContentStore(tx).findForVisitor(id));
    }

    private Optional<PageId> endOf(Optional<PageId> after, int size) {
        return database.read(tx -> new PublicContentStore(tx).endOf(after, size));
    }

    @Test
    void listsHoldPublishedDefaultPagesAndFollowOneAnother() {
        newPage(owner, false);
        PageId second = newPage(stranger, true);
        PageId third = newPage(StoredAccounts.owner(database, Tier.FREE).owner(), true);
        PageId hidden = newPage(StoredAccounts.owner(database, Tier.FREE).owner(), true);
        sql("UPDATE pages SET is_published = 0 WHERE id = ?", hidden.toString());
        Optional<PageId> before = Optional.of(new PageId(new java.util.UUID(
                page.value().getMostSignificantBits(), page.value().getLeastSignificantBits() - 1)));

        assertThat(listed(before, 10)).containsExactly(page, second, third);
        assertThat(listed(Optional.of(page), 1)).containsExactly(second);
        assertThat(endOf(before, 2)).contains(second);
        assertThat(endOf(before, 3)).isEmpty();
        Map<AccountId, String> visible =
                database.read(tx -> Accounts.visible(tx, List.of(owner.account(), stranger.account())));
        assertThat(visible).containsOnlyKeys(owner.account(), stranger.account());
    }

    private List<PageId> listed(Optional<PageId> after, int most) {
        return database.read(tx -> new PublicContentStore(tx).listed(after, most)).stream()
                .map(PublicContentStore.Listed::page)
                .toList();
    }
}
