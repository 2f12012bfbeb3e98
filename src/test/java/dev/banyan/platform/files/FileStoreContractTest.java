package dev.banyan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.FreePort;
import dev.banyan.TimeLimit;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every file store does, in the data folder and in a bucket.
class FileStoreContractTest {

    /// The smallest part that a storage takes.
    private static final int PART = 5 * 1024 * 1024;

    private static final byte[] LETTERS = "abcdefghij".getBytes(StandardCharsets.UTF_8);

    abstract static class Contract {

        @TempDir
        @SuppressWarnings("NullAway.Init")
        Path folder;

        abstract FileStore files();

        private byte[] read(FileStore files, String path) {
            return files.find(path).orElseThrow().bytes();
        }

        @Test
        void whatIsPutIsFoundWholeAndInParts() throws IOException {
            FileStore files = files();
            files.put("incoming/acme/letters", StoredFile.of(LETTERS));

            StoredFile found = files.find("incoming/acme/letters").orElseThrow();
            assertThat(found.size()).isEqualTo(10);
            assertThat(found.bytes()).isEqualTo(LETTERS);
            try (InputStream part = found.open(2, 3)) {
                assertThat(part).hasContent("cde");
            }
            try (InputStream end = found.open(9, 1)) {
                assertThat(end).hasContent("j");
            }
            try (LocalCopy copy = LocalCopy.of(found)) {
                assertThat(copy.file()).hasBinaryContent(LETTERS);
            }
        }

        @Test
        void whatIsPutAgainReplacesWhatWasThere() {
            FileStore files = files();
            files.put("a/b", StoredFile.of(LETTERS));
            files.put("a/b", StoredFile.of(new byte[] {1}));

            assertThat(read(files, "a/b")).containsExactly(1);
        }

        @Test
        void aLargeFileAndAnEmptyOneComeBackAsTheyWere() throws IOException {
            FileStore files = files();
            var large = new byte[3_000_000];
            new Random(7).nextBytes(large);
            Path uploaded = Files.write(folder.resolve("uploaded"), large);

            files.place(uploaded, "outgoing/acme/large");
            files.put("empty", StoredFile.of(new byte[0]));

            assertThat(uploaded).doesNotExist();
            assertThat(read(files, "outgoing/acme/large")).isEqualTo(large);
            assertThat(read(files, "empty")).isEmpty();
        }

        @Test
        void aFileThatIsNotThereIsNotFound() {
            FileStore files = files();
            files.put("there/one", StoredFile.of(LETTERS));

            assertThat(files.find("nowhere/one")).isEmpty();
            assertThat(files.find("there")).isEmpty();
            assertThat(files.copy("nowhere/one", "there/two")).isFalse();
            assertThat(files.all()).containsExactly("there/one");
        }

        @Test
        void aCopyStaysWhenItsOriginalIsRemoved() {
            FileStore files = files();
            files.put("media/a/picture.png", StoredFile.of(LETTERS));

            assertThat(files.copy("media/a/picture.png", "media/b/picture.png")).isTrue();
            files.remove("media/a/picture.png");
            files.remove("media/a/picture.png");

            assertThat(files.find("media/a/picture.png")).isEmpty();
            assertThat(read(files, "media/b/picture.png")).isEqualTo(LETTERS);
        }

        @Test
        void aFolderIsRemovedWithItsContentsAndNothingElse() {
            FileStore files = files();
            files.put("imported/one/a", StoredFile.of(LETTERS));
            files.put("imported/one/deep/b", StoredFile.of(LETTERS));
            files.put("imported/one-more", StoredFile.of(LETTERS));
            files.put("imported/two/c", StoredFile.of(LETTERS));

            files.removeAll("imported/one");
            files.removeAll("imported/two/c");
            files.removeAll("imported/never");

            assertThat(files.all()).containsExactly("imported/one-more");
        }

        @Test
        void noPathLeadsOut() {
            FileStore files = files();
            files.put("inside", StoredFile.of(LETTERS));

            assertThat(files.find("../inside")).isEmpty();
            assertThat(files.find("/etc/passwd")).isEmpty();
            assertThat(files.find("")).isEmpty();
            assertThat(files.copy("../inside", "copy")).isFalse();
            files.remove("..");
            files.removeAll("a/../..");
            files.removeAll("");
            assertThatIllegalArgumentException().isThrownBy(() -> files.put("../out", StoredFile.of(LETTERS)));
            assertThat(read(files, "a/../inside")).isEqualTo(LETTERS);
            assertThat(files.all()).containsExactly("inside");
        }

        @Test
        void namesWithSpacesAndLettersOfAnyAlphabetAreKept() {
            FileStore files = files();
            files.put("acme/صورة + 100%.png", StoredFile.of(LETTERS));

            assertThat(files.copy("acme/صورة + 100%.png", "acme/copy & more")).isTrue();
            assertThat(read(files, "acme/صورة + 100%.png")).isEqualTo(LETTERS);
            assertThat(files.all()).containsExactly("acme/copy & more", "acme/صورة + 100%.png");
        }
    }

