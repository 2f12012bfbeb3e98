package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.RemovedFiles;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.whatsapp.Media;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.HeardEvents;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.SampleFiles;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.chat.Attachments.AttachResult;
import dev.banyan.workspaces.chat.Attachments.StoreResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of conversations: stored, sent, visible to their owner, and deleted with their conversation.
@OnEveryDatabase
class AttachmentsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final Database database;
    private final Participant amira;
    private final ConversationId id;

    @SuppressWarnings("NullAway.Init")
    private Attachments attachments;

    AttachmentsTest(Database database) {
        this.database = database;
        this.amira = StoredParticipants.somebody(database);
        this.id = conversation(amira);
    }

    @BeforeEach
    void folder() {
        attachments = with("10");
    }

    private Attachments with(String storage) {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        system.setProperty("banyan.attachment-size", "1");
        system.setProperty("banyan.workspace-storage", storage);
        Settings settings = Settings.from(Map.of(), system);
        return new Attachments(database, FolderFiles.of(settings), settings, clock, uuids);
    }

    /// What both jobs do.
    private void tidy() {
        attachments.tidy();
        new RemovedFiles(database, FolderFiles.of(Settings.forTests(data))).remove();
    }

    private ConversationId conversation(Participant whose) {
        var fresh = new ConversationId(uuids.next());
        Instant now = clock.instant();
        return written(tx -> {
            new ConversationStore(tx).insert(whose, new Conversation(fresh, "Opening hours", 0, now, now));
            return fresh;
        });
    }

    @Test
    void aFileIsKeptInTheFolderOfItsConversation() throws IOException {
        Path uploaded = SampleFiles.in(data, SampleFiles.PNG);

        Attachment kept = kept(attachments.keep(
                amira.tenant(), amira.workspace(), id, Optional.of(amira.user()), "../menu.png", uploaded));

        assertThat(kept.name()).isEqualTo("menu.png");
        assertThat(kept.type()).isEqualTo("image/png");
        assertThat(kept.size()).isEqualTo(SampleFiles.PNG.length);
        assertThat(kept.message()).isEmpty();
        assertThat(kept.path())
                .matches("[0-9]{8}-0000-4000-8000-0{12}/" + amira.workspace() + "/" + id + "/" + kept.id());
        assertThat(attachments.content(kept).orElseThrow().bytes()).isEqualTo(SampleFiles.PNG);
        assertThat(uploaded).doesNotExist();
        assertThat(attachments.find(amira, kept.id())).contains(kept);
        assertThat(used(amira)).isEqualTo(SampleFiles.PNG.length);
    }

    @Test
    void whatIsUnknownTooLargeOrForNobodyIsRefusedAndLeavesNothing() {
        assertThat(keep(amira, SampleFiles.EXE))
                .isInstanceOfSatisfying(
                        StoreResult.Refused.class,
                        refused -> assertThat(refused.invalid().apiMessage()).contains("menu.png", "PNG, JPEG"));
        assertThat(keep(amira, new byte[1_024 * 1_024 + 1]))
                .isInstanceOfSatisfying(
                        StoreResult.Refused.class,
                        refused -> assertThat(refused.invalid().apiMessage()).contains("larger than 1 MB"));
        assertThat(attachments.keep(
                        amira.tenant(),
                        amira.workspace(),
                        new ConversationId(UUID.randomUUID()),
                        Optional.of(amira.user()),
                        "a.png",
                        SampleFiles.in(data, SampleFiles.PNG)))
                .isEqualTo(new StoreResult.NotFound());
        assertThat(used(amira)).isZero();
        assertThat(data.resolve("files")).doesNotExist();
    }

    @Test
    void anotherWorkspacesConversationIsNotFound() {
        Participant stranger = StoredParticipants.somebody(database);

        assertThat(attachments.keep(
                        stranger.tenant(),
                        stranger.workspace(),
                        id,
                        Optional.of(stranger.user()),
                        "a.png",
                        SampleFiles.in(data, SampleFiles.PNG)))
                .isEqualTo(new StoreResult.NotFound());
    }

    @Test
    void aWorkspaceKeepsAsMuchAsItMayHoweverManyComeAtOnce() throws IOException {
        Participant somebody = StoredParticipants.somebody(database);
        ConversationId theirs = conversation(somebody);
        var small = with("1");
        byte[] third = new byte[1_024 * 1_024 / 3];
        java.util.Arrays.fill(third, (byte) 'a');

        List<StoreResult> answers = AtOnce.run(
                9,
                _ -> small.keep(
                        somebody.tenant(),
                        somebody.workspace(),
                        theirs,
                        Optional.of(somebody.user()),
                        "a.txt",
                        SampleFiles.in(data, third)));

        assertThat(answers).filteredOn(StoreResult.Done.class::isInstance).hasSize(3);
        assertThat(answers).filteredOn(new StoreResult.StorageFull(1)::equals).hasSize(6);
        assertThat(used(somebody)).isEqualTo(3L * third.length);
        Attachment one = answers.stream()
                .filter(StoreResult.Done.class::isInstance)
                .map(AttachmentsTest::kept)
                .findFirst()
                .orElseThrow();
        Path folder = on(small, one).getParent();
        try (var files = Files.list(folder)) {
            assertThat(files).as("files without rows").hasSize(3);
        }
    }

    @Test
    void aMessageTakesWhatWaitsForIt() {
        Attachment first = kept(keep(amira, SampleFiles.PNG));
        Attachment second = kept(keep(amira, SampleFiles.PDF));
        Message message = message(2);

        AttachResult taken = take(amira, List.of(second.id(), first.id()), message.id());

        assertThat(taken)
                .isInstanceOfSatisfying(
                        AttachResult.Done.class,
                        done -> assertThat(done.attachments())
                                .extracting(Attachment::id)
                                .containsExactly(first.id(), second.id()));
        assertThat(of(List.of(message))).containsOnlyKeys(message.id());
        assertThat(of(List.of(message(0)))).isEmpty();
    }

    @Test
    void nobodyTakesWhatIsNotTheirsOrSentAlready() {
        Attachment mine = kept(keep(amira, SampleFiles.PNG));
        Participant colleague = StoredParticipants.colleague(database, amira);

        assertThat(take(colleague, List.of(mine.id()), UUID.randomUUID())).isInstanceOf(AttachResult.Refused.class);
        assertThat(take(amira, List.of(UUID.randomUUID()), UUID.randomUUID())).isInstanceOf(AttachResult.Refused.class);
        assertThat(take(amira, java.util.Collections.nCopies(11, mine.id()), UUID.randomUUID()))
                .isInstanceOf(AttachResult.Refused.class);
        assertThat(take(amira, List.of(mine.id()), UUID.randomUUID())).isInstanceOf(AttachResult.Done.class);
        assertThat(take(amira, List.of(mine.id()), UUID.randomUUID())).isInstanceOf(AttachResult.Refused.class);
    }

    @Test
    void onlyItsPeopleFindAFile() {
        Attachment mine = kept(keep(amira, SampleFiles.PNG));
        Participant colleague = StoredParticipants.colleague(database, amira);
        Participant stranger = StoredParticipants.somebody(database);

        for (Participant other : List.of(
                colleague,
                stranger,
                new Participant(stranger.tenant(), amira.workspace(), amira.user()),
                new Participant(amira.tenant(), stranger.workspace(), amira.user()))) {
            assertThat(attachments.find(other, mine.id())).isEmpty();
            assertThat(attachments.takeBack(other, mine.id())).isFalse();
        }
        assertThat(attachments.find(amira.tenant(), amira.workspace(), id, mine.id()))
                .contains(mine);
        assertThat(attachments.find(amira.tenant(), amira.workspace(), conversation(amira), mine.id()))
                .isEmpty();
        assertThat(attachments.find(stranger.tenant(), amira.workspace(), id, mine.id()))
                .isEmpty();
    }

    @Test
    void whatIsTakenBackIsGone() {
        Attachment waiting = kept(keep(amira, SampleFiles.PNG));
        Attachment sent = kept(keep(amira, SampleFiles.PDF));
        take(amira, List.of(sent.id()), UUID.randomUUID());

        assertThat(attachments.takeBack(amira, waiting.id())).isTrue();
        assertThat(attachments.takeBack(amira, waiting.id())).isFalse();
        assertThat(attachments.takeBack(amira, sent.id())).isFalse();
        tidy();

        assertThat(attachments.content(waiting)).isEmpty();
        assertThat(attachments.content(sent)).isPresent();
        assertThat(used(amira)).isEqualTo(SampleFiles.PDF.length);
    }

    @Test
    void whatNobodySendsWithinADayIsGone() {
        Attachment forgotten = kept(keep(amira, SampleFiles.PNG));
        clock.forward(Duration.ofHours(23));
        tidy();
        assertThat(attachments.content(forgotten)).isPresent();

        clock.forward(Duration.ofHours(2));
        tidy();

        assertThat(attachments.find(amira, forgotten.id())).isEmpty();
        assertThat(attachments.content(forgotten)).isEmpty();
        assertThat(used(amira)).isZero();
    }

    @Test
    void aFileThatCameFromOutsideIsTakenOver() {
        Path arrived = data.resolve("files").resolve("arrived").resolve("voice");
        FolderFiles.of(Settings.forTests(data)).place(SampleFiles.in(data, SampleFiles.OGG), "arrived/voice");
        Message message = message(1);

        Attachment adopted = written(tx -> attachments.adopt(
                tx,
                amira.tenant(),
                amira.workspace(),
                id,
                new Media("voice\u202E.ogg", "audio/ogg", "arrived/voice"),
                SampleFiles.OGG.length,
                message.id()));

        assertThat(adopted.name()).isEqualTo("voice.ogg");
        assertThat(adopted.size()).isEqualTo(SampleFiles.OGG.length);
        assertThat(of(List.of(message))).containsEntry(message.id(), List.of(adopted));
        deleteConversation();
        assertThat(arrived).doesNotExist();
    }

    @Test
    void aDeletedConversationTakesItsFilesWithIt() {
        Attachment sent = kept(keep(amira, SampleFiles.PNG));
        take(amira, List.of(sent.id()), UUID.randomUUID());
        kept(keep(amira, SampleFiles.PDF));
        ConversationId other = conversation(amira);
        Attachment stays = kept(attachments.keep(
                amira.tenant(),
                amira.workspace(),
                other,
                Optional.of(amira.user()),
                "a.gif",
                SampleFiles.in(data, SampleFiles.GIF)));
        Path folder = on(attachments, sent).getParent();

        deleteConversation();

        assertThat(folder).doesNotExist();
        assertThat(attachments.find(amira, sent.id())).isEmpty();
        assertThat(attachments.content(stays)).isPresent();
        assertThat(used(amira)).isEqualTo(SampleFiles.GIF.length);
    }

    @Test
    void aDeletedUserAndADeletedWorkspaceTakeTheirFilesWithThem() {
        Attachment ofUser = kept(keep(amira, SampleFiles.PNG));
        written(tx -> {
            new AttachmentStore(tx).releaseUser(amira.tenant(), amira.workspace(), amira.user(), clock.instant());
            return tx.sql().execute("DELETE FROM sub_client_users WHERE id = ?", amira.user());
        });
        tidy();
        assertThat(attachments.content(ofUser)).isEmpty();
        assertThat(used(amira)).isZero();

        Participant leila = StoredParticipants.somebody(database);
        Attachment ofWorkspace = kept(attachments.keep(
                leila.tenant(),
                leila.workspace(),
                conversation(leila),
                Optional.empty(),
                "a.gif",
                SampleFiles.in(data, SampleFiles.GIF)));
        Path folder = on(attachments, ofWorkspace).resolve("../..").normalize();
        written(tx -> {
            new AttachmentStore(tx).releaseWorkspace(leila.tenant(), leila.workspace(), clock.instant());
            return tx.sql()
                    .execute(
                            "DELETE FROM sub_clients WHERE id = ?",
                            leila.workspace().value());
        });
        tidy();
        assertThat(folder).doesNotExist();
        assertThat(database.<List<String>>read(tx -> new RemovedFileStore(tx).list(9)))
                .isEmpty();
    }

    @Test
    void nothingOutsideOfTheFolderIsEverTouched() throws IOException {
        Path precious = Files.writeString(data.resolve("banyan.db"), "precious");
        for (String path : List.of("../banyan.db", "..", ".", "", precious.toString())) {
            written(tx -> {
                new RemovedFileStore(tx).add(path, clock.instant());
                return path;
            });
        }
        tidy();

        assertThat(precious).hasContent("precious");
        assertThat(FolderFiles.of(Settings.forTests(data)).find("../banyan.db")).isEmpty();
    }

    /// Returns where the file is.
    private static Path on(Attachments attachments, Attachment attachment) {
        return attachments.content(attachment).flatMap(StoredFile::local).orElseThrow();
    }

    private void deleteConversation() {
        new Conversations(
                        database,
                        new ConversationLines(
                                new HeardEvents<>(),
                                new ConversationEvents(
                                        TestWebhooks.on(database, clock),
                                        new HeardEvents<>(),
                                        Settings.forTests(Path.of("unused")))),
                        clock,
                        uuids,
                        new HeardEvents<>(),
                        new HeardEvents<>())
                .delete(amira, id);
        tidy();
    }

    private StoreResult keep(Participant whose, byte[] content) {
        return attachments.keep(
                whose.tenant(),
                whose.workspace(),
                id,
                Optional.of(whose.user()),
                "menu.png",
                SampleFiles.in(data, content));
    }

    private static Attachment kept(StoreResult kept) {
        return switch (kept) {
            case StoreResult.Done done -> done.attachment();
            case StoreResult other -> throw new AssertionError(other);
        };
    }

    private AttachResult take(Participant whose, List<UUID> ids, UUID message) {
        return written(tx ->
                attachments.take(tx, whose.tenant(), whose.workspace(), id, Optional.of(whose.user()), ids, message));
    }

    private Map<UUID, List<Attachment>> of(List<Message> messages) {
        return database.read(tx -> Attachments.of(tx, amira.tenant(), amira.workspace(), messages));
    }

    private long used(Participant whose) {
        return database.read(tx -> new AttachmentStore(tx).used(whose.tenant(), whose.workspace()));
    }

    private Message message(int attachmentCount) {
        return new Message(
                uuids.next(),
                1,
                Message.Author.USER,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                attachmentCount,
                Message.End.WHOLE,
                clock.instant());
    }

    private <T> T written(java.util.function.Function<dev.banyan.platform.db.Tx, T> work) {
        return database.write(work);
    }
}
