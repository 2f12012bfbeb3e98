package dev.banyan.console.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.TestWorld;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.RecordedScreen;
import dev.banyan.console.Screen;
import dev.banyan.console.session.Commands;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.configfile.Mirrors;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Senders.Added;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The device commands of contract 4.2, and Banyan's additions: literally, and as JSON.
@QuarkusTest
class PoolCommandsTest {

    private static final String WIDE = "═".repeat(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestWorld world;

    @Inject
    Commands commands;

    @Inject
    Senders senders;

    @Inject
    Mirrors mirrors;

    private String amira = "";
    private String omar = "";
    private String sales = "";
    private String support = "";

    @BeforeEach
    void twoPools() {
        amira = master("amira", "Amira Nasser", Optional.of("+971500000101"), MasterType.PRIMARY);
        omar = master("omar", "Omar Haddad", Optional.empty(), MasterType.BACKUP);
        sales = servant(amira, "+971500000102", "Sales Team", Optional.of("support"));
        support = servant(amira, "+971500000103", "Support Desk", Optional.empty());
    }

    @Test
    void listShowsEveryDeviceInALine() {
        link(sales);

        assertThat(shown("list")).isEqualTo("""
                %1$s
                📱 ALL DEVICES (4 total)
                %1$s
                1. ⏳ +971500000101 - Amira Nasser [master]
                2. ✅ +971500000102 - Sales Team [servant]
                3. ⏳ +971500000103 - Support Desk [servant]
                4. ⏳ (not linked yet) - Omar Haddad [backup master]
                %1$s""".formatted(WIDE));
    }

    @Test
    void mastersAndServantsAreListedApart() {
        link(sales);

        assertThat(shown("masters")).isEqualTo("""
                👑 MASTER ACCOUNTS:
                  1. Amira Nasser - +971500000101 [⏳]
                  2. Omar Haddad - (not linked yet) [⏳]""");
        assertThat(shown("servants")).isEqualTo("""
                📱 SERVANT ACCOUNTS:
                  1. Sales Team - +971500000102 [✅]
                  2. Support Desk - +971500000103 [⏳]""");
        shown("bulk remove " + sales + " " + support);
        assertThat(shown("servants")).isEqualTo("📱 SERVANT ACCOUNTS:\n  (none)");
    }

    @Test
    void accountsShowHowEachDoes() {
        link(sales);

        assertThat(shown("accounts"))
                .startsWith(WIDE + "\n📱 ALL ACCOUNTS - STATUS OVERVIEW\n" + WIDE + "\n\n1. ⏳ +971500000101\n")
                .containsPattern("2\\. ✅ \\+971500000102\n   Name: Sales Team\n   Role: SERVANT\n   Status: LINKED 🟢\n"
                        + "   Uptime: 0h 0m\n   Last Sync: \\d+s ago")
                .contains("   Role: BACKUP MASTER\n   Status: PENDING 🔴\n   Uptime: --\n   Last Sync: N/A");
        shown("bulk remove " + sales + " " + support + " " + amira + " " + omar);
        assertThat(shown("accounts")).endsWith("No accounts configured yet.");
    }

    @Test
    void aDeviceIsFoundByItsNumberHoweverItIsTyped() {
        link(sales);
        shown("tune " + sales + " weight=3 tags=night,gold region=ae per-day=200 warm-up=on");

        String device = shown("device '00971 50 000 0102'");

        assertThat(device)
                .startsWith(WIDE + "\n📱 DEVICE DETAILS: Sales Team\n" + WIDE + "\n  Phone Number: +971500000102\n"
                        + "  Device ID: " + sales + "\n  Role: SERVANT\n  Master: " + amira
                        + "\n  Purpose: support\n  Status: LINKED\n  Online: ✅ Yes\n\nAuthentication:\n"
                        + "  Method: simulator\n  Linked At: ")
                .contains("  Link Attempts: 0\n", "Activity:\n  Uptime: 0h 0m\n", "Network:\n  IP Address: N/A\n")
                .contains("Status:\n  Last Error: None\n  Recovery Mode: 🟢 No\n")
                .contains("Sending:\n  Tags: gold night\n  Region: AE\n  Weight: 3\n  Priority: 999\n"
                        + "  Per Minute: pool setting\n  Per Day: 200\n  Warm-up: on");
        assertThat(shown("device " + sales).lines().limit(9))
                .isEqualTo(device.lines().limit(9).toList());
        assertThat(shown("device 'sales team'")).contains("+971500000102");
        shown("simulate drop " + sales);
        assertThat(shown("device +971500000102"))
                .contains("  Online: ❌ No", "  Uptime: --  (offline)", "  Recovery Mode: 🟡 Yes");
    }

    @Test
    void healthOfOneDeviceIsAScore() {
        link(sales);

        assertThat(shown("health +971500000102"))
                .startsWith("📊 DEVICE HEALTH: Sales Team\n\nPhone: +971500000102\nScore: 70/100 🟡 FAIR\n"
                        + "  Linked: +40 (linked)\n  Online: +30 (last sign of life: ")
                .endsWith("  Uptime: +0 (0h 0m)\n  Last Error: +0 (None)");
        shown("simulate ban " + sales);
        assertThat(shown("health +971500000102"))
                .contains("Score: 0/100 🔴 CRITICAL", "  Last Error: -10 (Simulated: banned by WhatsApp)");
        assertThat(shown("health")).contains("📊 DEVICE SUMMARY");
    }

    @Test
    void statsTellWhatADeviceHasDone() {
        assertThat(shown("stats +971500000102")).isEqualTo("""
                📊 DEVICE STATISTICS: Sales Team

                UPTIME
                  --  (offline)

                ACTIVITY
                  Heartbeats: 0
                  Last Activity: N/A
                  Linked: N/A

                HEALTH
                  Score: 0/100 🔴 CRITICAL

                MESSAGES
                  Last 24h: 0 sent, 0 delivered, 0 read, 0 failed, 0 received
                  Last 30d: 0 sent, 0 delivered, 0 read, 0 failed, 0 received""");
    }

    @Test
    void linkMasterLinksTheOneThatWaits() {
        var screen = new RecordedScreen();

        assertThat(run("link master", false, screen)).isEqualTo(CommandResult.DONE);

        assertThat(screen.text())
                .matches("(?s)⏳ Initiating master account linking\\.\\.\\.\n"
                        + "   \\[1/4] Memory: \\d+ MB free\n   \\[2/4] Running clients: 0\n"
                        + "   \\[3/4] Master account: Amira Nasser\n   \\[4/4] Accounts in the configuration: 4\n\n"
                        + "🔗 Linking master account: Amira Nasser\nPhone: \\+971500000101\nScan with \\+971500000101\n\n"
                        + "💡 This number is simulated. Use 'simulate scan " + amira + "' to link it");
        assertThat(screen.codes()).hasSize(1);
        assertThat(shown("link master")).contains("⚠️  Linking already in progress. Please wait...");
        shown("simulate scan " + amira);
        assertThat(shown("link master")).contains("🔗 Linking master account: Omar Haddad");
        shown("simulate scan " + omar);
        assertThat(shown("link master")).startsWith("✅ Amira Nasser is already linked");
        assertThat(shown("link master +971500000101"))
                .endsWith("✅ Account +971500000101 restored from existing session!");
        shown("bulk remove " + sales + " " + support + " " + amira + " " + omar);
        assertThat(refused("link master")).startsWith("❌ No master account configured!");
    }

    @Test
    void linkMasterAddsAnotherOne() {
        assertThat(shown("link master +971500000107 Layla Noor Office"))
                .startsWith("⏳ Adding new master account...\n   [1/5] Session: none stored\n"
                        + "   [2/5] Configuration: Layla Noor Office (ID: layla-noor-office")
                .contains("   [3/5] Device: registered\n   [4/5] Client: created\n   [5/5] QR code:\n\n"
                        + "🔗 Linking master account: Layla Noor Office\nPhone: +971500000107\n");
        assertThat(shown("masters")).contains(". Layla Noor Office - +971500000107 [⏳]");
        assertThat(refused("link master +971500000102"))
                .isEqualTo("❌ Phone number already in use\n💡 Sales Team (" + sales + ") has it");
        assertThat(refused("link master +12")).isEqualTo("❌ Invalid phone number: +12");
    }

    @Test
    void relinkEndsTheOldConnectionAndBeginsANewOne() {
        link(sales);

        assertThat(shown("relink servant +971500000102"))
                .startsWith("⏳ Re-linking servant account: +971500000102...\n   [1/4] Session: linked\n"
                        + "   [2/4] Device: reset\n   [3/4] Old client: stopped\n   [4/4] New client: started\n")
                .contains("🔗 Linking secondary account: Sales Team");
        assertThat(shown("servants")).contains("Sales Team - +971500000102 [⏳]");
        assertThat(shown("simulate scan " + sales)).contains("is linked");
        assertThat(shown("relink +971500000102")).contains("   [1/4] Session: linked");
        assertThat(shown("relink +971500000102")).contains("   [1/4] Session: linking");
        assertThat(refused("relink servant +971500000101")).isEqualTo("❌ Servant account +971500000101 not found");
        assertThat(refused("relink master")).isEqualTo("""
                📱 Available Master Accounts:
                  [1] Amira Nasser
                       └─ Phone: +971500000101
                       └─ Servants: 2
                  [2] Omar Haddad
                       └─ Phone: (not linked yet) ID: %s
                💡 Usage: 'relink master <phone>'""".formatted(omar));
        shown("remove-master " + omar);
        assertThat(shown("relink master")).startsWith("⏳ Auto-relinking: Amira Nasser (+971500000101)\n");
    }

    @Test
    void aPairingCodeIsTypedOnThePhone() {
        String shown = shown("code +971500000102");

        assertThat(shown)
                .matches("(?s)🔑 PAIRING CODE: Sales Team\n\nPhone: \\+971500000102\n"
                        + "Code: [1-9A-HJ-NP-Z]{4}-[1-9A-HJ-NP-Z]{4}\n\n→ On the phone: .*"
                        + "💡 This number is simulated. Use 'simulate scan " + sales + "' to link it");
        assertThat(shown("code +971500000102"))
                .as("the same as long as it is linking")
                .isEqualTo(shown);
        shown("simulate scan " + sales);
        assertThat(shown("code +971500000102")).isEqualTo("✅ Sales Team is already linked");
        assertThat(refused("code " + omar)).isEqualTo("❌ Omar Haddad has no phone number yet; link it with a QR code");
    }

    @Test
    void whoeverWaitsForACodeToBeTypedSeesThatItWas() throws Exception {
        var screen = new RecordedScreen();
        var linking = CompletableFuture.supplyAsync(() -> run("code +971500000102", true, screen));
        screen.awaitPause();

        shown("simulate scan " + sales);

        assertThat(linking.get(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo(CommandResult.DONE);
        assertThat(screen.codes()).as("no picture").isEmpty();
        assertThat(screen.text()).endsWith("→ Sales Team (+971500000102) is linked ✅");
    }

    @Test
    void whosePhoneAsksForAPasskeyIsNotWaitedFor() throws Exception {
        shown("simulate passkey " + sales);
        shown("link-secondary " + sales);
        run("simulate scan " + sales, 0);

        assertThat(CompletableFuture.supplyAsync(() -> shown("link-secondary " + sales))
                        .get(Eventually.SECONDS, TimeUnit.SECONDS))
                .contains("Scan with +971500000102\n\n⏳ The phone asks for a passkey first\n")
                .doesNotContain("expired");

        var screen = new RecordedScreen();
        var waiting = CompletableFuture.supplyAsync(() -> run("link-secondary " + sales + " --wait", false, screen));
        shown("simulate scan " + sales);
        assertThat(waiting.get(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo(CommandResult.DONE);
    }

    @Test
    void recoverBringsBackWhatWasLinked() {
        assertThat(refused("recover +971500000102")).isEqualTo("""
                ⏳ Attempting session restoration for +971500000102...
                ❌ No valid session found.
                💡 Use 'relink +971500000102' to link with QR code.""");
        link(sales);
        shown("simulate drop " + sales);

        assertThat(shown("recover +971500000102")).isEqualTo("""
                ⏳ Attempting session restoration for +971500000102...
                ✅ Valid session found!
                → Sales Team (+971500000102) is linked""");
    }

    @Test
    void aNumberOfTheCloudApiIsOfferedNoCode() {
        world.sql("UPDATE senders SET driver = 'cloud' WHERE id = ?", sales);

        assertThat(refused("recover +971500000102")).isEqualTo("""
                ⏳ Attempting session restoration for +971500000102...
                ❌ No valid session found.
                💡 Use 'relink +971500000102' to ask WhatsApp about it again.""");
        assertThat(refused("relink +971500000102")).doesNotContain("QR", "Scan with");

        world.sql("UPDATE senders SET state = 'banned', linked_at = 1 WHERE id = ?", sales);
        assertThat(refused("recover +971500000102")).isEqualTo("""
                ⏳ Attempting session restoration for +971500000102...
                ❌ WhatsApp has banned this number.
                💡 It is asked every few minutes whether the ban is over. Check it with 'status'""");
    }

    @Test
    void everyFaultCanBeSimulated() {
        for (Fault fault : Fault.values()) {
            assertThat(refused("simulate explode " + sales)).contains("|" + fault.key());
            assertThat(offered("simulate " + fault.key())).contains(fault.key());
        }
        link(sales);
        assertThat(shown("simulate silent-death " + sales))
                .isEqualTo("✅ Sales Team (+971500000102) is linked\n→ " + Fault.SILENT_DEATH.sentence);
    }

    @Test
    void mastersAreRankedAndRemoved() {
        assertThat(shown("set-master-type " + omar + " primary")).isEqualTo("✅ Omar Haddad is now a primary master");
        assertThat(shown("list-servants")).contains("[PRIMARY] Omar Haddad");
        assertThat(shown("set-master-priority " + omar + " 10")).isEqualTo("✅ Omar Haddad now has priority 10");
        assertThat(refused("set-master-priority " + omar + " 1000")).isEqualTo("❌ priority must be between 1 and 999");
        assertThat(refused("remove-master " + amira))
                .isEqualTo("❌ Amira Nasser has 2 servants\n💡 Use 'remove-master " + amira
                        + " --move-to <master-id>' to give them to another");
        assertThat(refused("remove-master " + amira + " --move-to " + amira))
                .isEqualTo("❌ Choose a different master for the servants");
        assertThat(refused("remove-master " + amira + " to " + omar)).startsWith("⚠️  Usage: 'remove-master ");
        assertThat(refused("move-servants " + amira + " " + amira))
                .isEqualTo("❌ Choose a different master for the servants");
        assertThat(shown("move-servants " + amira + " " + omar))
                .isEqualTo("✅ Servants reassigned successfully\n→ 2 servants now belong to Omar Haddad");
        assertThat(refused("move-servants " + amira + " " + omar)).isEqualTo("❌ Amira Nasser has no servants");
        assertThat(refused("change-servant-master " + sales + " " + omar))
                .isEqualTo("❌ Sales Team already belongs to Omar Haddad");
        assertThat(shown("bulk move " + omar + " " + sales)).startsWith("   ✅ 1. " + sales + ": is there already");
        assertThat(shown("bulk resume " + sales)).startsWith("   ✅ 1. " + sales + ": isn’t paused");
        assertThat(refused("resume " + sales)).isEqualTo("❌ Account isn’t paused");
        assertThat(refused("resume pool " + omar)).isEqualTo("❌ Pool isn’t paused");
        assertThat(shown("remove-master " + omar + " --move-to " + amira))
                .isEqualTo("✅ Master account removed successfully\n→ 2 servants now belong to Amira Nasser");
        assertThat(shown("secondary-stats")).contains("Master Accounts: 1", "Amira Nasser: 2 servants");
    }

    @Test
    void sendersAreTuned() {
        assertThat(shown("tune " + sales + " \"name=Night Desk\" purpose=nights priority=5"))
                .startsWith("✅ Night Desk was updated\n→ Tags: none\n→ Region: none\n→ Weight: 1\n→ Priority: 5\n");
        assertThat(shown("servants-by-master " + amira)).contains("Night Desk", "Purpose: nights");
        assertThat(shown("tune " + sales)).startsWith("⚙️  SETTINGS: Night Desk\n\nTags: none\n");
        assertThat(refused("tune " + sales + " weight=heavy")).isEqualTo("❌ weight must be a number");
        assertThat(refused("tune " + sales + " weight=0")).isEqualTo("❌ weight must be between 1 and 100");
        assertThat(refused("tune " + sales + " warm-up=maybe")).isEqualTo("❌ warm-up must be on, off or pool");
        assertThat(refused("tune " + amira + " purpose=x")).isEqualTo("❌ A master has no purpose");
        assertThat(refused("tune " + sales + " colour=red")).startsWith("❌ “colour=red” is not a setting");
        assertThat(offered("tune " + sales + " we")).containsExactly("weight=");
    }

    @Test
    void poolsAreTuned() {
        assertThat(shown("pool " + amira)).isEqualTo("""
                👑 POOL: Amira Nasser

                Status: degraded
                Servant Count: 2
                Strategy: round-robin (each number in turn)
                Uncertain Messages: ask (they wait for your decision)
                Per Minute: no limit
                Per Day: no limit
                Warm-up: off
                Pair Limit: none
                Quiet Hours: none
                Time Zone: UTC
                Most Waiting: 10,000""");

        assertThat(shown("pool " + amira + " strategy=weighted uncertain=resend per-minute=20 per-day=1000 warm-up=on"
                        + " pair=6s/45 quiet=22:00-07:00 zone=Asia/Dubai most-waiting=500"))
                .isEqualTo("""
                        ✅ The pool of Amira Nasser was updated
                        → Strategy: weighted (in proportion to weight)
                        → Uncertain Messages: resend (the contact may get them twice)
                        → Per Minute: 20 for each number
                        → Per Day: 1,000 for each number
                        → Warm-up: on
                        → Pair Limit: one message every 6 s, burst of 45
                        → Quiet Hours: 22:00-07:00, answers within 60 min are sent
                        → Time Zone: Asia/Dubai
                        → Most Waiting: 500""");
        assertThat(shown("pool " + amira + " pair=none quiet=none per-day=none"))
                .contains("→ Pair Limit: none", "→ Quiet Hours: none", "→ Per Day: no limit", "→ Per Minute: 20 for");
        shown("pool " + amira + " groups=on warmsUp=off timeZone=+05:30");
        assertThat(shown("pool " + amira)).contains("Warm-up: off", "Time Zone: +05:30");
        assertThat(refused("pool " + amira + " pair-burst=3")).isEqualTo("❌ pairBurst needs pairSeconds");
        assertThat(refused("pool " + amira + " strategy=best"))
                .isEqualTo("❌ strategy must be one of round-robin, weighted, least-loaded, priority, random-two,"
                        + " region");
        assertThat(refused("pool " + amira + " quiet=22-7"))
                .isEqualTo("❌ quiet must be none, or hours such as 22:00-07:00");
        assertThat(refused("pool " + amira + " zone=Mars")).isEqualTo("❌ zone must be a time zone such as Asia/Dubai");
        assertThat(refused("pool " + amira + " pair=often"))
                .isEqualTo("❌ pair must be none, or seconds and a burst such as 6s/45");
        assertThat(refused("pool " + amira + " most-waiting=none")).isEqualTo("❌ most-waiting must be a number");
        assertThat(refused("pool " + amira + " per-minute=0")).isEqualTo("❌ perMinute must be between 1 and 6000");
    }

    @Test
    void findLooksForWhatIsKnown() {
        link(sales);
        shown("tune " + sales + " tags=gold");

        assertThat(shown("find status=linked tag=gold")).isEqualTo("""
                📱 FOUND ACCOUNTS (1)

                [1] ✅ Sales Team [servant]
                    ID: %s
                    Phone: +971500000102
                    Status: linked | Health: healthy
                    Master: %s | Purpose: support
                    Tags: gold""".formatted(sales, amira));
        assertThat(shown("find support desk")).contains("FOUND ACCOUNTS (1)", "Support Desk");
        assertThat(shown("find health=unhealthy master=" + amira)).contains("FOUND ACCOUNTS (2)");
        assertThat(shown("find nothing")).startsWith("📱 FOUND ACCOUNTS (0)\n  (none)\n💡 Fields: text, status, ");
    }

    @Test
    void eventsTellWhatHappened() {
        assertThat(shown("events")).isEqualTo("📋 LAST EVENTS (0)\n\n  (none)");
        link(sales);
        shown("simulate ban " + sales);

        String line = "  🔴 Sales Team: Banned - Simulated: banned by WhatsApp";
        assertThat(shown("events")).contains(line);
        assertThat(shown("events " + amira)).contains(line);
        assertThat(shown("events " + sales)).contains(line);
        assertThat(shown("events " + omar)).doesNotContain("Banned");
    }

    @Test
    void bulkTagsMovesAndRemovesWhatIsSelected() {
        assertThat(shown("bulk tag +gold +night purpose=support --dry-run")).isEqualTo("""
                   ✅ 1. %s: tags: gold night
                💡 Dry run: nothing was changed. Expected result: 1 done, 0 refused""".formatted(sales));
        assertThat(shown("find tag=gold")).contains("(0)");
        shown("bulk tag +gold -night " + sales + " 'Support Desk'");
        assertThat(shown("find tag=gold")).contains("(2)");
        assertThat(refused("bulk move " + omar + " " + sales + " " + amira))
                .isEqualTo("""
                   ✅ 1. %s: moved to %s
                   ❌ 2. %s: Servant account %s not found
                ⚠️  1 done, 1 refused""".formatted(sales, omar, amira, amira));
        assertThat(shown("bulk remove tag=gold")).endsWith("✅ 2 done, 0 refused");
        assertThat(shown("secondary-stats")).contains("Secondary Accounts: 0");
        assertThat(refused("bulk tag gold")).contains("⚠️  Usage: 'bulk tag <+tag|-tag ...> ");
        assertThat(refused("bulk tag +gold")).contains("⚠️  Usage: 'bulk tag <+tag|-tag ...> ");
        assertThat(refused("bulk sell all")).hasLineCount(7);
    }

    @Test
    void bulkNeedsAFilterThatSaysSomething() {
        for (String line :
                List.of("bulk remove tag=", "bulk move " + omar + " status= text=", "bulk tag +gold tag=''")) {
            assertThat(refused(line)).isEqualTo("❌ This would change every account; name the ones you mean");
        }
        assertThat(shown("secondary-stats")).contains("Total Accounts: 4");
        assertThat(shown("find tag=")).contains("FOUND ACCOUNTS (4)");
    }

    @Test
    void bulkAddsWhatTheTerminalSends() {
        String csv = "master,phone,name\n%s,+971500000104,Desk A\n%s,+971500000102,Desk B\n".formatted(amira, amira);

        assertThat(refusedWith("bulk add rows.csv", csv))
                .matches(
                        "(?s)   ✅ 2\\. \\+971500000104: added as servant-\\d+\n"
                                + "   ❌ 3\\. \\+971500000102: Phone number already in use by Sales Team\n⚠️  1 done, 1 refused");
        assertThat(refusedWith("bulk add rows.csv", "phone\n"))
                .startsWith("❌ Nothing was added. The first line must name each column once");
    }

    @Test
    void aFileThatWasEditedByHandIsToldAndTakenIn() throws IOException {
        var file = mirrors.fileOf(world.acme().account());
        String edited = Files.readString(file).replace("Sales Team", "Night Team");
        Files.writeString(file, edited);

        assertThat(shown("status"))
                .contains(
                        "⚠️  bots-config.json was edited by hand: bots-config.json\n💡 Use 'import-config edited' to apply it; the next change");
        shown("tune " + support + " weight=2");
        assertThat(shown("status")).contains("edited by hand: bots-config.json.edited-");
        assertThat(shown("events " + amira)).contains("🟡 Amira Nasser: File edited - ");

        assertThat(shown("import-config edited")).startsWith("✅ Configuration imported: 0 added, ");
        assertThat(shown("servants")).contains("Night Team");
        assertThat(shown("status")).doesNotContain("edited");
        assertThat(Files.readString(file)).contains("Night Team");
        assertThat(refused("import-config edited")).isEqualTo("❌ bots-config.json was not edited by hand");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "health",
                "list",
                "masters",
                "servants",
                "accounts",
                "list-servants",
                "secondary-stats",
                "find",
                "events",
                "device +971500000102",
                "stats +971500000102",
                "health +971500000102",
                "customers +971500000102",
                "pool +971500000101",
                "servants-by-master +971500000101"
            })
    void everyListAnswersInJson(String line) throws IOException {
        link(sales);

        JsonNode answer = JSON.readTree(shown(line + " --json"));

        assertThat(answer.isObject()).isTrue();
        assertThat(answer.size()).isPositive();
    }

    @Test
    void whatFailsAnswersAProgramInJson() throws IOException {
        assertThat(error("nonsense --json"))
                .isEqualTo("Unknown command: 'nonsense'. Type 'help' for available commands.");
        assertThat(error("servants-by-master --json")).isEqualTo("Usage: 'servants-by-master <master-id>'");
        assertThat(error("bulk sell all --json")).startsWith("Usage: 'bulk add <file> [--dry-run]'; 'bulk move ");
        assertThat(error("quit --json")).isEqualTo("'quit' does not support --json");
        assertThat(error("find --json \"Sales")).isEqualTo("The quote \" is not closed");
        assertThat(error("list --json", Optional.of("nobody-here"))).isEqualTo("Account nobody-here not found");
        senders.addMaster(
                world.rival().account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.empty(), "Rival", Optional.empty(), MasterType.PRIMARY));
        assertThat(error("list --json", Optional.empty()))
                .startsWith("Which account? Choose one with 'use <username>' or --account <username>: ");
    }

    @Test
    void jsonHasTheFieldsThatAreWrittenDown() throws IOException {
        link(sales);
        shown("tune " + sales + " tags=gold region=AE");

        JsonNode sender = JSON.readTree(shown("device +971500000102 --json")).path("sender");

        assertThat(sender.path("id").asText()).isEqualTo(sales);
        assertThat(sender.path("role").asText()).isEqualTo("servant");
        assertThat(sender.path("master").asText()).isEqualTo(amira);
        assertThat(sender.path("state").asText()).isEqualTo("linked");
        assertThat(sender.path("status").asText()).isEqualTo("linked");
        assertThat(sender.path("healthy").asBoolean()).isTrue();
        assertThat(sender.path("tags").path(0).asText()).isEqualTo("gold");
        assertThat(sender.path("region").asText()).isEqualTo("AE");
        assertThat(sender.has("perDay")).as("what is absent is left out").isFalse();
        JsonNode pools = JSON.readTree(shown("list-servants --json"));
        assertThat(pools.path("total").asInt()).isEqualTo(4);
        assertThat(pools.path("pools").path(0).path("servants").size()).isEqualTo(2);
        assertThat(JSON.readTree(shown("status --json")).path("serverStatus").asText())
                .isEqualTo("degraded");
        JsonNode report = JSON.readTree(shown("bulk tag +night " + sales + " --dry-run --json"));
        assertThat(report.path("dryRun").asBoolean()).isTrue();
        assertThat(report.path("lines").path(0).path("text").asText()).isEqualTo("tags: gold night");
    }

    @Test
    void watchShowsTheDashboardUntilItIsStopped() throws Exception {
        var screen = new RecordedScreen();
        var watching = CompletableFuture.supplyAsync(() -> run("watch 1", true, screen));
        screen.awaitPause();

        screen.cancelling().orElseThrow().run();

        assertThat(watching.get(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo(CommandResult.DONE);
        assertThat(screen.text()).contains("REAL-TIME DEVICE DASHBOARD").endsWith("Enter to get the prompt back");
        assertThat(shown("watch")).as("who may not wait gets it once").contains("📊 DEVICE SUMMARY");
    }

    @Test
    void tabOffersSecondWordsFieldsAndFaults() {
        assertThat(offered("link ")).containsExactly("master");
        assertThat(offered("relink ")).contains("master", "servant", "+971500000101", sales);
        assertThat(offered("relink master +")).containsExactly("+971500000101");
        assertThat(offered("find st")).containsExactly("status=");
        assertThat(offered("pool " + amira + " strategy=r"))
                .containsExactly("strategy=round-robin", "strategy=random-two", "strategy=region");
        assertThat(offered("bulk ")).containsExactly("add", "move", "connect", "tag", "pause", "resume", "remove");
        assertThat(offered("set-master-type " + amira + " b")).containsExactly("backup");
        assertThat(offered("simulate "))
                .containsAll(Arrays.stream(Fault.values()).map(Fault::key).toList());
    }

    private void link(String id) {
        run("link-secondary " + id, 0);
        run("simulate scan " + id, 0);
    }

    private List<String> offered(String line) {
        return commands.suggest(line, Optional.of(world.acme().username())).stream()
                .map(Frame.Word::text)
                .toList();
    }

    private String shown(String line) {
        return run(line, 0);
    }

    private String refused(String line) {
        return run(line, 1);
    }

    private String error(String line) throws IOException {
        return error(line, Optional.of(world.acme().username()));
    }

    private String error(String line, Optional<String> account) throws IOException {
        var screen = new RecordedScreen();
        assertThat(commands.run(line, account, false, "", screen)).isEqualTo(CommandResult.FAILED);
        JsonNode answer = JSON.readTree(screen.text());
        assertThat(answer.size()).isEqualTo(1);
        return answer.path("error").asText();
    }

    private CommandResult run(String line, boolean waits, Screen screen) {
        return commands.run(line, Optional.of(world.acme().username()), waits, "", screen);
    }

    private String run(String line, int code) {
        var screen = new RecordedScreen();
        CommandResult outcome = run(line, false, screen);
        assertThat(outcome.code()).as("%s: %s", line, screen.text()).isEqualTo(code);
        return screen.text();
    }

    private String refusedWith(String line, String file) {
        var screen = new RecordedScreen();
        String attached = Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8));
        CommandResult outcome = commands.run(line, Optional.of(world.acme().username()), false, attached, screen);
        assertThat(outcome).isEqualTo(CommandResult.FAILED);
        return screen.text();
    }

    private String master(String stem, String name, Optional<String> phone, MasterType type) {
        return id(senders.addMaster(
                world.acme().account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.of(world.name(stem)), name, phone, type)));
    }

    private String servant(String master, String phone, String name, Optional<String> purpose) {
        return id(senders.addServant(
                world.acme().account(),
                Actor.SERVER,
                new Senders.NewServant(SenderId.parse(master).orElseThrow(), phone, name, purpose)));
    }

    private static String id(Added added) {
        return switch (added) {
            case Added.Done(Sender sender) -> sender.id().value();
            case Added other -> throw new AssertionError(other);
        };
    }
}
