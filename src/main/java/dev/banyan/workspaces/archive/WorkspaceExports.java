package dev.banyan.workspaces.archive;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.archive.WorkspaceArchive.FileEntry;
import dev.banyan.workspaces.archive.WorkspaceArchive.TableEntry;
import jakarta.inject.Singleton;

/// Exports a whole workspace into one archive: appearance, users, conversations, messages, contacts, tags, saved
/// replies, the assistant without its key, and all files. Leaves out sessions, links and numbers, and password hashes
/// unless they are requested. Only owners export.
@Singleton
public final class WorkspaceExports {

    /// @param archive a temporary file, which the caller removes
    public record Exported(Workspace workspace, Path archive) {}

    private final Database database;
    private final FileStore files;
    private final Settings settings;
    private final ObjectMapper json;
    private final Audit audit;
    private final Clock clock;
    private final Semaphore atOnce = new Semaphore(1);

    WorkspaceExports(
            Database database, FileStore files, Settings settings, ObjectMapper json, Audit audit, Clock clock) {
        this.database = database;
        this.files = files;
        this.settings = settings;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
    }

    /// Writes the archive to disk first, so that a slow download holds no transaction open.
    ///
    /// @param hashes whether to include the users' password hashes
    /// @return refused to managers and users of the workspace, and while this server exports another one
    public Outcome<Exported> export(WorkspaceActor actor, ProjectId project, WorkspaceId id, boolean hashes) {
        return database.read(tx -> Access.to(tx, actor, Right.GOVERN_WORKSPACE, project, id))
                .then(workspace -> isOwner(actor) ? export(actor, workspace, hashes) : Outcome.forbidden());
    }

    private Outcome<Exported> export(WorkspaceActor actor, Workspace workspace, boolean hashes) {
        if (!atOnce.tryAcquire()) { // each export holds one of the few database readers
            return Outcome.refused(new Refusal.Conflict("Another export is in progress"));
        }
        try {
            return Outcome.done(exportAlone(actor, workspace, hashes));
        } finally {
            atOnce.release();
        }
    }

    private static boolean isOwner(WorkspaceActor actor) {
        return actor instanceof WorkspaceActor.ProjectSide side
                && side.context().membership().isOwner();
    }

    private Exported exportAlone(WorkspaceActor actor, Workspace workspace, boolean hashes) {
        Path archive = write(workspace, hashes);
        database.write(tx -> {
            audit.note(
                    tx,
                    actor.actor(),
                    workspace,
                    "WorkspaceExported",
                    hashes
                            ? Map.of("name", workspace.name(), "more", "password hashes")
                            : Map.of("name", workspace.name()));
            return archive;
        });
        return new Exported(workspace, archive);
    }

    /// Writes the archive of a workspace without password hashes, for the export of its account. Waits for other
    /// exports.
    ///
    /// @return a temporary file, which the caller removes
    Path archive(Workspace workspace) {
        atOnce.acquireUninterruptibly();
        try {
            return write(workspace, false);
        } finally {
            atOnce.release();
        }
    }

    private Path write(Workspace workspace, boolean hashes) {
        try {
            Path archive = settings.temporaryFile("export", ".zip");
            boolean whole = false;
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16))) {
                fill(workspace, hashes, zip);
                whole = true;
            } finally {
                if (!whole) {
                    Files.deleteIfExists(archive);
                }
            }
            return archive;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The rows that the transaction wrote, and the files that belong to them.
    private record Rows(Map<String, Object> look, List<TableEntry> tables, Map<String, String> files) {}

    private void fill(Workspace workspace, boolean hashes, ZipOutputStream zip) throws IOException {
        Rows rows = database.read(tx -> {
            try {
                return rows(tx, workspace, hashes, zip);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        var kept = new ArrayList<FileEntry>();
        for (Map.Entry<String, String> file : new TreeMap<>(rows.files()).entrySet()) {
            Optional<StoredFile> content = files.find(file.getValue());
            if (content.isPresent()) {
                kept.add(file(zip, file.getKey(), content.get()));
            }
        }
        var manifest = new WorkspaceArchive(
                WorkspaceArchive.FORMAT,
                WorkspaceArchive.KIND,
                clock.instant().toString(),
                rows.look(),
                rows.tables(),
                kept);
        zip.putNextEntry(new ZipEntry(WorkspaceArchive.ENTRY));
        zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        zip.closeEntry();
    }

    /// Writes all tables in one transaction, so that they are a consistent snapshot.
    private static Rows rows(Tx tx, Workspace workspace, boolean hashes, ZipOutputStream zip) throws IOException {
        var store = new WorkspaceArchiveStore(tx, hashes);
        AccountId tenant = workspace.owner().tenant();
        var tables = new ArrayList<TableEntry>();
        for (String table : WorkspaceArchiveStore.tables()) {
            tables.add(table(store, tenant, workspace.id(), table, zip));
        }
        return new Rows(store.look(tenant, workspace.id()), List.copyOf(tables), store.files(tenant, workspace.id()));
    }

    private static TableEntry table(
            WorkspaceArchiveStore store, AccountId tenant, WorkspaceId id, String table, ZipOutputStream zip)
            throws IOException {
        zip.putNextEntry(new ZipEntry(new TableEntry(table, 0, "").entry()));
        var digest = new DigestOutputStream(zip, Digests.newSha256());
        var count = new long[1];
        try (JsonGenerator rows = new JsonFactory().createGenerator(digest)) {
            rows.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            rows.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            store.read(tenant, id, table, row -> {
                count[0]++;
                write(rows, row);
            });
        }
        zip.closeEntry();
        return new TableEntry(table, count[0], hex(digest));
    }

    private static void write(JsonGenerator rows, Map<String, Object> row) {
        try {
            rows.writeStartObject();
            for (Map.Entry<String, Object> column : row.entrySet()) {
                rows.writeFieldName(column.getKey());
                switch (column.getValue()) {
                    case Boolean truth -> rows.writeBoolean(truth);
                    case Number number -> rows.writeNumber(number.longValue());
                    case Object text -> rows.writeString(text.toString());
                }
            }
            rows.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileEntry file(ZipOutputStream zip, String id, StoredFile content) throws IOException {
        zip.putNextEntry(new ZipEntry(new FileEntry(id, 0, "").entry()));
        var digest = new DigestOutputStream(zip, Digests.newSha256());
        long size;
        try (var bytes = content.open()) {
            size = bytes.transferTo(digest);
        }
        zip.closeEntry();
        return new FileEntry(id, size, hex(digest));
    }

    private static String hex(DigestOutputStream digest) {
        return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }
}
