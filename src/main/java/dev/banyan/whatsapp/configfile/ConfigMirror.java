package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.ConfigFile;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Writes `DATA/accounts/<username>/bots-config.json`, which mirrors an account's senders. A change writes the next
/// file under a temporary name and fsyncs it inside the transaction, and renames it after the commit; the startup
/// repairs files after a crash between the two ([Mirrors]). Former usernames lead to the folder ([AccountFolders]). A
/// file that was edited by hand in the meantime
/// is copied first.
@Singleton
public final class ConfigMirror implements ConfigFile {

    static final String FOLDER = "accounts";
    static final String FILE = "bots-config.json";
    static final String TEMPORARY = ".bots-config-";

    private static final String WRITTEN = "written";
    private static final int REMEMBERED = 8;

    private final Accounts accounts;
    private final AccountFolders places;
    private final FileStamps stamps = new FileStamps();
    private final Map<AccountId, Path> folders = new ConcurrentHashMap<>();
    private final Map<AccountId, Long> published = new ConcurrentHashMap<>();
    private final Map<AccountId, Integer> sizes = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    public ConfigMirror(Accounts accounts, Settings settings) {
        this.accounts = accounts;
        this.places = new AccountFolders(settings.data().resolve(FOLDER));
    }

    @Override
    public Path folderOf(AccountId tenant) {
        return folders.computeIfAbsent(tenant, id -> {
            Account account = accounts.root(id).orElseThrow().account();
            return places.settle(account.username(), accounts.formerNames(account.owner()));
        });
    }

    /// The account may have another username, on this node or another, or has no right to a former one any more.
    void accountChanged(@Observes AccountChanged changed) {
        Path known = folders.get(changed.account());
        if (known != null && !known.endsWith(changed.username())) {
            folders.remove(changed.account());
            if (!folderOf(changed.account()).endsWith(changed.username())) {
                forgetFreed(changed);
            }
        }
    }

    private void forgetFreed(AccountChanged changed) {
        boolean leads = accounts.byUsername(changed.username())
                .filter(account -> account.id().equals(changed.account()))
                .isPresent();
        if (!leads) {
            places.forget(changed.username());
        }
    }

    /// Links may lead from names that have ended while this node was off.
    void forgetLinks() {
        places.forgetAll();
    }

    Path fileOf(AccountId tenant) {
        return folderOf(tenant).resolve(FILE);
    }

    /// The expected content of the file.
    ///
    /// @param template from the current state of the database, without the time of the last change
    /// @param written digests of earlier contents, latest first
    record Picture(
            BotsConfig.Template template,
            Instant lastModified,
            UnknownFields extras,
            List<String> written,
            int senders) {

        String text() {
            return template.text(lastModified);
        }

        boolean isWritten() {
            return !written.isEmpty() && written.getFirst().equals(Digests.sha256Hex(text()));
        }

        boolean isWorthAFile() {
            return senders > 0 || !written.isEmpty();
        }
    }

    static Picture picture(Tx tx, AccountId tenant) {
        var store = new ConfigFileStore(tx);
        Optional<ConfigFileStore.ConfigFile> file = store.configFile(tenant);
        UnknownFields extras = file.map(ConfigFileStore.ConfigFile::extra)
                .map(UnknownFields::of)
                .orElseGet(UnknownFields::none);
        Pools.Overview senders = Pools.group(new SenderStore(tx).list(tenant));
        return new Picture(
                BotsConfig.write(senders, new PoolSettingsStore(tx).all(tenant), store.extras(tenant), extras),
                file.map(ConfigFileStore.ConfigFile::updatedAt).orElse(Instant.EPOCH),
                extras,
                written(extras),
                senders.total());
    }

    /// Returns the digests of the contents written for an account, latest first.
    static List<String> written(ConfigFileStore store, AccountId tenant) {
        return store.configFile(tenant)
                .map(file -> written(UnknownFields.of(file.extra())))
                .orElse(List.of());
    }

