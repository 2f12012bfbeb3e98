package dev.banyan.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.TestWorld;
import dev.banyan.console.Command;
import dev.banyan.console.RecordedScreen;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.configfile.ConfigExport;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Senders.Added;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command that answers something answers programs, too: one JSON object, documented in `docs/console.md`.
@QuarkusTest
class JsonAnswersTest {

    /// Those that answer nothing: one shows a screen until it is stopped, the other closes the terminal.
    private static final Set<String> SILENT = Set.of("watch", "quit");

    /// Those that need a file of the terminal, a proposal or a gateway: their answers have tests of their own.
    private static final Set<String> ELSEWHERE =
            Set.of("export-config", "failover approve", "failover refuse", "connection", "passkey");

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestWorld world;

    @Inject
    Commands commands;

    @Inject
    Senders senders;

    @Inject
    ConfigExport exports;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String amira = "";
    private String omar = "";
    private String sales = "";
    private String support = "";

    @BeforeEach
    void twoPools() {
        amira = master("Amira Nasser", "+971500000101");
        omar = master("Omar Haddad", "+971500000105");
        sales = servant("+971500000102", "Sales Team");
        support = servant("+971500000103", "Support Desk");
        world.salesAdmin();
    }

    @Test
    void everyCommandAnswersPrograms() throws IOException {
        String config = exports.text(world.acme().account());
        Path archive = folder.resolve("sales.zip");
        Path old = folder.resolve("old");
        Files.writeString(Files.createDirectories(old.resolve("conv_1")).resolve("conversation.json"), """
                {"metadata": {"createdAt": 1700000000000}, "messages": [{"role": "user", "content": "Hello"}]}
                """);
        // In an order in which each finds what it needs.
        List<String> lines = List.of(
                "help",
                "use",
                "link-secondary " + sales,
                "simulate scan " + sales,
                "simulate message " + sales + " +971500000201 Hello",
                "customers " + sales,
                "code " + support,
                "simulate scan " + support,
                "simulate drop " + support,
                "recover " + support,
                "relink " + support,
                "relink servant " + support,
                "relink master " + amira,
                "link master +971500000105",
                "simulate scan " + omar,
                "status",
                "device " + sales,
                "list",
                "health",
                "health " + sales,
                "masters",
                "servants",
                "accounts",
                "stats " + sales,
                "find",
                "events",
                "events " + amira,
                "add-secondary " + amira + " +971500000109 Night",
                "connections",
                "add-master Jumeirah type=backup",
                "add-servant " + amira + " Marina phone=+971500000110",
                "move-number " + sales + " simulator",
                "list-servants",
                "servants-by-master " + amira,
                "change-servant-master " + support + " " + omar,
                "secondary-stats",
                "set-master-type " + omar + " backup",
                "set-master-priority " + omar + " 7",
                "tune " + sales,
                "tune " + sales + " weight=3",
                "pool " + amira,
                "pool " + amira + " strategy=weighted",
                "bulk tag +gold " + sales,
                "pause " + sales,
                "resume " + sales,
                "send " + amira + " +971500000201 Hello",
                "messages " + amira,
                "requeue state=failed --dry-run",
                "give-up state=uncertain --dry-run",
                "cancel state=queued --dry-run",
                "campaigns",
                "failover status",
                "failover set " + amira + " policy=auto",
                "failover drill " + amira,
                "failover start " + amira + " --to " + omar,
                "failover log " + amira,
                "failover back " + amira,
                "remove-secondary " + support,
                "move-servants " + amira + " " + omar,
                "remove-master " + amira + " --move-to " + omar,
                "import-config x.json",
                "export-workspace --project Atlas --workspace Sales --to \"" + archive + "\"",
                "import-workspace --project Atlas --from \"" + archive + "\" --dry-run",
                "migrate-project --project Atlas --workspace Sales --owner amira --dry-run --from \"" + old + "\"");
        var run = new LinkedHashSet<Command>();
        for (String line : lines) {
            var screen = new RecordedScreen();
            String attached = line.startsWith("import-config") ? config : "";
            int code = commands.run(
                            line + " --json",
                            Optional.of(world.acme().username()),
                            true,
                            Base64.getEncoder().encodeToString(attached.getBytes(StandardCharsets.UTF_8)),
                            screen)
                    .code();
            assertThat(code).as("%s: %s", line, screen.text()).isZero();
            JsonNode answer = JSON.readTree(screen.text());
            assertThat(answer.isObject()).as(line).isTrue();
            assertThat(answer.size()).as(line).isPositive();
            assertThat(answer.has("error")).as("%s: %s", line, answer).isFalse();
            assertThat(screen.codes()).as("%s: a drawing among JSON", line).isEmpty();
            commands.all().stream()
                    .filter(command -> command.description().names().stream()
                            .anyMatch(name -> line.equals(name) || line.startsWith(name + " ")))
                    .forEach(run::add);
        }

        String documented = Files.readString(Path.of("docs/console.md"));
        for (Command command : commands.all()) {
            String name = command.description().name();
            assertThat(command.hasJson()).as(name).isEqualTo(!SILENT.contains(name));
            if (command.hasJson()) {
                assertThat(documented)
                        .as("docs/console.md on " + name)
                        .containsPattern("\\| .*`" + name + "[` ].* \\|");
            }
            if (command.hasJson() && !ELSEWHERE.contains(name)) {
                assertThat(run).as("tried here: " + name).contains(command);
            }
        }
    }

