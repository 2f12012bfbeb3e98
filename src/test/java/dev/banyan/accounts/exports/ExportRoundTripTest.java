package dev.banyan.accounts.exports;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Brand;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.analytics.Recorder;
import dev.banyan.analytics.VisitRetention;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkSchedule;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.SocialIconStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.AppearanceCopies;
import dev.banyan.themes.AppearanceSnapshots;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A brand with everything in it leaves as a file and comes to another agency, row by row.
@QuarkusTest
class ExportRoundTripTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    ExportJob job;

    @Inject
    Recorder recorder;

    @Inject
    Clock clock;

    @Inject
    VisitRetention retention;

    @Inject
    Pictures pictures;

    @Inject
    AppearanceSnapshots looks;

    @Inject
    Quotas quotas;

    @Inject
    Settings settings;

    private final Uuids uuids = new Uuids(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private Brand north;

    @SuppressWarnings("NullAway.Init")
    private Owner owner;

    @SuppressWarnings("NullAway.Init")
    private String slug;

    @BeforeEach
    void aBrandWithEverythingInIt() {
        north = world.north();
        owner = new Owner(world.acme().account(), north.id());
        slug = "spring-" + world.name("x").replace('_', '-');
        AccountContext context = world.context(world.acme(), north.username());
        String avatar = uploaded(context, PictureUse.AVATAR, 40);
        String wallpaper = uploaded(context, PictureUse.WALLPAPER, 50);
        String thumbnail = uploaded(context, PictureUse.THUMBNAIL, 60);
        database.write(tx -> {
            page(tx, "home", true, avatar, wallpaper, thumbnail);
            page(tx, "menu", false, avatar, wallpaper, thumbnail);
            new SocialIconStore(tx)
                    .insert(owner, new SocialIcon(id(), "instagram", "https://instagram.example/north", 2, true), NOW);
            quotas.claim(tx, owner, PlanQuota.PAGES, 2);
            quotas.claim(tx, owner, PlanQuota.LINKS, 10);
            quotas.claim(tx, owner, PlanQuota.LINK_GROUPS, 2);
            new SocialIconStore(tx).insert(owner, new SocialIcon(id(), "email", "mailto:a@b.example", 5, false), NOW);
            return owner;
        });
        shortLinks();
        visits();
        retention.forgetOld(); // a job that runs at any time, and must change nothing here
        Answer updated = TestClient.of(world.acme())
                .put(
                        "/api/admin/UpdateSubAccount",
                        Map.of(
                                "subAccountId",
                                north.id().toString(),
                                "bio",
                                "Bio “north” 🌳",
                                "email",
                                "north@brands.example",
                                "internalLabel",
                                "Label",
                                "notes",
                                "Line 1\nLine 2",
                                "type",
                                "brand",
                                "notify",
                                "both",
                                "showManagedBy",
                                true,
                                "language",
                                "ar"));
        assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    }

    private String id() {
        return uuids.next().toString();
    }

    private String uploaded(AccountContext context, PictureUse use, int width) {
        var image = new BufferedImage(width, 30, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(3, 4, 0x80ff0000);
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ((Pictures.StoreResult.Done) pictures.upload(context, use, out.toByteArray()))
                .media()
                .id();
    }

    private void page(Tx tx, String slug, boolean isDefault, String avatar, String wallpaper, String thumbnail) {
        var page = new PageId(uuids.next());
        new PageStore(tx)
                .insert(
                        owner,
                        new Page(
                                page,
                                owner,
                                slug,
                                "Page " + slug,
                                isDefault,
                                !isDefault,
                                3,
                                5,
                                NOW,
                                NOW,
                                Optional.of(ZoneId.of("Asia/Tokyo"))));
        String group = id();
        new LinkGroupStore(tx)
                .insert(owner, new LinkGroup(group, page, "Group " + slug, 1, true, GroupLayout.GRID, true), NOW);
        var links = new LinkStore(tx);
        links.insert(
                owner,
                link(page, "Plain " + slug, LinkKind.LINK, "https://example.com/{username}?a=1", 7, Optional.empty()),
                NOW);
        links.insert(
                owner,
                new Link(
                        new LinkId(uuids.next()),
                        page,
                        "Rich " + slug,
                        "https://example.com/rich",
                        2,
                        false,
                        1_234,
                        Optional.of(group),
                        new LinkStyle(
                                "star",
                                source(thumbnail),
                                Optional.of(LinkStyle.ThumbnailType.IMAGE),
                                Optional.of(thumbnail),
                                LinkStyle.Layout.FEATURED,
                                LinkStyle.Animation.SHAKE),
                        Optional.of(new LinkSchedule(
                                "2027-01-01T00:00",
                                "",
                                "Asia/Dubai",
                                Optional.of(Instant.parse("2026-12-31T20:00:00Z")),
                                Optional.empty())),
                        Optional.of(new LinkLock(LinkLock.Type.CODE, "open sesame", "Ask us")),
                        LinkKind.LINK,
                        ""),
                NOW);
        links.insert(owner, link(page, "Heading " + slug, LinkKind.HEADING, "", 3, Optional.empty()), NOW);
        links.insert(
                owner,
                new Link(
                        new LinkId(uuids.next()),
                        page,
                        "",
                        "",
                        4,
                        true,
                        0,
                        Optional.empty(),
                        LinkStyle.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        LinkKind.TEXT,
                        "Some words\nin lines"),
                NOW);
        links.insert(
                owner, link(page, "In group " + slug, LinkKind.LINK, "mailto:a@b.example", 5, Optional.of(group)), NOW);
        looks.give(
                tx,
                owner,
                page.toString(),
                AppearanceCopies.moved(
                        ("{\"theme\":\"air\",\"header\":{\"displayName\":\"North\",\"bio\":\"Words\"},"
                                        + "\"profileImageUrl\":\"%s\",\"wallpaper\":{\"type\":\"image\",\"imageUrl\":\"%s\"},"
                                        + "\"copies\":{\"profileImage\":\"%s\",\"image\":\"%s\"}}")
                                .formatted(source(avatar), source(wallpaper), avatar, wallpaper),
                        Map.of(
                                avatar, new Picture(source(avatar), avatar),
                                wallpaper, new Picture(source(wallpaper), wallpaper))));
    }

    private String source(String picture) {
        return settings.baseUrl() + Picture.pathOf(picture);
    }

    private Link link(PageId page, String title, LinkKind kind, String url, int position, Optional<String> group) {
        return new Link(
                new LinkId(uuids.next()),
                page,
                title,
                url,
                position,
                true,
                3,
                group,
                LinkStyle.PLAIN,
                Optional.empty(),
                Optional.empty(),
                kind,
                "");
    }

    private void shortLinks() {
        Answer added = TestClient.of(world.acme())
                .put(
                        "/api/admin/updateShortLinks?subAccountId=" + north.id(),
                        Map.of(
                                "shortLinks",
                                List.of(
                                        Map.of("operation", "add", "targetUrl", "https://example.com/a", "title", "A"),
                                        Map.ofEntries(
                                                Map.entry("operation", "add"),
                                                Map.entry("customSlug", slug),
                                                Map.entry("targetUrl", "https://example.com/b"),
                                                Map.entry("title", "Rich"),
                                                Map.entry("tags", List.of("poster", "spring")),
                                                Map.entry("active", false),
                                                Map.entry("startsAt", "2026-12-01T09:00:00Z"),
                                                Map.entry("endsAt", "2027-12-01T09:00:00Z"),
                                                Map.entry("fallbackUrl", "https://example.com/late"),
                                                Map.entry("password", "sesame"),
                                                Map.entry("clickLimit", 500),
                                                Map.entry("utm", Map.of("source", "poster", "medium", "print")),
                                                Map.entry(
                                                        "rules",
                                                        List.of(Map.of(
                                                                "device", "ios",
                                                                "country", "AE",
                                                                "targetUrl", "https://example.com/ios"))),
                                                Map.entry("weight", 3),
                                                Map.entry(
                                                        "variants",
                                                        List.of(Map.of(
                                                                "targetUrl", "https://example.com/v", "weight", 2))),
                                                Map.entry("timezone", "Asia/Dubai")),
                                        Map.of("operation", "add", "kind", "whatsapp", "text", "Hello, I saw"))));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        world.sql("UPDATE short_links SET clicks = 77, last_clicked_at = 1763000000000 WHERE slug = ?", slug);
    }

    private void visits() {
        String page = world.select(
                        "SELECT id FROM pages WHERE account_id = ? AND slug = 'home'",
                        north.id().toString())
                .getFirst();
        String link =
                world.select("SELECT id FROM short_links WHERE slug = ?", slug).getFirst();
        for (String subject : List.of("p", "p:" + page, "s", "s:" + link)) {
            for (long day : List.of(day() - 1, day())) {
                world.sql(
                        "INSERT INTO visit_days VALUES (?, ?, ?, ?, 5, 2, 1, 4, 3, 4, '{\"d\":{\"Phone\":5}}', '')",
                        owner.tenant().toString(),
                        owner.account().toString(),
                        subject,
                        day);
            }
        }
        world.sql(
                "INSERT INTO visit_accounts VALUES (?, ?, 50, 20, 10, 40, 30, 44, ?, 1, 2857, ?)",
                owner.account().toString(),
                owner.tenant().toString(),
                day(),
                "key-" + owner.account());
    }

    /// A day that every tier keeps: a job deletes older ones each minute, in the middle of a test, too.
    private long day() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - 2;
    }

    private byte[] exported(TestClient client, Map<String, ?> body) {
        Answer requested = client.post("/api/admin/ExportSubAccount", body);
        assertThat(requested.status()).as(requested.text()).isEqualTo(202);
        String id = requested.json().at("/export/id").asText();
        job.run();
        JsonNode export = client.get("/api/admin/exports/" + id).json();
        assertThat(export.path("state").asText()).as(export.toString()).isEqualTo("ready");
        assertThat(export.path("progress").asInt()).isEqualTo(100);
        Answer file = client.get(export.path("file").asText());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.bytes()).hasSize(export.path("size").asInt());
        return file.bytes();
    }

    @Test
    void whatComesIsWhatWentOut() throws IOException {
        byte[] archive = exported(TestClient.of(world.acme()), Map.of("subAccountId", north.username()));
        Map<String, List<String>> before = AccountRows.of(database, north.id());
        assertThat(before.get("links")).hasSize(10);
        assertThat(before.get("images")).hasSize(3);
        assertThat(before.get("short_links")).hasSize(3);
        assertThat(before.get("visit_days")).hasSize(8);
        // Slugs are unique on a server, so the old ones make room as if the brand came to another server.
        world.sql("DELETE FROM short_links WHERE account_id = ?", north.id().toString());

        TestClient rival = TestClient.of(world.rival());
        String username = world.name("moved");
        Answer dry = rival.upload(
                "/api/admin/ImportSubAccount", Map.of("username", username, "displayName", "North"), "b.zip", archive);
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.json().path("dryRun").asBoolean()).isTrue();
        assertThat(dry.json().has("subAccountId")).isFalse();
        assertThat(world.count("SELECT count(*) FROM accounts WHERE username = ?", username))
                .isZero();

        Answer done = rival.upload(
                "/api/admin/ImportSubAccount", Map.of("username", username, "dryRun", "false"), "b.zip", archive);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().path("counts")).isEqualTo(dry.json().path("counts"));
        assertThat(done.json().path("notes").toString()).doesNotContain("left out");
        AccountId copy = AccountId.of(done.json().path("subAccountId").asText());

        Map<String, List<String>> after = AccountRows.of(database, copy);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        for (String table : before.keySet()) {
            assertThat(after.get(table)).as(table).isEqualTo(before.get(table));
        }
        for (String column : List.of(
                "display_name",
                "email",
                "bio",
                "internal_label",
                "notes",
                "category",
                "notify",
                "is_manager_shown",
                "language")) {
            assertThat(world.select("SELECT " + column + " FROM accounts WHERE id = ?", copy.toString()))
                    .as(column)
                    .isEqualTo(world.select(
                            "SELECT " + column + " FROM accounts WHERE id = ?",
                            north.id().toString()));
        }
        // Its pages and short links work.
        assertThat(TestClient.anonymous().get("/" + username + "/menu").status())
                .isEqualTo(200);
        // An export of the copy says the same.
        byte[] again = exported(rival, Map.of("subAccountId", copy.toString()));
        assertThat(names(again)).hasSameSizeAs(names(archive));
    }

    private static List<String> names(byte[] archive) throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static String text(byte[] archive, String name) throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    @Test
    void aWholeAccountHasAFolderForEachBrand() throws IOException {
        world.sales();
        byte[] archive = exported(TestClient.of(world.acme()), Map.of());

        assertThat(names(archive))
                .contains(
                        "README.md",
                        north.username() + "/pages.json",
                        world.acme().username() + "/account.json",
                        world.acme().username() + "/workspaces.json")
                .anyMatch(name -> name.startsWith(world.acme().username() + "/workspaces/") && name.endsWith(".zip"))
                .endsWith("manifest.json");
        JsonNode manifest = TestClient.parse(text(archive, "manifest.json"));
        assertThat(manifest.path("accounts")).hasSize(2);
        assertThat(manifest.path("entries").size()).isEqualTo(names(archive).size() - 1);

        Answer which = TestClient.of(world.rival()).upload("/api/admin/ImportSubAccount", Map.of(), "a.zip", archive);
        assertThat(which.status()).isEqualTo(400);
        assertThat(which.json().path("accounts")).hasSize(2);
        Answer one = TestClient.of(world.rival())
                .upload(
                        "/api/admin/ImportSubAccount",
                        Map.of("account", north.username(), "username", world.name("one")),
                        "a.zip",
                        archive);
        assertThat(one.status()).as(one.text()).isEqualTo(200);
    }

    /// On the same server, the names of the brand and of its short links are taken.
    @Test
    void takenNamesAreAskedForOrReported() {
        byte[] archive = exported(TestClient.of(world.acme()), Map.of("subAccountId", north.username()));
        TestClient rival = TestClient.of(world.rival());

        Answer taken = rival.upload("/api/admin/ImportSubAccount", Map.of("dryRun", "false"), "b.zip", archive);
        assertThat(taken.status()).as(taken.text()).isEqualTo(409);
        assertThat(taken.json().path("suggestions")).isNotEmpty();

        Answer done = rival.upload(
                "/api/admin/ImportSubAccount",
                Map.of("username", world.name("again"), "dryRun", "false"),
                "b.zip",
                archive);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().at("/counts/shortLinks").asInt()).isZero();
        assertThat(done.json().path("notes").toString()).contains(slug);
    }

    /// A brand takes what another one has: nothing that was there changes, and what both have at one place stays apart.
    @Test
    void anExportCanBeAddedToABrand() {
        byte[] archive = exported(TestClient.of(world.acme()), Map.of("subAccountId", north.username()));
        world.sql("DELETE FROM short_links WHERE account_id = ?", north.id().toString());
        TestClient rival = TestClient.of(world.rival());
        Brand east = world.east();
        Map<String, String> into = Map.of("subAccountId", east.username());
        Answer first = rival.upload(
                "/api/admin/ImportSubAccount",
                Map.of("subAccountId", east.username(), "dryRun", "false"),
                "b.zip",
                archive);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("subAccountId").asText())
                .isEqualTo(east.id().toString());
        assertThat(TestClient.anonymous().get("/" + east.username() + "/menu").status())
                .isEqualTo(200);
        recorder.write(); // the visit, which would be counted at some time from now on
        Map<String, List<String>> before = AccountRows.of(database, east.id());
        String detail = "SELECT display_name || email || bio FROM accounts WHERE id = ?";
        List<String> details = world.select(detail, east.id().toString());

        Answer dry = rival.upload("/api/admin/ImportSubAccount", into, "b.zip", archive);
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(AccountRows.of(database, east.id())).isEqualTo(before);

        Answer again = rival.upload(
                "/api/admin/ImportSubAccount",
                Map.of("subAccountId", east.id().toString(), "dryRun", "false"),
                "b.zip",
                archive);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().path("counts")).isEqualTo(dry.json().path("counts"));
        assertThat(again.json().path("notes").toString()).contains("1 page was left out", "“home-2”", slug);
        assertThat(again.json().at("/counts/icons").asInt()).isZero();

        Map<String, List<String>> after = AccountRows.of(database, east.id());
        assertThat(after.get("links"))
                .hasSize(before.getOrDefault("links", List.of()).size() + 5);
        assertThat(after.get("pages")).containsAll(before.getOrDefault("pages", List.of()));
        assertThat(after.get("social_icons")).isEqualTo(before.get("social_icons"));
        assertThat(world.count(
                        "SELECT count(*) FROM pages WHERE account_id = ? AND is_default = 1",
                        east.id().toString()))
                .isEqualTo(1);
        assertThat(world.select(detail, east.id().toString())).isEqualTo(details);
        // Days of all pages are added up; those of a page are its own.
        assertThat(world.select(
                        "SELECT views || ' ' || parts FROM visit_days WHERE account_id = ? AND subject = 'p' AND day = ?",
                        east.id().toString(),
                        day()))
                .containsExactly("10 {\"d\":{\"Phone\":10}}");
        assertThat(world.count(
                        "SELECT count(*) FROM visit_days WHERE account_id = ? AND subject LIKE 'p:%' AND views = 5 AND day = ?",
                        east.id().toString(), day()))
                .isEqualTo(2);
    }

    @Test
    void onlyABrandOfOnesOwnThatIsActiveTakesMore() {
        byte[] archive = exported(TestClient.of(world.acme()), Map.of("subAccountId", north.username()));
        TestClient rival = TestClient.of(world.rival());
        for (String other : List.of(north.username(), north.id().toString(), "unheard-of")) {
            Answer refused =
                    rival.upload("/api/admin/ImportSubAccount", Map.of("subAccountId", other), "b.zip", archive);
            assertThat(refused.status()).as(refused.text()).isEqualTo(404);
        }
        Answer both = rival.upload(
                "/api/admin/ImportSubAccount",
                Map.of("subAccountId", world.east().username(), "username", world.name("both")),
                "b.zip",
                archive);
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.error()).contains("leave them out");
        TestClient pages = rival.onPagesOf(world.rival());
        Map<String, String> form = Map.of(
                "as",
                world.rival().username(),
                "value",
                "try",
                "into",
                world.east().username());
        Answer found = pages.upload("/admin/brands/import", form, "b.zip", archive);
        assertThat(found.text())
                .contains("ready to import")
                .contains("value=\"" + world.east().username() + "\"");
        world.sql(
                "UPDATE accounts SET status = 'suspended' WHERE id = ?",
                world.east().id().toString());
        assertThat(pages.upload("/admin/brands/import", form, "b.zip", archive).text())
                .contains("This brand is suspended.");
        assertThat(rival.upload(
                                "/api/admin/ImportSubAccount",
                                Map.of("subAccountId", world.east().username()),
                                "b.zip",
                                archive)
                        .status())
                .isEqualTo(404);
    }
}
