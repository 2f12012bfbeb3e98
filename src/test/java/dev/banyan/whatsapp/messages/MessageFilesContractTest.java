package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.http.Downloads;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.messages.MessageFiles.Kept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MessageFilesContractTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0};

    private final Database database;
    private final Owner acme;
    private final Owner stranger;
    private final Path data = TestSenders.newFolder();
    private final TestClock clock = new TestClock();
    private final MessageFiles files;
    private HttpServer web;

    MessageFilesContractTest(Database database) throws IOException {
        this.database = database;
        this.acme = StoredAccounts.owner(database, Tier.FREE).owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
        this.files = new MessageFiles(
                database,
                new LinkedFiles(new Downloads(LocalHttp.client())),
                FolderFiles.of(Settings.forTests(data)),
                Settings.forTests(data),
                new Uuids(clock),
                clock);
        this.web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    }

    @BeforeEach
    void aServerWithFiles() {
        serve("/shop.png", 200, PNG);
        serve("/page.png", 200, "<html><body>Not here".getBytes());
        serve("/big.png", 200, new byte[6 * 1_024 * 1_024]);
        serve("/gone", 404, new byte[0]);
        web.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/shop.png");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.createContext("/circle", exchange -> {
            exchange.getResponseHeaders().add("Location", "/circle");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.start();
    }

    private void serve(String path, int status, byte[] content) {
        web.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @Test
    void aLinkIsFetchedAndItsContentDecides() {
        assertThat(fetch("/shop.png", Kind.IMAGE)).isInstanceOfSatisfying(Kept.Done.class, kept -> {
            assertThat(kept.file().name()).isEqualTo("shop.png");
            assertThat(kept.file().type()).isEqualTo("image/png");
            assertThat(files.content(kept.file().media()).orElseThrow().bytes()).isEqualTo(PNG);
        });
        assertThat(fetch("/moved", Kind.IMAGE)).isInstanceOf(Kept.Done.class);
        assertThat(why("/shop.png", Kind.VIDEO)).isEqualTo("media must be an MP4 or 3GP video");
        assertThat(why("/shop.png", Kind.STICKER)).isEqualTo("media must be a WebP sticker");
        assertThat(why("/page.png", Kind.IMAGE)).isEqualTo("media must be a JPEG or PNG picture");
        assertThat(why("/big.png", Kind.IMAGE)).isEqualTo("media must be 5 MB or smaller");
        assertThat(why("/gone", Kind.IMAGE)).isEqualTo("media: That server responded with status 404.");
        assertThat(why("/circle", Kind.IMAGE)).isEqualTo("media: Too many redirects.");
    }

    private Kept fetch(String path, Kind kind) {
        return files.fetch(acme, "http://127.0.0.1:" + web.getAddress().getPort() + path, kind);
    }

    private String why(String path, Kind kind) {
        return ((Kept.Refused) fetch(path, kind)).invalid().apiMessage();
    }

    @Test
    void anUploadBelongsToItsAccountAlone() throws IOException {
        UUID id = upload("../../menu.png", PNG).id();

        assertThat(take(stranger, id, Kind.IMAGE)).isInstanceOf(Kept.Refused.class);
        assertThat(take(acme, UUID.randomUUID(), Kind.IMAGE)).isInstanceOf(Kept.Refused.class);
        assertThat(take(acme, id, Kind.AUDIO)).isInstanceOf(Kept.Refused.class);
        assertThat(take(acme, id, Kind.DOCUMENT))
                .isInstanceOfSatisfying(
                        Kept.Done.class, kept -> assertThat(kept.file().name()).isEqualTo("menu.png"));
        assertThat(files.delete(stranger, id)).isFalse();
        assertThat(files.delete(acme, id)).isTrue();
        assertThat(take(acme, id, Kind.IMAGE)).isInstanceOf(Kept.Refused.class);
        assertThat(database.<Long>read(tx -> new MessageFileStore(tx).stored(acme)))
                .isZero();
    }

    @Test
    void aFileIsRemovedWhenNoMessageNeedsItAnyLonger() throws IOException {
        MessageFile unused = upload("a.png", PNG);
        MessageFile used = upload("b.png", PNG);
        take(acme, used.id(), Kind.IMAGE);

        clock.forward(MessageFiles.UNUSED.plus(Duration.ofMinutes(1)));
        files.tidy();

        assertThat(files.content(unused.media())).isEmpty();
        assertThat(files.content(used.media())).isPresent();
        assertThat(take(acme, unused.id(), Kind.IMAGE)).isInstanceOf(Kept.Refused.class);
        clock.forward(MessageFiles.AFTER_USE);
        files.tidy();
        assertThat(files.content(used.media())).isEmpty();
    }

    private MessageFile upload(String name, byte[] content) throws IOException {
        Path file = Files.write(Files.createTempFile(data, "upload", ""), content);
        return ((Kept.Done) files.upload(acme, name, file)).file();
    }

    @Test
    void whatMessagesCannotCarryIsRefused() throws IOException {
        Path file = Files.write(Files.createTempFile(data, "upload", ""), "MZ program".getBytes());
        assertThat(files.upload(acme, "a.png", file)).isInstanceOf(Kept.Refused.class);
    }

    private Kept take(Owner owner, UUID id, Kind kind) {
        return database.write(tx -> files.take(tx, owner, id, kind, clock.instant()));
    }

    @Test
    void aTimeIsNeverMadeShorter() throws IOException {
        UUID id = upload("a.png", PNG).id();
        database.write(tx -> {
            var store = new MessageFileStore(tx);
            store.keep(acme, id, clock.instant().plus(Duration.ofDays(200)));
            store.keep(acme, id, clock.instant().plus(Duration.ofDays(100)));
            return id;
        });
        assertThat(database.<Optional<MessageFile>>read(tx -> new MessageFileStore(tx).find(acme, id))
                        .orElseThrow()
                        .expiresAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(200)));
    }
}
