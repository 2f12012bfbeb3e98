package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.migration.ConversationMigration.MigrationRequest;
import dev.banyan.workspaces.migration.ConversationMigration.Moved;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Migrations started in a browser: they continue while their page is closed, one per project, and report their
/// progress. A server that stops in the middle has moved whole conversations only; uploading the same archive continues
/// after them.
@Singleton
public final class MigrationJobs implements LongTaskSource {

    private static final int SHOWN = 100;
    private static final int MOST_ENTRIES = 200_000;
    private static final int LONGEST_PATH = 500;
    /// The most an archive may expand: text compresses to a tenth, a zip bomb to a thousandth.
    private static final int MOST_TIMES_LARGER = 100;

    private static final int AT_ONCE = 2;
    private static final String FAILED =
            "Something went wrong. The server log has the details. Start again to continue where it stopped";

    /// The progress of a run.
    ///
    /// @param lines the last report lines
    /// @param end the result; empty while it runs
    public record Progress(boolean dryRun, int told, List<String> lines, Optional<String> end) {}

    private static final class Run {
        private final String id;
        private final WorkspaceActor actor;
        private final boolean dryRun;
        private final Deque<String> lines = new ArrayDeque<>();
        private int told;
        private Optional<String> end = Optional.empty();

        Run(WorkspaceActor actor, boolean dryRun, String id) {
            this.id = id;
            this.actor = actor;
            this.dryRun = dryRun;
        }

        LongTask task(ProjectId project) {
            Progress now = progress();
            LongTask.State state = now.end()
                    .map(end -> end.equals(FAILED) ? LongTask.State.FAILED : LongTask.State.DONE)
                    .orElse(LongTask.State.RUNNING);
            return LongTask.endless(
                    id,
                    dryRun ? "Check of conversations" : "Move of conversations",
                    state,
                    Words.count(now.told(), "conversation", "conversations"),
                    "/projects/" + project + "/move-in");
        }

        synchronized void tell(String line) {
            told++;
            lines.addLast(line);
            if (lines.size() > SHOWN) {
                lines.removeFirst();
            }
        }

        synchronized void end(String text) {
            end = Optional.of(text);
        }

        synchronized Progress progress() {
            return new Progress(dryRun, told, new ArrayList<>(lines), end);
        }
    }

    private final ConversationMigration moves;
    private final Settings settings;
    private final Map<ProjectId, Run> runs = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();

    MigrationJobs(ConversationMigration moves, Settings settings) {
        this.moves = moves;
        this.settings = settings;
    }

    /// Returns the running migration of a project, or the last one since the server started.
    public Optional<Progress> progress(ProjectId project) {
        return Optional.ofNullable(runs.get(project)).map(Run::progress);
    }

