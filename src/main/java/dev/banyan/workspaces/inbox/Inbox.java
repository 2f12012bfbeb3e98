package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.session.ContactSignals;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationEvents.Subject;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.InboxThread.State;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import jakarta.inject.Singleton;

/// The shared inbox of a workspace: what its agents and admins see, and who is assigned to what. They see all of it; no
/// one else sees any. [InboxReplies] writes to it.
@Singleton
public record Inbox(Database database, InboxLines lines, ContactSignals signals, PasswordSignIn signIn) {

    static final int TAGS_PER_THREAD = 10;
    /// Counting stops here; more is shown as "99+".
    static final int COUNTED = 100;
    /// The most messages returned at once.
    static final int PORTION = 100;

    private static final int TAGS_LISTED = 100;
    private static final int COLLEAGUES = 200;
    /// Thai, Hindi and others write vowels as marks.
    private static final Pattern TAG =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N} _-]{0,28}[\\p{L}\\p{M}\\p{N}])?");
    private static final Text NAME = Text.line("name", "Name", Contact.LONGEST_NAME);
    private static final Text ABOUT = Text.optional("about", "About", Contact.LONGEST_ABOUT, true);

    /// @param next the cursor of the next page, if there is one
    public record Listed(List<InboxThread> threads, Optional<ConversationCursor> next) {}

    /// What the inbox shows around its threads.
    ///
    /// @param counts of each list, up to [#COUNTED]; of the mentions, those that are not read
    /// @param colleagues users who can be assigned threads
    public record Surroundings(Map<View, Integer> counts, int unread, List<String> tags, List<Message.By> colleagues) {

        int mentions() {
            return counts.getOrDefault(View.MENTIONS, 0);
        }
    }

    /// Result of a change.
    public sealed interface Changed {

        record Done(InboxThread thread) implements Changed {}

        record NotFound() implements Changed {}

        record Rejected(Invalid invalid) implements Changed {}

        /// The user doesn't exist, isn't an agent or admin of the workspace, or is refused by their sign-in provider.
        record NoSuchAgent(int user) implements Changed {}

        record TooManyTags(int most) implements Changed {}

        /// Someone else assigned it meanwhile.
        ///
        /// @param to its assignee now; empty if it has none any more
        record Taken(Optional<Message.By> to) implements Changed {}
    }

    private interface Work {
        Changed on(Tx tx, Workspace workspace, InboxThread thread);
    }

    private static final Changed NO_TAG = new Changed.Rejected(new Invalid(
            "tag", "Tag must be 1 to 30 letters or digits, with spaces, hyphens or underscores between them"));

    public Listed list(Member member, ThreadQuery query) {
        var more = new ThreadQuery(query.view(), query.tag(), query.search(), query.after(), query.limit() + 1);
        List<InboxThread> found = database.read(tx -> InboxAccess.to(tx, member)
                .map(workspace -> new ThreadListStore(tx)
                        .list(tenant(workspace), workspace.id(), member.user().id(), more))
                .orElseGet(List::of));
        List<InboxThread> shown = List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
        return new Listed(
                shown,
                found.size() > query.limit()
                        ? Optional.of(new ConversationCursor(
                                shown.getLast().last().at(), shown.getLast().id()))
                        : Optional.empty());
    }

    public Surroundings surroundings(Member member) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .map(workspace -> surroundings(tx, workspace, member.user().id()))
                .orElseGet(() -> new Surroundings(Map.of(), 0, List.of(), List.of())));
    }

    private Surroundings surroundings(Tx tx, Workspace workspace, int me) {
        AccountId tenant = tenant(workspace);
        Set<Integer> refused = signIn.refused(tx, workspace, KeyMakers.MISSING);
        var threads = new ThreadListStore(tx);
        var counts = new LinkedHashMap<View, Integer>();
        for (View view : View.values()) {
            counts.put(
                    view,
                    view == View.MENTIONS
                            ? new NoteMentionStore(tx).countUnread(tenant, workspace.id(), me, COUNTED)
                            : threads.count(tenant, workspace.id(), me, view, COUNTED));
        }
        return new Surroundings(
                counts,
                threads.countUnread(tenant, workspace.id(), COUNTED),
                new ThreadTagStore(tx).used(tenant, workspace.id(), TAGS_LISTED),
                new WorkspaceUserStore(tx)
                        .withRoles(tenant, workspace.id(), WorkspaceRole.ofInbox(), COLLEAGUES).stream()
                                .filter(user -> !refused.contains(user.id()))
                                .map(user -> new Message.By(user.id(), user.username()))
                                .toList());
    }

    /// Counts threads with unread messages, and those with unread mentions of the member, each up to [#COUNTED].
    public int unread(Member member) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .map(workspace -> new ThreadListStore(tx).countUnread(tenant(workspace), workspace.id(), COUNTED)
                        + new NoteMentionStore(tx)
                                .countUnread(
                                        tenant(workspace),
                                        workspace.id(),
                                        member.user().id(),
                                        COUNTED))
                .orElse(0));
    }

    /// @param before the position after the last wanted message; empty for the end
    Optional<ThreadPart> read(Member member, ConversationId id, Optional<Long> before, int limit) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx)
                        .find(tenant(workspace), workspace.id(), id)
                        .map(thread -> ThreadPart.read(tx, workspace, member, thread, before, limit))));
    }

    Optional<ThreadPart> part(Member member, ConversationId id, Message message) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx)
                        .find(tenant(workspace), workspace.id(), id)
                        .map(thread ->
                                ThreadPart.of(tx, workspace, member, thread, List.of(message), Optional.empty()))));
    }

    /// Changes to a thread; absent fields stay as they are.
    ///
    /// @param assignee the new assignee; an empty value inside unassigns it
    /// @param read whether to mark it as read
    /// @param tags replaces all its tags
    /// @param expected the assignee by which the change was decided; if it has another one now, nothing is changed
    public record Change(
            Optional<Optional<Integer>> assignee,
            Optional<State> state,
            Optional<Boolean> read,
            Optional<List<String>> tags,
            Optional<Optional<Integer>> expected) {

        static Change assignee(Optional<Integer> user, Optional<Optional<Integer>> expected) {
            return new Change(Optional.of(user), Optional.empty(), Optional.empty(), Optional.empty(), expected);
        }

        static Change state(State state) {
            return new Change(
                    Optional.empty(), Optional.of(state), Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Change read(boolean read) {
            return new Change(
                    Optional.empty(), Optional.empty(), Optional.of(read), Optional.empty(), Optional.empty());
        }

        private boolean isOutdated(InboxThread thread) {
            Optional<Integer> now = thread.assignee().map(Message.By::user);
            return expected.filter(known -> !known.equals(now)).isPresent() && !assignee.equals(Optional.of(now));
        }
    }

    /// @param user the new assignee; empty unassigns it
    public Changed assign(Member member, ConversationId id, Optional<Integer> user) {
        return assign(member, id, user, Optional.empty());
    }

    /// @param expected the assignee that the member saw
    Changed assign(Member member, ConversationId id, Optional<Integer> user, Optional<Optional<Integer>> expected) {
        return change(member, id, Change.assignee(user, expected));
    }

    /// Opens or closes a thread. Closing hands the conversation back to the assistant.
    public Changed setState(Member member, ConversationId id, State state) {
        return change(member, id, Change.state(state));
    }

    public Changed setRead(Member member, ConversationId id, boolean read) {
        return change(member, id, Change.read(read));
    }

    /// Applies all changes or none.
    public Changed change(Member member, ConversationId id, Change wanted) {
        List<String> tags = wanted.tags().orElse(List.of()).stream()
                .flatMap(typed -> tagOf(typed).stream())
                .distinct()
                .toList();
        if (wanted.tags().filter(typed -> typed.size() > TAGS_PER_THREAD).isPresent()) {
            return new Changed.TooManyTags(TAGS_PER_THREAD);
        }
        if (wanted.tags()
                .filter(typed -> !typed.stream().allMatch(tag -> tagOf(tag).isPresent()))
                .isPresent()) {
            return NO_TAG;
        }
        // The workspace is locked, so the assignee can't be removed between the check and the change.
        return database.write(tx -> (wanted.assignee().isPresent()
                        ? InboxAccess.locked(tx, member)
                        : InboxAccess.to(tx, member))
                .map(workspace -> change(tx, workspace, id, (_, _, thread) -> {
                    if (wanted.isOutdated(thread)) {
                        return new Changed.Taken(thread.assignee());
                    }
                    Optional<Integer> user = wanted.assignee().flatMap(to -> to);
                    Optional<WorkspaceUser> to = user.flatMap(number ->
                                    new WorkspaceUserStore(tx).find(tenant(workspace), workspace.id(), number))
                            .filter(found -> found.role().usesInbox())
                            .filter(found -> signIn.refusedBy(tx, workspace, found.id(), KeyMakers.MISSING)
                                    .isEmpty());
                    if (user.isPresent() && to.isEmpty()) {
                        return new Changed.NoSuchAgent(user.get());
                    }
                    wanted.assignee().ifPresent(_ -> assign(tx, workspace, member, thread, to));
                    wanted.state().ifPresent(state -> setState(tx, workspace, member, thread, state));
                    wanted.read()
                            .filter(read -> read != (thread.unread() == 0))
                            .ifPresent(read ->
                                    new ThreadStore(tx).setUnread(tenant(workspace), workspace.id(), id, read ? 0 : 1));
                    wanted.read()
                            .filter(read -> read && thread.unread() > 0)
                            .ifPresent(_ -> tellSeen(tx, workspace, thread));
                    wanted.read()
                            .filter(read -> read)
                            .ifPresent(_ -> new NoteMentionStore(tx)
                                    .markRead(
                                            tenant(workspace),
                                            workspace.id(),
                                            id,
                                            member.user().id(),
                                            lines.now()));
                    wanted.tags().ifPresent(_ -> setTags(tx, workspace, thread, tags));
                    return done(tx, workspace, id);
                }))
                .orElseGet(Changed.NotFound::new));
    }

    /// Tells the contact that its messages were read, after the commit.
    private void tellSeen(Tx tx, Workspace workspace, InboxThread thread) {
        AccountId tenant = tenant(workspace);
        List<UUID> unread = new ThreadMessageStore(tx)
                .lastOfContact(tenant, workspace.id(), thread.id(), (int) Math.min(thread.unread(), PORTION));
        tx.afterCommit(() -> signals.seen(tenant, unread));
    }

    private void assign(Tx tx, Workspace workspace, Member by, InboxThread thread, Optional<WorkspaceUser> to) {
        Optional<Integer> user = to.map(WorkspaceUser::id);
        if (user.equals(thread.assignee().map(Message.By::user))) {
            return;
        }
        new ThreadStore(tx).setAssignee(tenant(workspace), workspace.id(), thread.id(), user);
        lines.events()
                .assigned(
                        tx,
                        Subject.of(workspace, thread),
                        to.map(WorkspaceUser::username),
                        by.user().username());
        String what = to.map(other -> other.id() == by.user().id() ? "themselves" : other.username())
                .map(who -> " assigned this to " + who)
                .orElse(" unassigned this");
        lines.add(tx, workspace, thread.id(), by.user().username() + what);
    }

    private void setState(Tx tx, Workspace workspace, Member by, InboxThread thread, State state) {
        if (thread.state() == state) {
            return;
        }
        var threads = new ThreadStore(tx);
        ConversationId id = thread.id();
        threads.setState(tenant(workspace), workspace.id(), id, state);
        Subject subject = Subject.of(workspace, thread);
        if (state == State.OPEN) {
            lines.events().reopened(tx, subject, Optional.of(by.user().username()));
            lines.add(tx, workspace, id, by.user().username() + " reopened this");
            return;
        }
        threads.setUnread(tenant(workspace), workspace.id(), id, 0);
        threads.setPersonWanted(tenant(workspace), workspace.id(), id, false);
        threads.setHandedOver(tenant(workspace), workspace.id(), id, false);
        lines.add(tx, workspace, id, by.user().username() + " closed this");
        lines.events().closed(tx, subject, by.user().username());
        if (thread.handedOver() && thread.user().isPresent()) {
            lines.assistantIsBack(tx, workspace, thread);
        }
    }

    private static void setTags(Tx tx, Workspace workspace, InboxThread thread, List<String> tags) {
        var store = new ThreadTagStore(tx);
        thread.tags().stream()
                .filter(tag -> !tags.contains(tag))
                .forEach(tag -> store.remove(tenant(workspace), workspace.id(), thread.id(), tag));
        tags.forEach(tag -> store.add(tenant(workspace), workspace.id(), thread.id(), tag));
    }

    public Changed tag(Member member, ConversationId id, String typed) {
        Optional<String> tag = tagOf(typed);
        if (tag.isEmpty()) {
            return NO_TAG;
        }
        return change(member, id, (tx, workspace, thread) -> {
            if (!thread.tags().contains(tag.get()) && thread.tags().size() >= TAGS_PER_THREAD) {
                return new Changed.TooManyTags(TAGS_PER_THREAD);
            }
            new ThreadTagStore(tx).add(tenant(workspace), workspace.id(), id, tag.get());
            return done(tx, workspace, id);
        });
    }

    public Changed untag(Member member, ConversationId id, String typed) {
        return change(member, id, (tx, workspace, _) -> {
            tagOf(typed).ifPresent(tag -> new ThreadTagStore(tx).remove(tenant(workspace), workspace.id(), id, tag));
            return done(tx, workspace, id);
        });
    }

    /// Normalizes a tag: lower case, single spaces, accents as part of their letters; empty if invalid.
    static Optional<String> tagOf(String typed) {
        return Optional.of(Normalizer.normalize(typed, Normalizer.Form.NFC)
                        .strip()
                        .replaceAll("\\s+", " ")
                        .toLowerCase(Locale.ROOT))
                .filter(tag -> TAG.matcher(tag).matches());
    }

    /// Sets a contact's name and notes about it.
    public Changed describe(Member member, ConversationId id, String name, String about) {
        Text.Checked checkedName = NAME.check(name);
        Text.Checked checkedAbout = ABOUT.check(about);
        if (checkedName instanceof Text.Checked.Bad(Invalid invalid)) {
            return new Changed.Rejected(invalid);
        }
        if (checkedAbout instanceof Text.Checked.Bad(Invalid invalid)) {
            return new Changed.Rejected(invalid);
        }
        String goodName = ((Text.Checked.Good) checkedName).text();
        String goodAbout = ((Text.Checked.Good) checkedAbout).text();
        return change(
                member,
                id,
                (tx, workspace, thread) -> thread.contact()
                        .<Changed>map(contact -> {
                            new ContactStore(tx)
                                    .change(
                                            tenant(workspace),
                                            workspace.id(),
                                            contact.described(
                                                    goodName,
                                                    Optional.of(goodAbout).filter(text -> !text.isEmpty()),
                                                    lines.now()));
                            new ConversationWordStore(tx).add(tenant(workspace), workspace.id(), id, goodName);
                            return done(tx, workspace, id);
                        })
                        .orElseGet(Changed.NotFound::new));
    }

    /// Whether this member's inbox contains the thread.
    boolean has(Member member, ConversationId id) {
        return thread(member, id).isPresent();
    }

    Optional<InboxThread> thread(Member member, ConversationId id) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx).find(tenant(workspace), workspace.id(), id)));
    }

    /// Lists contacts by phone number.
    public List<Contact> contacts(Member member, Optional<ContactAddress> after, int limit) {
        return database.read(tx -> InboxAccess.to(tx, member)
                .map(workspace -> new ContactStore(tx).list(tenant(workspace), workspace.id(), after, limit))
                .orElseGet(List::of));
    }

    private Changed change(Member member, ConversationId id, Work work) {
        return database.write(tx -> InboxAccess.to(tx, member)
                .map(workspace -> change(tx, workspace, id, work))
                .orElseGet(Changed.NotFound::new));
    }

    private Changed change(Tx tx, Workspace workspace, ConversationId id, Work work) {
        new ThreadStore(tx).lock(tenant(workspace), workspace.id(), id);
        return new ThreadListStore(tx)
                .find(tenant(workspace), workspace.id(), id)
                .map(thread -> work.on(tx, workspace, thread))
                .orElseGet(Changed.NotFound::new);
    }

    private Changed done(Tx tx, Workspace workspace, ConversationId id) {
        lines.changed(tx, workspace, id, InboxChanged.What.THREAD);
        return new Changed.Done(new ThreadListStore(tx)
                .find(tenant(workspace), workspace.id(), id)
                .orElseThrow());
    }

    private static AccountId tenant(Workspace workspace) {
        return workspace.owner().tenant();
    }
}
