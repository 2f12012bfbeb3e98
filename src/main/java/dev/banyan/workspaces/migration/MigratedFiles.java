package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.FileType;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.migration.ConversationFolders.Folder;
import dev.banyan.workspaces.migration.ConversationMigration.Fate;
import dev.banyan.workspaces.migration.ConversationMigration.MigrationRequest;
import dev.banyan.workspaces.migration.ConversationMigration.ReportLine;
import dev.banyan.workspaces.migration.MigrationStore.Kind;
import jakarta.inject.Singleton;

/// Moves the files of a migrated conversation, each together with its migration record. The rules are those of uploads:
/// the type is detected from the content, and the storage limit of the workspace applies.
@Singleton
record MigratedFiles(Database database, FileStore files, Settings settings, Clock clock) {

    /// @return empty for a file that was moved before
    Optional<ReportLine> move(
            WorkspaceActor actor, MigrationRequest wanted, ConversationId conversation, Folder folder, Path file) {
        String source = folder.id() + "/" + folder.path().relativize(file);
        AccountId tenant = actor.owner().tenant();
        if (source.length() > 300) {
            return Optional.of(refused(source, "its name is too long"));
        }
        if (database.read(
                        tenant,
                        tx -> new MigrationStore(tx).target(tenant, wanted.workspace(), Kind.ATTACHMENT, source))
                .isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(move(actor, wanted, conversation, file, source));
        } catch (IOException | UncheckedIOException failure) {
            return Optional.of(refused(source, "it can't be read: " + failure.getMessage()));
        }
    }

    private ReportLine move(
            WorkspaceActor actor, MigrationRequest wanted, ConversationId conversation, Path file, String source)
            throws IOException {
        AccountId tenant = actor.owner().tenant();
        String name = Attachment.cleanName(file.getFileName().toString());
        if (Files.size(file) > settings.attachmentBytes()) {
            return refused(source, "it is larger than " + settings.attachmentMegabytes() + " MB");
        }
        Path copy = copyOf(file);
        try {
            Optional<String> type = FileType.of(copy, name);
            if (type.isEmpty()) {
                return refused(source, "its type is not supported. Supported: " + FileType.KNOWN);
            }
            if (wanted.dryRun()) {
                return moved(source, name, type.get());
            }
            Optional<String> place = database.read(
                    tenant, tx -> new AttachmentStore(tx).folder(tenant, wanted.workspace(), conversation));
            if (place.isEmpty()) {
                return refused(source, "its conversation was deleted from the workspace");
            }
            // The same file gets the same id, so that a copy left by a crash is replaced.
            UUID id = Uuids.named("moved file\n" + wanted.workspace() + "\n" + source);
            String path = place.get() + "/" + id;
            long size = Files.size(copy);
            files.removeAll(path);
            files.place(copy, path);
            Optional<String> why = Optional.of("the server stopped");
            try {
                why = database.write(
                        tx -> store(tx, actor, wanted, conversation, source, id, name, type.get(), size, path));
            } finally {
                if (why.isPresent()) {
                    files.removeAll(path);
                }
            }
            return why.map(text -> refused(source, text)).orElseGet(() -> moved(source, name, type.get()));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /// Copies the file first: its owner may change it while it is checked.
    private Path copyOf(Path file) throws IOException {
        Path copy = settings.temporaryFile("file", ".tmp");
        try (var in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                var out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[64 * 1024];
            long copied = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > settings.attachmentBytes()) {
                    break; // the file grows: it was smaller when its size was checked
                }
                out.write(buffer, 0, read);
            }
            return copy;
        }
    }

    /// @return why it was refused
    private Optional<String> store(
            Tx tx,
            WorkspaceActor actor,
            MigrationRequest wanted,
            ConversationId conversation,
            String source,
            UUID id,
            String name,
            String type,
            long size,
            String path) {
        AccountId tenant = actor.owner().tenant();
        var conversations = new MigratedConversationStore(tx);
        if (!(Access.locked(tx, actor, Right.GOVERN_WORKSPACE, wanted.project(), wanted.workspace())
                instanceof Outcome.Done)) {
            return Optional.of("the workspace was deleted");
        }
        Optional<UUID> message =
                conversations.carrier(tenant, wanted.workspace(), conversation, Attachments.PER_MESSAGE);
        if (message.isEmpty()) {
            return Optional.of("its conversation was deleted from the workspace");
        }
        var attachments = new AttachmentStore(tx);
        attachments.insert(
                tenant,
                wanted.workspace(),
                new Attachment(
                        id,
                        conversation,
                        message,
                        conversations.user(tenant, wanted.workspace(), conversation),
                        name,
                        type,
                        size,
                        path,
                        clock.instant()));
        conversations.carry(tenant, wanted.workspace(), conversation, message.get());
        new MigrationStore(tx)
                .insert(tenant, wanted.workspace(), Kind.ATTACHMENT, source, id.toString(), clock.instant());
        return attachments.claim(tenant, wanted.workspace(), size, settings.storageBytes())
                ? Optional.empty()
                : tx.undone(Optional.of(
                        "the workspace has reached its storage limit of " + settings.storageMegabytes() + " MB"));
    }

    private static ReportLine moved(String source, String name, String type) {
        return new ReportLine(source, true, Fate.MOVED, name + ", " + type);
    }

    private static ReportLine refused(String source, String why) {
        return new ReportLine(ConversationMigration.shown(source), true, Fate.REFUSED, why);
    }
}
