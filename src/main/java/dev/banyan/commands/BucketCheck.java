package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.config.S3Bucket;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.platform.files.StoredFile;

/// Whether files can be written to the bucket, read and deleted, if there is one. The file that tries it is deleted.
final class BucketCheck {

    private static final byte[] CONTENT = "Banyan checks this bucket.".getBytes(StandardCharsets.UTF_8);

    private BucketCheck() {}

    static List<Finding> of(Settings settings) {
        return settings.files()
                .map(bucket -> List.of(tried(bucket, FileStore.of(settings))))
                .orElse(List.of());
    }

    private static Finding tried(S3Bucket bucket, FileStore files) {
        String probe = ".probe-" + UUID.randomUUID();
        try {
            files.put(probe, StoredFile.of(CONTENT));
            boolean isSame = files.find(probe)
                    .map(StoredFile::bytes)
                    .filter(read -> Arrays.equals(read, CONTENT))
                    .isPresent();
            files.remove(probe);
            if (isSame && files.find(probe).isEmpty()) {
                return Finding.good("Files can be written to the bucket " + bucket + ", read and deleted");
            }
            return Finding.problem("The bucket " + bucket
                    + " doesn't return what was written to it, or keeps what was deleted; check its storage");
        } catch (FilesUnavailable away) {
            return Finding.problem(away.getMessage()
                    + "; check BANYAN_FILES_URL, BANYAN_FILES_KEY and BANYAN_FILES_SECRET, and that the bucket exists");
        }
    }
}
