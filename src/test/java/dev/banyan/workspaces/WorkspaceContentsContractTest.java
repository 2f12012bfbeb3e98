package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Language;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.Message.End;
import dev.banyan.workspaces.access.WorkspaceLimitStore;
import dev.banyan.workspaces.administration.WorkspaceContentStore;
import dev.banyan.workspaces.archive.WorkspaceArchiveStore;
import dev.banyan.workspaces.inbox.CannedReply;
import dev.banyan.workspaces.inbox.CannedReplyStore;
import dev.banyan.workspaces.inbox.ContactWrote;
import dev.banyan.workspaces.inbox.ThreadMessageStore;
import dev.banyan.workspaces.migration.MigratedConversationStore;
import dev.banyan.workspaces.number.UsedNumberStore;
import dev.banyan.workspaces.trash.WorkspaceErasureStore;
import dev.banyan.workspaces.users.Invitation;
import dev.banyan.workspaces.users.InvitationStore;
import org.junit.jupiter.api.Test;

/// The data of a workspace, with that of a sibling of the same brand, one of another brand of the agency, and a
/// stranger's.
@OnEveryDatabase
class WorkspaceContentsContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Owner owner;
    private final Owner brand;
    private final Participant amira;
    private final Participant sister;
    private final List<Participant> others;

    WorkspaceContentsContractTest(Database database) {
        this.database = database;
        var agency = StoredAccounts.agency(database);
        this.owner = agency.owner();
        this.brand = StoredAccounts.brandOf(database, agency).owner();
        this.amira = StoredParticipants.in(database, owner);
        this.sister = StoredParticipants.in(database, owner);
        this.others = List.of(sister, StoredParticipants.in(database, brand), StoredParticipants.somebody(database));
    }

    @Test
    void savedRepliesAreTheWorkspacesOwn() {
        var hello = new CannedReply(UUIDS.next(), "hello", "Hello there", NOW, NOW);
        write(tx -> new CannedReplyStore(tx).insert(amira.tenant(), amira.workspace(), hello));

        for (Participant other : others) {
            assertThat(replies(other)).isEmpty();
            assertThatObject(read(tx -> new CannedReplyStore(tx).count(other.tenant(), other.workspace())))
                    .isEqualTo(0);
            assertThatObject(read(tx -> new CannedReplyStore(tx).find(other.tenant(), other.workspace(), hello.id())))
                    .isEqualTo(Optional.empty());
            assertThatObject(read(tx -> isTaken(tx, other, "hello"))).isEqualTo(false);
            write(tx -> new CannedReplyStore(tx)
                    .update(other.tenant(), other.workspace(), new CannedReply(hello.id(), "taken", "over", NOW, NOW)));
            assertThatObject(written(
                            tx -> new CannedReplyStore(tx).delete(other.tenant(), other.workspace(), hello.id())))
                    .isEqualTo(false);
        }

        assertThat(replies(amira)).containsExactly(hello);
        assertThatObject(read(tx -> new CannedReplyStore(tx).count(amira.tenant(), amira.workspace())))
                .isEqualTo(1);
        assertThatObject(read(tx -> new CannedReplyStore(tx).find(amira.tenant(), amira.workspace(), hello.id())))
                .isEqualTo(Optional.of(hello));
        assertThatObject(read(tx -> isTaken(tx, amira, "hello"))).isEqualTo(true);
        var changed = new CannedReply(hello.id(), "hi", "Hi", NOW, NOW.plusSeconds(1));
        write(tx -> new CannedReplyStore(tx).update(amira.tenant(), amira.workspace(), changed));
        assertThat(replies(amira)).containsExactly(changed);
        assertThatObject(written(tx -> new CannedReplyStore(tx).delete(amira.tenant(), amira.workspace(), hello.id())))
                .isEqualTo(true);
    }

    @Test
    void aMessageIsFoundInItsOwnConversation() {
        ConversationId conversation = conversation(amira);
        UUID outgoing = UUIDS.next();
        Message said = said(amira, conversation, 1, Optional.of(outgoing));

        assertThatObject(read(tx ->
                        new ThreadMessageStore(tx).find(amira.tenant(), amira.workspace(), conversation, said.id())))
                .isEqualTo(Optional.of(said));
        assertThatObject(read(tx -> new ThreadMessageStore(tx).threadOf(amira.tenant(), outgoing)))
                .isEqualTo(Optional.of(new ContactWrote(amira.tenant(), amira.workspace(), conversation)));
        for (Participant other : others) {
            assertThatObject(read(tx -> new ThreadMessageStore(tx)
                            .find(other.tenant(), other.workspace(), conversation, said.id())))
                    .isEqualTo(Optional.empty());
        }
        Participant stranger = others.getLast();
        assertThatObject(read(tx -> new ThreadMessageStore(tx).threadOf(stranger.tenant(), outgoing)))
                .isEqualTo(Optional.empty());
    }

    @Test
    void aFileThatMovedInIsCarriedByAMessageOfItsConversation() {
        ConversationId conversation = conversation(amira);
        Message said = said(amira, conversation, 1, Optional.empty());

        for (Participant other : others) {
            assertThat(carrier(other, conversation)).isEmpty();
            assertThatObject(read(tx ->
                            new MigratedConversationStore(tx).user(other.tenant(), other.workspace(), conversation)))
                    .isEqualTo(Optional.empty());
            write(tx -> new MigratedConversationStore(tx)
                    .carry(other.tenant(), other.workspace(), conversation, said.id()));
        }
        assertThat(carrier(amira, conversation)).contains(said.id());
        assertThatObject(read(
                        tx -> new MigratedConversationStore(tx).user(amira.tenant(), amira.workspace(), conversation)))
                .isEqualTo(Optional.of(amira.user()));
        write(tx ->
                new MigratedConversationStore(tx).carry(amira.tenant(), amira.workspace(), conversation, said.id()));
        assertThatObject(read(tx -> new ThreadMessageStore(tx)
                                .find(amira.tenant(), amira.workspace(), conversation, said.id()))
                        .orElseThrow()
                        .attachments())
                .isEqualTo(1);
    }

    @Test
    void aFileWaitsInItsOwnConversationAndCountsInItsOwnWorkspace() {
        ConversationId conversation = conversation(amira);
        Attachment file = waiting(amira, conversation);

        for (Participant other : others) {
            assertThat(waits(other, conversation)).isEmpty();
            write(tx ->
                    new AttachmentStore(tx).releaseConversation(other.tenant(), other.workspace(), conversation, NOW));
            write(tx -> new AttachmentStore(tx).releaseUser(other.tenant(), other.workspace(), amira.user(), NOW));
        }
        assertThat(waits(amira, conversation)).containsExactly(file);
        assertThatObject(read(tx -> new WorkspaceContentStore(tx)
                        .conversations(amira.tenant(), List.of(amira.workspace(), sister.workspace()), 9)))
                .isEqualTo(Map.of(amira.workspace(), 1, sister.workspace(), 0));
        assertThatObject(read(tx -> new WorkspaceContentStore(tx)
                        .files(amira.tenant(), List.of(amira.workspace(), sister.workspace()))))
                .isEqualTo(Map.of(amira.workspace(), 1L));
        write(tx -> new AttachmentStore(tx).releaseUser(amira.tenant(), amira.workspace(), amira.user(), NOW));
        assertThatObject(read(tx -> new AttachmentStore(tx).used(amira.tenant(), amira.workspace())))
                .isEqualTo(0L);
    }

    @Test
    void anArchiveHoldsOneWorkspaceAlone() {
        ConversationId conversation = conversation(amira);
        Attachment file = waiting(amira, conversation);
        setLook(amira, "Welcome");
        String email = read(tx -> new ConversationStore(tx).username(amira).orElseThrow()) + "@people.example";

        for (Participant other : others) {
            assertThat(archived(other, "conversations")).isEmpty();
            assertThatObject(read(tx -> new WorkspaceArchiveStore(tx).files(other.tenant(), other.workspace())))
                    .isEqualTo(Map.of());
            assertThatObject(read(
                            tx -> new WorkspaceArchiveStore(tx).userByEmail(other.tenant(), other.workspace(), email)))
                    .isEqualTo(Optional.empty());
            setLook(other, "Other");
        }
        assertThat(archived(amira, "conversations"))
                .extracting(row -> row.get("id"))
                .containsExactly(conversation.toString());
        assertThatObject(read(tx -> new WorkspaceArchiveStore(tx).files(amira.tenant(), amira.workspace())))
                .isEqualTo(Map.of(file.id().toString(), file.path()));
        Map<String, Object> look = read(tx -> new WorkspaceArchiveStore(tx).look(amira.tenant(), amira.workspace()));
        assertThat(look).containsEntry("welcome_text", "Welcome");
        assertThatObject(
                        read(tx -> new WorkspaceArchiveStore(tx).userByEmail(amira.tenant(), amira.workspace(), email)))
                .isEqualTo(Optional.of(amira.user()));
        Map<String, Object> reply = Map.of(
                "id", UUIDS.next().toString(), "name", "moved", "body", "In", "created_at", 1L, "updated_at", 1L);
        assertThatObject(written(tx -> new WorkspaceArchiveStore(tx)
                        .insert(amira.tenant(), amira.workspace(), "canned_replies", reply, Map.of())))
                .isEqualTo(Optional.empty());
        assertThat(replies(amira)).hasSize(1);
        assertThat(replies(sister)).isEmpty();
    }

    @Test
    void whatIsErasedIsOneAccountsOwn() {
        conversation(amira);
        conversation(sister);
        Participant neighbour = others.get(1);
        conversation(neighbour);

        assertThatObject(read(tx -> new WorkspaceErasureStore(tx).next(brand))
                        .orElseThrow()
                        .id())
                .isEqualTo(neighbour.workspace());
        assertThatObject(written(
                        tx -> new WorkspaceErasureStore(tx).eraseContents(brand.tenant(), neighbour.workspace(), 100)))
                .as("a conversation and a user")
                .isEqualTo(2);
        assertThatObject(written(tx -> new WorkspaceErasureStore(tx).eraseProjects(brand, 9)))
                .isEqualTo(1);

        assertThatObject(read(tx -> new WorkspaceErasureStore(tx).next(brand))).isEqualTo(Optional.empty());
        assertThatObject(read(tx -> new WorkspaceErasureStore(tx).next(owner))).isNotEqualTo(Optional.empty());
        assertThat(archived(amira, "conversations")).hasSize(1);
        assertThat(archived(sister, "conversations")).hasSize(1);
    }

    @Test
    void anInvitationIsFoundByItsAddressInItsOwnWorkspace() {
        var invitation = new Invitation(
                amira.workspace(),
                Optional.empty(),
                "rania@people.example",
                WorkspaceRole.USER,
                Optional.empty(),
                Optional.empty(),
                false,
                NOW,
                NOW.plusSeconds(60));
        write(tx -> new InvitationStore(tx).put(amira.tenant(), "hash" + amira.user(), invitation));

        assertThat(invited(amira)).contains(invitation);
        assertThat(others).allSatisfy(other -> assertThat(invited(other)).isEmpty());
    }

    @Test
    void whoIsSignedOutIsInThisProject() {
        for (Participant person : List.of(amira, sister)) {
            write(tx -> new WorkspaceSessionStore(tx)
                    .insert(
                            person.tenant(),
                            person.workspace(),
                            person.user(),
                            "session" + person.user(),
                            NOW,
                            NOW.plusSeconds(60)));
        }

        write(tx -> new WorkspaceSessionStore(tx).deleteAll(amira.tenant(), project(amira)));

        assertThat(sessions("session" + amira.user())).isEmpty();
        assertThat(sessions("session" + sister.user())).hasSize(1);
    }

    @Test
    void aLimitAndASuspensionAreOneAccountsOwn() {
        Owner stranger = StoredAccounts.agency(database).owner();
        write(tx -> new WorkspaceLimitStore(tx).setMax(owner.tenant(), Optional.of(7L)));
        write(tx -> new WorkspaceLimitStore(tx).setMax(stranger.tenant(), Optional.of(9L)));
        assertThatObject(read(tx -> new WorkspaceLimitStore(tx).own(owner.tenant())))
                .isEqualTo(Optional.of(new Limit(7)));
        assertThatObject(written(tx -> new WorkspaceLimitStore(tx).take(owner.tenant(), new Limit(7))))
                .isEqualTo(true);
        assertThatObject(read(tx -> new WorkspaceLimitStore(tx).used(stranger.tenant())))
                .isEqualTo(0L);
        write(tx -> new WorkspaceLimitStore(tx).add(stranger.tenant(), 3));
        assertThatObject(read(tx -> new WorkspaceLimitStore(tx).used(stranger.tenant())))
                .isEqualTo(3L);
        write(tx -> new ProjectStore(tx).addWorkspaces(brand, project(others.get(1)), 2));
        long counted = read(tx -> new ProjectStore(tx).countWorkspaces(brand));
        assertThat(counted).isPositive();
        write(tx -> new ProjectStore(tx).addWorkspaces(brand, project(others.get(1)), -2));

        assertThatObject(written(tx -> new ProjectStore(tx).setAccountSuspended(brand, true)))
                .isEqualTo(List.of(project(others.get(1))));
        assertThatObject(read(tx -> new WorkspaceStore(tx).findOpenDefault(project(others.get(1)))))
                .isEqualTo(Optional.empty());
        assertThatObject(read(tx -> new WorkspaceStore(tx).findOpenDefault(project(amira)))
                        .orElseThrow()
                        .id())
                .isEqualTo(amira.workspace());
    }

    @Test
    void aNumberIsTakenByAWorkspaceOfItsOwnTenant() {
        var number = new SenderId("wa_" + UUIDS.next());
        write(tx -> new WorkspaceStore(tx)
                .setWhatsappClient(amira.tenant(), amira.workspace(), Optional.of(number.value()), NOW));
        write(tx -> new WorkspaceStore(tx).lock(amira.tenant(), amira.workspace()));

        assertThatObject(read(tx -> new UsedNumberStore(tx).namesUsing(amira.tenant(), Set.of(number)))
                        .keySet())
                .isEqualTo(Set.of(number));
        assertThatObject(read(tx ->
                        new UsedNumberStore(tx).namesUsing(others.getLast().tenant(), Set.of(number))))
                .isEqualTo(Map.of());
    }

    private List<CannedReply> replies(Participant whose) {
        return read(tx -> new CannedReplyStore(tx).list(whose.tenant(), whose.workspace(), 9));
    }

    private static boolean isTaken(Tx tx, Participant whose, String name) {
        return new CannedReplyStore(tx).isTaken(whose.tenant(), whose.workspace(), name, Optional.empty());
    }

    private ConversationId conversation(Participant whose) {
        var id = new ConversationId(UUIDS.next());
        write(tx -> new ConversationStore(tx).insert(whose, new Conversation(id, "Opening hours", 0, NOW, NOW)));
        return id;
    }

    private Message said(Participant by, ConversationId conversation, long position, Optional<UUID> outgoing) {
        var message = new Message(
                UUIDS.next(),
                position,
                Author.USER,
                "Hello",
                Optional.empty(),
                Optional.empty(),
                outgoing,
                0,
                End.WHOLE,
                NOW);
        write(tx -> new MessageStore(tx).append(by.tenant(), by.workspace(), conversation, message));
        return message;
    }

    private Optional<UUID> carrier(Participant whose, ConversationId conversation) {
        return read(
                tx -> new MigratedConversationStore(tx).carrier(whose.tenant(), whose.workspace(), conversation, 3));
    }

    private Attachment waiting(Participant whose, ConversationId conversation) {
        UUID id = UUIDS.next();
        var file = new Attachment(
                id,
                conversation,
                Optional.empty(),
                Optional.of(whose.user()),
                "menu.pdf",
                "application/pdf",
                10,
                "files/" + id,
                NOW);
        write(tx -> {
            var store = new AttachmentStore(tx);
            assertThat(store.claim(whose.tenant(), whose.workspace(), 10, 100)).isTrue();
            store.insert(whose.tenant(), whose.workspace(), file);
        });
        return file;
    }

    private List<Attachment> waits(Participant whose, ConversationId conversation) {
        return read(tx -> new AttachmentStore(tx)
                .waiting(whose.tenant(), whose.workspace(), conversation, Optional.of(amira.user())));
    }

    private void setLook(Participant whose, String welcome) {
        write(tx -> new WorkspaceArchiveStore(tx)
                .setLook(
                        whose.tenant(),
                        whose.workspace(),
                        true,
                        Optional.of(welcome),
                        Optional.empty(),
                        Optional.empty(),
                        Language.ARABIC));
    }

    private List<Map<String, Object>> archived(Participant whose, String table) {
        return read(tx -> {
            var rows = new ArrayList<Map<String, Object>>();
            new WorkspaceArchiveStore(tx).read(whose.tenant(), whose.workspace(), table, rows::add);
            return rows;
        });
    }

    private Optional<Invitation> invited(Participant whose) {
        return read(
                tx -> new InvitationStore(tx).findByEmail(whose.tenant(), whose.workspace(), "rania@people.example"));
    }

    private List<WorkspaceSessionStore.Found> sessions(String hash) {
        return read(tx -> new WorkspaceSessionStore(tx).find(Set.of(hash), NOW));
    }

    private ProjectId project(Participant whose) {
        return read(tx -> new WorkspaceStore(tx)
                .findById(whose.workspace())
                .orElseThrow()
                .workspace()
                .project());
    }

    private <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    private <T> T written(Function<Tx, T> work) {
        return database.write(work);
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return "done";
        });
    }
}
