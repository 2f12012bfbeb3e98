package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.assistant.Answering;
import dev.banyan.workspaces.assistant.Assistant;
import dev.banyan.workspaces.usage.UsageLimits;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Answers contacts with the assistant, if the workspace has enabled that, until a person does. The answer is a message
/// like any other and is stored before it is sent. If more messages arrived meanwhile, the answer is dropped and the
/// next one covers them all, so nothing is answered twice, however often this runs.
@Singleton
public record ContactAnswers(
        Database database,
        Assistant assistant,
        Outgoing outgoing,
        InboxLines lines,
        Uuids uuids,
        Clock clock,
        @OwnWork ExecutorService threads) {

    private static final int ANSWERED_AT_ONCE = 20;
    private static final int REMEMBERED = 40;
    /// A later answer is of no use.
    private static final Duration LATEST = Duration.ofHours(1);

    /// A message that took longer to arrive, as after an outage, may have been dealt with on the phone: it waits for a
    /// person.
    private static final Duration OLDEST_ON_ARRIVAL = Duration.ofMinutes(5);

    private static final int RESUMED_AT_MOST = 200;

    private record Waiting(Workspace workspace, Assistant.Question question) {}

    void contactWrote(@Observes ContactWrote wrote) {
        threads.execute(() -> tried(wrote));
    }

    /// Answers messages that were left unanswered when the server stopped.
    public void resume() {
        List<ContactWrote> left = database.read(
                tx -> new ThreadMessageStore(tx).unanswered(clock.instant().minus(LATEST), RESUMED_AT_MOST));
        if (!left.isEmpty()) {
            threads.execute(() -> left.forEach(this::tried));
        }
    }

    private void tried(ContactWrote wrote) {
        try {
            answer(wrote);
        } catch (RuntimeException failure) {
            Log.error("Could not answer a contact; the next start tries again", failure);
        }
    }

    /// @return the answer, if one was stored
    Optional<Message> answer(ContactWrote to) {
        Optional<Waiting> waiting = database.read(tx -> waiting(tx, to, clock.instant()));
        if (waiting.isEmpty() || isStopped(to, waiting.get())) {
            return Optional.empty();
        }
        Assistant.Answer answer = assistant.answer(waiting.get().question(), new Answering(_ -> {}));
        long answered = waiting.get().question().unanswered().getLast().position();
        return database.write(tx -> isCurrent(tx, to, answered)
                ? store(tx, waiting.get().workspace(), to, answer, answered)
                : Optional.empty());
    }

    /// @param answered the position of the newest message when the answer was made
    private boolean isCurrent(Tx tx, ContactWrote to, long answered) {
        new ThreadStore(tx).lock(to.tenant(), to.workspace(), to.thread());
        return waiting(tx, to, clock.instant())
                .filter(now -> now.question().unanswered().getLast().position() == answered)
                .isPresent();
    }

    /// Hands a conversation to a person in which two machines may be talking.
    private boolean isStopped(ContactWrote to, Waiting waiting) {
        Optional<String> why = database.read(tx -> AnsweringLoop.in(tx, to, clock.instant()));
        why.ifPresent(reason -> database.write(tx -> {
            if (isCurrent(tx, to, waiting.question().unanswered().getLast().position())) {
                handOver(tx, waiting.workspace(), to, reason);
            }
            return reason;
        }));
        return why.isPresent();
    }

    private static Optional<Waiting> waiting(Tx tx, ContactWrote to, Instant now) {
        AccountId tenant = to.tenant();
        var messages = new ThreadMessageStore(tx);
        List<Message> unanswered = messages.waiting(tenant, to.workspace(), to.thread(), now, ANSWERED_AT_ONCE);
        if (unanswered.isEmpty() || cameLate(unanswered.getLast()) || isOptOut(tx, tenant, unanswered.getLast())) {
            return Optional.empty();
        }
        return new WorkspaceStore(tx)
                .findById(to.workspace())
                .filter(WorkspaceStore.Visited::isOpen)
                .map(found -> {
                    List<Message> history = messages
                            .before(
                                    tenant,
                                    to.workspace(),
                                    to.thread(),
                                    unanswered.getFirst().position(),
                                    REMEMBERED)
                            .stream()
                            .filter(message -> message.author() != Author.NOTE)
                            .toList();
                    return new Waiting(
                            found.workspace(),
                            new Assistant.Question(
                                    tenant,
                                    to.workspace(),
                                    found.workspace().name(),
                                    history,
                                    unanswered,
                                    thread(tx, to).flatMap(InboxThread::personName)));
                });
    }

    /// Someone who opts out gets the account's own reply, and no other.
    private static boolean isOptOut(Tx tx, AccountId tenant, Message message) {
        return new OptOutSettingsStore(tx).find(tenant).isOut(message.text());
    }

    /// The id of a message tells when it was stored, and the message itself when it was written.
    private static boolean cameLate(Message message) {
        return Uuids.createdAt(message.id())
                .filter(message.createdAt().plus(OLDEST_ON_ARRIVAL)::isBefore)
                .isPresent();
    }

    private Optional<Message> store(
            Tx tx, Workspace workspace, ContactWrote to, Assistant.Answer answer, long answered) {
        return switch (answer) {
            case Assistant.Answer.Said said -> send(tx, workspace, to, said.text(), answered);
            case Assistant.Answer.HandedOver over -> {
                Optional<Message> sent = send(tx, workspace, to, over.text(), answered);
                handOver(tx, workspace, to, "The customer asked for a human");
                yield sent;
            }
            case Assistant.Answer.Failed failed -> {
                unable(tx, workspace, to, "The assistant couldn’t answer: " + failed.text());
                yield Optional.empty();
            }
        };
    }

    private void handOver(Tx tx, Workspace workspace, ContactWrote to, String why) {
        var store = new ThreadStore(tx);
        store.setPersonWanted(to.tenant(), to.workspace(), to.thread(), true);
        store.setHandedOver(to.tenant(), to.workspace(), to.thread(), true);
        lines.add(tx, workspace, to.thread(), why);
        thread(tx, to)
                .flatMap(InboxThread::contact)
                .ifPresent(contact -> lines.events().handedOver(tx, subject(to, contact), Optional.empty()));
    }

    private static Optional<InboxThread> thread(Tx tx, ContactWrote to) {
        return new ThreadListStore(tx).find(to.tenant(), to.workspace(), to.thread());
    }

    private static Subject subject(ContactWrote to, Contact contact) {
        return Subject.with(to.tenant(), to.workspace(), to.thread(), contact.address());
    }

    /// Cuts an answer to WhatsApp's limit, which is better than sending none.
    private static String cut(String text) {
        return Text.shortened(text, Outgoing.LONGEST_TEXT);
    }

    /// Lets the first answer in a thread say that no person writes it.
    private static String introduced(Tx tx, Workspace workspace, ContactWrote to, String said) {
        boolean isKnown = said.isBlank()
                || !new ThreadMessageStore(tx)
                        .last(to.tenant(), to.workspace(), to.thread(), Author.ASSISTANT, 0, 1)
                        .isEmpty();
        return isKnown ? said : Assistant.introduction(workspace) + said;
    }

    private Optional<Message> send(Tx tx, Workspace workspace, ContactWrote to, String said, long answered) {
        String text = cut(introduced(tx, workspace, to, said));
        Optional<SenderId> pool = workspace.whatsappClient().flatMap(SenderId::parse);
        Optional<InboxThread> thread = thread(tx, to);
        Optional<Contact> contact = thread.flatMap(InboxThread::contact);
        if (pool.isEmpty() || contact.isEmpty() || text.isBlank()) {
            unable(tx, workspace, to, "The assistant couldn’t answer: this workspace has no WhatsApp number");
            return Optional.empty();
        }
        Optional<Invalid> full = UsageLimits.sending(tx, to.tenant(), to.workspace(), clock.instant());
        if (full.isPresent()) {
            unable(tx, workspace, to, "The assistant couldn’t answer: the monthly limit of messages is reached");
            return Optional.empty();
        }
        // The id depends on the answered message alone: an answer ordered twice is sent once.
        UUID id = Uuids.named("answer\n" + to.thread() + "\n" + answered);
        var order = new Outgoing.Order(pool.get(), contact.get().address(), text, Optional.empty(), id.toString());
        return switch (outgoing.order(tx, to.tenant(), Actor.SERVER, order)) {
            case Outgoing.Ordered.NoPool _ -> {
                unable(tx, workspace, to, "The assistant couldn’t answer: this workspace has no WhatsApp number");
                yield Optional.empty();
            }
            case Outgoing.Ordered.Rejected rejected -> {
                unable(
                        tx,
                        workspace,
                        to,
                        "The assistant couldn’t answer: " + rejected.invalid().userMessage());
                yield Optional.empty();
            }
            case Outgoing.Ordered.Full _ -> {
                unable(tx, workspace, to, "The assistant couldn’t answer: too many messages are waiting");
                yield Optional.empty();
            }
            case Outgoing.Ordered.Draining _ -> {
                unable(tx, workspace, to, "The assistant couldn’t answer: the number is paused");
                yield Optional.empty();
            }
            case Outgoing.Ordered.Done ordered -> {
                var message = new Message(
                        uuids.next(),
                        thread.orElseThrow().messages() + 1,
                        Author.ASSISTANT,
                        text,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ordered.message().id()),
                        0,
                        Message.End.WHOLE,
                        clock.instant());
                var store = new ThreadStore(tx);
                store.append(to.tenant(), to.workspace(), to.thread(), message);
                lines.events().written(tx, subject(to, contact.get()), message);
                store.wrote(to.tenant(), to.workspace(), to.thread(), Last.of(message));
                new ConversationWordStore(tx).add(to.tenant(), to.workspace(), to.thread(), text);
                lines.changed(tx, workspace, to.thread(), InboxChanged.What.MESSAGE);
                yield Optional.of(message);
            }
        };
    }

    private void unable(Tx tx, Workspace workspace, ContactWrote to, String why) {
        new ThreadStore(tx).setPersonWanted(to.tenant(), to.workspace(), to.thread(), true);
        lines.add(tx, workspace, to.thread(), why);
    }

    /// Tells when the assistant talks with another machine, such as an automatic reply: it answers very often without a
    /// person, or the contact repeats itself.
    private static final class AnsweringLoop {

        private static final Duration WINDOW = Duration.ofMinutes(10);

        /// Automatic replies may come hours apart.
        private static final Duration REPEATED_WITHIN = Duration.ofDays(1);

        private static final int SAME = 3;

        private AnsweringLoop() {}

        /// Returns why a person must look at a thread before the assistant answers again; empty if it may.
        static Optional<String> in(Tx tx, ContactWrote in, Instant now) {
            var messages = new ThreadMessageStore(tx);
            long since = messages.lastOfPerson(in.tenant(), in.workspace(), in.thread());
            List<Message> said = messages.last(in.tenant(), in.workspace(), in.thread(), Author.CONTACT, since, SAME);
            if (areWithin(REPEATED_WITHIN, said, SAME, now) && isSame(said)) {
                return Optional.of(
                        "The assistant stopped: the contact sent the same text three times. It may be an automatic"
                                + " reply.");
            }
            int most = messages.mostAnswers(in.tenant(), in.workspace());
            return areWithin(
                            WINDOW,
                            messages.last(in.tenant(), in.workspace(), in.thread(), Author.ASSISTANT, since, most),
                            most,
                            now)
                    ? Optional.of("The assistant stopped after %d answers in %d minutes without a person."
                            .formatted(most, WINDOW.toMinutes()))
                    : Optional.empty();
        }

        private static boolean areWithin(Duration window, List<Message> newestFirst, int count, Instant now) {
            return newestFirst.size() == count
                    && newestFirst.getLast().createdAt().isAfter(now.minus(window));
        }

        private static boolean isSame(List<Message> messages) {
            List<String> different = messages.stream()
                    .map(message ->
                            message.text().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
            return different.size() == 1 && !different.getFirst().isEmpty();
        }
    }
}
