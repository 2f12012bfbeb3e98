package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `bots-config.json` follows the database, whatever happens.
@OnEveryDatabase
class MirrorsTest {

    private final Path data = TestSenders.newFolder();
    private final Database database;
    private final TestSenders world;
    private final AccountId tenant;
    private final String username;
    private final Path file;

    MirrorsTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database, data);
        var owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.username = owner.root().username();
        this.file = data.resolve("accounts").resolve(username).resolve("bots-config.json");
    }

    @Test
    void theFileHasTheSeedsShape() throws IOException {
        Sender master = done("amira-nasser-" + username, "Amira Nasser", "+971500000101");
        Sender servant = world.servant(master, "+971500000102");

        assertThat(Files.readString(file)).isEqualTo("""
                {
                  "version": "3.0",
                  "whatsappBots": {
                    "%1$s": {
                      "id": "%1$s",
                      "phoneNumber": "+971500000101",
                      "displayName": "Amira Nasser",
                      "role": "primary",
                      "type": "master",
                      "enabled": true,
                      "status": "pending"
                    }
                  },
                  "masterAccounts": {
                    "%1$s": {
                      "type": "primary",
                      "displayName": "Amira Nasser",
                      "phoneNumber": "+971500000101",
                      "servants": [
                        "%2$s"
                      ]
                    }
                  },
                  "secondaryAccounts": {
                    "%2$s": {
                      "id": "%2$s",
                      "masterAccountId": "%1$s",
                      "phoneNumber": "+971500000102",
                      "displayName": "Support Desk",
                      "purpose": "support",
                      "status": "pending"
                    }
                  },
                  "accountHierarchy": [
                    {
                      "masterId": "%1$s",
                      "masterType": "primary",
                      "servants": [
                        "%2$s"
                      ],
                      "totalServants": 1,
                      "status": "degraded"
                    }
                  ],
                  "metadata": {
                    "totalBots": 2,
                    "activeBots": 0,
                    "pendingBots": 2,
                    "lastModified": "2026-11-20T10:00:00Z"
                  }
                }
                """.formatted(master.id(), servant.id()));
    }

    @Test
    void everyCommandIsInTheFileWhenItIsAnswered() throws IOException {
        assertThat(file).doesNotExist();

        Sender first = world.master(tenant);
        assertFileIsRight();
        Sender second = world.master(tenant);
        assertFileIsRight();
        Sender servant = world.servant(first, "+971500000102");
        assertFileIsRight();
        world.senders.changeMaster(tenant, Actor.SERVER, servant.id(), second.id());
        assertFileIsRight();
        world.senders.rename(tenant, Actor.SERVER, servant.id(), "“Ночная” смена 🌙");
        assertFileIsRight();
        assertThat(Files.readString(file)).contains("“Ночная” смена 🌙");
        world.senders.removeServant(tenant, Actor.SERVER, servant.id());
        world.senders.removeMaster(tenant, Actor.SERVER, first.id(), Optional.empty());
        world.senders.removeMaster(tenant, Actor.SERVER, second.id(), Optional.empty());
        assertFileIsRight();
        assertThat(Files.readString(file)).contains("\"whatsappBots\": {},").contains("\"accountHierarchy\": [],");
        assertThat(temporary()).isEmpty();
    }

    @Test
    void whatIsRefusedLeavesTheFileAlone() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        world.senders.addServant(
                tenant,
                Actor.SERVER,
                new Senders.NewServant(master.id(), "+971500000101", "Twin", Optional.empty(), DriverKind.SIMULATOR));
        world.senders.rename(tenant, Actor.SERVER, new SenderId("nobody"), "Name");

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void whatHappensByItselfIsWrittenTogetherAfterASecond() throws IOException {
        Sender master = linked(world.master(tenant));
        Sender servant = linked(world.servant(master, "+971500000102"));
        assertFileIsRight();

        world.linking.fault(tenant, master.id(), Fault.BAN);
        world.linking.fault(tenant, servant.id(), Fault.DROP);
        assertThat(Mirrors.differing(database, data)).contains(file);
        world.forward(Duration.ofSeconds(1));

        assertFileIsRight();
        assertThat(Files.readString(file)).contains("\"status\": \"unlinked\"").contains("\"status\": \"failed\"");
    }

    @Test
    void aStopOfTheServerWaitsForNoSecond() throws IOException {
        Sender master = linked(world.master(tenant));
        world.linking.fault(tenant, master.id(), Fault.BAN);

        world.changes.atShutdown(new ShutdownEvent());

        assertFileIsRight();
    }

    @Test
    void manyCommandsAtOnceLeaveTheFileOfTheLastOne() throws IOException {
        Sender master = world.master(tenant);

        AtOnce.run(
                24,
                number ->
                        number % 3 == 0 ? world.master(tenant) : world.servant(master, "+9715000002" + (10 + number)));

        assertFileIsRight();
        assertThat(temporary()).isEmpty();
    }

    @Test
    void aFileThatAKillLeftBehindIsMendedAtTheNextStart() throws IOException {
        Sender master = world.master(tenant);
        String before = Files.readString(file);
        world.servant(master, "+971500000102");
        String after = Files.readString(file);
        Files.writeString(file, before); // killed after the commit, before the rename
        Files.writeString(file.resolveSibling(".bots-config-7.tmp"), after);

        start();

        assertFileIsRight();
        assertThat(temporary()).isEmpty();
        assertThat(copies("edited")).as("the older file was ours").isEmpty();
    }

    @Test
    void aFileThatWasEditedByHandIsKeptAsideAndWrittenAnew() throws IOException {
        world.master(tenant);
        Files.writeString(file, "{ \"version\": \"3.0\", \"whatsappBots\": {} }");

        start();

        assertFileIsRight();
        assertThat(copies("edited"))
                .singleElement()
                .satisfies(copy -> assertThat(copy).hasContent("{ \"version\": \"3.0\", \"whatsappBots\": {} }"));
        start();
        assertThat(copies("edited")).hasSize(1);
    }

    @Test
    void aMissingAndADamagedFileAreWrittenAnew() throws IOException {
        world.master(tenant);
        Files.delete(file);
        start();
        assertFileIsRight();

        Files.write(file, new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        start();
        assertFileIsRight();
    }

    @Test
    void aFileThatIsRightIsNotTouched() throws IOException {
        world.master(tenant);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        start();

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void anAccountWithoutSendersHasNoFile() {
        world.senders.rename(tenant, Actor.SERVER, new SenderId("nobody"), "Name");
        start();

        assertThat(file).doesNotExist();
        assertThat(Mirrors.differing(database, data)).doesNotContain(file);
    }

    private void start() {
        var restarted = new TestSenders(database, data);
        restarted.clock.forward(Duration.ofHours(1));
        restarted.mirrors.reconcile();
    }

    private void assertFileIsRight() throws IOException {
        String expected = new ConfigExport(database).text(tenant);
        assertThat(Files.readString(file)).isEqualTo(expected);
        assertThat(Mirrors.differing(database, data)).doesNotContain(file);
    }

    private List<Path> temporary() throws IOException {
        return filesWith(".tmp");
    }

    private List<Path> copies(String why) throws IOException {
        return filesWith("bots-config.json." + why + "-");
    }

    private List<Path> filesWith(String part) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(path -> path.getFileName().toString().contains(part))
                    .toList();
        }
    }

    private Sender linked(Sender sender) {
        world.linking.link(tenant, Actor.SERVER, sender.id());
        world.linking.scan(tenant, sender.id(), Optional.empty());
        return world.now(sender);
    }

    private Sender done(String id, String name, String phone) {
        return TestSenders.done(world.senders.addMaster(
                tenant,
                Actor.SERVER,
                new Senders.NewMaster(
                        Optional.of(id), name, Optional.of(phone), MasterType.PRIMARY, DriverKind.SIMULATOR)));
    }
}
