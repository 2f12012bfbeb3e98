package dev.banyan.whatsapp.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.configfile.ConfigImport.Imported;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ConfigImportTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// `#` is replaced by a number that makes ids unique on the whole server.
    private static final String GOOD = """
            {
              "version": "3.0",
              "whatsappBots": {
                "amira-#": {
                  "id": "amira-#",
                  "phoneNumber": "+971 50 000 0101",
                  "displayName": "Amira Nasser",
                  "role": "primary",
                  "type": "master",
                  "enabled": true,
                  "status": "linked",
                  "sessionPath": "sessions/session-amira",
                  "limits": {"perDay": 1200, "factor": 1.10}
                }
              },
              "masterAccounts": {
                "amira-#": {
                  "type": "primary",
                  "displayName": "Amira Nasser",
                  "phoneNumber": "+971500000101",
                  "servants": ["servant-#-1", "servant-#-2"],
                  "region": "dubai"
                },
                "layla-#": {
                  "type": "backup",
                  "displayName": "Layla Noor",
                  "phoneNumber": null,
                  "servants": []
                }
              },
              "secondaryAccounts": {
                "servant-#-2": {
                  "id": "servant-#-2",
                  "masterAccountId": "amira-#",
                  "phoneNumber": "+971500000103",
                  "displayName": "Support Desk",
                  "status": "unlinked"
                },
                "servant-#-1": {
                  "id": "servant-#-1",
                  "masterAccountId": "amira-#",
                  "phoneNumber": "+971500000102",
                  "displayName": "Sales Team",
                  "purpose": "sales",
                  "status": "linked",
                  "enabled": false,
                  "notes": ["ask Layla", null, true]
                }
              },
              "accountHierarchy": [
                {"masterId": "amira-#", "masterType": "primary", "servants": [], "weight": 3}
              ],
              "metadata": {"totalBots": 99, "managedBy": "Linda"},
              "capabilities": {"failover-support": true},
              "default": "amira-#"
            }
            """;

    private final String number = String.valueOf(NUMBER.incrementAndGet());
    private final Database database;
    private final TestSenders world;
    private final AccountContext owner;
    private final AccountId tenant;
    private final Path file;

    ConfigImportTest(Database database) {
        this.database = database;
        Path data = TestSenders.newFolder();
        this.world = new TestSenders(database, data);
        this.owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.file = data.resolve("accounts").resolve(owner.root().username()).resolve("bots-config.json");
    }

    @Test
    void aGoodFileIsTakenInWhole() {
        Imported imported = take(GOOD);

        assertThat(imported).isEqualTo(new Imported.Done(4, 0, 0, Optional.empty()));
        Pools.Overview overview = overview();
        assertThat(overview.pools()).hasSize(2);
        Pool amira = overview.pools().getFirst();
        assertThat(amira.master().phone()).contains(new Phone("+971500000101"));
        assertThat(amira.master().masterType()).contains(MasterType.PRIMARY);
        assertThat(amira.master().state()).as("linked is a claim").isEqualTo(SenderState.DISCONNECTED);
        assertThat(amira.master().servants()).isEqualTo(2);
        assertThat(amira.servants()).extracting(Sender::displayName).containsExactly("Support Desk", "Sales Team");
        Sender support = amira.servants().getFirst();
        assertThat(support.purpose()).contains("custom");
        assertThat(support.state()).isEqualTo(SenderState.UNLINKED);
        assertThat(support.enabled()).isTrue();
        assertThat(amira.servants().getLast().enabled()).isFalse();
        Pool layla = overview.pools().getLast();
        assertThat(layla.master().masterType()).contains(MasterType.BACKUP);
        assertThat(layla.master().phone()).isEmpty();
        assertThat(auditActions()).contains("ConfigImported");
    }

    @Test
    void unknownFieldsComeOutAgainWhereTheyStood() throws IOException {
        take(GOOD);

        assertThat(Files.readString(file))
                .contains("\"sessionPath\": \"sessions/session-amira\"")
                .containsPattern("\"limits\": \\{\\s+\"perDay\": 1200,\\s+\"factor\": 1.10\\s+}")
                .contains("\"region\": \"dubai\"")
                .containsPattern("\"notes\": \\[\\s+\"ask Layla\",\\s+null,\\s+true\\s+]")
                .contains("\"weight\": 3")
                .contains("\"managedBy\": \"Linda\"")
                .contains("\"failover-support\": true")
                .contains("\"default\": \"amira-" + number + "\"")
                .contains("\"totalBots\": 4")
                .doesNotContain("99");
    }

    @Test
    void theSecondTimeNothingChanges() throws IOException {
        take(GOOD);
        String after = Files.readString(file);
        List<Sender> senders = overview().senders().toList();

        assertThat(take(GOOD)).isEqualTo(new Imported.Done(0, 0, 4, Optional.empty()));

        assertThat(Files.readString(file)).isEqualTo(after);
        assertThat(overview().senders()).containsExactlyElementsOf(senders);
        assertThat(copies()).isEmpty();
    }

    @Test
    void anExportedFileChangesNothing() {
        take(GOOD);
        String exported = new ConfigExport(database).text(tenant);

        assertThat(take(exported)).isEqualTo(new Imported.Done(0, 0, 4, Optional.empty()));
    }

    @Test
    void aPoolThatSaysNothingOfWarmingUpIsTheSameASecondTime() {
        String tuned = GOOD.replace("\"region\": \"dubai\"", "\"pool\": {\"strategy\": \"priority\"}");

        assertThat(take(tuned)).isInstanceOf(Imported.Done.class);
        assertThat(take(tuned)).isEqualTo(new Imported.Done(0, 0, 4, Optional.empty()));
        assertThat(take(tuned.replace("\"phoneNumber\": null,", "\"phoneNumber\": null, \"pool\": {},")))
                .as("what is as at first")
                .isEqualTo(new Imported.Done(0, 0, 4, Optional.empty()));
    }

    @Test
    void aLimitThatLetsNothingThroughIsAConflict() {
        Imported imported = take(GOOD.replace("\"notes\": [\"ask Layla\", null, true]", """
                "tuning": {"perDay": 0, "perMinute": 0}"""));

        assertThat(imported)
                .isEqualTo(new Imported.Conflicts(List.of(
                        conflict(47, "“servant-#-1”: perMinute must be between 1 and 6000"),
                        conflict(47, "“servant-#-1”: perDay must be between 1 and 1000000"))));
    }

    @Test
    void whoIsSwitchedOffIsDisconnectedAndComesBackWhenSwitchedOn() {
        Sender master = world.linked(tenant, "+971500000101");
        Sender linking = world.servant(master, "+971500000102");
        world.linking.link(tenant, owner.actor(), linking.id());
        String on = new ConfigExport(database).text(tenant);
        String off = on.replace("\"enabled\": true", "\"enabled\": false")
                .replace("\"purpose\": \"support\"", "\"purpose\": \"support\", \"enabled\": false");

        assertThat(take(off)).isInstanceOf(Imported.Done.class);

        assertThat(world.now(master).enabled()).isFalse();
        assertThat(world.now(master).state()).isEqualTo(SenderState.DISCONNECTED);
        assertThat(world.simulator.answers(master.key())).isFalse();
        assertThat(world.now(linking).enabled()).isFalse();
        assertThat(world.now(linking).state()).isEqualTo(SenderState.PENDING);
        assertThat(world.linking.code(tenant, linking.id())).isEmpty();

        assertThat(take(on)).isInstanceOf(Imported.Done.class);
        world.sessions.settle(master.key());

        assertThat(world.now(master).state()).isEqualTo(SenderState.LINKED);
        assertThat(world.simulator.answers(master.key())).isTrue();
    }

    @Test
    void theFileWinsOverNamesAndPoolsAndTheOldOneIsKept() throws IOException {
        take(GOOD);
        String before = Files.readString(file);

        Imported imported = take(GOOD.replace("Sales Team", "Night Shift")
                .replace("\"purpose\": \"sales\"", "\"purpose\": \"night\"")
                .replace("\"servants\": [\"servant-#-1\", \"servant-#-2\"],", "\"servants\": [],")
                .replace("\"servants\": []\n", "\"servants\": [\"servant-#-1\", \"servant-#-2\"]\n")
                .replace("\"masterAccountId\": \"amira-#\"", "\"masterAccountId\": \"layla-#\"")
                .replace("\"phoneNumber\": null", "\"phoneNumber\": \"+971500000104\""));

        assertThat(imported).isInstanceOfSatisfying(Imported.Done.class, done -> {
            assertThat(done.added()).isZero();
            assertThat(done.changed()).isEqualTo(3);
            assertThat(done.unchanged()).isEqualTo(1);
            assertThat(done.backup().orElseThrow()).hasContent(before);
        });
        Pool layla = overview().pools().getLast();
        assertThat(layla.servants()).extracting(Sender::displayName).containsExactly("Support Desk", "Night Shift");
        assertThat(layla.servants().getLast().purpose()).contains("night");
        assertThat(layla.master().servants()).isEqualTo(2);
        assertThat(layla.master().phone()).contains(new Phone("+971500000104"));
        assertThat(overview().pools().getFirst().master().servants()).isZero();
        assertThat(copies()).hasSize(1);
    }

    @Test
    void whatTheFileDoesNotNameStays() {
        Sender master = world.master(tenant, Optional.of("+971500000199"));

        take(GOOD);

        assertThat(overview().total()).isEqualTo(5);
        assertThat(world.now(master).phone()).contains(new Phone("+971500000199"));
    }

    @Test
    void aServantMayFollowAMasterThatOnlyTheServerKnows() {
        Sender master = world.master(tenant);

        Imported imported = take("""
                {"version": "3.0", "masterAccounts": {}, "secondaryAccounts": {
                  "servant-#": {"masterAccountId": "%s", "phoneNumber": "+971500000102", "displayName": "Sales"}}}
                """.formatted(master.id()));

        assertThat(imported).isInstanceOf(Imported.Done.class);
        assertThat(world.now(master).servants()).isEqualTo(1);
    }

    @Test
    void theSeedsOwnFirstSampleIsTakenIn() {
        Imported imported = take("""
                {
                  "version": "3.0",
                  "whatsappBots": {
                    "amira-#": {
                      "id": "amira-#",
                      "phoneNumber": "+971500000101",
                      "displayName": "Amira Nasser",
                      "role": "primary",
                      "type": "master",
                      "enabled": true
                    }
                  },
                  "masterAccounts": {
                    "amira-#": {
                      "type": "primary",
                      "displayName": "Amira Nasser",
                      "phoneNumber": "+971500000101",
                      "servants": ["servant-1", "servant-2"]
                    }
                  },
                  "secondaryAccounts": {},
                  "accountHierarchy": [
                    {
                      "masterId": "amira-#",
                      "masterType": "primary",
                      "servants": []
                    }
                  ]
                }
                """);

        assertThat(imported)
                .as("its ghosts are told, and no reason to refuse the file of another program")
                .isEqualTo(new Imported.Done(
                        1,
                        0,
                        0,
                        0,
                        List.of(conflict(18, ghost("servant-1")), conflict(18, ghost("servant-2"))),
                        Optional.empty()));
    }

    private static String ghost(String id) {
        return "“" + id + "” is in the servants of “amira-#” (masterAccounts), but not in secondaryAccounts";
    }

    @Test
    void anEditOfOnePlaceOfAMirrorIsAConflictWithItsLine() {
        Sender amira = world.master(tenant, Optional.of("+971500000101"));
        Sender sales = world.servant(amira, "+971500000102");
        String mirror = new ConfigExport(database).text(tenant);
        String bots = mirror.substring(0, mirror.indexOf("\"masterAccounts\""));
        String rest = mirror.substring(bots.length());
        String id = "“" + amira.id() + "”";

        assertConflict(
                bots.replace("\"displayName\": \"Amira Nasser\"", "\"displayName\": \"Amira N.\"") + rest,
                lineOf(mirror, "\"displayName\""),
                id + ": displayName is “Amira N.” in whatsappBots, but “Amira Nasser” in masterAccounts");
        assertConflict(
                bots.replace("\"role\": \"primary\"", "\"role\": \"backup\"") + rest,
                lineOf(mirror, "\"role\""),
                id + ": type is “backup” in whatsappBots, but “primary” in masterAccounts");
        assertConflict(
                bots.replace("\"" + amira.id() + "\": {", "\"renamed\": {") + rest,
                lineOf(mirror, "\"id\""),
                "“renamed” in whatsappBots has the id " + id + ": an account can't get another id");
        assertConflict(
                bots.replace("\"" + amira.id() + "\"", "\"renamed\"") + rest,
                lineOf(mirror, "\"" + amira.id() + "\": {"),
                "“renamed” is in whatsappBots, but not in masterAccounts");
        assertConflict(
                mirror.replace("\"masterType\": \"primary\"", "\"masterType\": \"backup\""),
                lineOf(mirror, "\"masterType\""),
                id + ": masterType is “backup” in accountHierarchy, but not in masterAccounts");
        assertConflict(
                mirror.replaceFirst("\"servants\": \\[[^]]*]", "\"servants\": []"),
                lineOf(mirror.replaceFirst("\"servants\": \\[[^]]*]", "\"servants\": []"), "masterAccountId"),
                "“" + sales.id() + "” follows " + id + ", but isn't in its servants");
        assertThat(world.now(amira).displayName()).isEqualTo("Amira Nasser");
    }

    @Test
    void aServantThatWasTakenOutOfAMirrorIsAConflict() {
        Sender amira = world.master(tenant, Optional.of("+971500000101"));
        Sender sales = world.servant(amira, "+971500000102");
        String mirror = new ConfigExport(database).text(tenant);
        String without = mirror.replaceFirst("(?s)\"secondaryAccounts\": \\{.*?\\n  }", "\"secondaryAccounts\": {}");

        assertConflict(
                without,
                lineOf(mirror, "\"" + sales.id() + "\""),
                "“" + sales.id() + "” is in the servants of “" + amira.id()
                        + "” (masterAccounts), but not in secondaryAccounts");
    }

    private void assertConflict(String text, int line, String why) {
        assertThat(take(text))
                .isInstanceOfSatisfying(
                        Imported.Conflicts.class,
                        found -> assertThat(found.conflicts()).contains(new ConfigConflict(line, why)));
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part)).lines().count();
    }

    @Test
    void anOldFileLeavesAloneWhatItDoesNotKnow() {
        Sender amira = world.master(tenant, Optional.of("+971500000101"));
        Sender omar = world.master(tenant, Optional.of("+971500000105"));
        Sender sales = world.servant(omar, "+971500000102");
        world.senders.setMasterType(tenant, owner.actor(), omar.id(), MasterType.BACKUP);
        String purpose = sales.purpose().orElseThrow();

        Imported imported = take("""
                {"version": "1.0", "primaryAccount": "Amira", "whatsappBots": {
                  "Amira": {"id": "%s", "phoneNumber": "+971500000101", "role": "primary"},
                  "Omar": {"id": "%s", "phoneNumber": "+971500000105", "role": "master"},
                  "Sales": {"id": "%s", "phoneNumber": "+971500000102", "role": "secondary"}
                }}
                """.formatted(amira.id(), omar.id(), sales.id()));

        assertThat(imported).isInstanceOfSatisfying(Imported.Done.class, done -> {
            assertThat(done.changed()).isZero();
            assertThat(done.unchanged()).isEqualTo(3);
        });
        assertThat(world.now(sales).purpose()).contains(purpose).isNotEqualTo(Optional.of("custom"));
        assertThat(world.now(sales).masterId()).contains(omar.id());
        assertThat(world.now(sales).displayName()).isEqualTo(sales.displayName());
        assertThat(world.now(omar).masterType()).contains(MasterType.BACKUP);
    }

    @Test
    void anAccountOfTheFileGetsTheIdThatIsChosenForIt() {
        Imported imported = world.configImport.importFile(
                tenant,
                owner.actor(),
                GOOD.replace("#", number).getBytes(StandardCharsets.UTF_8),
                Map.of(new SenderId("amira-" + number), new SenderId("hq-" + number)));

        assertThat(imported).isInstanceOf(Imported.Done.class);
        Pool hq = overview().pools().getFirst();
        assertThat(hq.master().id().value()).isEqualTo("hq-" + number);
        assertThat(hq.servants()).hasSize(2);
        assertThat(new ConfigExport(database).text(tenant)).contains("\"default\": \"hq-" + number + "\"");
        assertThat(world.configImport.importFile(
                        tenant,
                        owner.actor(),
                        GOOD.replace("#", number).getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                new SenderId("gone"),
                                new SenderId("here"),
                                new SenderId("amira-" + number),
                                new SenderId("layla-" + number))))
                .isInstanceOfSatisfying(
                        Imported.Conflicts.class,
                        found -> assertThat(found.conflicts())
                                .contains(
                                        conflict(1, "“gone” was to be renamed, but is not in this file"),
                                        conflict(24, "two accounts of the file would have the id “layla-#”")));
    }

    @Test
    void aMoveByAFileIsInTheEventsOfBothPoolsAndTakesTheQueueAlong() {
        take(GOOD);
        SenderId amira = overview().pools().getFirst().master().id();
        SenderId layla = overview().pools().getLast().master().id();

        take(GOOD.replace("\"servants\": [\"servant-#-1\", \"servant-#-2\"],", "\"servants\": [],")
                .replace("\"servants\": []\n", "\"servants\": [\"servant-#-1\", \"servant-#-2\"]\n")
                .replace("\"masterAccountId\": \"amira-#\"", "\"masterAccountId\": \"layla-#\""));

        assertThat(events(amira)).contains("Sales Team moved to Layla Noor.", "Support Desk moved to Layla Noor.");
        assertThat(events(layla))
                .contains("Sales Team moved here from Amira Nasser.", "Support Desk moved here from Amira Nasser.");
    }

    private List<String> events(SenderId pool) {
        return database.read(tx -> new SenderEventStore(tx).ofPool(tenant, pool, Optional.empty(), 9)).stream()
                .map(SenderEvent::details)
                .toList();
    }

    @Test
    void oldFilesKnowRolesOnlyAndKeysThatAreNoIds() throws IOException {
        Imported imported = take("""
                {
                  "version": "1.0",
                  "default": "AmiraNasser",
                  "primaryAccount": "AmiraNasser",
                  "whatsappBots": {
                    "AmiraNasser": {"id": "amira-#", "phoneNumber": "+971500000101", "displayName": "Amira Nasser",
                      "role": "primary", "status": "active", "googleAccount": "sheets@example.com"},
                    "SalesTeam": {"id": "sales-#", "phoneNumber": "+971500000102", "displayName": "Sales Team",
                      "role": "secondary", "enabled": true, "createdAt": "2026-01-26"},
                    "Desk": {"id": "desk-#", "phoneNumber": "+971500000103", "displayName": "Support Desk",
                      "role": "tertiary", "status": "pending"}
                  }
                }
                """);

        assertThat(imported).isEqualTo(new Imported.Done(3, 0, 0, Optional.empty()));
        Pool pool = overview().pools().getFirst();
        assertThat(pool.master().id().value()).isEqualTo("amira-" + number);
        assertThat(pool.master().state()).isEqualTo(SenderState.DISCONNECTED);
        assertThat(pool.servants()).extracting(Sender::displayName).containsExactly("Sales Team", "Support Desk");
        assertThat(Files.readString(file))
                .contains("\"createdAt\": \"2026-01-26\"")
                .contains("\"googleAccount\": \"sheets@example.com\"")
                .contains("\"primaryAccount\": \"amira-" + number + "\"");
    }

    @Test
    void conflictsNameTheirLinesAndNothingIsTakenIn() {
        Imported imported = take("""
                {
                  "version": "3.0",
                  "whatsappBots": {
                    "one-#": {"role": "primary", "phoneNumber": "+971500000101"},
                    "two-#": {
                      "role": "primary",
                      "phoneNumber": "0501234567"
                    },
                    "three-#": {"role": "captain"},
                    "no id": {"role": "primary"},
                    "four-#": {"role": "primary", "enabled": "yes",
                      "status": "online"}
                  },
                  "secondaryAccounts": {
                    "five-#": {
                      "masterAccountId": "nobody-#",
                      "phoneNumber": "+971500000105", "displayName": 7
                    },
                    "six-#": {"masterAccountId": "one-#", "phoneNumber": "+971 50 000 0101"},
                    "seven-#": {"masterAccountId": "one-#"},
                    "eight-#": {"phoneNumber": "+971500000108"}
                  }
                }
                """);

        assertThat(imported)
                .isInstanceOfSatisfying(
                        Imported.Conflicts.class,
                        found -> assertThat(found.conflicts())
                                .containsExactlyInAnyOrder(
                                        conflict(
                                                7,
                                                "“two-#”: phoneNumber “0501234567” is not a valid international number"),
                                        conflict(
                                                9,
                                                "“three-#”: role must be one of primary, backup, master, secondary, tertiary, servant"),
                                        conflict(10, "the id “no id” cannot be used. " + SenderId.RULE),
                                        conflict(11, "enabled must be true or false"),
                                        conflict(12, "“four-#”: status must be pending, linked, active or unlinked"),
                                        conflict(15, "“five-#”: Master account nobody-# not found"),
                                        conflict(17, "displayName must be text"),
                                        conflict(
                                                19,
                                                "“six-#”: Phone number already in use: +971500000101 is “one-#” on line 4"),
                                        conflict(20, "“seven-#”: a servant needs a phoneNumber"),
                                        conflict(21, "“eight-#”: its master is missing"))
                                .isSortedAccordingTo((one, other) -> Integer.compare(one.line(), other.line())));
        assertThat(overview().total()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void conflictsWithWhatIsHereAreFound() {
        Sender master = world.master(tenant, Optional.of("+971500000101"));
        Sender servant = world.servant(master, "+971500000102");

        assertThat(take("""
                {"whatsappBots": {
                  "%s": {"role": "primary", "phoneNumber": "+971500000109"},
                  "%s": {"role": "primary"},
                  "new-#": {"role": "primary", "phoneNumber": "+971500000102"}
                }}
                """.formatted(master.id(), servant.id())))
                .isEqualTo(new Imported.Conflicts(List.of(
                        conflict(
                                2,
                                "“" + master.id()
                                        + "” has the phone number +971500000101 here, and +971500000109 in the file"),
                        conflict(3, "“" + servant.id() + "” is a servant here, and a master in the file"),
                        conflict(
                                4,
                                "“new-#”: Phone number already in use: +971500000102 is “Support Desk” (" + servant.id()
                                        + ")"))));
        assertThat(overview().total()).isEqualTo(2);
    }

    @Test
    void idsOfOtherAccountsAreFreeAndStayTheirs() {
        Sender foreign =
                world.master(StoredAccounts.owner(database, Tier.FREE).root().id());
        String file = """
                {"whatsappBots": {
                  "%s": {"role": "primary", "displayName": "Ours", "phoneNumber": "+971500000101"}
                }}
                """.formatted(foreign.id());

        assertThat(take(file)).isEqualTo(new Imported.Done(1, 0, 0, Optional.empty()));
        assertThat(take(file)).isEqualTo(new Imported.Done(0, 0, 1, Optional.empty()));

        assertThat(overview().pools().getFirst().master().displayName()).isEqualTo("Ours");
        assertThat(world.now(foreign)).isEqualTo(foreign);
    }

    @Test
    void whatIsNoSuchFileIsRefusedByName() {
        for (String foreign : List.of("{\"name\": \"other\"}", "[]", "7", "{}")) {
            assertThat(take(foreign))
                    .isEqualTo(new Imported.Foreign(
                            "This is not a bots-config.json: it has neither “whatsappBots” nor “masterAccounts”."));
        }
        assertThat(take("{\"version\": \"9.0\", \"whatsappBots\": {}}"))
                .isEqualTo(new Imported.Conflicts(
                        List.of(new ConfigConflict(1, "version \"9.0\" is not supported; use 1.0, 2.0 or 3.0"))));
        assertThat(take("{\"whatsappBots\": []}"))
                .isEqualTo(new Imported.Conflicts(List.of(new ConfigConflict(1, "whatsappBots must be an object"))));
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        assertBroken("{\n  \"whatsappBots\": {\n    \"a\": {,}\n", 3, 11);
        assertBroken("{\n \"whatsappBots\": {}\n} x", 3, 3);
        assertBroken("", 1, 1);
        assertBroken("{\"whatsappBots\": {\"a\": {},\n \"a\": {}}}", 2, 5);
        assertBroken("[".repeat(70), 1, 65);
        assertThat(world.configImport.importFile(tenant, owner.actor(), new byte[] {'{', (byte) 0xff, '}'}, Map.of()))
                .isInstanceOf(Imported.Broken.class);
        assertThat(world.configImport.importFile(tenant, owner.actor(), new byte[ConfigImport.LARGEST + 1], Map.of()))
                .isEqualTo(new Imported.TooLarge(ConfigImport.LARGEST));
    }

    private void assertBroken(String text, int line, int column) {
        assertThat(take(text)).isInstanceOfSatisfying(Imported.Broken.class, broken -> {
            assertThat(broken.line()).as(broken.why()).isEqualTo(line);
            assertThat(broken.column()).as(broken.why()).isCloseTo(column, org.assertj.core.data.Offset.offset(2));
            assertThat(broken.why())
                    .isNotBlank()
                    .doesNotContain("com.fasterxml")
                    .doesNotContain("Source");
        });
    }

    private Imported take(String text) {
        return world.configImport.importFile(
                tenant, owner.actor(), text.replace("#", number).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private ConfigConflict conflict(int line, String text) {
        return new ConfigConflict(line, text.replace("#", number));
    }

    private Pools.Overview overview() {
        return Pools.group(database.read(tx -> new SenderStore(tx).list(tenant)));
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(path -> path.getFileName().toString().contains("backup-"))
                    .toList();
        }
    }

    private List<String> auditActions() {
        return database.read(tx -> tx.sql()
                .fetch("SELECT action FROM audit_events WHERE tenant_id = ?", tenant.toString())
                .getValues(0, String.class));
    }
}