    private static List<String> written(UnknownFields extras) {
        var written = new ArrayList<String>();
        if (extras.sections().get(WRITTEN) instanceof ArrayNode digests) {
            digests.forEach(digest -> written.add(digest.asText()));
        }
        return List.copyOf(written);
    }

    @Override
    public int size(AccountId tenant) {
        return sizes.getOrDefault(tenant, 0);
    }

    @Override
    public Optional<Staged> stage(Tx tx, AccountId tenant, Path place, Instant now, boolean anyway) {
        Picture present = picture(tx, tenant);
        sizes.put(tenant, present.senders());
        if (!anyway && present.isWritten() || !present.isWorthAFile()) {
            return Optional.empty();
        }
        String next = present.template().text(now);
        String digest = Digests.sha256Hex(next);
        List<String> written = remembered(digest, present.written());
        new ConfigFileStore(tx)
                .saveConfigFile(tenant, withDigests(present.extras(), written).text(), now);
        Path file = place.resolve(FILE);
        boolean edited = keepEdited(tenant, file, present.written(), now);
        long number = sequence.incrementAndGet();
        Path temporary = place.resolve(TEMPORARY + number + ".tmp");
        try {
            Files.createDirectories(place);
            writeThrough(temporary, next);
        } catch (IOException failure) {
            delete(temporary);
            throw new DatabaseUnavailable(
                    "The file " + file + " cannot be written: " + failure.getMessage() + ". Nothing was changed",
                    failure);
        }
        return Optional.of(new Staged(() -> publish(tenant, temporary, file, number, written, now), edited));
    }

    private static List<String> remembered(String digest, List<String> before) {
        var written = new ArrayList<String>();
        written.add(digest);
        before.stream().limit(REMEMBERED - 1L).forEach(written::add);
        return List.copyOf(written);
    }

    private static UnknownFields withDigests(UnknownFields extras, List<String> written) {
        ObjectNode sections = extras.sections().deepCopy();
        ArrayNode digests = JsonNodeFactory.instance.arrayNode();
        written.forEach(digests::add);
        sections.set(WRITTEN, digests);
        return new UnknownFields(sections);
    }

    /// Copies an edited file once, so that the edits are not lost.
    private boolean keepEdited(AccountId tenant, Path file, List<String> written, Instant now) {
        if (!stamps.isStrange(tenant, file, () -> written)) {
            return false;
        }
        String text = FileStamps.text(file);
        boolean kept = ConfigCopies.newest(file, ConfigCopies.EDITED)
                .filter(copy -> FileStamps.text(copy).equals(text))
                .isPresent();
        if (!kept) {
            Path copy = ConfigCopies.make(file, ConfigCopies.EDITED, now);
            Log.warnf(
                    "%s was edited by hand; it is kept as %s. To apply it, run “import-config edited”",
                    file, copy.getFileName());
        }
        return true;
    }

    /// Returns whether the account's file was edited since it was written.
    ///
    /// @param written digests of earlier contents; only read if the file differs
    boolean isEdited(AccountId tenant, Supplier<List<String>> written) {
        return stamps.isStrange(tenant, fileOf(tenant), written);
    }

    /// Accepts the current file as written by us, so that it is not copied.
    void accept(AccountId tenant) {
        stamps.accept(tenant, fileOf(tenant));
    }

    void forget(AccountId tenant) {
        stamps.forget(tenant);
    }

    private static void writeThrough(Path file, String text) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException failure) {
            Log.warnf(failure, "Temporary file %s could not be deleted", temporary);
        }
    }

    /// Publishes a file. Numbers are assigned while the account's senders are locked, so a smaller number means an
    /// older file, whatever the order of the threads.
    private void publish(AccountId tenant, Path temporary, Path file, long number, List<String> written, Instant now) {
        published.compute(tenant, (_, last) -> {
            try {
                if (last != null && last > number) {
                    Files.deleteIfExists(temporary);
                    return last;
                }
                // Check again: the file may have been edited since the transaction checked it.
                keepEdited(tenant, file, written, now);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                stamps.accept(tenant, file);
            } catch (IOException failure) {
                Log.errorf(failure, "The file %s is behind the database until the next change", file);
            }
            return number;
        });
    }
}
