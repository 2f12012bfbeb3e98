package dev.banyan.workspaces.archive;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.ImportedHashes;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ContactWordStore;
import dev.banyan.workspaces.FileType;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceInboxStore;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.archive.WorkspaceArchive.FileEntry;
import dev.banyan.workspaces.migration.ConversationMigration;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import jakarta.inject.Singleton;

/// Creates a new workspace from an archive: new ids and a new address, users with their passwords, all messages and
/// files. All rows are written in one transaction, or none; the files are stored before it.
@Singleton
public final class WorkspaceImports {

    private static final int LONGEST_ID = 64;
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    /// Result of an import.
    public sealed interface Imported {

        /// @param dryRun nothing was written; the result is a preview
        record Done(Workspace workspace, Map<String, Long> rows, int files, boolean dryRun) implements Imported {}

        /// The archive can't be used.
        record Broken(String why) implements Imported {}

        /// The project doesn't exist, workspaces are off in it, or the limit is reached.
        record Refused(Workspaces.Created why) implements Imported {}

        /// Another import is running on this server; each one needs much memory and disk space.
        record Busy() implements Imported {}
    }

    private final Database database;
    private final Workspaces workspaces;
    private final FileStore files;
    private final Settings settings;
    private final Uuids uuids;
    private final Audit audit;
    private final Semaphore atOnce = new Semaphore(1);

    WorkspaceImports(
            Database database, Workspaces workspaces, FileStore files, Settings settings, Uuids uuids, Audit audit) {
        this.database = database;
        this.workspaces = workspaces;
        this.files = files;
        this.settings = settings;
        this.uuids = uuids;
        this.audit = audit;
    }

    /// @param name the new workspace's name; empty takes it from the archive
    public Imported run(
            AccountContext context, ProjectId project, Path archive, Optional<String> name, boolean dryRun) {
        if (!atOnce.tryAcquire()) {
            return new Imported.Busy();
        }
        try {
            return runAlone(context, project, archive, name, dryRun);
        } finally {
            atOnce.release();
        }
    }

    private Imported runAlone(
            AccountContext context, ProjectId project, Path archive, Optional<String> name, boolean dryRun) {
        // The folder for the files of this import alone, below `files/`.
        String place = "imported/" + uuids.next();
        boolean kept = false;
        try (var file = WorkspaceArchiveFile.open(archive, settings)) {
            Map<String, Staged> staged = stage(file, place);
            Imported imported = database.write(tx -> {
                Imported came = insert(tx, context, project, file, staged, name, dryRun);
                return dryRun || !(came instanceof Imported.Done) ? tx.undone(came) : came;
            });
            kept = imported instanceof Imported.Done && !dryRun;
            return imported;
        } catch (UnusableArchive bad) {
            return new Imported.Broken(bad.why());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            if (!kept) {
                files.removeAll(place);
            }
        }
    }

    private record Staged(String path, String type, long size) {}

    /// Checks each file like an upload; what the archive says about it doesn't count.
    private Map<String, Staged> stage(WorkspaceArchiveFile file, String place) throws UnusableArchive, IOException {
        var names = new HashMap<String, String>();
        file.rows("attachments", row -> names.put(id(row, "id"), Attachment.cleanName(text(row, "name"))));
        var staged = new HashMap<String, Staged>();
        for (FileEntry entry : file.manifest().files()) {
            String name = names.getOrDefault(entry.id(), Attachment.cleanName(""));
            Path copy = settings.temporaryFile("import", ".tmp");
            try {
                file.unpack(entry, copy);
                String type = FileType.of(copy, name)
                        .orElseThrow(() -> new UnusableArchive("“" + name + "” has an unsupported file type"));
                String path = place + "/" + uuids.next();
                long size = Files.size(copy);
                files.place(copy, path);
                staged.put(entry.id(), new Staged(path, type, size));
            } finally {
                Files.deleteIfExists(copy);
            }
        }
        return staged;
    }

