package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.config.S3Bucket;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Files in a bucket: the key is the bucket's prefix and the path. Works with every storage that knows the basic
/// requests of S3: no checksums of Amazon's own, no batches, and parts only for what is larger than a storage takes at
/// once.
public final class S3Files implements FileStore, AutoCloseable {

    private static final String TYPE = "application/octet-stream";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /// Names per answer to a list.
    private static final int PAGE = 1_000;
    /// Storages take at most 5 GB at once; a file that is larger than this is sent in parts of this size.
    private static final long PART = 1_000_000_000;
    private static final int MOST_PARTS = 10_000;
    /// A storage slower than this counts as one that doesn't answer.
    private static final long BYTES_PER_SECOND = 100_000;

    private static final int NOT_FOUND = 404;
    private static final Path ROOT = Path.of("/files");

    private final S3Bucket bucket;
    private final S3Client client;
    private final Duration patience;
    private final int page;
    private final long part;

    private S3Files(S3Bucket bucket, S3Client client, Duration patience, int page, long part) {
        this.bucket = bucket;
        this.client = client;
        this.patience = patience;
        this.page = page;
        this.part = part;
    }

    /// Nothing is asked of the storage until the first file is.
    public static S3Files of(S3Bucket bucket) {
        return of(bucket, ANSWER, PAGE);
    }

    /// @param patience for one call with its repetitions, apart from the bytes of a file, and between two bytes
    static S3Files of(S3Bucket bucket, Duration patience, int page) {
        return of(bucket, patience, page, PART);
    }

