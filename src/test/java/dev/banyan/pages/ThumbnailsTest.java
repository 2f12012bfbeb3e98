package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.visitor.LinkPictures;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.RemovedFiles;
import dev.banyan.themes.Pictures;
import dev.banyan.themes.TestLooks;
import dev.banyan.themes.TestPictures;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pictures of links that are given by an address: fetched once, validated, and kept as long as a link or a deleted
/// link uses them.
@OnEveryDatabase
class ThumbnailsTest {

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final Pictures pictures;
    private final Links links;
    private final DeletedContents deleted;
    private final AccountContext owner;
    private final Database database;
    private final HttpServer server;
    private String address = "";

    ThumbnailsTest(Database database) throws IOException {
        this.database = database;
        var uuids = new Uuids(clock);
        var quotas = new TestPlans(database, clock).quotas();
        var audit = TestAudit.on(database, clock);
        var news = new PageNews(audit, new TestEvents<>());
        var flags = new PlanFlags(quotas);
        var looks = TestLooks.on(clock);
        this.pictures = TestPictures.on(database, quotas, clock, new LinkPictures());
        this.deleted = new DeletedContents(database, quotas, looks, news, clock, uuids);
        this.links = new Links(
                database, quotas, flags, deleted, new Thumbnails(pictures), news, clock, TestBatches.of(uuids));
        this.owner = StoredAccounts.owner(database, Tier.PRO);
        new Pages(database, quotas, flags, deleted, looks, news, clock, uuids).create(owner, "main", "Main", true);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    }

