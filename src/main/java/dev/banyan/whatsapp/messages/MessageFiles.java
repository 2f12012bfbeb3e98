package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent.Kind;
import jakarta.inject.Singleton;

/// Files for messages that programs send, below `outgoing/` in the file store. A file stays for 30 days after
/// its upload, and for 90 days after the last message with it is due.
@Singleton
public record MessageFiles(
        Database database, LinkedFiles links, FileStore files, Settings settings, Uuids uuids, Clock clock)
        implements Recurring {

    static final Duration UNUSED = Duration.ofDays(30);
    static final Duration AFTER_USE = Duration.ofDays(90);
    private static final String FIELD = "media";
    private static final int LONGEST_NAME = 200;
    private static final int AT_ONCE = 200;

    /// The result of keeping a file.
    public sealed interface Kept {

        record Done(MessageFile file) implements Kept {}

        record Refused(Invalid invalid) implements Kept {}
    }

    /// Keeps an uploaded file. Whether it fits a kind of message is checked when it is sent.
    ///
    /// @param uploaded the temporary file; it is moved from there
    public Kept upload(Owner owner, String name, Path uploaded) {
        if (size(uploaded) > settings.attachmentBytes()) {
            return new Kept.Refused(
                    FileLimits.tooLarge(settings.attachmentBytes()).in("file"));
        }
        return keep(owner, name, uploaded);
    }

    /// Fetches a link, and keeps what it leads to if it fits the kind of message.
    public Kept fetch(Owner owner, String url, Kind kind) {
        Path file = temporaryFile();
        long most = Math.min(settings.attachmentBytes(), kind.longestFile());
        try {
            return switch (links.get(url, most, file)) {
                case LinkedFiles.Fetched.Bad(String why) -> new Kept.Refused(new Invalid(FIELD, "media: " + why));
                case LinkedFiles.Fetched.TooLarge _ -> new Kept.Refused(FileLimits.tooLarge(most));
                case LinkedFiles.Fetched.Good(Path fetched, String name) ->
                    FileLimits.broken(kind, MediaTypes.of(fetched, name), size(fetched))
                            .<Kept>map(Kept.Refused::new)
                            .orElseGet(() -> keep(owner, name, fetched));
            };
        } finally {
            delete(file);
        }
    }

    private Kept keep(Owner owner, String given, Path from) {
        String type = MediaTypes.of(from, given);
        String clean =
                Text.name(given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1), LONGEST_NAME);
        UUID id = uuids.next();
        Instant now = clock.instant();
        var file = new MessageFile(
                id,
                clean.isEmpty() ? "file" : clean,
                type,
                size(from),
                "outgoing/" + owner.tenant() + "/" + id,
                now.plus(UNUSED),
                now);
        if (type.equals(MediaTypes.UNKNOWN)) {
            return new Kept.Refused(FileLimits.broken(Kind.DOCUMENT, type, 0).orElseThrow());
        }
        files.place(from, file.path());
        Kept kept = database.write(tx -> {
            var store = new MessageFileStore(tx);
            if (store.stored(owner) + file.size() > settings.storageBytes()) {
                return new Kept.Refused(new Invalid(
                        FIELD,
                        "Your files for messages may take " + settings.storageBytes() / 1_024 / 1_024 + " MB in all"));
            }
            store.insert(owner, file);
            return new Kept.Done(file);
        });
        if (kept instanceof Kept.Refused) {
            files.remove(file.path());
        }
        return kept;
    }

    /// Finds an uploaded file that fits the kind of message, and keeps it for that.
    public Kept take(Tx tx, Owner owner, UUID id, Kind kind, Instant due) {
        Optional<MessageFile> found = new MessageFileStore(tx).find(owner, id);
        if (found.isEmpty()) {
            return new Kept.Refused(new Invalid(FIELD, "There is no upload with this id. It may have expired"));
        }
        Optional<Invalid> broken =
                FileLimits.broken(kind, found.get().type(), found.get().size());
        if (broken.isPresent()) {
            return new Kept.Refused(broken.get());
        }
        new MessageFileStore(tx).keep(owner, id, due.plus(AFTER_USE));
        return new Kept.Done(found.get());
    }

    /// Deletes an upload.
    ///
    /// @return whether there was one
    public boolean delete(Owner owner, UUID id) {
        Optional<MessageFile> found = database.read(owner.tenant(), tx -> new MessageFileStore(tx).find(owner, id));
        found.ifPresent(file -> discard(owner, file));
        return found.isPresent();
    }

    /// Removes a file that no message carries after all.
    public void discard(Owner owner, MessageFile file) {
        if (database.write(owner.tenant(), tx -> new MessageFileStore(tx).remove(owner, file.id()))) {
            files.remove(file.path());
        }
    }

    /// Returns the content of a file, if it still exists.
    public Optional<StoredFile> content(Media media) {
        return files.find(media.path());
    }

    /// Removes files whose time is over: the file first, so that a crash leaves a row without a file rather than the
    /// reverse. Called by a job.
    public void tidy() {
        List<MessageFile> over = database.read(tx -> new MessageFileStore(tx).expired(clock.instant(), AT_ONCE));
        over.forEach(file -> files.remove(file.path()));
        if (!over.isEmpty()) {
            database.write(tx -> {
                new MessageFileStore(tx)
                        .forget(over.stream().map(MessageFile::id).toList());
                return over.size();
            });
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("10m", "1m", "tidy-message-files", "Removes files of messages sent long ago.", this::tidy);
    }

    /// Returns a new file next to the file store's folder, so that moving it there is quick.
    private Path temporaryFile() {
        try {
            return settings.temporaryFile("fetched", ".tmp");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