    /// @param part bytes that are sent at once; storages refuse less than 5 MiB
    static S3Files of(S3Bucket bucket, Duration patience, int page, long part) {
        return new S3Files(
                bucket,
                S3Client.builder()
                        .endpointOverride(bucket.endpoint())
                        .region(Region.of(bucket.region()))
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(bucket.key(), bucket.secret())))
                        .forcePathStyle(true)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(settings ->
                                settings.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                        .httpClientBuilder(UrlConnectionHttpClient.builder()
                                .connectionTimeout(CONNECT)
                                .socketTimeout(patience))
                        // Nothing but our settings counts, whatever Amazon's own tools are told on this machine.
                        .overrideConfiguration(settings -> settings.defaultProfileFile(
                                        ProfileFile.aggregator().build())
                                .apiCallTimeout(patience))
                        .build(),
                patience,
                page,
                part);
    }

    @Override
    public Optional<StoredFile> find(String path) {
        return key(path)
                .flatMap(key -> found("read", () -> {
                    long size = client.headObject(
                                    ask -> ask.bucket(bucket.name()).key(key))
                            .contentLength();
                    return new S3File(key, size);
                }));
    }

    @Override
    public void put(String path, StoredFile content) {
        String key = required(path);
        asked("write to", () -> {
            if (content.size() <= part) {
                return client.putObject(
                        ask -> ask.bucket(bucket.name())
                                .key(key)
                                .contentType(TYPE)
                                .contentLength(content.size())
                                .overrideConfiguration(patienceFor(content.size())),
                        RequestBody.fromContentProvider(content::open, content.size(), TYPE));
            }
            return putInParts(key, content);
        });
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> patienceFor(long size) {
        return settings -> settings.apiCallTimeout(patience.plusSeconds(size / BYTES_PER_SECOND));
    }

    private CompleteMultipartUploadResponse putInParts(String key, StoredFile content) {
        String upload = client.createMultipartUpload(
                        ask -> ask.bucket(bucket.name()).key(key).contentType(TYPE))
                .uploadId();
        try {
            List<CompletedPart> parts = putParts(key, upload, content);
            return client.completeMultipartUpload(ask -> ask.bucket(bucket.name())
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))
                    .overrideConfiguration(patienceFor(content.size()))); // some storages copy the parts now
        } catch (RuntimeException failure) {
            giveUp(key, upload, failure);
            throw failure;
        }
    }

    private List<CompletedPart> putParts(String key, String upload, StoredFile content) {
        long length = Math.max(part, content.size() / MOST_PARTS + 1);
        var parts = new ArrayList<CompletedPart>();
        for (long first = 0; first < content.size(); first += length) {
            long from = first;
            long size = Math.min(length, content.size() - first);
            int number = parts.size() + 1;
            String tag = client.uploadPart(
                            ask -> ask.bucket(bucket.name())
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .contentLength(size)
                                    .overrideConfiguration(patienceFor(size)),
                            RequestBody.fromContentProvider(() -> content.open(from, size), size, TYPE))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    /// Parts without an end are kept, and paid for, until they are given up.
    private void giveUp(String key, String upload, RuntimeException failure) {
        try {
            client.abortMultipartUpload(
                    ask -> ask.bucket(bucket.name()).key(key).uploadId(upload));
        } catch (SdkException another) {
            failure.addSuppressed(another);
        }
    }

    @Override
    public void place(Path from, String path) {
        put(path, StoredFile.of(from));
        try {
            Files.deleteIfExists(from);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean copy(String from, String to) {
        String target = required(to);
        return key(from)
                .flatMap(source -> found(
                        "write to",
                        () -> client.copyObject(ask -> ask.sourceBucket(bucket.name())
                                .sourceKey(source)
                                .destinationBucket(bucket.name())
                                .destinationKey(target))))
                .isPresent();
    }

    @Override
    public void remove(String path) {
        key(path).ifPresent(this::delete);
    }

    @Override
    public void removeAll(String path) {
        key(path).ifPresent(key -> {
            delete(key);
            keys(key + "/").forEach(this::delete);
        });
    }

    @Override
    public List<String> all() {
        return keys(bucket.prefix()).stream()
                .map(key -> key.substring(bucket.prefix().length()))
                .sorted()
                .toList();
    }

    private List<String> keys(String prefix) {
        return asked(
                "list",
                () -> client
                        .listObjectsV2Paginator(
                                ask -> ask.bucket(bucket.name()).prefix(prefix).maxKeys(page))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList());
    }

    private void delete(String key) {
        found(
                "write to",
                () -> client.deleteObject(ask -> ask.bucket(bucket.name()).key(key)));
    }

    /// Returns empty for a path that leads out of the store.
    private Optional<String> key(String path) {
        return FolderFiles.inside(ROOT, path).map(this::key);
    }

    private String required(String path) {
        return key(FolderFiles.required(ROOT, path));
    }

    private String key(Path inside) {
        return bucket.prefix() + ROOT.relativize(inside).toString().replace('\\', '/');
    }

    /// Asks the storage for something that may not exist.
    private <T> Optional<T> found(String act, Supplier<T> question) {
        return asked(act, () -> {
            try {
                return Optional.of(question.get());
            } catch (S3Exception failure) {
                if (failure.statusCode() == NOT_FOUND && !isBucketGone(failure)) {
                    return Optional.empty();
                }
                throw failure;
            }
        });
    }

    private static boolean isBucketGone(S3Exception failure) {
        return failure.awsErrorDetails() != null
                && "NoSuchBucket".equals(failure.awsErrorDetails().errorCode());
    }

    private <T> T asked(String act, Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException failure) {
            throw new FilesUnavailable("Can't " + act + " the bucket " + bucket + ": " + why(failure), failure);
        }
    }

    private static String why(SdkException failure) {
        if (failure instanceof S3Exception answered && answered.awsErrorDetails() != null) {
            return answered.statusCode() + " " + answered.awsErrorDetails().errorCode();
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it doesn't answer");
    }

    /// Ends its connections and threads; files that are being read end too.
    @Override
    public void close() {
        client.close();
    }

    /// A file in the bucket.
    private final class S3File implements StoredFile {

        private final String key;
        private final long size;

        private S3File(String key, long size) {
            this.key = key;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public InputStream open() {
            return open(GetObjectRequest.builder());
        }

        @Override
        public InputStream open(long first, long length) {
            return length == 0
                    ? InputStream.nullInputStream()
                    : open(GetObjectRequest.builder().range("bytes=" + first + "-" + (first + length - 1)));
        }

        private InputStream open(GetObjectRequest.Builder ask) {
            return asked(
                    "read",
                    () -> client.getObject(ask.bucket(bucket.name()).key(key).build()));
        }
    }
}
