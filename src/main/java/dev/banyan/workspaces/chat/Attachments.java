package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.Media;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationStore;
import dev.banyan.workspaces.FileType;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.usage.UsageLimits;
import jakarta.inject.Singleton;

/// Files of conversations: uploaded first, then attached to a message. The caller checks who may see a conversation,
/// except for [#find(Participant, UUID)].
@Singleton
public record Attachments(Database database, FileStore files, Settings settings, Clock clock, Uuids uuids)
        implements Recurring {

    /// Most files per message.
    public static final int PER_MESSAGE = 10;
    static final Duration WAITS_AT_MOST = Duration.ofDays(1);

    private static final String FIELD = "attachments";
    private static final int AT_ONCE = 200;
    static final Invalid GONE = new Invalid(FIELD, "An attached file was removed. Attach it again");

    /// Result of uploading a file.
    public sealed interface StoreResult {

        record Done(Attachment attachment) implements StoreResult {}

        /// There is no such conversation.
        record NotFound() implements StoreResult {}

        /// The file is too large or of an unknown type.
        record Refused(Invalid invalid) implements StoreResult {}

        /// The workspace's storage is full.
        record StorageFull(long megabytes) implements StoreResult {}
    }

    /// Result of attaching files to a message.
    public sealed interface AttachResult {

        record Done(List<Attachment> attachments) implements AttachResult {}

        /// Too many files, or one of them isn't an unsent file of this conversation.
        record Refused(Invalid invalid) implements AttachResult {}
    }

    private static final long MEGABYTE = 1024L * 1024;

    /// Keeps a file for a future message in a conversation that the caller has found.
    ///
    /// @param by the workspace user who uploads it; empty for the project's side
    /// @param name the file name from the uploader
    /// @param uploaded the temporary file; it is moved from there
    public StoreResult keep(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId conversation,
            Optional<Integer> by,
            String name,
            Path uploaded) {
        String clean = Attachment.cleanName(name);
        long size = sizeOf(uploaded);
        if (size > settings.attachmentBytes()) {
            return refused("“" + clean + "” is larger than " + settings.attachmentMegabytes() + " MB");
        }
        Optional<String> type = FileType.of(uploaded, clean);
        if (type.isEmpty()) {
            return refused("“" + clean + "” can’t be sent. Allowed: " + FileType.KNOWN);
        }
        Optional<String> folder =
                database.read(tenant, tx -> new AttachmentStore(tx).folder(tenant, workspace, conversation));
        if (folder.isEmpty()) {
            return new StoreResult.NotFound();
        }
        UUID id = uuids.next();
        var attachment = new Attachment(
                id,
                conversation,
                Optional.empty(),
                by,
                clean,
                type.get(),
                size,
                folder.get() + "/" + id,
                clock.instant());
        files.place(uploaded, attachment.path());
        boolean stored = false;
        try {
            StoreResult kept = database.write(tx -> insert(tx, tenant, workspace, attachment));
            stored = kept instanceof StoreResult.Done;
            return kept;
        } finally {
            if (!stored) {
                files.removeAll(attachment.path());
            }
        }
    }

    private static StoreResult refused(String text) {
        return new StoreResult.Refused(new Invalid(FIELD, text));
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private StoreResult insert(Tx tx, AccountId tenant, WorkspaceId workspace, Attachment attachment) {
        var store = new AttachmentStore(tx);
        if (store.folder(tenant, workspace, attachment.conversation()).isEmpty()) {
            return new StoreResult.NotFound(); // deleted a moment ago
        }
        store.insert(tenant, workspace, attachment); // before the claim: deletions lock the conversation first, too
        long most = UsageLimits.storage(tx, tenant, workspace, settings.storageBytes());
        return store.claim(tenant, workspace, attachment.size(), most)
                ? new StoreResult.Done(attachment)
                : tx.undone(new StoreResult.StorageFull(Math.ceilDiv(most, MEGABYTE)));
    }

    /// @return empty if one of them isn't a valid id
    static Optional<List<UUID>> ids(List<String> names) {
        List<UUID> ids =
                names.stream().map(Uuids::parse).flatMap(Optional::stream).toList();
        return ids.size() == names.size() ? Optional.of(ids) : Optional.empty();
    }

    /// Attaches unsent files to a message in the transaction that stores it. Refused if one of them doesn't exist,
    /// belongs to another user or was sent already; the caller then rolls back.
    public static AttachResult take(
            Tx tx,
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId conversation,
            Optional<Integer> by,
            List<UUID> ids,
            UUID message) {
        if (ids.isEmpty()) {
            return new AttachResult.Done(List.of());
        }
        if (ids.size() > PER_MESSAGE) {
            return new AttachResult.Refused(new Invalid(FIELD, "A message can have up to " + PER_MESSAGE + " files"));
        }
        var distinct = new HashSet<>(ids);
        var store = new AttachmentStore(tx);
        return store.bind(tenant, workspace, conversation, by, distinct, message) == distinct.size()
                ? new AttachResult.Done(store.of(tenant, workspace, List.of(message)))
                : new AttachResult.Refused(GONE);
    }

    /// Creates an attachment from a file below `files/` that arrived with a message from outside. It counts towards the
    /// storage but is never refused, because it couldn't be sent again.
    public Attachment adopt(
            Tx tx,
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId conversation,
            Media media,
            long size,
            UUID message) {
        var attachment = new Attachment(
                uuids.next(),
                conversation,
                Optional.of(message),
                Optional.empty(),
                Attachment.cleanName(media.name()),
                media.type(),
                size,
                media.path(),
                clock.instant());
        var store = new AttachmentStore(tx);
        store.insert(tenant, workspace, attachment);
        store.claim(tenant, workspace, attachment.size(), Long.MAX_VALUE);
        return attachment;
    }

    /// Returns the attachments of many messages in one query; messages without any are left out.
    public static Map<UUID, List<Attachment>> of(
            Tx tx, AccountId tenant, WorkspaceId workspace, List<Message> messages) {
        List<UUID> carrying = messages.stream()
                .filter(message -> message.attachments() > 0)
                .map(Message::id)
                .toList();
        return carrying.isEmpty()
                ? Map.of()
                : new AttachmentStore(tx)
                        .of(tenant, workspace, carrying).stream()
                                .collect(Collectors.groupingBy(
                                        attachment -> attachment.message().orElseThrow()));
    }

    /// Finds an attachment in one of the user's own conversations.
    Optional<Attachment> find(Participant whose, UUID id) {
        return database.read(tx -> new AttachmentStore(tx).find(whose, id));
    }

    /// Finds an attachment in a conversation that the caller has found.
    public Optional<Attachment> find(AccountId tenant, WorkspaceId workspace, ConversationId conversation, UUID id) {
        return database.read(tenant, tx -> new AttachmentStore(tx).find(tenant, workspace, id))
                .filter(attachment -> attachment.conversation().equals(conversation));
    }

    /// Returns the content, or empty if the file is lost.
    Optional<StoredFile> content(Attachment attachment) {
        return files.find(attachment.path());
    }

    /// Returns the files that the user uploaded to a conversation and hasn't sent yet.
    List<Attachment> waiting(Participant whose, ConversationId conversation) {
        return database.read(
                whose.tenant(),
                tx -> new AttachmentStore(tx)
                        .waiting(whose.tenant(), whose.workspace(), conversation, Optional.of(whose.user())));
    }

    /// Removes an unsent file.
    ///
    /// @return whether there was one
    boolean takeBack(Participant whose, UUID id) {
        return database.write(tx -> {
            var store = new AttachmentStore(tx);
            return store.find(whose, id).isPresent()
                    && store.removeWaiting(whose.tenant(), whose.workspace(), id, clock.instant());
        });
    }

    /// Deletes uploads that weren't sent within a day. Called by a job.
    public void tidy() {
        Instant before = clock.instant().minus(WAITS_AT_MOST);
        for (var left : database.read(tx -> new AttachmentStore(tx).left(before, AT_ONCE))) {
            database.write(
                    left.tenant(),
                    tx -> new AttachmentStore(tx)
                            .removeWaiting(left.tenant(), left.workspace(), left.id(), clock.instant()));
        }
        // Conversations that never had more than an upload. The search runs without blocking writers.
        List<ConversationId> empty = database.read(tx -> new ConversationStore(tx).empty(before, AT_ONCE));
        if (!empty.isEmpty()) {
            database.write(tx -> {
                new ConversationStore(tx).deleteEmpty(empty);
                return empty.size();
            });
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "30s", "tidy-attachments", "Deletes files that were never sent.", this::tidy);
    }
}
