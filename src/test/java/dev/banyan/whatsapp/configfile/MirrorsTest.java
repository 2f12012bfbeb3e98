package dev.banyan.whatsapp.configfile;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.IDENTITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.ConfigSchema;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.TuningRequest;
import io.quarkus.runtime.ShutdownEvent;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/// `bots-config.json` always follows the database.
@OnEveryDatabase
class MirrorsTest {

    private static final Instant LEADS_UNTIL = Instant.parse("2026-11-20T09:00:00Z");

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
        world.rename(tenant, servant.id(), "“Ночная” смена 🌙");
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
                tenant, Actor.SERVER, new Senders.NewServant(master.id(), "+971500000101", "Twin", Optional.empty()));
        world.rename(tenant, new SenderId("nobody"), "Name");

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
    void accountsThatAreGoneHoldUpNoFileWhenTheServerStops() throws IOException {
        Sender master = linked(world.master(tenant));
        for (int i = 0; i < 5; i++) {
            AccountId gone = StoredAccounts.owner(database, Tier.FREE).root().id();
            world.changes.write(gone, change -> {
                change.happened(master.id());
                return gone;
            });
            database.write(tx -> {
                tx.sql()
                        .deleteFrom(IDENTITIES)
                        .where(IDENTITIES.HOME_ACCOUNT_ID.eq(gone))
                        .execute();
                return tx.sql().deleteFrom(ACCOUNTS).where(ACCOUNTS.ID.eq(gone)).execute();
            });
        }
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
    void aFileThatIsEditedWhileTheServerRunsIsKeptAndTold() throws IOException {
        Sender master = world.master(tenant);
        Files.writeString(file, "{ \"by\": \"hand\" }");
        assertThat(world.mirrors.edited(tenant)).contains(file);

        world.servant(master, "+971500000102");

        assertFileIsRight();
        assertThat(copies("edited"))
                .singleElement()
                .satisfies(copy -> assertThat(copy).hasContent("{ \"by\": \"hand\" }"));
        assertThat(world.mirrors.edited(tenant))
                .isEqualTo(Optional.of(copies("edited").getFirst()));
        List<SenderEvent> told =
                database.read(tx -> new SenderEventStore(tx).ofSender(tenant, master.id(), Optional.empty(), 10));
        assertThat(told).extracting(SenderEvent::title).containsExactly("File edited");
        world.servant(master, "+971500000103");
        assertThat(copies("edited")).as("once").hasSize(1);
    }

    @Test
    void whatWasEditedIsImportedOnceAndOnlyIfItCanBe() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        String good = Files.readString(file);
        assertThat(world.configImport.importEdited(tenant, Actor.SERVER)).isEmpty();

        Files.writeString(file, good.replace("+971500000101", "12"));
        assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                .isInstanceOf(ConfigImport.Imported.Conflicts.class);
        assertThat(world.mirrors.edited(tenant)).as("it is still there").contains(file);

        Files.writeString(file, good.replace("Amira Nasser", "Amira N."));
        assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                .isInstanceOf(ConfigImport.Imported.Done.class);
        assertThat(world.now(master).displayName()).isEqualTo("Amira N.");
        assertFileIsRight();
        assertThat(copies("imported")).hasSize(1);

        Files.writeString(file, Files.readString(file).replace("\n", "\n\n"));
        assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                .as("only its form differs")
                .isEqualTo(new ConfigImport.Imported.Done(0, 0, 1, Optional.empty()));
        assertFileIsRight();
    }

    @Test
    void whatWasRemovedFromTheEditedFileIsTold() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        Sender servant = world.servant(master, "+971500000102");
        String text = Files.readString(file);
        String without = text.replaceAll("(?s)\"secondaryAccounts\": \\{.*?\\n  }", "\"secondaryAccounts\": {}")
                .replaceAll("\"servants\": \\[[^]]*]", "\"servants\": []");
        Files.writeString(file, without);
        world.clock.forward(Duration.ofSeconds(5));

        assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                .isEqualTo(new ConfigImport.Imported.Conflicts(List.of(new ConfigConflict(
                        (int) without.substring(0, without.indexOf("\"secondaryAccounts\""))
                                .lines()
                                .count(),
                        "“" + servant.id() + "” (" + servant.displayName()
                                + ") is missing here. An import removes no account: put it back, or remove it with"
                                + " 'remove-secondary " + servant.id() + "'"))));
        assertThat(world.mirrors.edited(tenant)).as("it is still there").contains(file);

        Files.writeString(file, text.replace("Support Desk", "Night Desk"));
        world.servant(master, "+971500000103");
        assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                .as("a servant that came later could not be in it")
                .isInstanceOf(ConfigImport.Imported.Done.class);
        assertThat(world.now(servant).displayName()).isEqualTo("Night Desk");
    }

    /// `/dev/full` accepts no data, like a full disk.
    @Test
    void aFullDiskRefusesTheCommandAndLeavesFileAndDatabase() throws IOException {
        Sender master = world.master(tenant);
        String before = Files.readString(file);
        for (int number = 2; number < 10; number++) {
            Files.createSymbolicLink(file.resolveSibling(".bots-config-" + number + ".tmp"), Path.of("/dev/full"));
        }

        assertThatThrownBy(() -> world.servant(master, "+971500000102"))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessage("The file " + file + " cannot be written: No space left on device. Nothing was changed");

        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(world.pools.overview(tenant).servants()).isZero();
        assertFileIsRight();
        start();
        world.servant(master, "+971500000102");
        assertFileIsRight();
    }

    @Test
    void ofManySendersTheFileIsWrittenTogetherAfterASecond() throws IOException {
        Sender master = world.master(tenant);
        database.write(tx -> {
            var store = new SenderStore(tx);
            for (int i = 0; i < SenderChanges.MANY; i++) {
                store.insert(
                        tenant,
                        Sender.fresh(
                                new SenderId(username + "-" + i),
                                tenant,
                                new Sender.Role.Servant(master.id(), "custom"),
                                "Desk",
                                Optional.of(new Phone("+97150%07d".formatted(i))),
                                DriverKind.SIMULATOR,
                                world.clock.instant()));
            }
            return 0;
        });
        world.rename(tenant, master.id(), "First"); // from now on the number of senders is known
        assertFileIsRight();

        world.rename(tenant, master.id(), "Second");

        assertThat(Files.readString(file)).doesNotContain("Second");
        world.forward(Duration.ofSeconds(1));
        assertFileIsRight();
        assertThat(Files.readString(file)).contains("Second");
    }

    @Test
    void settingsStandInTheFileAndComeBackFromIt() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        world.tuning.tune(
                tenant,
                Actor.SERVER,
                master.id(),
                new TuningRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of("night", "gold")),
                        Optional.of("ae"),
                        Optional.of(3),
                        Optional.of(7),
                        Optional.of(20),
                        Optional.of(500),
                        Optional.of(Optional.of(true))));
        var settings = new PoolSettings(
                Strategy.WEIGHTED,
                UncertainPolicy.RESEND,
                new Pace(Optional.of(30), Optional.of(900), Optional.of(false)),
                Optional.of(new PairLimit(Duration.ofSeconds(6), 45)),
                Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 30), QuietHours.ANSWERS_WITHIN)),
                ZoneId.of("Asia/Dubai"),
                500);
        world.tuning.tunePool(tenant, Actor.SERVER, master.id(), settings);
        SenderOverrides traits = world.now(master).traits();

        String text = Files.readString(file);
        assertThat(text).contains("""
                      "tuning": {
                        "tags": [
                          "gold",
                          "night"
                        ],
                        "region": "AE",
                        "weight": 3,
                        "priority": 7,
                        "perMinute": 20,
                        "perDay": 500,
                        "warmsUp": true
                      },
                      "pool": {
                        "strategy": "weighted",
                        "uncertain": "resend",
                        "perMinute": 30,
                        "perDay": 900,
                        "warmsUp": false,
                        "pairSeconds": 6,
                        "pairBurst": 45,
                        "quietFrom": "22:00",
                        "quietUntil": "07:30",
                        "quietAnswerMinutes": 60,
                        "timeZone": "Asia/Dubai",
                        "mostWaiting": 500
                      }
                """.indent(0).stripTrailing());
        assertThat(new ConfigSchema().broken(new ObjectMapper().readTree(text))).isEmpty();
        assertThat(new ConfigSchema()
                        .broken(new ObjectMapper().readTree(text.replace("\"region\": \"AE\"", "\"region\": 7"))))
                .containsExactly("/masterAccounts/" + master.id() + "/tuning/region is no \"string\"");
        world.senders.removeMaster(tenant, Actor.SERVER, master.id(), Optional.empty());
        assertThat(world.configImport.importFile(tenant, Actor.SERVER, text.getBytes(StandardCharsets.UTF_8), Map.of()))
                .isEqualTo(new ConfigImport.Imported.Done(
                        1, 0, 0, Optional.of(copies("backup").getLast())));
        assertThat(world.now(master).traits()).isEqualTo(traits);
        assertThat(world.pools.settings(tenant, master.id())).isEqualTo(settings);
        assertFileIsRight();
        String wrong = text.replace("\"weight\": 3", "\"weight\": 300")
                .replace("\"weighted\"", "\"best\"")
                .replace("\"22:00\"", "\"late\"")
                .replace("\"Asia/Dubai\"", "\"Mars\"")
                .replace("\"mostWaiting\": 500", "\"mostWaiting\": \"many\"");
        String id = "“" + master.id() + "”: ";
        assertThat(world.configImport.importFile(
                        tenant, Actor.SERVER, wrong.getBytes(StandardCharsets.UTF_8), Map.of()))
                .isInstanceOfSatisfying(
                        ConfigImport.Imported.Conflicts.class,
                        found -> assertThat(found.conflicts())
                                .extracting(ConfigConflict::text)
                                .contains(
                                        id + "weight must be between 1 and 100",
                                        id + "strategy must be one of round-robin, weighted, least-loaded, priority,"
                                                + " random-two, region",
                                        id + "quietFrom must be a time such as 22:00",
                                        id + "timeZone must be a time zone such as Asia/Dubai",
                                        "mostWaiting must be a whole number"));
    }

    /// The file said so before settings were described once, and programs that read it know it so.
    @Test
    void whatIsNotSetIsNotInTheFile() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        PoolSettings weighted =
                Outcomes.value(PoolSettings.FIELDS.pairs(Map.of("strategy", "weighted"), PoolSettings.DEFAULT));

        world.tuning.tunePool(tenant, Actor.SERVER, master.id(), weighted);

        assertThat(Files.readString(file)).contains("""
                      "pool": {
                        "strategy": "weighted",
                        "uncertain": "ask",
                        "warmsUp": false,
                        "timeZone": "Z",
                        "mostWaiting": 10000
                      }
                """.indent(0).stripTrailing());
    }

    @Test
    void settingsWithoutLimitsAreNotInTheFile() throws IOException {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        world.tuning.tunePool(
                tenant, Actor.SERVER, master.id(), PoolSettings.DEFAULT.withUncertain(UncertainPolicy.RESEND));

        assertThat(Files.readString(file)).contains("""
                      "pool": {
                        "strategy": "round-robin",
                        "uncertain": "resend",
                        "warmsUp": false,
                        "timeZone": "Z",
                        "mostWaiting": 10000
                      }
                """.indent(0).stripTrailing());
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
        world.rename(tenant, new SenderId("nobody"), "Name");
        start();

        assertThat(file).doesNotExist();
        assertThat(Mirrors.differing(database, data)).doesNotContain(file);
    }

    @Test
    void aFormerUsernameLeadsToTheFile() throws IOException {
        Sender sender = world.master(tenant);
        String renamed = "now-" + username;
        rename(tenant, renamed);
        world.mirror.accountChanged(new AccountChanged(tenant, username));
        world.mirror.accountChanged(new AccountChanged(tenant, renamed));

        assertThat(folder(username)).isSymbolicLink();
        assertThat(folder(renamed)).isDirectory().is(new Condition<>(path -> !Files.isSymbolicLink(path), "no link"));
        assertFileIsRight();
        world.rename(tenant, sender.id(), "Harbour Desk");
        assertThat(Files.readString(folder(renamed).resolve("bots-config.json")))
                .contains("Harbour Desk");
        assertFileIsRight();
        assertThat(copies("edited")).isEmpty();

        rename(tenant, username);
        world.mirror.accountChanged(new AccountChanged(tenant, username));
        assertThat(Files.isSymbolicLink(folder(username))).isFalse();
        assertThat(folder(renamed)).isSymbolicLink();
        world.rename(tenant, sender.id(), "Harbour Desk 2");
        assertFileIsRight();

        release();
        world.mirror.accountChanged(new AccountChanged(tenant, renamed));
        assertThat(folder(renamed)).doesNotExist();
        assertFileIsRight();
    }

    @Test
    void aServerThatWasOffFindsTheFolderAndWhoeverTakesAFreedNameHasTheirOwn() throws IOException {
        Sender sender = world.master(tenant);
        String renamed = "now-" + username;
        rename(tenant, renamed);
        start();
        assertThat(folder(username)).isSymbolicLink();
        assertFileIsRight();
        String ours = Files.readString(file);

        release();
        AccountId stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        rename(stranger, username);
        Sender other = new TestSenders(database, data).master(stranger);
        assertThat(Files.isSymbolicLink(folder(username))).isFalse();
        assertThat(Files.readString(file))
                .contains(other.id().value())
                .doesNotContain(sender.id().value());
        assertThat(Files.readString(folder(renamed).resolve("bots-config.json")))
                .isEqualTo(ours);
        assertThat(copies("edited")).isEmpty();
    }

    private Path folder(String name) {
        return data.resolve("accounts").resolve(name);
    }

    private void rename(AccountId account, String name) {
        assertThat(database.<Boolean>write(tx -> {
                    var accounts = new AccountStore(tx);
                    return accounts.rename(accounts.find(account).orElseThrow(), name, LEADS_UNTIL, LEADS_UNTIL);
                }))
                .isTrue();
    }

    private void release() {
        database.<Map<String, AccountId>>write(tx -> new AccountStore(tx).release(LEADS_UNTIL));
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
                new Senders.NewMaster(Optional.of(id), name, Optional.of(phone), MasterType.PRIMARY)));
    }
}
