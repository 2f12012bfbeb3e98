package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.INBOX_THREADS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.campaigns.TaggedContacts;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.ContactMerge;
import dev.banyan.whatsapp.contacts.ContactMerges;
import dev.banyan.whatsapp.contacts.PeopleGathered;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.MessagesOrdered;
import dev.banyan.whatsapp.messages.SendingAbilities;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutStore;
import dev.banyan.whatsapp.session.ContactActed;
import dev.banyan.whatsapp.session.ContactSignals;
import dev.banyan.whatsapp.session.WrittenOnPhone;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ContactWordStore;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.HeardEvents;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.State;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageStore;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.StoredParticipants;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.chat.ConversationGrew;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import dev.banyan.workspaces.sso.TestSso;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The inbox on both databases: incoming messages, access, assignment, and concurrency.
@OnEveryDatabase
class InboxContractTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Phone RANIA = new Phone("+971500000101");
    private static final Phone TOMAS = new Phone("+971500000102");

    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final HeardEvents<InboxChanged> changed = new HeardEvents<>();
    private final HeardEvents<ContactWrote> wrote = new HeardEvents<>();
    private final HeardEvents<ConversationGrew> grew = new HeardEvents<>();
    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private InboxArrivals arrivals;

    private final Set<Integer> refused = new HashSet<>();
    private final ConversationEvents events;
    private final InboxLines lines;
    private final Inbox inbox;
    private final ContactMerges merges;
    private final ContactActs acts;
    private final ContactAliases aliases;
    private final Participant amira;
    private final Participant omar;
    private final Participant sister;
    private final Participant stranger;
    private final SenderId number;

    InboxContractTest(Database database) {
        this.database = database;
        this.events = new ConversationEvents(
                TestWebhooks.on(database, clock), new HeardEvents<>(), Settings.forTests(Path.of("unused")));
        this.lines = new InboxLines(uuids, clock, changed, grew, events);
        this.inbox = new Inbox(
                database,
                lines,
                new ContactSignals(
                        database,
                        new SendingAbilities(List.of()),
                        new TestSenders(database).calls,
                        new TestSenders.Later()),
                TestSso.refusing(refused));
        var observer = new ContactActs(database, lines, new ContactMerges(database, new HeardEvents<>(), clock));
        this.merges = new ContactMerges(database, new HeardEvents<>(observer::contactsParted), clock);
        this.acts = new ContactActs(database, lines, merges);
        this.aliases = new ContactAliases(database, new HeardEvents<>(observer::contactsJoined), clock);
        var account = StoredAccounts.owner(database, Tier.FREE).owner();
        this.amira = StoredParticipants.in(database, account);
        this.omar = StoredParticipants.colleague(database, amira);
        this.sister = StoredParticipants.in(database, account);
        this.stranger = StoredParticipants.somebody(database);
        this.number = numberOf(amira);
    }

    @BeforeEach
    void folder() {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        Settings settings = Settings.from(Map.of(), system);
        var attachments = new Attachments(database, FolderFiles.of(settings), settings, clock, uuids);
        this.arrivals = new InboxArrivals(attachments, changed, wrote, events);
    }

    @Test
    void aFirstMessageMakesContactConversationAndThread() {
        arrives(RANIA, "Rania Aziz", "Is the blue set back in stock?");

        InboxThread thread = only(View.OPEN);
        assertThat(thread.name()).isEqualTo("Rania Aziz");
        assertThat(thread.contact().orElseThrow().address()).isEqualTo(RANIA);
        assertThat(thread.unread()).isEqualTo(1);
        assertThat(thread.sender()).contains(number);
        assertThat(thread.last().text()).isEqualTo("Is the blue set back in stock?");
        assertThat(thread.assignee()).isEmpty();
        assertThat(texts(thread.id())).containsExactly("Is the blue set back in stock?");
        assertThat(inbox.unread(member(amira))).isEqualTo(1);
        assertThat(changed.heard())
                .containsExactly(new InboxChanged(amira.workspace(), thread.id(), InboxChanged.What.MESSAGE));
        assertThat(wrote.heard()).containsExactly(new ContactWrote(amira.tenant(), amira.workspace(), thread.id()));
    }

    @Test
    void aContactIsFoundByNameAndNumberInAllWorkspacesOfTheTenant() {
        arrives(RANIA, "Rania Aziz", "Hello");

        assertThat(contacts(amira.tenant(), Optional.empty(), "aziz")).containsExactly("Rania Aziz");
        assertThat(contacts(amira.tenant(), Optional.empty(), "97150000")).containsExactly("Rania Aziz");
        assertThat(contacts(amira.tenant(), Optional.of(Set.of(stranger.tenant())), "aziz"))
                .isEmpty();
        assertThat(contacts(stranger.tenant(), Optional.empty(), "aziz")).isEmpty();
        database.write(tx -> {
            var contacts = new ContactStore(tx);
            Contact rania =
                    contacts.at(amira.tenant(), amira.workspace(), RANIA).orElseThrow();
            contacts.change(
                    amira.tenant(),
                    amira.workspace(),
                    rania.described("Rania, plates", Optional.empty(), clock.instant()));
            return "done";
        });
        assertThat(contacts(amira.tenant(), Optional.empty(), "aziz")).isEmpty();
        assertThat(contacts(amira.tenant(), Optional.empty(), "plates")).containsExactly("Rania, plates");
    }

    @Test
    void aThreadGoesOnUnderAnotherAddressInItsWorkspaceAlone() {
        ConversationId thread = arrives(RANIA, "Rania Aziz", "Hello");
        for (AccountId whose : List.of(stranger.tenant(), amira.tenant())) {
            optOut(whose, RANIA);
            aliases.moved(whose, RANIA, TOMAS);
            assertThat(only(View.OPEN).contact().orElseThrow().address())
                    .isEqualTo(whose.equals(stranger.tenant()) ? RANIA : TOMAS);
        }
        arrives(TOMAS, "Rania", "It is me");
        assertThat(only(View.OPEN).id()).isEqualTo(thread);
        assertThat(contacts(amira.tenant(), Optional.empty(), TOMAS.digits())).containsExactly("Rania Aziz");
    }

    @Test
    void aThreadGoesOnUnderThePortfolioInItsAccountAlone() {
        var told = new ContactAddress.UserId("AE.13491208655302741918", new ConnectionId(uuids.next()));
        var portfolio = new ContactAddress.Business.Portfolio("200000000000001");
        ContactAddress shared = told.towards(portfolio);
        ConversationId thread = arrives(told, "Rania Aziz", "Hello");
        for (AccountId whose : List.of(stranger.tenant(), amira.tenant())) {
            database.write(tx -> {
                acts.peopleGathered(new PeopleGathered(tx, whose, Set.of(told), told.business(), portfolio));
                return "done";
            });
            assertThat(only(View.OPEN).contact().orElseThrow().address())
                    .isEqualTo(whose.equals(stranger.tenant()) ? told : shared);
        }
        arrives(shared, "Rania", "It is me");
        assertThat(only(View.OPEN).id()).isEqualTo(thread);

        var other = new ContactAddress.UserId(told.id(), new ConnectionId(uuids.next()));
        arrives(other, "Someone else", "Hello");
        database.write(tx -> {
            acts.peopleGathered(new PeopleGathered(tx, amira.tenant(), Set.of(other), other.business(), portfolio));
            return "done";
        });
        assertThat(list(amira, View.OPEN))
                .extracting(found -> found.contact().orElseThrow().address())
                .as("another contact's address stays that contact's")
                .containsExactlyInAnyOrder(other, shared);
    }

    private void optOut(AccountId whose, Phone contact) {
        database.write(tx -> new OptOutStore(tx)
                .insert(
                        whose,
                        new OptOut(
                                contact,
                                OptOut.Cause.WORD,
                                Optional.empty(),
                                Optional.empty(),
                                "Wrote STOP.",
                                clock.instant())));
    }

    @Test
    void aMergeIsUndoneByItsOwnWorkspaceAloneWithin48Hours() {
        ConversationId former = arrives(RANIA, "Rania Aziz", "From my old number");
        Instant first = clock.instant();
        clock.forward(Duration.ofMinutes(1));
        ConversationId thread = arrives(TOMAS, "Tomas", "From mine");
        Map<ConversationId, Instant> waiting = Map.of(former, first, thread, clock.instant());
        assertThat(waiting()).isEqualTo(waiting);
        optOut(amira.tenant(), RANIA);
        aliases.moved(amira.tenant(), RANIA, TOMAS);
        assertThat(only(View.OPEN).id()).isEqualTo(thread);
        assertThat(only(View.CLOSED).id()).isEqualTo(former);
        assertThat(acts.merge(member(amira), only(View.OPEN)).map(ContactMerge::former))
                .contains(RANIA);

        for (Participant other : List.of(sister, stranger)) {
            assertThat(acts.undoMerge(member(other), thread)).isInstanceOf(Changed.NotFound.class);
        }
        assertThat(acts.undoMerge(member(amira), former)).isInstanceOf(Changed.Rejected.class);
        assertThat(waiting()).isEqualTo(Map.of(thread, first));
        clock.forward(Duration.ofHours(47));
        done(acts.undoMerge(member(amira), thread));
        assertThat(waiting()).isEqualTo(waiting);

        assertThat(list(amira, View.OPEN))
                .extracting(
                        InboxThread::id, found -> found.contact().orElseThrow().address())
                .containsExactlyInAnyOrder(Tuple.tuple(former, RANIA), Tuple.tuple(thread, TOMAS));
        assertThat(texts(former)).contains("From my old number").doesNotContain("From mine");
        for (Phone each : List.of(RANIA, TOMAS)) {
            assertThat(database.<Optional<OptOut>>read(tx -> new OptOutStore(tx).find(amira.tenant(), each)))
                    .as("the strictest consent wins")
                    .isPresent();
        }

        aliases.moved(amira.tenant(), RANIA, TOMAS);
        assertThat(list(amira, View.OPEN)).hasSize(2);
        assertThat(acts.undoMerge(member(amira), thread)).isInstanceOf(Changed.Rejected.class);
    }

    @Test
    void aChangeFindsTheThreadOfItsMessageIfThereIsOne() {
        ConversationId former = arrives(RANIA, "Rania Aziz", "Hello");
        UUID known = message(former, "Hello");
        arrives(TOMAS, "Tomas", "Good evening");
        optOut(amira.tenant(), RANIA);
        aliases.moved(amira.tenant(), RANIA, TOMAS);
        received(known, "wamid.former");
        received(uuids.next(), "wamid.group");

        for (String provider : List.of("wamid.former", "wamid.group")) {
            changes(new DriverEvent.Edited(at(amira), provider, TOMAS, "Good day", clock.instant()));
        }
        assertThat(texts(former)).contains("Good day").doesNotContain("Hello");
        assertThat(texts(only(View.OPEN).id())).contains("Good evening").doesNotContain("Good day");

        changes(new DriverEvent.Deleted(at(amira), "wamid.former", TOMAS, clock.instant()));
        assertThat(texts(former)).contains(ContactActs.DELETED);
    }

    private SenderKey at(Participant who) {
        return new SenderKey(who.tenant(), number);
    }

    private void changes(DriverEvent.OfContact event) {
        database.act(tx -> acts.contactActed(new ContactActed(tx, number, event)));
    }

    private UUID message(ConversationId thread, String text) {
        return database
                .<List<Message>>read(tx -> new MessageStore(tx).list(amira.tenant(), amira.workspace(), thread, 0, 10))
                .stream()
                .filter(message -> message.text().equals(text))
                .map(Message::id)
                .findFirst()
                .orElseThrow();
    }

    private void received(UUID id, String provider) {
        database.act(tx -> assertThat(new IncomingStore(tx)
                        .insert(
                                amira.tenant(),
                                TestMessages.received(
                                        id,
                                        amira.tenant(),
                                        number,
                                        number,
                                        provider,
                                        TOMAS,
                                        "Rania",
                                        "Hello",
                                        Optional.empty(),
                                        clock.instant())))
                .isTrue());
    }

    /// What proves that two contacts are one may be a receipt: then nothing new comes to the thread that goes on.
    @Test
    void whoWaitsInAThreadWaitsInTheOneInWhichItGoesOn() {
        ConversationId known = arrives(TOMAS, "Tomas", "Thank you");
        inbox.setState(member(amira), known, State.CLOSED);
        clock.forward(Duration.ofMinutes(1));
        ConversationId former = arrives(RANIA, "Rania Aziz", "Where is my order?");
        optOut(amira.tenant(), RANIA);
        done(inbox.assign(member(amira), former, Optional.of(omar.user())));
        Instant resumes = clock.instant().plusSeconds(1_800);
        database.act(tx -> {
            new ThreadStore(tx).setHandedOver(amira.tenant(), amira.workspace(), former, true);
            tx.sql()
                    .update(INBOX_THREADS)
                    .set(INBOX_THREADS.ASSISTANT_RESUMES_AT, resumes)
                    .where(INBOX_THREADS.CONVERSATION_ID.eq(former))
                    .execute();
        });

        aliases.moved(amira.tenant(), RANIA, TOMAS);

        assertThat(only(View.CLOSED).id()).isEqualTo(former);
        InboxThread open = only(View.OPEN);
        assertThat(open.id()).isEqualTo(known);
        assertThat(open.unread()).isEqualTo(1);
        assertThat(open.handedOver()).as("a person answers").isTrue();
        assertThat(open.resumesAt()).contains(resumes);
        assertThat(open.assignee().map(Message.By::user)).contains(omar.user());
        assertThat(texts(known)).contains("The open conversation with +971500000101 goes on here");
        Instant asked = clock.instant();
        assertThat(waiting()).isEqualTo(Map.of(known, asked));

        clock.forward(Duration.ofMinutes(1));
        done(acts.undoMerge(member(amira), known));

        assertThat(waiting()).as("the other was closed").isEqualTo(Map.of(former, asked));
    }

    private Map<ConversationId, Instant> waiting() {
        return database.read(tx -> tx.sql()
                .select(INBOX_THREADS.CONVERSATION_ID, INBOX_THREADS.WAITING_AT)
                .from(INBOX_THREADS)
                .where(INBOX_THREADS.TENANT_ID.eq(amira.tenant()), INBOX_THREADS.WAITING_AT.isNotNull())
                .fetchMap(row -> row.value1(), row -> row.value2()));
    }

    @Test
    void aMergeIsForgottenAfter48Hours() {
        ConversationId thread = arrives(RANIA, "Rania Aziz", "Hello");
        optOut(amira.tenant(), RANIA);
        aliases.moved(amira.tenant(), RANIA, TOMAS);
        merges.forgetExpired();
        assertThat(merged()).isEqualTo(1);

        clock.forward(Duration.ofHours(48));

        assertThat(acts.merge(member(amira), only(View.OPEN))).isEmpty();
        assertThat(acts.undoMerge(member(amira), thread)).isInstanceOf(Changed.Rejected.class);
        merges.forgetExpired();
        assertThat(merged()).isZero();
        assertThat(only(View.OPEN).contact().orElseThrow().address()).isEqualTo(TOMAS);
    }

    private int merged() {
        return database.read(tx -> tx.sql()
                .fetchCount(tx.sql()
                        .selectOne()
                        .from("contact_merges")
                        .where("tenant_id = ?", amira.tenant().toString())));
    }

    private List<String> contacts(AccountId tenant, Optional<Set<AccountId>> among, String search) {
        return database.read(tx -> new ContactWordStore(tx).search(tenant, among, search, 5)).stream()
                .map(ContactWordStore.Found::name)
                .toList();
    }

    @Test
    void aFileThatComesBelongsToItsMessage() {
        database.write(tx -> {
            arrivals.messageArrives(TestMessages.arriving(
                    tx,
                    uuids.next(),
                    amira.tenant(),
                    number,
                    number,
                    RANIA,
                    "Rania Aziz",
                    "",
                    Optional.of(new Media("plates.png", "image/png", "incoming/plates.png")),
                    clock.instant()));
            return "arrived";
        });

        InboxThread thread = only(View.OPEN);
        assertThat(thread.last().text()).isEqualTo("File");
        ThreadPart part =
                inbox.read(member(amira), thread.id(), Optional.empty(), 9).orElseThrow();
        assertThat(part.files().get(part.messages().getFirst().id()))
                .extracting(Attachment::name)
                .containsExactly("plates.png");
    }

    @Test
    void aNameThatIsLearntLaterIsFound() {
        ConversationId rania = arrives(RANIA, "", "Is it open today?");
        assertThat(found("Rania")).isEmpty();
        arrives(RANIA, "Rania Aziz", "Hello?");
        arrives(TOMAS, "Tomas", "Hello");

        assertThat(found("rania aziz")).containsExactly(rania);
        assertThat(found("971500000101")).containsExactly(rania);
    }

    @Test
    void manyFirstMessagesAtOnceMakeOneContactAndPositionsWithoutGaps() {
        AtOnce.run(12, run -> {
            arrives(RANIA, "Rania Aziz", "message " + run);
            return run;
        });

        InboxThread thread = only(View.OPEN);
        assertThat(thread.unread()).isEqualTo(12);
        assertThat(messages(thread.id()).stream().map(Message::position))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
        assertThat(inbox.contacts(member(amira), Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void whatIsWrittenToANumberOfNobodyIsKeptByNobody() {
        arrives(amira.tenant(), new SenderId("wa_999"), RANIA, "Rania Aziz", "hello");
        arrives(stranger.tenant(), number, RANIA, "Rania Aziz", "hello");

        assertThat(list(amira, View.OPEN)).isEmpty();
        assertThat(list(stranger, View.OPEN)).isEmpty();
        assertThat(changed.heard()).isEmpty();
    }

    @Test
    void aContactKnownByNumberAloneGetsItsNameAndKeepsTheOneThatPeopleGave() {
        arrives(RANIA, "", "hello");
        assertThat(only(View.OPEN).name()).isEqualTo(RANIA.e164());

        arrives(RANIA, "Rania", "hello again");
        InboxThread named = only(View.OPEN);
        assertThat(named.name()).isEqualTo("Rania");

        inbox.describe(member(amira), named.id(), "Rania Aziz, plates", "Pays by card");
        arrives(RANIA, "Rania", "and again");

        Contact contact = only(View.OPEN).contact().orElseThrow();
        assertThat(contact.name()).isEqualTo("Rania Aziz, plates");
        assertThat(contact.about()).contains("Pays by card");
    }

    @Test
    void theListsHoldWhatTheySayAndGoOnBehindACursor() {
        ConversationId first = arrives(RANIA, "Rania Aziz", "one");
        clock.forward(Duration.ofSeconds(1));
        ConversationId second = arrives(TOMAS, "Tomas Braga", "two");
        clock.forward(Duration.ofSeconds(1));
        ConversationId third = arrives(new Phone("+971500000103"), "Dina Mansour", "three");
        inbox.assign(member(omar), first, Optional.of(amira.user()));
        inbox.setState(member(omar), second, State.CLOSED);

        assertThat(list(amira, View.OPEN)).extracting(InboxThread::id).containsExactly(third, first);
        assertThat(list(amira, View.MINE)).extracting(InboxThread::id).containsExactly(first);
        assertThat(list(omar, View.MINE)).isEmpty();
        assertThat(list(amira, View.UNASSIGNED)).extracting(InboxThread::id).containsExactly(third);
        assertThat(list(amira, View.CLOSED)).extracting(InboxThread::id).containsExactly(second);

        Inbox.Listed page = inbox.list(member(amira), ThreadQuery.of(View.OPEN, 1));
        assertThat(page.threads()).extracting(InboxThread::id).containsExactly(third);
        Inbox.Listed rest = inbox.list(member(amira), new ThreadQuery(View.OPEN, Optional.empty(), "", page.next(), 1));
        assertThat(rest.threads()).extracting(InboxThread::id).containsExactly(first);
        assertThat(rest.next()).isEmpty();
        assertThat(inbox.surroundings(member(amira)).counts())
                .containsEntry(View.OPEN, 2)
                .containsEntry(View.MINE, 1)
                .containsEntry(View.UNASSIGNED, 1)
                .containsEntry(View.CLOSED, 1);
    }

    @Test
    void aSearchFindsPeopleNumbersAndWords() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "Is the blue set back in stock?");
        arrives(TOMAS, "Tomás Braga", "Sent the invoice");

        assertThat(found("blu")).containsExactly(rania);
        assertThat(found("rania STOCK")).containsExactly(rania);
        assertThat(found("tomas")).hasSize(1).doesNotContain(rania);
        assertThat(found("971500000101")).containsExactly(rania);
        assertThat(found("blue invoice")).isEmpty();
        assertThat(found("%")).isEmpty();
        assertThat(found("")).hasSize(2);
    }

    @Test
    void wordsWithSignsAreFoundAsTypedAlsoThoseOfEarlierVersions() {
        ConversationId rania = arrives(RANIA, "Rania of AT&T", "We use C++ and .NET at R&D");
        ConversationId tomas = arrives(TOMAS, "Tomás", "At ten to two: radio, network and vitamin C, C D");

        for (String typed : List.of("AT&T", "at&t rania", "R&D", "C++", ".NET", "r&")) {
            boolean isPlain = typed.equals("r&");
            assertThat(withWords(typed)).as(typed).contains(rania).hasSize(isPlain ? 2 : 1);
        }
        assertThat(withWords("at t")).containsExactlyInAnyOrder(rania, tomas);

        database.act(tx -> tx.sql().execute("DELETE FROM conversation_words WHERE word LIKE '%&%' OR word LIKE '.%'"));
        assertThat(withWords("R&D")).isEmpty();
        database.act(tx -> new ConversationWordStore(tx).addSignedOfMessages(""));
        assertThat(withWords("R&D")).containsExactly(rania);
        assertThat(withWords(".NET")).containsExactly(rania);
        assertThat(withWords("AT&T")).isEmpty();
        database.act(tx -> new ConversationWordStore(tx).addSignedOfContacts(""));
        assertThat(withWords("AT&T")).containsExactly(rania);
        database.act(tx -> tx.sql().execute("DELETE FROM contact_words WHERE word LIKE '%&%'"));
        assertThat(contacts(amira.tenant(), Optional.empty(), "AT&T")).isEmpty();
        database.act(tx -> new ContactWordStore(tx).addSigned(""));
        assertThat(contacts(amira.tenant(), Optional.empty(), "AT&T")).containsExactly("Rania of AT&T");
    }

    /// Reads nothing but the index.
    private List<ConversationId> withWords(String search) {
        return database.read(tx -> tx.sql()
                .select(INBOX_THREADS.CONVERSATION_ID)
                .from(INBOX_THREADS)
                .where(new ConversationWordStore(tx)
                        .matching(amira.tenant(), amira.workspace(), INBOX_THREADS.CONVERSATION_ID, search))
                .fetch(INBOX_THREADS.CONVERSATION_ID));
    }

    @Test
    void aNumberIsFoundByItsEndAndAsItIsDialled() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "Order 4711 please");
        arrives(TOMAS, "Tomás Braga", "Sent the invoice");

        for (String typed : List.of(
                "000101",
                "0101",
                "00 01 01",
                "050 000 0101",
                "0500000101",
                "+971 50 000 0101",
                "00971500000101",
                "971500000101",
                "97150 0000101",
                "4711")) {
            assertThat(found(typed)).as(typed).containsExactly(rania);
            if (!typed.equals("4711")) {
                assertThat(contacts(amira.tenant(), Optional.empty(), typed))
                        .as(typed)
                        .containsExactly("Rania Aziz");
            }
        }
        for (String typed : List.of("101", "000199", "2500000101", "060 000 0101", "~101000")) {
            assertThat(found(typed)).as(typed).isEmpty();
        }
        assertThat(found("101000")).as("read from the end").isEmpty();
    }

    /// “Hello +971500000101” is no greeting.
    @Test
    void contactsWithoutANameHaveNoneInCampaigns() {
        var hidden = new ContactAddress.UserId("AE.13491208655302741918", new ConnectionId(uuids.next()));
        done(inbox.tag(member(amira), arrives(RANIA, "", "Hello"), "gold"));
        done(inbox.tag(member(amira), arrives(hidden, "", "Hello"), "gold"));

        assertThat(new InboxTaggedContacts(database)
                        .tagged(amira.tenant(), Optional.empty(), "gold", Optional.empty(), 9))
                .extracting(TaggedContacts.Tagged::contact, TaggedContacts.Tagged::name)
                .containsExactlyInAnyOrder(Tuple.tuple(RANIA, ""), Tuple.tuple(hidden, ""));
    }

    @Test
    void contactsOfTaggedThreadsAreGivenToCampaignsPageByPage() {
        done(inbox.tag(member(amira), arrives(RANIA, "Rania Aziz", "Hello"), "gold"));
        done(inbox.tag(member(amira), arrives(TOMAS, "Tomas Berg", "Hello"), "gold"));
        var contacts = new InboxTaggedContacts(database);
        Optional<String> here = Optional.of(amira.workspace().value());

        List<TaggedContacts.Tagged> first = contacts.tagged(amira.tenant(), here, " Gold", Optional.empty(), 1);
        List<TaggedContacts.Tagged> second = contacts.tagged(
                amira.tenant(),
                Optional.empty(),
                "gold",
                Optional.of(first.getFirst().cursor()),
                9);

        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
        assertThat(Set.of(first.getFirst().contact(), second.getFirst().contact()))
                .isEqualTo(Set.of(RANIA, TOMAS));
        assertThat(Set.of(first.getFirst().name(), second.getFirst().name()))
                .isEqualTo(Set.of("Rania Aziz", "Tomas Berg"));
        assertThat(contacts.tagged(stranger.tenant(), Optional.empty(), "gold", Optional.empty(), 9))
                .isEmpty();
        assertThat(contacts.tagged(amira.tenant(), Optional.of("scl_other"), "gold", Optional.empty(), 9))
                .isEmpty();
        assertThat(contacts.tagged(amira.tenant(), here, "silver", Optional.empty(), 9))
                .isEmpty();
        assertThat(contacts.tagged(amira.tenant(), here, "<b>", Optional.empty(), 9))
                .isEmpty();
    }

    @Test
    void tagsAreLowerCaseBoundedAndFound() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");
        arrives(TOMAS, "Tomas Braga", "hello");

        done(inbox.tag(member(amira), rania, "  Repeat   Buyer "));
        done(inbox.tag(member(amira), rania, "repeat buyer"));
        assertThat(only(rania).tags()).containsExactly("repeat buyer");
        assertThat(inbox.surroundings(member(amira)).tags()).containsExactly("repeat buyer");
        Inbox.Listed tagged = inbox.list(
                member(amira), new ThreadQuery(View.OPEN, Optional.of("repeat buyer"), "", Optional.empty(), 9));
        assertThat(tagged.threads()).extracting(InboxThread::id).containsExactly(rania);

        for (int i = 1; i < Inbox.TAGS_PER_THREAD; i++) {
            done(inbox.tag(member(amira), rania, "tag " + i));
        }
        assertThat(inbox.tag(member(amira), rania, "one more")).isEqualTo(new Changed.TooManyTags(10));
        assertThat(inbox.tag(member(amira), rania, "x".repeat(31))).isInstanceOf(Changed.Rejected.class);
        assertThat(inbox.tag(member(amira), rania, "<b>")).isInstanceOf(Changed.Rejected.class);
        assertThat(inbox.surroundings(member(amira)).tags()).hasSize(10).isSorted();
        done(inbox.untag(member(amira), rania, "tag 1"));
        assertThat(only(rania).tags()).hasSize(9).doesNotContain("tag 1");
    }

    @Test
    void aClosedThreadOpensWithTheNextMessageAndKeepsWhoLooksAfterIt() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");
        done(inbox.assign(member(amira), rania, Optional.of(omar.user())));
        done(inbox.setState(member(amira), rania, State.CLOSED));
        assertThat(only(View.CLOSED).unread()).isZero();

        arrives(RANIA, "Rania Aziz", "One more thing");

        InboxThread thread = only(View.OPEN);
        assertThat(thread.unread()).isEqualTo(1);
        assertThat(thread.assignee()).map(Message.By::user).contains(omar.user());
    }

    @Test
    void readAndUnreadAreOfTheWholeWorkspace() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");

        done(inbox.setRead(member(amira), rania, true));
        assertThat(inbox.unread(member(omar))).isZero();
        done(inbox.setRead(member(omar), rania, false));
        assertThat(inbox.unread(member(amira))).isEqualTo(1);
    }

    /// Notes have their place among the messages, but are visible in the inbox only.
    @Test
    void notesStandWhereTheyWereWrittenAndTakeNobodysPlace() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "one");
        note(rania, "first note");
        note(rania, "second note");
        arrives(RANIA, "Rania Aziz", "two");
        note(rania, "third note");
        arrives(RANIA, "Rania Aziz", "three");

        assertThat(texts(rania)).containsExactly("one", "first note", "second note", "two", "third note", "three");
        assertThat(only(rania).messages()).isEqualTo(3);
        ThreadPart end = inbox.read(member(amira), rania, Optional.empty(), 1).orElseThrow();
        assertThat(end.messages()).extracting(Message::text).containsExactly("three");
        ThreadPart middle = inbox.read(member(amira), rania, end.earlier(), 1).orElseThrow();
        assertThat(middle.messages()).extracting(Message::text).containsExactly("two", "third note");
        List<Message> outside =
                database.read(tx -> new MessageStore(tx).list(amira.tenant(), amira.workspace(), rania, 0, 99));
        assertThat(outside).extracting(Message::text).containsExactly("one", "two", "three");
    }

    @Test
    void aHandedOverChatStandsInTheInboxUntilItIsClosed() {
        ConversationId chat = handedOver("I need a person");

        InboxThread thread = only(View.OPEN);
        assertThat(thread.channel()).isEqualTo(InboxThread.Channel.CHAT);
        assertThat(thread.personWanted()).isTrue();
        assertThat(thread.unread()).isEqualTo(1);
        assertThat(thread.user()).map(Message.By::user).contains(omar.user());
        note(chat, "He means the invoice");
        assertThat(said(omar, chat)).extracting(Message::text).containsExactly("I need a person");

        done(inbox.setState(member(amira), chat, State.CLOSED));

        assertThat(only(View.CLOSED).handedOver()).isFalse();
        assertThat(said(omar, chat)).extracting(Message::text).containsExactly("I need a person", InboxLines.BACK);
        List<Message> unanswered = database.read(tx -> new ConversationStore(tx).unanswered(omar, chat, 9));
        assertThat(unanswered).isEmpty();
        assertThat(grew.heard().getLast().added().getFirst().author()).isEqualTo(Author.ASSISTANT);
    }

    @Test
    void theAssistantIsAskedUntilAPersonIsAndOnlyWhereItIsForContacts() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "one");
        arrives(RANIA, "Rania Aziz", "two");
        var asked = new ContactWrote(amira.tenant(), amira.workspace(), rania);
        assertThat(waiting(rania)).isEmpty();
        assertThat(leftOver()).doesNotContain(asked);

        database.write(tx -> tx.sql()
                .execute(
                        "INSERT INTO assistants (sub_client_id, tenant_id, kind, is_for_contacts, time_zone,"
                                + " most_answers, updated_at) VALUES (?, ?, 'rules', 1, 'UTC', 4, 0)",
                        amira.workspace().value(),
                        amira.tenant().toString()));

        assertThat(waiting(rania)).containsExactly("one", "two");
        database.read(tx -> {
            var store = new ThreadMessageStore(tx);
            assertThat(store.lastOfPerson(amira.tenant(), amira.workspace(), rania))
                    .isZero();
            assertThat(store.last(amira.tenant(), amira.workspace(), rania, Message.Author.CONTACT, 0, 9))
                    .extracting(Message::text)
                    .containsExactly("two", "one");
            assertThat(store.mostAnswers(amira.tenant(), amira.workspace())).isEqualTo(4);
            return asked;
        });
        pauses(rania, amira.tenant(), amira.workspace());
        assertThat(waiting(rania)).as("answered on the phone").isEmpty();
        clock.forward(Duration.ofMinutes(30));
        assertThat(waiting(rania)).containsExactly("one", "two");
        assertThat(leftOver()).contains(asked);
        ordered(RANIA, "api-1", "Your order is on its way");
        assertThat(waiting(rania)).as("a program wrote").containsExactly("one", "two");
        assertThat(leftOver()).contains(asked);
        database.write(tx -> {
            new ThreadStore(tx).setHandedOver(amira.tenant(), amira.workspace(), rania, true);
            return "handed over";
        });
        assertThat(waiting(rania)).isEmpty();
        done(inbox.setState(member(amira), rania, State.CLOSED));
        assertThat(waiting(rania)).isEmpty();
        assertThat(leftOver()).doesNotContain(asked);
        UUID first = messages(rania).getFirst().id();
        Optional<Integer> after = database.read(
                tx -> new ThreadMessageStore(tx).ofContactAfter(amira.tenant(), amira.workspace(), rania, first));
        assertThat(after).contains(1);
        Optional<Integer> stranger = database.read(tx -> new ThreadMessageStore(tx)
                .ofContactAfter(this.stranger.tenant(), this.stranger.workspace(), rania, first));
        assertThat(stranger).isEmpty();
        Optional<ContactWrote> nowhere =
                database.read(tx -> new ThreadMessageStore(tx).threadOf(amira.tenant(), uuids.next()));
        assertThat(nowhere).isEmpty();
        long byHand = database.write(tx -> answeredByHand(tx, rania));
        long last =
                database.read(tx -> new ThreadMessageStore(tx).lastOfPerson(amira.tenant(), amira.workspace(), rania));
        assertThat(last).isEqualTo(byHand);
    }

    private long answeredByHand(Tx tx, ConversationId id) {
        var threads = new ThreadStore(tx);
        long position = threads.lock(amira.tenant(), amira.workspace(), id)
                        .orElseThrow()
                        .messages()
                + 1;
        threads.append(
                amira.tenant(),
                amira.workspace(),
                id,
                new Message(
                        uuids.next(),
                        position,
                        Message.Author.AGENT,
                        "We have it",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Message.End.WHOLE,
                        clock.instant()));
        return position;
    }

    private void pauses(ConversationId id, AccountId tenant, WorkspaceId workspace) {
        database.write(tx -> {
            new ThreadMessageStore(tx).pauseAssistant(tenant, workspace, id, clock.instant());
            return "paused";
        });
    }

    private List<String> waiting(ConversationId id) {
        List<Message> waiting = database.read(
                tx -> new ThreadMessageStore(tx).waiting(amira.tenant(), amira.workspace(), id, clock.instant(), 9));
        return waiting.stream().map(Message::text).toList();
    }

    private List<ContactWrote> leftOver() {
        return database.read(
                tx -> new ThreadMessageStore(tx).unanswered(clock.instant().minus(Duration.ofHours(1)), 1_000));
    }

    @Test
    void aMessageIsRewrittenInItsOwnWorkspaceOnly() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "old words");
        UUID message = messages(rania).getFirst().id();

        rewrite(new Participant(stranger.tenant(), amira.workspace(), 0), rania, message);
        rewrite(new Participant(amira.tenant(), sister.workspace(), 0), rania, message);
        assertThat(texts(rania).toString()).contains("old words");
        rewrite(amira, rania, message);

        assertThat(texts(rania).toString()).contains("new words");
        assertThat(only(rania).toString()).contains("new words");
    }

    private void rewrite(Participant who, ConversationId thread, UUID message) {
        database.write(tx -> {
            new ThreadMessageStore(tx).rewrite(who.tenant(), who.workspace(), thread, message, "new words");
            return true;
        });
    }

    @Test
    void somebodyElsesThreadsTagsAndContactsAreNotFound() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "secret words");
        done(inbox.tag(member(amira), rania, "secret"));
        numberOf(sister);
        numberOf(stranger);
        String before = texts(rania) + only(rania).toString();

        for (Participant other : List.of(sister, stranger)) {
            Member outsider = member(other);
            for (View view : View.values()) {
                assertThat(inbox.list(outsider, ThreadQuery.of(view, 9)).threads())
                        .isEmpty();
            }
            assertThat(inbox.read(outsider, rania, Optional.empty(), 9)).isEmpty();
            assertThat(inbox.surroundings(outsider).tags()).isEmpty();
            assertThat(inbox.unread(outsider)).isZero();
            assertThat(inbox.contacts(outsider, Optional.empty(), 9)).isEmpty();
            assertThat(inbox.assign(outsider, rania, Optional.of(other.user()))).isEqualTo(new Changed.NotFound());
            assertThat(inbox.setState(outsider, rania, State.CLOSED)).isEqualTo(new Changed.NotFound());
            assertThat(inbox.setRead(outsider, rania, true)).isEqualTo(new Changed.NotFound());
            assertThat(inbox.tag(outsider, rania, "mine")).isEqualTo(new Changed.NotFound());
            assertThat(inbox.untag(outsider, rania, "secret")).isEqualTo(new Changed.NotFound());
            assertThat(inbox.describe(outsider, rania, "Mine", "")).isEqualTo(new Changed.NotFound());
        }
        for (Participant mixed : List.of(
                new Participant(stranger.tenant(), amira.workspace(), 0),
                new Participant(amira.tenant(), sister.workspace(), 0))) {
            Optional<InboxThread> thread =
                    database.read(tx -> new ThreadListStore(tx).find(mixed.tenant(), mixed.workspace(), rania));
            assertThat(thread).isEmpty();
            List<Message> messages = database.read(
                    tx -> new ThreadMessageStore(tx).before(mixed.tenant(), mixed.workspace(), rania, 99, 9));
            assertThat(messages).isEmpty();
            Map<ConversationId, List<String>> tags = database.read(
                    tx -> new ThreadTagStore(tx).ofAll(mixed.tenant(), mixed.workspace(), List.of(rania)));
            assertThat(tags).isEmpty();
        }
        assertThat(texts(rania) + only(rania).toString()).isEqualTo(before);
    }

    @Test
    void nothingIsGivenToStrangersOrToThemWhoWent() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");

        assertThat(inbox.assign(member(amira), rania, Optional.of(sister.user())))
                .isEqualTo(new Changed.NoSuchAgent(sister.user()));
        assertThat(inbox.assign(member(amira), rania, Optional.of(999_999)))
                .isEqualTo(new Changed.NoSuchAgent(999_999));
        assertThat(only(rania).assignee()).isEmpty();
    }

    /// Nobody would answer there.
    @Test
    void whoTheirProviderRefusesIsGivenNothingMore() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");
        ConversationId tomas = arrives(TOMAS, "Tomas", "hello");
        assertThat(inbox.assign(member(amira), rania, Optional.of(omar.user()))).isInstanceOf(Changed.Done.class);
        refused.add(omar.user());

        assertThat(inbox.assign(member(amira), tomas, Optional.of(omar.user())))
                .isEqualTo(new Changed.NoSuchAgent(omar.user()));
        assertThat(inbox.surroundings(member(amira)).colleagues())
                .extracting(Message.By::user)
                .containsExactly(amira.user());
        assertThat(only(rania).assignee().map(Message.By::user))
                .as("a provider may let them in again")
                .contains(omar.user());
        assertThat(inbox.assign(member(amira), rania, Optional.of(amira.user())))
                .isInstanceOf(Changed.Done.class);
    }

    @Test
    void aUserSeesNothingOfItAndIsGivenNothing() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");
        database.write(tx -> tx.sql().execute("UPDATE sub_client_users SET role = 'user' WHERE id = ?", omar.user()));

        assertThat(inbox.assign(member(amira), rania, Optional.of(omar.user())))
                .isEqualTo(new Changed.NoSuchAgent(omar.user()));
        assertThat(inbox.surroundings(member(amira)).colleagues())
                .extracting(Message.By::user)
                .containsExactly(amira.user());
        assertThat(inbox.read(member(omar), rania, Optional.empty(), 9)).isEmpty();
        assertThat(inbox.unread(member(omar))).isZero();
        assertThat(inbox.setRead(member(omar), rania, true)).isEqualTo(new Changed.NotFound());
    }

    @Test
    void aDeletedWorkspaceTakesItsInboxAlongAndNoOther() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "hello");
        done(inbox.tag(member(amira), rania, "plates"));
        handedOver("I need a person");
        SenderId theirs = numberOf(sister);
        arrives(sister.tenant(), theirs, RANIA, "Rania Aziz", "hello");

        database.write(tx -> tx.sql()
                .execute(
                        "DELETE FROM sub_clients WHERE id = ?",
                        amira.workspace().value()));

        for (String table : List.of("contacts", "inbox_threads", "thread_tags", "conversation_words", "messages")) {
            int left = database.read(tx -> tx.sql()
                    .fetchCount(tx.sql()
                            .selectOne()
                            .from(table)
                            .where("sub_client_id = ?", amira.workspace().value())));
            assertThat(left).as(table).isZero();
        }
        assertThat(list(sister, View.OPEN)).hasSize(1);
    }

    /// Removes a user like `WorkspaceUsers.remove` in its transaction.
    @Test
    void whoIsRemovedWhileTheyAreGivenSomethingKeepsNothing() {
        List<ConversationId> threads = IntStream.range(0, 8)
                .mapToObj(i -> arrives(new Phone("+97150000020" + i), "Contact " + i, "hello"))
                .toList();
        Member giver = member(amira);

        AtOnce.run(
                9,
                run -> run == 8
                        ? removed(omar)
                        : inbox.assign(giver, threads.get(run), Optional.of(omar.user()))
                                .toString());

        assertThat(list(amira, View.UNASSIGNED)).hasSize(8);
        int left = database.read(tx ->
                tx.sql().fetchCount(tx.sql().selectOne().from("inbox_threads").where("assignee_id = ?", omar.user())));
        assertThat(left).isZero();
    }

    private String removed(Participant user) {
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(user.tenant(), user.workspace());
            new ThreadStore(tx).unassign(user.tenant(), user.workspace(), user.user());
            new WorkspaceUserStore(tx).delete(user.tenant(), user.workspace(), user.user());
            return "removed";
        });
    }

    /// The lists and their search follow an index and stop when a page is full.
    @Test
    void tenThousandThreadsAreListedCountedAndFound() {
        stored(10_000);
        ConversationId needle = arrives(RANIA, "Rania Aziz", "common needle");

        assertThat(found("needle")).containsExactly(needle);
        assertThat(found("comm needl")).containsExactly(needle);
        assertThat(found("050 000 0101")).containsExactly(needle);
        assertThat(found("common")).hasSize(99).startsWith(needle);
        Inbox.Surroundings around = inbox.surroundings(member(amira));
        assertThat(around.counts()).containsEntry(View.OPEN, Inbox.COUNTED).containsEntry(View.CLOSED, 0);
        assertThat(around.unread()).isEqualTo(Inbox.COUNTED);
        assertThat(around.tags()).containsExactly("even", "odd");
        var seen = new HashSet<ConversationId>();
        Optional<ConversationCursor> after = Optional.empty();
        do {
            Inbox.Listed part =
                    inbox.list(member(amira), new ThreadQuery(View.OPEN, Optional.empty(), "", after, 1_000));
            part.threads().forEach(thread -> seen.add(thread.id()));
            after = part.next();
        } while (after.isPresent());
        assertThat(seen).hasSize(10_001);
    }

    private void stored(int threads) {
        String ids = "'00000000-0000-8000-8000-' || CAST(100000000000 + i AS VARCHAR(20))";
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + threads + ") ";
        String whose = "'" + amira.tenant() + "', '" + amira.workspace() + "'";
        for (String statement : List.of(
                "INSERT INTO contacts (id, tenant_id, sub_client_id, phone, name, created_at, updated_at) " + numbers
                        + "SELECT " + ids + ", " + whose
                        + ", '+9' || CAST(100000000000 + i AS VARCHAR(20)), 'Somebody',"
                        + " 1, 1 FROM n",
                "INSERT INTO conversations (id, tenant_id, sub_client_id, kind, title, message_count, created_at,"
                        + " updated_at) " + numbers + "SELECT " + ids + ", " + whose
                        + ", 'whatsapp', 'x', 0, 1, 1 FROM n",
                "INSERT INTO inbox_threads (conversation_id, tenant_id, sub_client_id, channel, contact_id, state,"
                        + " unread_count, last_text, last_role, last_message_at, created_at) " + numbers + "SELECT "
                        + ids
                        + ", " + whose + ", 'whatsapp', " + ids + ", 'open', 1, 'x', 'contact', i, 1 FROM n",
                "INSERT INTO conversation_words (conversation_id, tenant_id, sub_client_id, word) " + numbers
                        + "SELECT " + ids + ", " + whose + ", 'common' FROM n",
                "INSERT INTO thread_tags (conversation_id, tenant_id, sub_client_id, tag) " + numbers + "SELECT " + ids
                        + ", " + whose + ", CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END FROM n")) {
            database.write(tx -> {
                tx.sql().execute(statement);
                // As the server's own job does soon after an import: plans for empty tables read them from end to end.
                return database.isShared() ? tx.sql().execute("ANALYZE") : 0;
            });
        }
    }

    private static Changed.Done done(Changed changed) {
        assertThat(changed).isInstanceOf(Changed.Done.class);
        return (Changed.Done) changed;
    }

    private SenderId numberOf(Participant whose) {
        var id = new SenderId("wa_" + (100 + NUMBERS.incrementAndGet()));
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE sub_clients SET whatsapp_client_id = ? WHERE id = ?",
                        id.value(),
                        whose.workspace().value()));
        return id;
    }

    private ConversationId arrives(ContactAddress from, String name, String text) {
        return arrives(amira.tenant(), number, from, name, text);
    }

    private ConversationId arrives(AccountId tenant, SenderId to, ContactAddress from, String name, String text) {
        return database.write(tx -> {
            arrivals.messageArrives(TestMessages.arriving(
                    tx, uuids.next(), tenant, to, to, from, name, text, Optional.empty(), clock.instant()));
            return Contact.conversationOf(amira.workspace(), from);
        });
    }

    private ConversationId late(Phone from, String text, Instant at, MessageContent content) {
        return database.write(tx -> {
            arrivals.messageArrives(new MessageArriving(
                    tx,
                    uuids.next(),
                    amira.tenant(),
                    number,
                    number,
                    from,
                    "Rania Aziz",
                    Optional.of("rania.aziz"),
                    text,
                    Optional.empty(),
                    0,
                    content,
                    at));
            return Contact.conversationOf(amira.workspace(), from);
        });
    }

    @Test
    void aMessageThatComesLateGoesToItsPlaceInTime() {
        Instant now = clock.instant();
        ConversationId rania = arrives(RANIA, "Rania Aziz", "first");
        note(rania, "after the first");
        clock.forward(Duration.ofMinutes(2));
        arrives(RANIA, "Rania Aziz", "second");
        note(rania, "after the second");
        arrives(RANIA, "Rania Aziz", "third");

        late(RANIA, "late", now.plusSeconds(60), MessageContent.PLAIN);
        late(RANIA, "as old as the third", now.plus(Duration.ofMinutes(2)), MessageContent.PLAIN);
        late(RANIA, "the oldest", now.minusSeconds(60), MessageContent.PLAIN);

        assertThat(messages(rania))
                .extracting(Message::text)
                .containsExactly(
                        "the oldest",
                        "first",
                        "after the first",
                        "late",
                        "second",
                        "after the second",
                        "third",
                        "as old as the third");
        assertThat(messages(rania).stream().map(Message::position).filter(place -> place > 0))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        InboxThread thread = only(View.OPEN);
        assertThat(thread.last().text()).isEqualTo("as old as the third");
        assertThat(thread.unread()).isEqualTo(6);
        assertThat(thread.messages()).isEqualTo(6);
    }

    @Test
    void onlyWhatCameAfterAnAnswerFromThePhoneIsUnreadHoweverLateItIsTold() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "first");
        clock.forward(Duration.ofMinutes(20));
        arrives(RANIA, "Rania Aziz", "second");

        answeredOnPhone("answer", clock.instant().minus(Duration.ofMinutes(5)));
        late(RANIA, "before the answer", clock.instant().minus(Duration.ofMinutes(15)), MessageContent.PLAIN);

        assertThat(texts(rania)).containsExactly("first", "before the answer", "answer", "second");
        assertThat(only(View.OPEN).unread()).isEqualTo(1);
    }

    private void answeredOnPhone(String text, Instant at) {
        UUID id = uuids.next();
        var message = new OutgoingMessage(
                id,
                amira.tenant(),
                number,
                Optional.empty(),
                RANIA,
                text,
                Optional.empty(),
                OutgoingMessage.phoneKey(number, id.toString()),
                DeliveryState.SENT,
                Optional.empty(),
                at,
                at);
        database.write(tx -> {
            arrivals.writtenOnPhone(new WrittenOnPhone(tx, number, "Rania Aziz", message, 0));
            return TestMessages.insert(tx, message);
        });
    }

    @Test
    void theLastAdThatLedHereIsKept() {
        var ad = new MessageContent.Ad("ad", "1", "Honey cake", "https://fb.me/x", "CLID");
        var content = new MessageContent(new MessageContent.Plain(), Optional.empty(), Optional.of(ad));

        late(RANIA, "I saw your ad", clock.instant(), content);
        arrives(RANIA, "Rania Aziz", "How much is it?");

        assertThat(only(View.OPEN).ad()).contains(ad);
    }

    private OutgoingMessage ordered(Phone to, String key, String text) {
        var message = new OutgoingMessage(
                uuids.next(),
                amira.tenant(),
                number,
                Optional.empty(),
                to,
                text,
                Optional.empty(),
                key,
                DeliveryState.QUEUED,
                Optional.empty(),
                clock.instant(),
                clock.instant());
        database.write(tx -> {
            arrivals.ordered(new MessagesOrdered(tx, amira.tenant(), List.of(message)));
            return TestMessages.insert(tx, message);
        });
        return message;
    }

    @Test
    void whatWasSentBeforeAConversationBelongsToIt() {
        ordered(RANIA, "api-0", "Long ago");
        clock.forward(Duration.ofDays(8));
        ordered(TOMAS, "api-1", "To someone else");
        ordered(RANIA, "api-2", "Your order is on its way");
        ordered(RANIA, UUID.randomUUID().toString(), "Written in an inbox");
        ordered(RANIA, "campaign:" + UUID.randomUUID() + ":1", "Honey cake?");
        assertThat(list(amira, View.OPEN)).isEmpty();

        clock.forward(Duration.ofMinutes(1));
        ConversationId rania = arrives(RANIA, "Rania Aziz", "Yes");

        assertThat(texts(rania)).containsExactly("Your order is on its way", "Honey cake?", "Yes");
        assertThat(messages(rania).getFirst().origin()).contains(OutgoingMessage.Origin.API);
        InboxThread thread = only(View.OPEN);
        assertThat(thread.unread()).isEqualTo(1);
        assertThat(thread.last().text()).isEqualTo("Yes");
        assertThat(thread.messages()).isEqualTo(3);
    }

    @Test
    void aContactsMessageIsTheLastOneThoughItCameAfterWhatAProgramSent() {
        ConversationId rania = arrives(RANIA, "Rania Aziz", "first");
        clock.forward(Duration.ofMinutes(2));
        ordered(RANIA, "api-1", "Your order is on its way");

        late(RANIA, "second", clock.instant().minusSeconds(60), MessageContent.PLAIN);

        assertThat(texts(rania)).containsExactly("first", "second", "Your order is on its way");
        assertThat(only(View.OPEN).last().text()).isEqualTo("second");
        Map<ContactAddress, ConversationId> strangers = database.read(
                tx -> new ContactStore(tx).conversations(stranger.tenant(), stranger.workspace(), List.of(RANIA)));
        assertThat(strangers).isEmpty();
        Map<ContactAddress, ConversationId> own = database.read(
                tx -> new ContactStore(tx).conversations(amira.tenant(), amira.workspace(), List.of(RANIA, TOMAS)));
        assertThat(own).isEqualTo(Map.of(RANIA, rania));
    }

    private ConversationId handedOver(String text) {
        var id = new ConversationId(uuids.next());
        return database.write(tx -> {
            var store = new ConversationStore(tx);
            var message = Message.of(uuids.next(), 1, Author.USER, text, Optional.of("k1"), clock.instant());
            var conversation = new Conversation(id, "Person", 0, clock.instant(), clock.instant());
            store.insert(omar, conversation);
            store.append(omar, id, message);
            new ThreadStore(tx).setHandedOver(omar.tenant(), omar.workspace(), id, true);
            arrivals.personAwaited(new HandoverRequested(tx, omar, conversation, message));
            return id;
        });
    }

    private List<Message> said(Participant whose, ConversationId id) {
        return database.read(tx -> new ConversationStore(tx).messages(whose, id, 0, 99));
    }

    private void note(ConversationId id, String text) {
        Workspace workspace = member(amira).workspace();
        database.write(tx -> lines.beside(
                        tx,
                        workspace,
                        id,
                        Optional.of(new Message.By(amira.user(), "amira")),
                        Optional.empty(),
                        text,
                        0)
                .orElseThrow());
    }

    private Member member(Participant whose) {
        return database.read(tx -> new Member(
                Actor.SERVER,
                new WorkspaceStore(tx).findById(whose.workspace()).orElseThrow().workspace(),
                false,
                new WorkspaceUserStore(tx)
                        .find(whose.tenant(), whose.workspace(), whose.user())
                        .orElseThrow(),
                "no session"));
    }

    private List<InboxThread> list(Participant whose, View view) {
        return inbox.list(member(whose), ThreadQuery.of(view, 99)).threads();
    }

    private InboxThread only(View view) {
        List<InboxThread> threads = list(amira, view);
        assertThat(threads).hasSize(1);
        return threads.getFirst();
    }

    private InboxThread only(ConversationId id) {
        return inbox.read(member(amira), id, Optional.empty(), 1).orElseThrow().thread();
    }

    private List<ConversationId> found(String search) {
        return inbox
                .list(member(amira), new ThreadQuery(View.OPEN, Optional.empty(), search, Optional.empty(), 99))
                .threads()
                .stream()
                .map(InboxThread::id)
                .toList();
    }

    private List<Message> messages(ConversationId id) {
        return inbox.read(member(amira), id, Optional.empty(), 100)
                .orElseThrow()
                .messages();
    }

    private List<String> texts(ConversationId id) {
        return messages(id).stream().map(Message::text).toList();
    }
}