    private Imported insert(
            Tx tx,
            AccountContext context,
            ProjectId project,
            WorkspaceArchiveFile file,
            Map<String, Staged> staged,
            Optional<String> name,
            boolean dryRun) {
        Map<String, Object> look = file.manifest().workspace();
        Workspaces.Created created = workspaces.create(
                tx, context, project, name.orElseGet(() -> text(look, "name")), Optional.of(text(look, "description")));
        if (!(created instanceof Workspaces.Created.Done(Workspace workspace))) {
            return new Imported.Refused(created);
        }
        try {
            var rows = new Rows(tx, workspace, staged);
            Map<String, Long> counts = rows.insertAll(file);
            setLook(tx, workspace, look);
            AccountId tenant = workspace.owner().tenant();
            new WorkspaceStore(tx).addUsers(tenant, workspace.id(), counts.getOrDefault("sub_client_users", 0L));
            new WorkspaceInboxStore(tx).recount(tenant, workspace.id());
            audit.note(tx, context.actor(), workspace, "WorkspaceImported", Map.of("name", workspace.name()));
            return new Imported.Done(workspace, Map.copyOf(counts), rows.files, dryRun);
        } catch (UnusableArchive bad) {
            return new Imported.Broken(bad.why());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Ignores values that break the rules: a color goes into a stylesheet.
    private static void setLook(Tx tx, Workspace workspace, Map<String, Object> look) {
        new WorkspaceArchiveStore(tx)
                .setLook(
                        workspace.owner().tenant(),
                        workspace.id(),
                        workspace.registrationEnabled() && !Boolean.FALSE.equals(look.get("registration_enabled")),
                        Optional.of(text(look, "welcome_text"))
                                .filter(text -> !text.isBlank()
                                        && Workspaces.DESCRIPTION.broken(text).isEmpty()),
                        Optional.of(text(look, "brand_color"))
                                .filter(text -> COLOR.matcher(text).matches()),
                        Optional.of(text(look, "mark_letters")).filter(text -> text.matches("[\\p{L}\\p{N}]{1,2}")),
                        Language.of(text(look, "language")).orElse(Language.ENGLISH));
    }

    private static String text(Map<String, Object> row, String name) {
        return row.get(name) instanceof String text ? text : "";
    }

    /// Limits the length, because ids are kept in memory while the import runs.
    private static String id(Map<String, Object> row, String name) throws UnusableArchive {
        String id = text(row, name);
        if (id.length() > LONGEST_ID) {
            throw new UnusableArchive("An id in it is too long");
        }
        return id;
    }

    /// The rows of one import, with their new ids.
    private final class Rows {
        private final Tx tx;
        private final WorkspaceArchiveStore store;
        private final Workspace workspace;
        private final AccountId tenant;
        private final Map<String, Staged> staged;
        private final Map<Long, Integer> users = new HashMap<>();
        /// Old numbers of users who can be assigned threads.
        private final Set<Long> agents = new HashSet<>();
        private final Map<String, UUID> contacts = new HashMap<>();
        private final Map<String, ContactAddress> numbers = new HashMap<>();
        private final Map<String, String> threads = new HashMap<>();
        private int files;

        Rows(Tx tx, Workspace workspace, Map<String, Staged> staged) {
            this.tx = tx;
            this.store = new WorkspaceArchiveStore(tx);
            this.workspace = workspace;
            this.tenant = workspace.owner().tenant();
            this.staged = staged;
        }

        Map<String, Long> insertAll(WorkspaceArchiveFile file) throws UnusableArchive, IOException {
            // The ids of a contact and its conversation are derived from its number.
            file.rows("contacts", row -> numbers.put(id(row, "id"), number(row)));
            // A file from before may have two contacts for two forms of a number: then both stay as they are.
            Set<ContactAddress> all = Set.copyOf(numbers.values());
            numbers.replaceAll((_, number) -> all.contains(number.kept()) ? number : number.kept());
            numbers.forEach((id, phone) -> contacts.put(id, Contact.idOf(workspace.id(), phone)));
            file.rows("inbox_threads", row -> {
                String conversation = id(row, "conversation_id");
                Optional.ofNullable(numbers.get(text(row, "contact_id")))
                        .ifPresent(phone -> threads.put(
                                conversation,
                                Contact.conversationOf(workspace.id(), phone).toString()));
            });
            var counts = new HashMap<String, Long>();
            for (String table : WorkspaceArchiveStore.tables()) {
                file.rows(table, row -> {
                    insert(table, row);
                    counts.merge(table, 1L, Long::sum);
                });
            }
            return counts;
        }

        private static ContactAddress number(Map<String, Object> row) throws UnusableArchive {
            String written = text(row, "phone");
            return ContactAddress.given(written)
                    .<ContactAddress>map(phone -> phone)
                    .or(() -> ContactAddress.parse(written))
                    .orElseThrow(() -> new UnusableArchive("A contact has no phone number"));
        }

        private void contact(Map<String, Object> row) throws UnusableArchive {
            ContactAddress number = Optional.ofNullable(numbers.get(text(row, "id")))
                    .orElseThrow(() -> new UnusableArchive("A contact has no id"));
            if (text(row, "name").equals(text(row, "phone"))) {
                row.put("name", number.shown());
            }
            row.put("phone", number.key());
            row.put("id", Contact.idOf(workspace.id(), number).toString());
        }

        private void insert(String table, Map<String, Object> row) throws UnusableArchive {
            var more = new HashMap<String, Object>();
            switch (table) {
                case "sub_client_users" -> {
                    checkUser(row);
                    row.putIfAbsent("password_hash", Passwords.NO_PASSWORD);
                }
                case "contacts" -> contact(row);
                case "conversations" -> {
                    row.put("id", conversation(text(row, "id")));
                    user(row, "user_id");
                }
                case "inbox_threads" -> {
                    row.put("conversation_id", conversation(text(row, "conversation_id")));
                    row.computeIfPresent(
                            "contact_id",
                            (_, old) -> contacts.getOrDefault(old.toString(), new UUID(0, 0))
                                    .toString());
                    if (row.get("assignee_id") instanceof Long old && !agents.contains(old)) {
                        row.remove("assignee_id");
                    }
                    user(row, "assignee_id");
                }
                case "messages" -> {
                    row.put("id", named("message", text(row, "id")));
                    row.put("conversation_id", conversation(text(row, "conversation_id")));
                    // Users who no longer exist keep their name.
                    row.computeIfPresent(
                            "author_user_id",
                            (_, old) -> Long.valueOf(old instanceof Long number ? users.getOrDefault(number, 0) : 0));
                }
                case "attachments" -> attachment(row, more);
                // Conversations must not go to a server that another side has set up.
                case "assistants" -> {
                    if (row.remove("endpoint") != null) {
                        row.put("kind", "rules");
                    }
                }
                case "canned_replies", "assistant_rules" -> row.put("id", named(table, text(row, "id")));
                case "thread_tags", "conversation_words" ->
                    row.put("conversation_id", conversation(text(row, "conversation_id")));
                default -> {
                    // Nothing in it has an id.
                }
            }
            long old = row.get("id") instanceof Long number ? number : 0;
            Optional<String> why = store.insert(tenant, workspace.id(), table, row, more);
            if (why.isPresent()) {
                throw new UnusableArchive("A row of " + table + " is invalid: " + why.get());
            }
            if (table.equals("contacts")) {
                ContactAddress phone = ContactAddress.of(text(row, "phone"));
                new ContactWordStore(tx)
                        .add(tenant, workspace.id(), Contact.idOf(workspace.id(), phone), text(row, "name"), phone);
            }
            if (table.equals("sub_client_users")) {
                users.put(
                        old,
                        store.userByEmail(tenant, workspace.id(), text(row, "email"))
                                .orElseThrow(() -> new UnusableArchive("A user has no email")));
                if (WorkspaceRole.of(text(row, "role"))
                        .filter(WorkspaceRole::usesInbox)
                        .isPresent()) {
                    agents.add(old);
                }
            }
        }

        private void checkUser(Map<String, Object> row) throws UnusableArchive {
            boolean good = WorkspaceUserRules.brokenUsername(text(row, "username"))
                            .isEmpty()
                    && WorkspaceUserRules.brokenEmail(text(row, "email")).isEmpty()
                    && text(row, "email").equals(Names.lower(text(row, "email")))
                    && WorkspaceRole.of(text(row, "role")).isPresent()
                    && broken(text(row, "password_hash")).isEmpty()
                    && users.size() < 100_000;
            if (!good) {
                throw new UnusableArchive(
                        "This user is invalid: " + ConversationMigration.shown(text(row, "username")));
            }
        }

        /// Validates a password hash. In an archive without hashes, users choose a password through a mailed link.
        private Optional<String> broken(String hash) {
            return hash.isEmpty() ? Optional.empty() : ImportedHashes.broken(hash);
        }

        private void attachment(Map<String, Object> row, Map<String, Object> more) throws UnusableArchive {
            Staged file = staged.get(text(row, "id"));
            if (file == null) {
                throw new UnusableArchive(
                        "An attachment is missing: " + ConversationMigration.shown(text(row, "name")));
            }
            row.put("id", named("attachment", text(row, "id")));
            row.put("conversation_id", conversation(text(row, "conversation_id")));
            row.computeIfPresent("message_id", (_, old) -> named("message", old.toString()));
            user(row, "uploaded_by");
            row.put("name", Attachment.cleanName(text(row, "name")));
            row.put("content_type", file.type());
            row.put("size", file.size());
            more.put("path", file.path());
            if (!new AttachmentStore(tx).claim(tenant, workspace.id(), file.size(), settings.storageBytes())) {
                throw new UnusableArchive(
                        "Its files exceed the storage limit of a workspace, " + settings.storageMegabytes() + " MB");
            }
            files++;
        }

        /// Drops the reference to a user who doesn't exist here; only the name stays.
        private void user(Map<String, Object> row, String column) {
            if (row.get(column) instanceof Long old && users.containsKey(old)) {
                row.put(column, Long.valueOf(users.getOrDefault(old, 0)));
            } else {
                row.remove(column);
            }
        }

        private String conversation(String old) {
            return threads.getOrDefault(old, named("conversation", old));
        }

        /// Maps an old id to its new one, the same everywhere.
        private String named(String kind, String old) {
            return Uuids.named("imported " + kind + "\n" + workspace.id() + "\n" + old)
                    .toString();
        }
    }
}
