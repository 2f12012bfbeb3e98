package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.migration.ConversationFile.Said;
import dev.banyan.workspaces.migration.ConversationFolders.Content;
import dev.banyan.workspaces.migration.ConversationFolders.Folder;
import dev.banyan.workspaces.migration.MigrationStore.Kind;
import jakarta.inject.Singleton;

/// Moves conversations with their files from folders of the seed's server into a workspace. Each conversation is moved
/// in one transaction together with its migration record: a move that is interrupted, even by a crash, has moved whole
/// conversations only, and the next run continues after them. Source files are read and never changed.
@Singleton
public record ConversationMigration(
        Database database, MigratedFiles files, MigratedThreads threads, Audit audit, Uuids uuids, Clock clock) {

    /// Ids of conversations with contacts: `wa_971500000101`.
    private static final Pattern WITH_CONTACT = Pattern.compile("wa_([0-9]{6,15})");

    /// The outcome for one folder or one file in it.
    public enum Fate {
        MOVED,
        THERE_ALREADY,
        REFUSED
    }

    /// @param source such as `conv_1`, or `conv_1/plan.pdf`
    /// @param text what it contains, or why it was refused
    public record ReportLine(String source, boolean isFile, Fate fate, String text) {}

    /// @param from the folder that contains the conversation folders
    /// @param owner a username or email: the user who gets conversations of unknown users
    public record MigrationRequest(
            ProjectId project, WorkspaceId workspace, Path from, Optional<String> owner, boolean dryRun) {}

    /// The totals of a move.
    ///
    /// @param leftOut tool and system messages, non-text parts, and links
    public record Report(
            boolean dryRun,
            int conversations,
            int messages,
            int files,
            int thereAlready,
            int refused,
            int filesRefused,
            int leftOut) {

        static final Report NOTHING = new Report(false, 0, 0, 0, 0, 0, 0, 0);
    }

    /// Result of a move.
    public sealed interface Moved {

        record Done(Report report) implements Moved {}

        record Refused(Refusal refusal) implements Moved {}

        /// The folder or the owner doesn't exist.
        record Unusable(String why) implements Moved {}
    }

    /// @param heard called with each folder and file when it is done
    public Moved run(WorkspaceActor actor, MigrationRequest wanted, Consumer<ReportLine> heard) {
        return database.read(tx -> Access.to(tx, actor, Right.GOVERN_WORKSPACE, wanted.project(), wanted.workspace()))
                .fold(workspace -> run(actor, workspace, wanted, heard), Moved.Refused::new);
    }

    private Moved run(WorkspaceActor actor, Workspace workspace, MigrationRequest wanted, Consumer<ReportLine> heard) {
        Optional<String> unusable = ConversationFolders.unusable(wanted.from());
        if (unusable.isPresent()) {
            return new Moved.Unusable(unusable.get());
        }
        Optional<Integer> owner = wanted.owner().flatMap(name -> database.read(tx -> user(tx, workspace, name)));
        if (wanted.owner().isPresent() && owner.isEmpty()) {
            return new Moved.Unusable(
                    "The workspace has no user " + wanted.owner().get() + ". Add the user first");
        }
        return move(new Run(actor, wanted, owner, heard));
    }

    /// Inspects a folder for a workspace that doesn't exist yet: looks up no users and writes nothing.
    public Moved look(Path from, Consumer<ReportLine> heard) {
        Optional<String> unusable = ConversationFolders.unusable(from);
        if (unusable.isPresent()) {
            return new Moved.Unusable(unusable.get());
        }
        int conversations = 0;
        int messages = 0;
        int files = 0;
        int refused = 0;
        int leftOut = 0;
        try {
            for (Folder folder : ConversationFolders.list(from)) {
                switch (ConversationFolders.read(folder)) {
                    case Content.Broken(String why) -> {
                        refused++;
                        heard.accept(new ReportLine(shown(folder.id()), false, Fate.REFUSED, why));
                    }
                    case Content.Found found -> {
                        conversations++;
                        messages += found.conversation().said().size();
                        files += found.files().size();
                        leftOut += found.conversation().leftOut() + found.links();
                        heard.accept(new ReportLine(
                                folder.id(), false, Fate.MOVED, words(found.conversation(), found.links())));
                    }
                }
            }
            return new Moved.Done(new Report(true, conversations, messages, files, 0, refused, 0, leftOut));
        } catch (IOException failure) {
            return new Moved.Unusable("The folder can't be read: " + failure.getMessage());
        }
    }

    /// One run and its progress.
    private final class Run {
        private final WorkspaceActor actor;
        private final MigrationRequest wanted;
        private final Optional<Integer> owner;
        private final Consumer<ReportLine> heard;
        private int conversations;
        private int messages;
        private int attached;
        private int there;
        private int refused;
        private int filesRefused;
        private int leftOut;

        Run(WorkspaceActor actor, MigrationRequest wanted, Optional<Integer> owner, Consumer<ReportLine> heard) {
            this.actor = actor;
            this.wanted = wanted;
            this.owner = owner;
            this.heard = heard;
        }

        void tell(ReportLine told) {
            switch (told.fate()) {
                case MOVED -> {
                    conversations += told.isFile() ? 0 : 1;
                    attached += told.isFile() ? 1 : 0;
                }
                case THERE_ALREADY -> there += told.isFile() ? 0 : 1;
                case REFUSED -> {
                    refused += told.isFile() ? 0 : 1;
                    filesRefused += told.isFile() ? 1 : 0;
                }
            }
            heard.accept(told);
        }

        Report report() {
            return new Report(
                    wanted.dryRun(), conversations, messages, attached, there, refused, filesRefused, leftOut);
        }
    }

    private Moved move(Run run) {
        try {
            for (Folder folder : ConversationFolders.list(run.wanted.from())) {
                if (!move(run, folder)) {
                    return new Moved.Refused(new Refusal.NotFound()); // the workspace was deleted meanwhile
                }
            }
            return new Moved.Done(run.report());
        } catch (IOException failure) {
            return new Moved.Unusable("The folder can no longer be read: " + failure.getMessage());
        }
    }

    /// @return false if the workspace is gone
    private boolean move(Run run, Folder folder) {
        try {
            return switch (ConversationFolders.read(folder)) {
                case Content.Broken(String why) -> {
                    run.tell(new ReportLine(shown(folder.id()), false, Fate.REFUSED, why));
                    yield true;
                }
                case Content.Found found -> move(run, folder, found);
            };
        } catch (IOException failure) {
            run.tell(new ReportLine(
                    shown(folder.id()), false, Fate.REFUSED, "it can't be read: " + failure.getMessage()));
            return true;
        }
    }

    /// Result of one conversation's transaction.
    private sealed interface Stored {
        record Now(ConversationId id) implements Stored {}

        record Before(ConversationId id) implements Stored {}

        record Refused(String why) implements Stored {}

        record NoWorkspace() implements Stored {}
    }

    private boolean move(Run run, Folder folder, Content.Found found) {
        Stored stored = database.write(tx -> {
            if (!(Access.locked(tx, run.actor, Right.GOVERN_WORKSPACE, run.wanted.project(), run.wanted.workspace())
                    instanceof Outcome.Done<Workspace>(Workspace workspace))) {
                return new Stored.NoWorkspace();
            }
            Stored came = store(tx, run, workspace, folder, found.conversation());
            return run.wanted.dryRun() ? tx.undone(came) : came;
        });
        return switch (stored) {
            case Stored.NoWorkspace _ -> false;
            case Stored.Refused(String why) -> {
                run.tell(new ReportLine(folder.id(), false, Fate.REFUSED, why));
                yield true;
            }
            case Stored.Before(ConversationId id) -> {
                run.tell(new ReportLine(folder.id(), false, Fate.THERE_ALREADY, ""));
                moveFiles(run, folder, found, id);
                yield true;
            }
            case Stored.Now(ConversationId id) -> {
                ConversationFile file = found.conversation();
                run.messages += file.said().size();
                run.leftOut += file.leftOut() + found.links();
                run.tell(new ReportLine(folder.id(), false, Fate.MOVED, words(file, found.links())));
                moveFiles(run, folder, found, id);
                yield true;
            }
        };
    }

    private static String words(ConversationFile file, int links) {
        return file.said().size()
                + (file.said().size() == 1 ? " message" : " messages")
                + (file.leftOut() == 0 ? "" : ", " + file.leftOut() + " left out (tools, system, no text)")
                + (links == 0 ? "" : ", " + links + (links == 1 ? " link" : " links") + " left out");
    }

    private void moveFiles(Run run, Folder folder, Content.Found found, ConversationId conversation) {
        for (Path file : found.files()) {
            files.move(run.actor, run.wanted, conversation, folder, file).ifPresent(run::tell);
        }
    }

    private Stored store(Tx tx, Run run, Workspace workspace, Folder folder, ConversationFile file) {
        AccountId tenant = workspace.owner().tenant();
        var moved = new MigrationStore(tx);
        Optional<ConversationId> before = moved.target(tenant, workspace.id(), Kind.CONVERSATION, folder.id())
                .flatMap(ConversationId::parse);
        if (before.isPresent()) {
            return new Stored.Before(before.get());
        }
        if (file.said().isEmpty()) {
            return new Stored.Refused("it has no messages");
        }
        Matcher contact = WITH_CONTACT.matcher(folder.id());
        Stored stored = contact.matches()
                ? threads.store(tx, workspace, contact.group(1), file)
                        .<Stored>map(Stored.Now::new)
                        .orElseGet(() -> new Stored.Refused(contact.group(1)
                                + " isn't a phone number, or this contact already has a conversation here"))
                : storeChat(tx, run, workspace, file);
        if (stored instanceof Stored.Now(ConversationId id)) {
            moved.insert(tenant, workspace.id(), Kind.CONVERSATION, folder.id(), id.toString(), clock.instant());
            note(tx, run.actor, workspace, folder);
        }
        return stored;
    }

    private Stored storeChat(Tx tx, Run run, Workspace workspace, ConversationFile file) {
        Optional<Integer> user =
                file.userId().flatMap(name -> user(tx, workspace, name)).or(() -> run.owner);
        if (user.isEmpty()) {
            return new Stored.Refused(file.userId()
                            .map(name -> "“" + shown(name) + "” isn't a user of this workspace")
                            .orElse("it has no user")
                    + "; choose a user for unmatched conversations");
        }
        var whose = new Participant(workspace.owner().tenant(), workspace.id(), user.get());
        var id = new ConversationId(uuids.next());
        String title = Conversation.titleOf(file.said().getFirst().text());
        List<Said> said = file.said();
        var store = new ConversationStore(tx);
        store.insert(whose, new Conversation(id, title, 0, file.createdAt(), file.createdAt()));
        for (int i = 0; i < said.size(); i++) {
            store.append(whose, id, message(file, i, said.get(i).from()));
        }
        var words = new ConversationWordStore(tx);
        words.add(whose.tenant(), workspace.id(), id, title);
        words.add(whose.tenant(), workspace.id(), id, file.texts());
        return new Stored.Now(id);
    }

    private Message message(ConversationFile file, int index, Message.Author from) {
        return Message.of(
                uuids.next(), index + 1L, from, file.said().get(index).text(), Optional.empty(), file.timeOf(index));
    }

    /// Finds a user by name, email or number.
    private static Optional<Integer> user(Tx tx, Workspace workspace, String typed) {
        var users = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        String name = typed.strip().toLowerCase(Locale.ROOT);
        return (name.contains("@")
                        ? users.findByEmail(tenant, workspace.id(), name)
                        : users.findByUsername(tenant, workspace.id(), name))
                .map(found -> found.user().id());
    }

    /// Makes text from outside safe to display.
    public static String shown(String text) {
        String clean = text.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .limit(80)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.equals(text) ? text : clean + "…";
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, Folder folder) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("source", folder.id());
        audit.note(tx, actor.actor(), workspace, "ConversationMovedIn", details);
    }
}
