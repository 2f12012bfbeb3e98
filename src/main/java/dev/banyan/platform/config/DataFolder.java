package dev.banyan.platform.config;

import module java.base;

/// Decides which files of a data folder belong in a backup: all except those of the running process, logs, sent mails,
/// the key that seals secrets, earlier backups, what was saved before upgrades, and the database, whose tables are read
/// through an interface of their own.
public final class DataFolder {

    /// Exists in a folder while a restore fills it; a server refuses such a folder.
    public static final String UNFINISHED = ".restore";

    /// Uploaded files, unless they are in a bucket.
    public static final String FILES = "files";

    private static final String DATABASE = "banyan.db";
    /// A backup's owner must not be able to open what is sealed in it, so the key is kept elsewhere.
    public static final String CREDENTIALS_KEY = "credentials.key";

    /// Sent mails, with the codes and links in them.
    public static final String OUTBOX = "outbox";

    /// The description of the sample data, if there is any.
    public static final String DEMO = "demo.json";

    /// Its time says when the last backup was made.
    public static final String LAST_BACKUP = ".last-backup";

    /// Where the server saves the database before an upgrade, and its own backups unless they go elsewhere.
    public static final String BACKUPS = "backups";

    private static final Set<String> LEFT_OUT = Set.of("run", "logs", OUTBOX, UNFINISHED, CREDENTIALS_KEY, LAST_BACKUP);
    /// Files that may exist before there is data: the settings that say where PostgreSQL is, the key, which may be
    /// restored first, and the folder that every new disk has.
    private static final Set<String> NO_DATA = Set.of("banyan.properties", "lost+found", CREDENTIALS_KEY);
    /// Folders that may be mounted in a new one.
    private static final Set<String> OURS = Set.of("run", "logs", OUTBOX, FILES, BACKUPS);
    /// One of them is in each folder that a server has used, or that a person has prepared for one.
    private static final List<String> MARKS =
            List.of(DATABASE, "run/server.lock", "banyan.properties", CREDENTIALS_KEY, UNFINISHED);

    private DataFolder() {}

    public static Path database(Path data) {
        return data.resolve(DATABASE);
    }

    /// @param regular below the folder, ordered by name
    /// @param leftOut links and sockets, which an archive does not carry
    public record Content(List<Path> regular, List<Path> leftOut) {}

    public static Content content(Path data) throws IOException {
        var regular = new ArrayList<Path>();
        var leftOut = new ArrayList<Path>();
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(data) || belongs(data.relativize(folder))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path path = data.relativize(file);
                if (belongs(path)) {
                    (attributes.isRegularFile() ? regular : leftOut).add(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE; // deleted meanwhile by the running server
            }
        });
        regular.sort(null);
        leftOut.sort(null);
        return new Content(regular, leftOut);
    }

    /// @param path relative to the data folder
    public static boolean belongs(Path path) {
        String first = path.getName(0).toString();
        return !LEFT_OUT.contains(first)
                && !first.startsWith(DATABASE)
                && !path.toString().matches(BACKUPS + "/\\.?(before-|banyan-\\d)[^/]*\\.zip.*");
    }

    /// Returns true if a restore would overwrite nothing.
    public static boolean isEmpty(Path data) throws IOException {
        if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> content = Files.list(data)) {
            return content.allMatch(file -> NO_DATA.contains(String.valueOf(file.getFileName())));
        }
    }

    /// Whether it is full of something else: a server there would close the files of others to everyone.
    public static boolean isForeign(Path data) throws IOException {
        if (!Files.isDirectory(data) || MARKS.stream().anyMatch(mark -> Files.exists(data.resolve(mark)))) {
            return false;
        }
        try (Stream<Path> content = Files.list(data)) {
            return content.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> !NO_DATA.contains(name) && !OURS.contains(name) && !name.startsWith("."));
        }
    }

    /// Whether this user can't look into it, so that nothing can be said about what is there.
    public static boolean isClosed(Path data) {
        return Files.isDirectory(data) && !(Files.isReadable(data) && Files.isExecutable(data));
    }

    /// Says so, and who can.
    public static String closed(Path data) {
        return "The data folder " + data + " can't be read by this user (" + System.getProperty("user.name")
                + "); run as " + owner(data);
    }

    private static String owner(Path data) {
        try {
            return Files.getOwner(data).getName();
        } catch (IOException | UnsupportedOperationException _) {
            return "its owner";
        }
    }
}
