package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.backup.Backup;
import dev.banyan.platform.backup.UpgradeBackup;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.PostgresDatabase;
import dev.banyan.platform.db.ReplicatedDatabase;
import dev.banyan.platform.db.SqliteDatabase;
import dev.banyan.platform.db.SqliteLibrary;
import dev.banyan.platform.db.WatchedDatabase;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.web.json.ApiDocument;

/// Checks the requirements of a start, in this order: the data folder is writable and not in use, the database opens,
/// the port is free. Then passes the opened resources to the server.
public final class Boot {

    private static final AtomicReference<Boot> PREPARED = new AtomicReference<>();

    /// The server cannot start; the message is one line for the operator.
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    private final Settings settings;
    private final FileChannel lockFile;
    private final PrivateFiles.Restricted restricted;
    private final Database database;
    private final Nodes nodes;

    private Boot(
            Settings settings,
            FileChannel lockFile,
            PrivateFiles.Restricted restricted,
            Database database,
            Nodes nodes) {
        this.settings = settings;
        this.lockFile = lockFile;
        this.restricted = restricted;
        this.database = database;
        this.nodes = nodes;
    }

    public static Boot prepare(Settings asked) {
        FileChannel lockFile = claimFolder(asked);
        refuseUnfinished(asked.data());
        removeTemporary(asked);
        keepCaches(caches(asked));
        PrivateFiles.Restricted restricted = restrict(asked.data());
        Settings settings = asked.listeningOn(freePort(asked));
        unpack(settings);
        Database database = open(settings);
        Nodes nodes = settings.cluster() ? join(settings, database) : Nodes.alone();
        tellQuarkus(settings);
        var boot = new Boot(settings, lockFile, restricted, database, nodes);
        PREPARED.set(boot);
        return boot;
    }

    private static void unpack(Settings settings) {
        try {
            SqliteLibrary.unpack(settings.runFolder());
        } catch (IOException failure) {
            throw unwritable(settings, failure);
        }
    }

    private static Refused unwritable(Settings settings, IOException failure) {
        return new Refused("The data folder " + settings.data() + " cannot be written: " + reason(failure));
    }

    /// A sign of life must not wait behind requests, so it has a connection of its own.
    private static Nodes join(Settings settings, Database database) {
        Database heart = PostgresDatabase.open(settings.databaseUrl().orElseThrow(), 1);
        try {
            return Nodes.join(heart, settings.clusterHost(), SealedSecrets.keyId(settings));
        } catch (Nodes.Refused refused) {
            heart.close();
            database.close();
            throw refused;
        }
    }

    public static Database open(Settings settings) {
        Database opened = opened(settings);
        var watched = new WatchedDatabase(opened);
        return opened instanceof PostgresDatabase primary
                        && settings.databaseReadUrl().isPresent()
                ? ReplicatedDatabase.open(
                        watched, primary, settings.databaseReadUrl().get(), settings.databaseConnections())
                : watched;
    }

    private static Database opened(Settings settings) {
        var backup = new Backup(settings, Product.name(), Clock.tickMillis(ZoneOffset.UTC));
        var before = new UpgradeBackup(settings, backup);
        return settings.databaseUrl()
                .<Database>map(url -> settings.cluster()
                        ? PostgresDatabase.open(url, settings.databaseConnections(), before)
                        : PostgresDatabase.openAlone(url, settings.databaseConnections(), before))
                .orElseGet(() -> SqliteDatabase.open(DataFolder.database(settings.data()), before));
    }

    /// Refuses a data folder with an unfinished restore.
    public static void refuseUnfinished(Path data) {
        if (Files.exists(data.resolve(DataFolder.UNFINISHED))) {
            throw new Refused(
                    "A restore into the data folder " + data + " did not finish; empty the folder and restore again");
        }
    }

    /// Removes what a server that was killed had on its way in or out: exports, archives, uploads.
    static void removeTemporary(Settings settings) {
        try {
            PrivateFiles.removeTree(settings.temporaryFolder());
            PrivateFiles.removeTree(uploads(settings));
            PrivateFiles.removeTree(caches(settings));
        } catch (IOException failure) {
            throw new Refused("Old files in " + settings.runFolder() + " cannot be removed: " + reason(failure));
        }
    }

    private static Path uploads(Settings settings) {
        return settings.runFolder().resolve("uploads");
    }

    private static Path caches(Settings settings) {
        return settings.runFolder().resolve("caches").toAbsolutePath();
    }

