package dev.banyan.platform.secrets;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.DataFolder;

/// The keys that seal secrets: from the setting, else from `credentials.key` in the data folder, one in base64 per
/// line. The first one seals, all of them open: a new key goes above the old ones. The file is created when the first
/// secret is sealed, for its owner only.
final class CredentialsKeys {

    static final int KEY_BYTES = 32;
    private static final String FILE = DataFolder.CREDENTIALS_KEY;

    /// @param id the beginning of the key's digest
    record Key(String id, byte[] bytes) {

        static Optional<Key> parse(String line) {
            return Parse.of(line.strip(), Base64.getDecoder()::decode)
                    .filter(bytes -> bytes.length == KEY_BYTES)
                    .map(Key::of);
        }

        private static Key of(byte[] bytes) {
            return new Key(HexFormat.of().formatHex(Digests.sha256(bytes), 0, 4), bytes);
        }

        String line() {
            return Base64.getEncoder().encodeToString(bytes) + "\n";
        }
    }

    private final Path file;
    private final Optional<String> configured;
    private List<Key> keys = List.of();

    CredentialsKeys(Path data, Optional<String> configured) {
        this.file = data.resolve(FILE);
        this.configured = configured;
    }

    /// Returns the key that seals, creating one if there is none.
    synchronized Key newest() {
        if (keys.isEmpty()) {
            keys = read();
        }
        if (keys.isEmpty()) {
            keys = List.of(create());
        }
        return keys.getFirst();
    }

    /// Returns the ids of all keys that are available.
    synchronized Set<String> ids() {
        return read().stream().map(Key::id).collect(Collectors.toUnmodifiableSet());
    }

    /// Finds the key with this id. Reads the file again if the key is unknown, as it may have been restored.
    synchronized Optional<Key> find(String id) {
        return known(id).or(() -> {
            keys = read();
            return known(id);
        });
    }

    private Optional<Key> known(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private List<Key> read() {
        String text = configured.orElseGet(this::fileText);
        var read = new ArrayList<Key>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            read.add(Key.parse(line)
                    .orElseThrow(() ->
                            new IllegalStateException(file + " contains a line that is not a 32-byte key in base64")));
        }
        return List.copyOf(read);
    }

    private String fileText() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read", failure);
        }
    }

    /// Creates a key, complete and on disk before anything is sealed with it.
    private Key create() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Key key = Key.of(bytes);
        Path unfinished = file.resolveSibling("." + FILE + ".new");
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(key.line().getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.resolveSibling("."))) {
                folder.force(true);
            }
            return key;
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be written", failure);
        }
    }
}