    @BeforeEach
    void serve() throws IOException {
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        byte[] png = png();
        server.createContext("/a.png", exchange -> answer(exchange, png));
        byte[] moving = TestPictures.gif(3);
        server.createContext("/moving.gif", exchange -> answer(exchange, moving));
        server.createContext("/text", exchange -> answer(exchange, "<svg onload=alert(1)>".getBytes()));
        server.createContext("/large", exchange -> answer(exchange, new byte[Pictures.LARGEST + 1]));
        server.createContext("/inside", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://10.0.0.1/a.png");
            asked.incrementAndGet();
            try (exchange) {
                exchange.sendResponseHeaders(302, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static byte[] png() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Changes<Link> wish(String title, String thumbnail) {
        return LinkChange.plain(title, "https://example.com/").with(LinkChange.THUMBNAIL, thumbnail);
    }

    private Applied apply(LinkStep... steps) {
        return links.apply(owner, Optional.empty(), List.of(steps));
    }

    private Link only() {
        return links.list(owner, Optional.empty()).orElseThrow().links().getFirst();
    }

    private boolean isKept(String id) {
        return database.<Long>read(tx -> tx.sql()
                        .fetchSingle("SELECT count(*) FROM images WHERE id = ?", id)
                        .get(0, Long.class))
                == 1;
    }

    @Test
    void anAnimationOfWhichOnlyTheFirstFrameIsKeptIsNamed() {
        assertThat(apply(
                        new LinkStep.Add(wish("Still", address + "/a.png")),
                        new LinkStep.Add(wish("Moving", address + "/moving.gif"))))
                .isInstanceOfSatisfying(
                        Applied.Done.class, done -> assertThat(done.still()).containsExactly(address + "/moving.gif"));
    }

    @Test
    void aPictureIsFetchedOnceAndItsAddressReported() {
        assertThat(apply(new LinkStep.Add(wish("A", address + "/a.png")))).isInstanceOf(Applied.Done.class);

        LinkStyle look = only().decoration();
        assertThat(look.thumbnail()).isEqualTo(address + "/a.png");
        assertThat(look.thumbnailType()).contains(LinkStyle.ThumbnailType.IMAGE);
        assertThat(isKept(look.thumbnailImage().orElseThrow())).isTrue();

        apply(new LinkStep.Update(only().id().toString(), wish("Renamed", address + "/a.png")));
        apply(new LinkStep.Add(wish("The same again", address + "/a.png")));
        assertThat(only().decoration()).isEqualTo(look);
        assertThat(asked).hasValue(1);

        apply(new LinkStep.Update(only().id().toString(), wish("Emoji", "🌿")));
        assertThat(only().decoration().thumbnailImage()).isEmpty();
    }

    @Test
    void whatCannotBeServedIsRefusedAndNothingChanges() {
        for (String bad : List.of(
                address + "/text",
                address + "/large",
                address + "/inside",
                address + "/gone",
                "http://10.0.0.1/a.png",
                "http://169.254.169.254/latest",
                "http://[::1]/a.png",
                "https://")) {
            Applied refused = apply(new LinkStep.Add(wish("Fine", "🌿")), new LinkStep.Add(wish("A", bad)));
            assertThat(refused).as(bad).isInstanceOfSatisfying(Applied.Rejected.class, rejected -> {
                assertThat(rejected.step()).isEqualTo(1);
                assertThat(rejected.invalid().getFirst().field()).isEqualTo("thumbnail");
            });
        }
        assertThat(links.list(owner, Optional.empty()).orElseThrow().links()).isEmpty();
    }

    @Test
    void whatIsRefusedAnywayFetchesNothing() {
        Applied refused = apply(
                new LinkStep.Add(wish("A", address + "/a.png")),
                new LinkStep.Add(LinkChange.plain("", "https://example.com/")));
        assertThat(refused).isInstanceOf(Applied.Rejected.class);
        assertThat(apply(new LinkStep.Update("link-unknown", wish("A", address + "/a.png"))))
                .isInstanceOf(Applied.LinkNotFound.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void oneRequestBringsTenNewPicturesAtMost() {
        LinkStep[] steps = IntStream.rangeClosed(0, Thumbnails.MOST_AT_ONCE)
                .mapToObj(i -> new LinkStep.Add(wish("L" + i, address + "/a.png?" + i)))
                .toArray(LinkStep[]::new);
        assertThat(apply(steps)).isInstanceOf(Applied.Rejected.class);
        assertThat(links.list(owner, Optional.empty()).orElseThrow().links()).isEmpty();
    }

    @Test
    void aPictureLivesAsLongAsItsLinkCanComeBack() {
        apply(new LinkStep.Add(wish("A", address + "/a.png")));
        Link link = only();
        String id = link.decoration().thumbnailImage().orElseThrow();
        String undo = apply(new LinkStep.Remove(link.id().toString())) instanceof Applied.Done done
                ? done.undo().orElseThrow()
                : "";
        clock.forward(Duration.ofDays(29));
        pictures.removeUnnamed();
        assertThat(isKept(id)).isTrue();
        deleted.restore(owner, undo);
        assertThat(only().decoration()).isEqualTo(link.decoration());

        apply(new LinkStep.Remove(link.id().toString()));
        clock.forward(Duration.ofDays(31));
        deleted.forgetExpired();
        pictures.removeUnnamed();
        assertThat(isKept(id)).isFalse();
        assertThat(database.<List<String>>read(tx -> new RemovedFileStore(tx).list(1_000)))
                .as("what a job removes")
                .anyMatch(path -> path.contains(id));
    }

    @Test
    void aFileBecomesAPictureAndGoesAgain() throws IOException {
        apply(new LinkStep.Add(wish("A", "🌿")));
        PageId page = only().page();
        String link = only().id().toString();
        assertThat(links.setPicture(owner, page, link, Optional.of(png()))).isInstanceOf(Applied.Done.class);
        assertThat(isKept(only().decoration().thumbnailImage().orElseThrow())).isTrue();
        assertThat(only().decoration().thumbnail())
                .endsWith("/media/" + only().decoration().thumbnailImage().orElseThrow());

        assertThat(links.setPicture(owner, page, link, Optional.of(new byte[] {1, 2})))
                .isInstanceOf(Applied.Rejected.class);
        assertThat(links.setPicture(owner, page, "link-unknown", Optional.of(png())))
                .isInstanceOf(Applied.LinkNotFound.class);
        links.setPicture(owner, page, link, Optional.empty());
        assertThat(only().decoration()).isEqualTo(LinkStyle.PLAIN);
    }

    @Test
    void picturesGoWithTheirAccount() {
        apply(new LinkStep.Add(wish("A", address + "/a.png")));
        String id = only().decoration().thumbnailImage().orElseThrow();
        int gone = database.write(tx -> pictures.eraseSome(tx, owner.owner(), 100));
        assertThat(gone).isEqualTo(1);
        assertThat(isKept(id)).isFalse();
        Path data = Path.of("target", "test-pictures");
        new RemovedFiles(database, FolderFiles.of(Settings.forTests(data))).remove();
        assertThat(data.resolve("files/media")
                        .resolve(owner.owner().account().value().toString()))
                .as("the folder of the account, which held one picture")
                .doesNotExist();
    }
}
