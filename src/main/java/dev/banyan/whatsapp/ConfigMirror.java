package dev.banyan.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.UnusableDatabase;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// `DATA/accounts/<username>/bots-config.json`, which mirrors an account's senders. A change writes the next file
/// beside
/// it and fsyncs it inside the transaction, and puts it in its place after the commit; a start mends what a kill
/// between the two left behind ([Mirrors]).
@Singleton
final class ConfigMirror {

    static final String FOLDER = "accounts";
    static final String FILE = "bots-config.json";
    static final String TEMPORARY = ".bots-config-";

    private static final Logger LOG = Logger.getLogger(ConfigMirror.class);
    private static final String WRITTEN = "written";
    private static final int REMEMBERED = 8;

    private final Accounts accounts;
    private final Path folder;
    private final Map<AccountId, Path> folders = new ConcurrentHashMap<>();
    private final Map<AccountId, Long> published = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    ConfigMirror(Accounts accounts, Settings settings) {
        this.accounts = accounts;
        this.folder = settings.data().resolve(FOLDER);
    }

    /// Where an account's file is. Asks the database the first time: not to be called inside a transaction.
    Path folderOf(AccountId tenant) {
        return folders.computeIfAbsent(
                tenant,
                id -> folder.resolve(accounts.root(id).orElseThrow().account().username()));
    }

    Path fileOf(AccountId tenant) {
        return folderOf(tenant).resolve(FILE);
    }

    /// What the file should be.
    ///
    /// @param text as the database has it at this moment
    /// @param written digests of what was written before, the latest first
    record Picture(String text, Extras extras, List<String> written, boolean isWorthAFile) {

        String digest() {
            return Digests.sha256Hex(text);
        }

        boolean isWritten() {
            return !written.isEmpty() && written.getFirst().equals(digest());
        }
    }

    static Picture picture(SenderStore store, AccountId tenant) {
        Optional<SenderStore.ConfigFile> file = store.configFile(tenant);
        return picture(
                store, tenant, file, file.map(SenderStore.ConfigFile::updatedAt).orElse(Instant.EPOCH));
    }

    private static Picture picture(
            SenderStore store, AccountId tenant, Optional<SenderStore.ConfigFile> file, Instant lastModified) {
        Extras extras = file.map(SenderStore.ConfigFile::extra).map(Extras::of).orElseGet(Extras::none);
        Pools.Overview senders = Pools.group(store.list(tenant));
        var written = new ArrayList<String>();
        if (extras.sections().get(WRITTEN) instanceof ArrayNode digests) {
            digests.forEach(digest -> written.add(digest.asText()));
        }
        return new Picture(
                BotsConfig.write(senders, store.extras(tenant), extras, lastModified),
                extras,
                List.copyOf(written),
                senders.total() > 0 || !written.isEmpty());
    }

    /// Writes the next file beside the present one, if something in it has changed.
    ///
    /// @param anyway even if nothing has changed: the present file may be wrong
    /// @return puts it in its place: to be run after the commit
    Optional<Runnable> stage(SenderStore store, AccountId tenant, Path place, Instant now, boolean anyway) {
        Picture present = picture(store, tenant);
        if (!anyway && present.isWritten() || !present.isWorthAFile()) {
            return Optional.empty();
        }
        Picture next = picture(store, tenant, store.configFile(tenant), now);
        store.saveConfigFile(tenant, withDigest(next).text(), now);
        long number = sequence.incrementAndGet();
        Path temporary = place.resolve(TEMPORARY + number + ".tmp");
        try {
            Files.createDirectories(place);
            writeThrough(temporary, next.text());
        } catch (IOException failure) {
            throw new UnusableDatabase("The file " + place.resolve(FILE) + " cannot be written: " + failure, failure);
        }
        return Optional.of(() -> publish(tenant, temporary, place.resolve(FILE), number));
    }

    private static Extras withDigest(Picture picture) {
        ObjectNode sections = picture.extras().sections().deepCopy();
        ArrayNode written = JsonNodeFactory.instance.arrayNode().add(picture.digest());
        picture.written().stream().limit(REMEMBERED - 1L).forEach(written::add);
        sections.set(WRITTEN, written);
        return new Extras(sections);
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

    /// Numbers are given while the account's senders are held, so a smaller one is an older file, however the threads
    /// come through here.
    private void publish(AccountId tenant, Path temporary, Path file, long number) {
        published.compute(tenant, (_, last) -> {
            try {
                if (last != null && last > number) {
                    Files.deleteIfExists(temporary);
                    return last;
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failure) {
                LOG.errorf(failure, "The file %s is behind the database until the next change", file);
            }
            return number;
        });
    }
}
