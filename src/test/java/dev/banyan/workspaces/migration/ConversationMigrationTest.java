package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestServer;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.chat.Conversations;
import dev.banyan.workspaces.migration.ConversationMigration.Fate;
import dev.banyan.workspaces.migration.ConversationMigration.MigrationRequest;
import dev.banyan.workspaces.migration.ConversationMigration.Moved;
import dev.banyan.workspaces.migration.ConversationMigration.Report;
import dev.banyan.workspaces.migration.ConversationMigration.ReportLine;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moves conversations from the folders of the seed's server into a workspace.
@QuarkusTest
class ConversationMigrationTest {

    @Inject
    ChatRooms rooms;

    @Inject
    ConversationMigration moves;

    @Inject
    Conversations conversations;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Workspace sales;
    private Chatter amira;
    private final List<ReportLine> told = new ArrayList<>();

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
    }

    @Test
    void aConversationComesWithItsMessagesTimesAndFilesOnce() throws IOException {
        conversation("conv_1", amira.user().username(), """
                {"role": "system", "content": "You are helpful"},
                {"role": "user", "content": "What does the big table cost?"},
                {"role": "assistant", "content": [{"type": "text", "text": "It costs"}, {"type": "text", "text": "200."}]},
                {"role": "tool", "content": "{}"},
                {"role": "user", "content": [{"type": "image_url", "image_url": {}}, {"type": "text", "text": "See here"}]}
                """);
        Files.writeString(folder.resolve("conv_1/plan.txt"), "The plan of the table");
        Files.createDirectories(folder.resolve("conv_1/files"));
        Files.writeString(folder.resolve("conv_1/files/list.csv"), "a,b\n1,2\n");
        Map<String, String> before = everything();

        Report dry = run(true);
        assertThat(dry.conversations()).isEqualTo(1);
        assertThat(dry.files()).isEqualTo(2);
        assertThat(rows("conversations")).isZero();

        Report report = run(false);
        assertThat(report).isEqualTo(new Report(false, 1, 3, 2, 0, 0, 0, 3));
        Conversation moved = conversations.latest(amira.participant()).orElseThrow();
        assertThat(moved.title()).isEqualTo("What does the big table cost?");
        assertThat(moved.createdAt().toEpochMilli()).isEqualTo(1_700_000_000_000L);
        assertThat(moved.updatedAt().toEpochMilli()).isEqualTo(1_700_000_060_000L);
        assertThat(rooms.world()
                        .select(
                                "SELECT role || ': ' || body || ' ' || attachment_count || ' ' || created_at"
                                        + " FROM messages WHERE sub_client_id = ? ORDER BY position",
                                sales.id().value()))
                .containsExactly(
                        "user: What does the big table cost? 0 1700000000000",
                        "assistant: It costs\n200. 0 1700000030000",
                        "user: See here 2 1700000060000");
        assertThat(rooms.world()
                        .select(
                                "SELECT name || ' ' || content_type FROM attachments WHERE sub_client_id = ? ORDER BY name",
                                sales.id().value()))
                .containsExactly("list.csv text/csv", "plan.txt text/plain");
        assertThat(rooms.world()
                        .select(
                                "SELECT files || ' ' || bytes FROM workspace_storage WHERE sub_client_id = ?",
                                sales.id().value()))
                .containsExactly("2 29");
        for (String path : rooms.world()
                .select(
                        "SELECT path FROM attachments WHERE sub_client_id = ?",
                        sales.id().value())) {
            assertThat(TestServer.data().resolve("files").resolve(path)).exists();
        }

        Report again = run(false);
        assertThat(again).isEqualTo(new Report(false, 0, 0, 0, 1, 0, 0, 0));
        assertThat(rows("messages")).isEqualTo(3);
        assertThat(rows("attachments")).isEqualTo(2);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aConversationOfNobodyGoesToWhomOneNames() throws IOException {
        conversation("conv_1", "anonymous", "{\"role\": \"user\", \"content\": \"Hello\"}");
        conversation("conv_2", "somebody_else", "{\"role\": \"user\", \"content\": \"Hello\"}");
        conversation(
                "conv_3",
                amira.user().email().toUpperCase(java.util.Locale.ROOT),
                "{\"role\": \"user\", \"content\": \"Hi\"}");

        assertThat(run(false).refused()).isEqualTo(2);
        assertThat(why("conv_1")).startsWith("it has no user; choose a user");
        assertThat(why("conv_2")).startsWith("“somebody_else” isn't a user of this workspace");
        assertThat(why("conv_3")).isEqualTo("1 message");
        assertThat(moves.run(side(), wanted(Optional.of("nobody_here"), false), told::add))
                .isEqualTo(new Moved.Unusable("The workspace has no user nobody_here. Add the user first"));

        Chatter leila = rooms.somebody(sales);
        Moved moved = moves.run(side(), wanted(Optional.of(leila.user().username()), false), told::add);
        assertThat(moved).isEqualTo(new Moved.Done(new Report(false, 2, 2, 0, 1, 0, 0, 0)));
        assertThat(conversations.list(leila.participant(), Optional.empty(), 10).conversations())
                .hasSize(2);
    }

    @Test
    void aConversationOverWhatsAppStandsInTheInbox() throws IOException {
        conversation("wa_971500000101", "anonymous", """
                {"role": "user", "content": "Is it open today?"}, {"role": "assistant", "content": "Until six"}
                """);
        conversation("wa_1234567", "anonymous", "{\"role\": \"user\", \"content\": \"Hello\"}");

        Report report = run(false);

        assertThat(report.conversations()).isEqualTo(1);
        assertThat(why("wa_1234567")).startsWith("1234567 isn't a phone number");
        assertThat(rooms.world()
                        .select(
                                "SELECT phone || ' ' || channel || ' ' || state || ' ' || last_role || ' ' || last_text"
                                        + " FROM inbox_threads JOIN contacts ON contacts.id = contact_id"
                                        + " WHERE inbox_threads.sub_client_id = ?",
                                sales.id().value()))
                .containsExactly("+971500000101 whatsapp open assistant Until six");
        assertThat(rooms.world()
                        .select(
                                "SELECT role FROM messages WHERE sub_client_id = ? ORDER BY position",
                                sales.id().value()))
                .containsExactly("contact", "assistant");
        assertThat(run(false).thereAlready()).isEqualTo(1);
    }

    @Test
    void aLongMessageBecomesSeveralAndNothingOfItIsLost() throws IOException {
        String text = Stream.generate(() -> "word ").limit(2_500).collect(Collectors.joining());
        conversation(
                "conv_1",
                amira.user().username(),
                "{\"role\": \"user\", \"content\": \"" + text + "\\u0000\\u0007end\"}");

        assertThat(run(false).messages()).isEqualTo(4);
        List<String> bodies = rooms.world()
                .select(
                        "SELECT body FROM messages WHERE sub_client_id = ? ORDER BY position",
                        sales.id().value());
        assertThat(bodies).allSatisfy(body -> assertThat(body).hasSizeLessThanOrEqualTo(4_000));
        assertThat(String.join(" ", bodies).replaceAll("\\s+", " ")).isEqualTo(text.strip() + " end");
    }

    @Test
    void whatIsBrokenIsToldLineByLineAndKeepsNothingElseOut() throws IOException {
        conversation("good", amira.user().username(), "{\"role\": \"user\", \"content\": \"Hello\"}");
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/conversation.json"), "{\"metadata\": {},\n \"messages\": [{");
        Files.createDirectories(folder.resolve("empty"));
        conversation("silent", amira.user().username(), "{\"role\": \"system\", \"content\": \"Quiet\"}");
        Files.createDirectories(folder.resolve("bad name!"));
        Files.createSymbolicLink(folder.resolve("elsewhere"), Path.of("/etc"));
        Files.createSymbolicLink(folder.resolve("good/secret.txt"), Path.of("/etc/passwd"));
        Files.writeString(folder.resolve("good/page.html"), "<html><script>alert(1)</script></html>");

        Report report = run(false);

        assertThat(report.conversations()).isEqualTo(1);
        assertThat(why("broken")).startsWith("conversation.json: invalid JSON in line 2");
        assertThat(why("empty")).startsWith("it contains no conversation");
        assertThat(why("silent")).isEqualTo("it has no messages");
        assertThat(why("bad name!")).startsWith("its name can only contain");
        assertThat(why("elsewhere")).isEqualTo("it is a symbolic link, which is not supported");
        assertThat(why("good/page.html")).startsWith("its type is not supported");
        assertThat(why("good")).isEqualTo("1 message, 1 link left out");
        assertThat(rows("attachments")).isZero();
        assertThat(report.refused()).isEqualTo(5);
        assertThat(report.filesRefused()).isEqualTo(1);
    }

    @Test
    void onlyTheProjectsSideMovesAndOnlyFromAFolder() throws IOException {
        var stranger = new WorkspaceActor.ProjectSide(
                rooms.world().context(rooms.world().rival()));
        assertThat(moves.run(stranger, wanted(Optional.empty(), false), told::add))
                .isEqualTo(new Moved.Refused(new Refusal.NotFound()));
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, Path.of("/etc"));
        var wanted = new MigrationRequest(sales.project(), sales.id(), link, Optional.empty(), false);
        assertThat(moves.run(side(), wanted, told::add)).isInstanceOf(Moved.Unusable.class);
    }

    private Report run(boolean dryRun) {
        told.clear();
        return switch (moves.run(side(), wanted(Optional.empty(), dryRun), told::add)) {
            case Moved.Done done -> done.report();
            case Moved other -> throw new AssertionError(other);
        };
    }

    private MigrationRequest wanted(Optional<String> owner, boolean dryRun) {
        return new MigrationRequest(sales.project(), sales.id(), folder, owner, dryRun);
    }

    private WorkspaceActor side() {
        return new WorkspaceActor.ProjectSide(rooms.owner());
    }

    private String why(String source) {
        return told.stream()
                .filter(line -> line.source().equals(source) && line.fate() != Fate.THERE_ALREADY)
                .map(ReportLine::text)
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + " is not in " + told));
    }

    private long rows(String table) {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM " + table + " WHERE sub_client_id = ?",
                        sales.id().value());
    }

    private void conversation(String id, String user, String messages) throws IOException {
        Path path = Files.createDirectories(folder.resolve(id));
        Files.writeString(path.resolve("conversation.json"), """
                {"metadata": {"convId": "%s", "projectId": "A1", "createdAt": 1700000000000,
                  "lastUpdatedAt": 1700000060000, "messageCount": 1, "userId": "%s"}, "messages": [%s]}
                """.formatted(id, user, messages));
    }

    /// Returns all files of the folder, by path.
    private Map<String, String> everything() throws IOException {
        var all = new TreeMap<String, String>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                all.put(file.toString(), Files.readString(file) + Files.getLastModifiedTime(file));
            }
        }
        return all;
    }
}
