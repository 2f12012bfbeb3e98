package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
                .insert(of, new Page(id, of, "page-" + id.toString().substring(30), "Page", isDefault, true, 0, 0, NOW, NOW)));
        return id;
    }

    private void sql(String statement, Object... values) {
        database.write(tx -> tx.sql().execute(statement, values));
    }

    private void icon(String platform, int position, boolean active) {
        sql(
                "INSERT INTO social_icons (id, tenant_id, account_id, platform, url, position, active, created_at,"
                        + " updated_at) VALUES (?, ?, ?, ?, 'https://a.example/', ?, ?, 0, 0)",
                UUIDS.next().toString(),
                owner.tenant().toString(),
                owner.account().toString(),
                platform,
                position,
                active ? 1 : 0);
    }

    @Test
    void iconsAreThoseThatAreShownInTheirOrder() {
        icon("youtube", 3, true);
        icon("tiktok", 1, false);
        icon("instagram", 2, true);

        assertThat(database.read(tx -> new PublicContentStore(tx).icons(owner)))
                .extracting(SocialIcon::platform)
                .containsExactly("instagram", "youtube");
        assertThat(database.read(tx -> new PublicContentStore(tx).icons(stranger))).isEmpty();
    }

    @Test
    void aPageIsFoundByItsIdAlone() {
        assertThat(database.read(tx -> new PublicContentStore(tx).findForVisitor(page))).contains(owner);
        assertThat(database.read(tx -> new PublicContentStore(tx).findForVisitor(new PageId(UUIDS.next()))))
                .isEmpty();
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
        assertThat(database.read(tx -> new PublicContentStore(tx).endOf(before, 2))).contains(second);
        assertThat(database.read(tx -> new PublicContentStore(tx).endOf(before, 3))).isEmpty();
        assertThat(database.read(tx -> Accounts.visible(tx, List.of(owner.account(), stranger.account()))))
                .containsOnlyKeys(owner.account(), stranger.account());
    }

    private List<PageId> listed(Optional<PageId> after, int most) {
        return database.read(tx -> new PublicContentStore(tx).listed(after, most)).stream()
                .map(PublicContentStore.Listed::page)
                .toList();
    }
}