    /// Lets this process and its libraries put what they unpack and keep into the data folder. In the temporary folder
    /// of the machine, it would lie beside what another user’s server has put there, or be in its way: Vert.x takes
    /// one folder for all. Java reads the property when it starts, so our own files are made by
    /// [PrivateFiles#temporaryFile].
    private static void keepCaches(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException failure) {
            throw new Refused("The folder " + folder + " cannot be made: " + reason(failure));
        }
        System.setProperty("java.io.tmpdir", folder.toString());
        System.setProperty("jna.tmpdir", folder.toString());
        System.setProperty(
                "quarkus.vertx.cache-directory", folder.resolve("vertx").toString());
    }

    /// Locks the folder, unless it is someone else's. The lock ends with the process, even after a crash.
    public static FileChannel claimFolder(Settings settings) {
        Path file = settings.runFolder().resolve("server.lock");
        try {
            if (DataFolder.isForeign(settings.data())) {
                throw new Refused(foreign(settings.data()));
            }
            PrivateFiles.createFolder(settings.runFolder());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw inUse(settings);
            }
            return channel;
        } catch (OverlappingFileLockException _) {
            throw inUse(settings);
        } catch (IOException failure) {
            throw unwritable(settings, failure);
        }
    }

    static String foreign(Path data) {
        return "The folder " + data + " has files that aren't Banyan's, and a server would close them to all others;"
                + " name a new folder with --data, or create an empty banyan.properties in this one";
    }

    /// Throws if this user can't look into the data folder: “there is no database” would be wrong.
    static void requireReadable(Path data) {
        if (DataFolder.isClosed(data)) {
            throw new Refused(DataFolder.closed(data));
        }
    }

    /// Restricts file permissions. Runs before the database opens, because its log file inherits them.
    public static PrivateFiles.Restricted restrict(Path data) {
        try {
            return PrivateFiles.restrict(data);
        } catch (IOException failure) {
            throw new Refused("The data folder " + data + " cannot be read: " + reason(failure));
        }
    }

    private static Refused inUse(Settings settings) {
        return new Refused("Another server is running on the data folder " + settings.data()
                + "; stop it first, or choose another folder with --data");
    }

    public static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException denied -> denied.getFile() + " is not a folder";
            case java.nio.file.NoSuchFileException missing -> missing.getFile() + " doesn't exist";
            case java.nio.file.NotDirectoryException file -> file.getFile() + " is not a folder";
            case java.nio.file.FileSystemException other ->
                other.getReason() == null ? other.toString() : other.getReason();
            // Such as “No space left on device”.
            default ->
                failure.getClass() == IOException.class && failure.getMessage() != null
                        ? failure.getMessage()
                        : failure.toString();
        };
    }

    private static int freePort(Settings settings) {
        try {
            return bind(settings);
        } catch (IOException failure) {
            throw new Refused(unusable(settings, failure) + choosing(settings));
        }
    }

    /// Says why [#bind] failed.
    static String unusable(Settings settings, IOException failure) {
        return isOfThisMachine(settings.host())
                ? "Port " + settings.port() + " of " + settings.host() + " cannot be used (" + failure.getMessage()
                        + ")"
                : "The address " + settings.host() + " cannot be used: this machine doesn't have it";
    }

    /// Says what to do about that.
    static String choosing(Settings settings) {
        return isOfThisMachine(settings.host())
                ? "; choose another port with --port"
                : "; set BANYAN_HOST to one that it has, such as 127.0.0.1, or 0.0.0.0 for all";
    }

    private static boolean isOfThisMachine(String host) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Listens for a moment where a server with these settings would, and returns the port.
    static int bind(Settings settings) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
            return socket.getLocalPort();
        }
    }

    /// Sets the properties of Quarkus from our settings.
    private static void tellQuarkus(Settings settings) {
        ApiDocument.leaveOutAtStart();
        System.setProperty("quarkus.http.host", settings.host());
        System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
        System.setProperty(
                "quarkus.log.file.path",
                settings.data().resolve("logs/backend.log").toString());
        // The largest limit of all routes; the Gate enforces the limit of each.
        System.setProperty(
                "quarkus.http.limits.max-body-size",
                Long.toString(Math.max(settings.maxBodyBytes(), settings.uploadBytes())));
        System.setProperty(
                "quarkus.http.body.uploads-directory", uploads(settings).toString());
        // One event loop serves cached pages as fast as nginx on two cores; more processors get more loops.
        System.setProperty(
                "quarkus.vertx.event-loops-pool-size",
                Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
        settings.smtp().ifPresent(smtp -> {
            System.setProperty("quarkus.mailer.host", smtp.host());
            System.setProperty("quarkus.mailer.port", Integer.toString(smtp.port()));
            smtp.username().ifPresent(username -> System.setProperty("quarkus.mailer.username", username));
            smtp.password().ifPresent(password -> System.setProperty("quarkus.mailer.password", password));
        });
    }

    public void close() {
        nodes.close();
        database.close();
        try {
            lockFile.close();
        } catch (IOException _) {
            // The process ends, and the lock with it.
        }
    }

    /// Returns the result of [#prepare]; empty if the server was started without [Banyan], as in tests.
    public static Optional<Boot> prepared() {
        return Optional.ofNullable(PREPARED.get());
    }

    /// Returns the files that other users of the machine could open until now.
    public PrivateFiles.Restricted restricted() {
        return restricted;
    }

    public Settings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public Nodes nodes() {
        return nodes;
    }
}
