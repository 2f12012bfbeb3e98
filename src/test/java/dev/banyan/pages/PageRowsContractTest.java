package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import org.junit.jupiter.api.Test;

/// The rows of an agency's pages, with those of a brand and of a stranger.
@OnEveryDatabase
class PageRowsContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final List<Owner> others;
    private final PageId page;

    PageRowsContractTest(Database database) {
        this.database = database;
        AccountContext agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        Owner stranger = StoredAccounts.owner(database, Tier.FREE).owner();
        this.others = List.of(
                StoredAccounts.brandOf(database, agency).owner(),
                stranger,
                new Owner(stranger.tenant(), owner.account()));
        this.page = newPage();
    }

    @Test
    void aMessageButtonIsTheAccountsOwn() {
        var button = new MessageButton(owner, page, new SenderId("pool-1"), "Message us", "Hello", 0);
        write(tx -> new MessageButtonStore(tx).save(owner, button, NOW));

        for (Owner other : others) {
            assertThat(button(other)).isEmpty();
            write(tx -> new MessageButtonStore(tx).addClick(other, page));
            assertThat(deletesButton(other)).isFalse();
        }
        assertThat(button(owner)).contains(button);
        write(tx -> new MessageButtonStore(tx).addClick(owner, page));
        write(tx -> new MessageButtonStore(tx)
                .save(owner, new MessageButton(owner, page, new SenderId("pool-2"), "Write to us", "Hi", 0), NOW));
        assertThat(button(owner))
                .contains(new MessageButton(owner, page, new SenderId("pool-2"), "Write to us", "Hi", 1));
        assertThat(deletesButton(owner)).isTrue();
    }

    @Test
    void nobodySavesAButtonOverSomebodyElses() {
        var button = new MessageButton(owner, page, new SenderId("pool-1"), "Message us", "Hello", 0);
        write(tx -> new MessageButtonStore(tx).save(owner, button, NOW));

        Owner brand = others.getFirst();
        write(tx -> new MessageButtonStore(tx)
                .save(brand, new MessageButton(brand, page, new SenderId("pool-9"), "Taken", "over", 0), NOW));

        assertThat(button(owner)).contains(button);
    }

    @Test
    void socialIconsAreTheAccountsOwn() {
        var icon = new SocialIcon(UUIDS.next().toString(), "instagram", "https://instagram.com/north", 0, true);
        write(tx -> new SocialIconStore(tx).insert(owner, icon, NOW));
        var changed = new SocialIcon(icon.id(), "mastodon", "https://mastodon.social/@north", 1, false);

        for (Owner other : others) {
            assertThat(icons(other)).isEmpty();
            write(tx -> new SocialIconStore(tx).update(other, changed, NOW));
            write(tx -> new SocialIconStore(tx).delete(other, icon.id()));
        }
        assertThat(icons(owner)).containsExactly(icon);
        write(tx -> new SocialIconStore(tx).update(owner, changed, NOW));
        assertThat(icons(owner)).containsExactly(changed);
        write(tx -> new SocialIconStore(tx).delete(owner, icon.id()));
        assertThat(icons(owner)).isEmpty();
    }

    @Test
    void groupsAreTheAccountsOwn() {
        var group = new LinkGroup(UUIDS.next().toString(), page, "Shop", 0, true, GroupLayout.STACK, false);
        write(tx -> new LinkGroupStore(tx).insert(owner, group, NOW));
        var changed = new LinkGroup(group.id(), page, "Visit", 1, false, GroupLayout.GRID, true);

        for (Owner other : others) {
            assertThat(groups(other)).isEmpty();
            assertThat(groupsInOrder(other)).isEmpty();
            write(tx -> new LinkGroupStore(tx).update(other, changed, NOW));
            write(tx -> new LinkGroupStore(tx).delete(other, group));
        }
        assertThat(groups(owner)).containsExactly(group);
        assertThat(groupsInOrder(owner)).containsExactly(group.id());
        write(tx -> new LinkGroupStore(tx).update(owner, changed, NOW));
        assertThat(groups(owner)).containsExactly(changed);
        write(tx -> new LinkGroupStore(tx).delete(owner, changed));
        assertThat(groups(owner)).isEmpty();
    }

    @Test
    void whatIsErasedIsTheAccountsOwn() {
        var link = Link.plain(new LinkId(UUIDS.next()), page, "Shop", "https://example.com", 0, true, 0);
        write(tx -> new LinkStore(tx).insert(owner, link, NOW));
        write(tx -> new PageStore(tx).publish(owner, page, true, NOW));
        write(tx -> new LinkStore(tx).addClicks(owner, Map.of(link.id().toString(), 3L)));

        for (Owner other : others) {
            write(tx -> new PageStore(tx).publish(other, page, false, NOW));
            assertThat(linksFound(other, link)).isEmpty();
            assertThat(shown(other)).isEmpty();
            assertThat(clicks(other)).isZero();
            assertThat(erased(other)).isZero();
        }
        assertThat(linksFound(owner, link)).hasSize(1);
        assertThat(shown(owner)).containsExactly(link.id());
        assertThat(clicks(owner)).isEqualTo(3);
        assertThat(erased(owner)).as("a link and a page").isEqualTo(2);
    }

    @Test
    void onlyOnesOwnDeletedContentsAreForgotten() {
        for (int i = 0; i < 3; i++) {
            deleted(owner, i);
            deleted(others.getFirst(), i);
        }

        write(tx -> new DeletedContentStore(tx).trim(owner, "link", 1));

        assertThat(deletedOf(owner)).isEqualTo(1);
        assertThat(deletedOf(others.getFirst())).isEqualTo(3);
    }

    private void deleted(Owner whose, int number) {
        write(tx -> tx.sql()
                .execute(
                        "INSERT INTO deleted_contents (id, tenant_id, account_id, kind, name, content, deleted_at)"
                                + " VALUES (?, ?, ?, 'link', ?, '{}', ?)",
                        UUIDS.next().toString(),
                        whose.tenant().toString(),
                        whose.account().toString(),
                        "Link " + number,
                        NOW.toEpochMilli()));
    }

    private int deletedOf(Owner whose) {
        return database.<Integer>read(
                tx -> new DeletedContentStore(tx).newest(whose, NOW, 9).size());
    }

    private PageId newPage() {
        var id = new PageId(UUIDS.next());
        String slug = "page-" + id.toString().substring(24);
        write(tx -> new PageStore(tx)
                .insert(owner, new Page(id, owner, slug, "Page", false, true, 0, 0, NOW, NOW, Optional.empty())));
        return id;
    }

    private Optional<MessageButton> button(Owner whose) {
        return database.read(tx -> new MessageButtonStore(tx).find(whose, page));
    }

    private boolean deletesButton(Owner whose) {
        return database.<Boolean>write(tx -> new MessageButtonStore(tx).delete(whose, page));
    }

    private List<SocialIcon> icons(Owner whose) {
        return database.read(tx -> new SocialIconStore(tx).list(whose));
    }

    private List<LinkGroup> groups(Owner whose) {
        return database.read(tx -> new LinkGroupStore(tx).list(whose, page));
    }

    private List<String> groupsInOrder(Owner whose) {
        return database.read(tx -> new LinkGroupStore(tx).inOrder(whose));
    }

    private List<Link> linksFound(Owner whose, Link link) {
        return database.read(
                tx -> new LinkStore(tx).find(whose, List.of(link.id().toString())));
    }

    private List<LinkId> shown(Owner whose) {
        return database.read(tx -> new LinkStore(tx).shownInOrder(whose));
    }

    private long clicks(Owner whose) {
        return database.<Long>read(tx -> new LinkStore(tx).clicks(whose));
    }

    private int erased(Owner whose) {
        return database.<Integer>write(
                tx -> new LinkStore(tx).deleteSome(whose, 9) + new PageStore(tx).deleteSome(whose, 9));
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return "done";
        });
    }
}
