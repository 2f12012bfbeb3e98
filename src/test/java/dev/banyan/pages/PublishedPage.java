package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceReader;
import dev.banyan.themes.AppearanceStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;

/// The default page of North, Acme's brand, with any links and looks that a test needs, written directly into the
/// tables.
@Dependent
public class PublishedPage {

    private final TestWorld world;
    private final Database database;
    private final Event<AccountChanged> changed;
    private final TestClock clock;
    private final Uuids uuids;
    private final TestWorld.Brand north;
    private final Owner owner;
    private final PageId page;
    private int position = 0;

    PublishedPage(TestWorld world, Database database, Event<AccountChanged> changed, TestClock clock, Uuids uuids) {
        this.world = world;
        this.database = database;
        this.changed = changed;
        this.clock = clock;
        this.uuids = uuids;
        this.north = world.north();
        this.owner = new Owner(world.acme().account(), north.id());
        TestClient.of(world.acme())
                .post("/api/admin/CreatePage?UserId=" + north.id(), Map.of("slug", "main", "name", "Main"));
        this.page = database.read(
                tx -> new PageStore(tx).findDefault(owner).orElseThrow().id());
    }

    public TestWorld world() {
        return world;
    }

    public TestWorld.Brand north() {
        return north;
    }

    public PageId page() {
        return page;
    }

    public String home() {
        return "/" + north.username();
    }

    public Link add(String title, String url) {
        return add(title, url, LinkStyle.PLAIN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Link locked(String title, String url, LinkLock.Type type, String code) {
        return locked(title, url, new LinkLock(type, code, ""));
    }

    public Link locked(String title, String url, LinkLock lock) {
        return add(title, url, LinkStyle.PLAIN, Optional.empty(), Optional.empty(), Optional.of(lock));
    }

    public Link add(
            String title,
            String url,
            LinkStyle decoration,
            Optional<String> group,
            Optional<LinkSchedule> schedule,
            Optional<LinkLock> lock) {
        var link = new Link(
                new LinkId(uuids.next()),
                page,
                title,
                url,
                position++,
                true,
                0,
                group,
                decoration,
                schedule,
                lock,
                LinkKind.LINK,
                "");
        database.write(tx -> {
            new LinkStore(tx).insert(owner, link, clock.instant());
            return link;
        });
        changed();
        return link;
    }

    public String group(String title, GroupLayout layout, boolean collapsed, boolean active) {
        String id = uuids.next().toString();
        world.sql(
                "INSERT INTO link_groups (id, tenant_id, account_id, page_id, title, position, active, layout,"
                        + " is_collapsed, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                id,
                owner.tenant().toString(),
                owner.account().toString(),
                page.toString(),
                title,
                position++,
                active ? 1 : 0,
                layout.key(),
                collapsed ? 1 : 0);
        changed();
        return id;
    }

    public void icon(String platform, String url) {
        world.sql(
                "INSERT INTO social_icons (id, tenant_id, account_id, platform, url, position, active, created_at,"
                        + " updated_at) VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0)",
                uuids.next().toString(),
                owner.tenant().toString(),
                owner.account().toString(),
                platform,
                url,
                position++);
        changed();
    }

    /// @param document as accepted by `UpdateAppearance`
    public void looks(JsonNode document) {
        Appearance look = AppearanceReader.over(Appearance.DEFAULT, document).appearance();
        database.write(tx -> {
            new AppearanceStore(tx).save(owner, page.value(), look, clock.instant());
            return page;
        });
        changed();
    }

    public void publish(boolean published) {
        world.sql("UPDATE pages SET is_published = ? WHERE id = ?", published ? 1 : 0, page.toString());
        changed();
    }

    public void setStatus(String status) {
        world.sql(
                "UPDATE accounts SET status = ? WHERE id = ?",
                status,
                north.id().toString());
        changed();
    }

    public void showManager() {
        world.sql(
                "UPDATE accounts SET is_manager_shown = 1 WHERE id = ?",
                north.id().toString());
        changed();
    }

    public void changed() {
        changed.fire(new AccountChanged(north.id(), north.username()));
    }
}