    @Override
    public List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return runs.entrySet().stream()
                .filter(entry -> entry.getValue().actor.isOf(context))
                .map(entry -> entry.getValue().task(entry.getKey()))
                .toList();
    }

    /// Starts to move the content of an archive. The archive may be deleted after this returns.
    ///
    /// @return false while another migration of the project, or too many on this server, are running
    public boolean begin(WorkspaceActor actor, Workspace into, Path archive, Optional<String> owner, boolean dryRun) {
        var run = new Run(actor, dryRun, "move-" + begun.incrementAndGet());
        synchronized (runs) {
            long busy = runs.values().stream()
                    .filter(other -> other.progress().end().isEmpty())
                    .count();
            boolean own = progress(into.project())
                    .filter(other -> other.end().isEmpty())
                    .isPresent();
            if (own || busy >= AT_ONCE) {
                return false;
            }
            runs.put(into.project(), run);
        }
        String end = FAILED;
        boolean begun = false;
        try {
            Path folder = unpack(archive);
            Thread.ofVirtual().name("move").start(() -> moveAll(actor, into, folder, owner, run));
            begun = true;
        } catch (ZipException bad) {
            end = "We can't use this archive: " + bad.getMessage();
        } catch (IOException failure) {
            end = "We can't read this archive";
        } finally {
            if (!begun) {
                run.end(end);
            }
        }
        return true;
    }

    /// Ends the run whatever happens, because an unfinished run blocks others.
    private void moveAll(WorkspaceActor actor, Workspace into, Path folder, Optional<String> owner, Run run) {
        String end = FAILED;
        try {
            end = move(actor, into, folder, owner, run);
        } finally {
            try {
                remove(folder);
            } finally {
                run.end(end);
            }
        }
    }

    /// @return the result
    private String move(WorkspaceActor actor, Workspace into, Path folder, Optional<String> owner, Run run) {
        try {
            var wanted = new MigrationRequest(into.project(), into.id(), root(folder), owner, run.dryRun);
            return words(moves.run(actor, wanted, told -> run.tell(line(told))));
        } catch (RuntimeException | IOException failure) {
            Log.error("Could not move the content of an archive", failure);
            return FAILED;
        }
    }

    /// Finds the root: people pack the folder itself, or its content.
    private static Path root(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> entries = Files.list(folder)) {
            inside = entries.toList();
        }
        if (inside.size() == 1 && Files.isDirectory(inside.getFirst(), LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> below = Files.list(inside.getFirst())) {
                if (below.anyMatch(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                        && !holdsJson(inside.getFirst())) {
                    return root(inside.getFirst());
                }
            }
        }
        return folder;
    }

    private static boolean holdsJson(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(path -> path.toString().endsWith(".json"));
        }
    }

    private static String line(ConversationMigration.ReportLine told) {
        return switch (told.fate()) {
            case MOVED -> told.source() + ": " + told.text();
            case THERE_ALREADY -> told.source() + ": already moved";
            case REFUSED -> "Failed: " + told.source() + ": " + told.text();
        };
    }

    private static String words(Moved moved) {
        return switch (moved) {
            case Moved.Done(ConversationMigration.Report report) ->
                (report.dryRun() ? "Check only, nothing was changed. Result: " : "")
                        + report.conversations() + " conversations with " + report.messages() + " messages and "
                        + report.files() + " files moved, " + report.thereAlready() + " already there, "
                        + (report.refused() + report.filesRefused()) + " failed";
            case Moved.Unusable(String why) -> why;
            case Moved.Refused _ -> "The workspace was deleted";
        };
    }

    /// Unpacks an archive. Refuses it if an entry would land outside the folder; links can't occur, because only bytes
    /// are written.
    private Path unpack(Path archive) throws IOException {
        Path folder = Files.createTempDirectory(settings.temporaryFolder(), "unpacked");
        boolean whole = false;
        long most = Math.max(1024 * 1024, Files.size(archive) * MOST_TIMES_LARGER);
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            long[] left = {most};
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new ZipException("it holds more than 200,000 files");
                }
                unpack(zip, entry, folder, left);
            }
            if (entries == 0) {
                throw new ZipException("it is not a ZIP file, or it is empty");
            }
            whole = true;
            return folder;
        } catch (IllegalArgumentException _) {
            throw new ZipException("it contains an unreadable file name");
        } finally {
            if (!whole) {
                remove(folder);
            }
        }
    }

    private static void unpack(InputStream zip, ZipEntry entry, Path folder, long[] left) throws IOException {
        String name = entry.getName();
        Path to = folder.resolve(name).normalize();
        if (name.length() > LONGEST_PATH || name.contains("\\") || name.startsWith("/") || !to.startsWith(folder)) {
            throw new ZipException("it contains an unsafe file path");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        if (to.equals(folder)) {
            throw new ZipException("it contains a file without a name");
        }
        Files.createDirectories(to.getParent());
        try (var out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                left[0] -= read;
                if (left[0] < 0) {
                    throw new ZipException("it is too large when unpacked");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static void remove(Path folder) {
        try {
            PrivateFiles.removeTree(folder);
        } catch (IOException | UncheckedIOException failure) {
            Log.warnf("Could not remove an unpacked archive: %s", failure.getMessage());
        }
    }
}
