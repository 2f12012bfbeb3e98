package dev.banyan.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.S3Mock;
import dev.banyan.platform.files.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup contains the files of the bucket, and a restore writes files where they are configured to be.
class BucketBackupTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final byte[] SOUP = "Soup of the day".getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Place place(String name, Map<String, String> environment) throws IOException {
        return Place.of(TestDatabases.SQLITE, Files.createDirectories(folder.resolve(name)), environment);
    }

    private Place inBucket(String name) throws IOException {
        return place(name, S3Mock.environment(S3Mock.newUrl()));
    }

    private static FileStore files(Place place) {
        return FileStore.of(place.settings());
    }

    private Backup.Written backup(Place place) throws IOException {
        return new Backup(place.settings(), "Banyan test", CLOCK).write(folder.resolve("backup.zip"));
    }

    private Restore.Restored restore(Place place) throws IOException {
        return new Restore(place.settings()).from(folder.resolve("backup.zip"));
    }

    @Test
    void filesGoFromABucketToABucket() throws Exception {
        Place source = inBucket("source").migrated();
        files(source).put("incoming/acme/menu", StoredFile.of(SOUP));
        files(source).put("media/acme/empty.png", StoredFile.of(new byte[0]));
        // Left from before the bucket: it is not in use any more.
        Files.writeString(
                Files.createDirectories(source.data().resolve("files/media/acme"))
                        .resolve("empty.png"),
                "old");

        assertThat(backup(source).files()).isEqualTo(2);
        Place target = inBucket("target");
        assertThat(restore(target).files()).isEqualTo(2);

        assertThat(files(target).all()).containsExactly("incoming/acme/menu", "media/acme/empty.png");
        assertThat(files(target).find("incoming/acme/menu").orElseThrow().bytes())
                .isEqualTo(SOUP);
        assertThat(files(target).find("media/acme/empty.png").orElseThrow().size())
                .isZero();
        assertThat(target.data().resolve("files")).doesNotExist();
    }

    @Test
    void filesGoFromAFolderToABucketAndBack() throws Exception {
        Place source = place("source", Map.of()).migrated();
        files(source).put("incoming/acme/menu", StoredFile.of(SOUP));
        backup(source);
        Place bucket = inBucket("bucket");
        restore(bucket);
        assertThat(files(bucket).all()).containsExactly("incoming/acme/menu");

        Files.delete(folder.resolve("backup.zip"));
        backup(bucket);
        Place target = place("target", Map.of());
        restore(target);

        assertThat(target.data().resolve("files/incoming/acme/menu")).hasBinaryContent(SOUP);
    }

    @Test
    void aBucketWithFilesIsNotRestoredInto() throws Exception {
        backup(inBucket("source").migrated());
        Place target = inBucket("target");
        files(target).put("theirs", StoredFile.of(SOUP));

        assertThatIOException().isThrownBy(() -> restore(target)).withMessageContaining("is not empty; name another");

        assertThat(files(target).all()).containsExactly("theirs");
        assertThat(target.data()).isEmptyDirectory();
    }

    @Test
    void nothingStaysInTheBucketWhenARestoreFails() throws Exception {
        Place source = inBucket("source").migrated();
        files(source).put("incoming/acme/menu", StoredFile.of(SOUP));
        backup(source);
        Place target = inBucket("target");
        Files.createDirectory(target.data().resolve("banyan.db"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> restore(target)))
                .isNotNull();

        assertThat(files(target).all()).isEmpty();
    }
}
