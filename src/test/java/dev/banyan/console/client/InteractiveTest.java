package dev.banyan.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.console.session.ConsoleEndpoint;
import dev.banyan.console.session.RunningServer;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.numbers.Senders;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person at a terminal: sends keys and reads the screen.
@QuarkusTest
class InteractiveTest {

    private static final Duration REFRESHED = Duration.ofSeconds(1);
    private static final String TAB = "\t";
    private static final String ENTER = "\r";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\u001bOA"; // as sent by terminals while a program reads keys

    @Inject
    TestWorld world;

    @Inject
    Senders senders;

    @Inject
    Settings settings;

    @Inject
    ConsoleEndpoint door;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private CompletableFuture<Integer> program = CompletableFuture.completedFuture(0);
    private final List<Terminal> terminals = new ArrayList<>();
    private int seen;

    @BeforeEach
    void start() throws Exception {
        senders.addMaster(
                world.acme().account(),
                Actor.SERVER,
                new Senders.NewMaster(
                        Optional.of(world.name("amira")),
                        "Amira Nasser",
                        Optional.of("+971500000101"),
                        MasterType.PRIMARY));
        Files.createDirectories(data.resolve("run"));
        begin();
    }

    private void begin() throws Exception {
        if (!Files.exists(RunningServer.tokenFile(settings.data()))) {
            door.open();
        }
        String token =
                Files.readString(RunningServer.tokenFile(settings.data())).strip();
        Arguments arguments = Arguments.parse(List.of(
                "--url",
                TestServer.uri().toString(),
                "--data",
                data.toString(),
                "--account",
                world.acme().username()));
        TerminalSession session = TerminalSession.open(arguments, Map.of(Target.TOKEN_VARIABLE, token));
        Terminal terminal = Interactive.asIs()
                .system(false)
                .streams(new PipedInputStream(keys), screen)
                .type("xterm-256color")
                .encoding(StandardCharsets.UTF_8)
                .size(new Size(120, 50))
                .build();
        terminals.add(terminal);
        program = CompletableFuture.supplyAsync(() -> {
            try (session) {
                return new Interactive(session, arguments, Optional.of(data), REFRESHED).run(terminal, false);
            }
        });
        awaitShown("Acting for " + world.acme().username());
        awaitShown("▶ Banyan > ");
    }

    @AfterEach
    void end() throws IOException {
        keys.close();
        // Closed late: this kind of terminal discards output that it has not shown yet.
        for (Terminal terminal : terminals) {
            terminal.close();
        }
    }

    @Test
    void theBannerIsTheContracts() {
        assertThat(shown())
                .contains("═".repeat(60) + "\n🤖 BANYAN - INTERACTIVE DEVICE MANAGER STARTED\n" + "═".repeat(60)
                        + "\nType a command or press Enter to refresh. Type 'help' for commands.\n" + "═".repeat(60)
                        + "\n");
    }

    @Test
    void aCommandIsAnsweredBetweenBlankLines() throws Exception {
        type("servants-by-master " + world.name("amira") + ENTER);

        awaitShown("Servant Count: 0\n\n");
        assertThat(shown()).contains("\n\n📱 SECONDARY ACCOUNTS: Amira Nasser\n\nMaster: +971500000101\n");
        awaitShown("▶ Banyan > ");
    }

    @Test
    void tabCompletesCommandsAndIds() throws Exception {
        type("servants-by");
        awaitShown("servants-by");
        type(TAB);
        awaitShown("-master ");
        type("ami");
        awaitShown("ami");
        type(TAB);
        awaitShown(world.name("amira").substring(3));
        type(ENTER);
        awaitShown("SECONDARY ACCOUNTS: Amira Nasser");
    }

    @Test
    void ctrlCGivesALineUpAndCtrlDEndsTheConsole() throws Exception {
        type("remove-secondary x");
        awaitShown("remove-secondary x");
        type(CTRL_C);
        awaitShown("▶ Banyan > ");
        type(CTRL_D);

        assertThat(program.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
        assertThat(shown()).doesNotContain("not found");
    }

    @Test
    void aDashboardThatNobodyTypesBelowIsShownAnew() throws Exception {
        type("status" + ENTER);
        awaitShown("REAL-TIME DEVICE DASHBOARD");
        awaitShown("▶ Banyan > ");

        awaitShown("REAL-TIME DEVICE DASHBOARD");
        awaitShown("💡 Type 'help' for all commands");
    }

    @Test
    void watchEndsWithEnter() throws Exception {
        type("watch 1" + ENTER);
        awaitShown("💡 Refreshes every 1 s");
        awaitShown("💡 Refreshes every 1 s");
        type(ENTER);
        awaitShown("▶ Banyan > ");
    }

    @Test
    void quitEndsTheConsole() throws Exception {
        type("quit" + ENTER);

        awaitShown("👋 Exiting device manager...");
        assertThat(program.get(Eventually.SECONDS, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatWasTypedIsRememberedForTheNextTimeAndForNobodyElse() throws Exception {
        type("secondary-stats" + ENTER);
        awaitShown("📊 ACCOUNT STATISTICS");
        awaitShown("▶ Banyan > ");
        type(CTRL_D);
        program.get(Eventually.SECONDS, TimeUnit.SECONDS);

        Path history = data.resolve("run/console.history");
        assertThat(Files.readString(history)).contains("secondary-stats");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void anArrowBringsTheLastLineBack() throws Exception {
        type("secondary-stats" + ENTER);
        awaitShown("Secondary Accounts: 0");
        awaitShown("▶ Banyan > ");
        type(UP + ENTER);
        awaitShown("Secondary Accounts: 0");
    }

    @Test
    void whileACodeIsShownSomebodyTypesOn() throws Exception {
        type("add-secondary " + world.name("amira") + " +971500000112 \"Sales Team\" sales" + ENTER);
        awaitShown("✅ Account added successfully");
        awaitShown("▶ Banyan > ");
        type("link-secondary 'Sales Team'" + ENTER);
        awaitShown("Code 1 of 6, valid for 60 s");
        type("simulate scan 'Sales Team'" + ENTER);

        awaitShown("→ The code can be scanned until it expires");
        awaitShown("✅ Sales Team (+971500000112) is linked");
    }

    @Test
    void tabPutsANameWithASpaceInQuotes() throws Exception {
        type("add-secondary " + world.name("amira") + " +971500000112 \"Sales Team\" sales" + ENTER);
        awaitShown("✅ Account added successfully");
        awaitShown("▶ Banyan > ");
        type("remove-secondary Sal" + TAB + ENTER);

        awaitShown("✅ Secondary account removed successfully");
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /// Returns the screen's output without cursor movements.
    private String shown() {
        return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]|\r", "");
    }

    /// Waits for this output after everything that was waited for before.
    private void awaitShown(String text) {
        String screen = Eventually.until(
                this::shown, now -> now.indexOf(text, seen) >= 0 || program.isCompletedExceptionally());
        assertThat(screen.indexOf(text, seen)).as("%s in%n%s", text, screen).isNotNegative();
        seen = screen.indexOf(text, seen) + text.length();
    }
}