    /// The terminal writes the file and answers.
    @Test
    void anExportIsTheFileItself() throws IOException {
        var screen = new RecordedScreen();

        assertThat(commands.run(
                                "export-config - --json",
                                Optional.of(world.acme().username()),
                                false,
                                "",
                                screen)
                        .code())
                .isZero();
        assertThat(screen.text()).isEmpty();
    }

    @Test
    void aCodeToScanIsInTheAnswer() throws IOException {
        JsonNode linked = answer("link-secondary " + sales, 0);

        assertThat(linked.path("sender").path("state").asText()).isEqualTo("linking");
        assertThat(linked.path("code").path("text").asText()).isNotEmpty();
        assertThat(linked.path("code").path("number").asInt()).isEqualTo(1);
        assertThat(answer("code " + support, 0).path("pairingCode").asText()).isNotEmpty();
    }

    @Test
    void conflictsOfAnImportAreAnswered() throws IOException {
        String twice = exports.text(world.acme().account()).replace("+971500000102", "12");
        var screen = new RecordedScreen();
        commands.run(
                "import-config x.json --json",
                Optional.of(world.acme().username()),
                false,
                Base64.getEncoder().encodeToString(twice.getBytes(StandardCharsets.UTF_8)),
                screen);

        JsonNode answer = JSON.readTree(screen.text());
        assertThat(answer.path("error").asText()).isEqualTo("Nothing was imported: 2 conflicts");
        assertThat(answer.path("conflicts").path(0).path("line").asInt()).isPositive();
        assertThat(answer.path("conflicts").findValuesAsText("text"))
                .anySatisfy(text -> assertThat(text).contains("not a valid international number"));
    }

    @Test
    void anEndingLinkingIsAnError() throws IOException {
        assertThat(answer("relink master", 1).path("error").asText()).startsWith("Name one of the masters: ");
        assertThat(answer("import-config x.json --rename a", 1).path("error").asText())
                .startsWith("Usage: ");
        assertThat(answer("export-config x.json please", 1).path("error").asText())
                .startsWith("Usage: ");
    }

    private JsonNode answer(String line, int code) throws IOException {
        var screen = new RecordedScreen();
        assertThat(commands.run(line + " --json", Optional.of(world.acme().username()), false, "", screen)
                        .code())
                .as("%s: %s", line, screen.text())
                .isEqualTo(code);
        return JSON.readTree(screen.text());
    }

    private String master(String name, String phone) {
        var wanted = new Senders.NewMaster(Optional.empty(), name, Optional.of(phone), MasterType.PRIMARY);
        return id(senders.addMaster(world.acme().account(), Actor.SERVER, wanted));
    }

    private String servant(String phone, String name) {
        var wanted = new Senders.NewServant(new dev.banyan.whatsapp.SenderId(amira), phone, name, Optional.empty());
        return id(senders.addServant(world.acme().account(), Actor.SERVER, wanted));
    }

    private static String id(Added added) {
        return added instanceof Added.Done done ? done.sender().id().value() : "nobody: " + added;
    }
}