    private static Settings settings(Path data, Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("BANYAN_DATA", data.toString());
        return Settings.from(all, new Properties());
    }

    @Nested
    class InTheDataFolder extends Contract {

        @Override
        FileStore files() {
            return FileStore.of(settings(folder, Map.of()));
        }

        @Test
        void itIsAFileBelowFiles() {
            files().put("media/a/picture.png", StoredFile.of(LETTERS));

            assertThat(folder.resolve("files/media/a/picture.png")).hasBinaryContent(LETTERS);
            files().removeAll("media/a/picture.png");
            assertThat(folder.resolve("files")).isEmptyDirectory();
        }
    }

    @Nested
    class InABucket extends Contract {

        private final String url = S3Mock.newUrl();

        @Override
        FileStore files() {
            return S3Files.of(
                    settings(folder, S3Mock.environment(url)).files().orElseThrow(), Eventually.LONGEST, 1_000);
        }

        @Test
        void nothingIsInTheDataFolder() {
            files().put("media/a/picture.png", StoredFile.of(LETTERS));

            assertThat(folder).isEmptyDirectory();
            assertThat(files().find("media/a/picture.png")).isPresent();
        }

        @Test
        void prefixesAreApart() {
            files().put("mine", StoredFile.of(LETTERS));

            assertThat(FileStore.of(settings(folder, S3Mock.environment(S3Mock.newUrl())))
                            .all())
                    .isEmpty();
        }

        @Test
        void manyFilesAreAllListedAndRemoved() {
            FileStore files =
                    S3Files.of(settings(folder, S3Mock.environment(url)).files().orElseThrow(), Eventually.LONGEST, 2);
            for (int i = 0; i < 5; i++) {
                files.put("many/" + i, StoredFile.of(LETTERS));
            }

            assertThat(files.all()).hasSize(5);
            files.removeAll("many");
            assertThat(files.all()).isEmpty();
        }

        @Test
        void whatIsTooLargeForOneRequestIsSentInPartsAndIsWhole() {
            var large = new byte[2 * PART + 7];
            new Random(7).nextBytes(large);
            FileStore files = inParts();

            files.put("backups/large.zip", StoredFile.of(large));
            files.put("backups/small.zip", StoredFile.of(LETTERS));

            assertThat(files.find("backups/large.zip").orElseThrow().bytes()).isEqualTo(large);
            assertThat(files.all()).containsExactly("backups/large.zip", "backups/small.zip");
        }

        /// The storage keeps parts that nobody ends or gives up, and its owner pays for them.
        @Test
        void nothingIsLeftOfAFileWhosePartsFail() throws Exception {
            StoredFile large = StoredFile.of(new byte[2 * PART]);
            var broken = new StoredFile() {
                @Override
                public long size() {
                    return large.size();
                }

                @Override
                public InputStream open() {
                    throw new AssertionError("it is sent in parts");
                }

                @Override
                public InputStream open(long first, long length) {
                    if (first > 0) {
                        throw new UncheckedIOException(new IOException("The disk is gone"));
                    }
                    return large.open(first, length);
                }
            };

            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> inParts().put("large.zip", broken))
                    .havingRootCause()
                    .withMessage("The disk is gone");

            assertThat(files().all()).isEmpty();
            assertThat(S3Mock.unfinished()).isEmpty();
        }

        private FileStore inParts() {
            return S3Files.of(
                    settings(folder, S3Mock.environment(url)).files().orElseThrow(), Eventually.LONGEST, 1_000, PART);
        }

        @Test
        void aMissingBucketIsNamed() {
            FileStore files = FileStore.of(settings(folder, S3Mock.environment(S3Mock.missingUrl())));

            assertThatExceptionOfType(FilesUnavailable.class)
                    .isThrownBy(() -> files.put("a", StoredFile.of(LETTERS)))
                    .withMessageMatching(
                            "Can't write to the bucket http://127.0.0.1:\\d+/no-such-bucket/: 404 NoSuchBucket");
        }

        @Test
        void aStorageThatIsAwayFailsSoon() throws IOException {
            FileStore files = FileStore.of(
                    settings(folder, S3Mock.environment("s3://127.0.0.1:" + FreePort.next() + "/away?tls=off")));

            fails(() -> files.find("a"));
        }

        /// It takes connections and never says a word.
        @Test
        void aStorageThatDoesNotAnswerFailsInTime() throws IOException {
            try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                String address = "s3://127.0.0.1:" + silent.getLocalPort() + "/away?tls=off";
                FileStore files = S3Files.of(
                        settings(folder, S3Mock.environment(address)).files().orElseThrow(),
                        Duration.ofMillis(500),
                        1_000);

                fails(() -> files.put("a", StoredFile.of(LETTERS)));
            }
        }

        private static void fails(Runnable act) {
            long from = System.nanoTime();
            assertThatExceptionOfType(FilesUnavailable.class)
                    .isThrownBy(act::run)
                    .withMessageContaining("/away/")
                    .withMessageNotContaining(S3Mock.SECRET);
            TimeLimit.assertKept(Duration.ofSeconds(10), Duration.ofNanos(System.nanoTime() - from));
        }
    }
}
