package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.platform.files.UploadedZip;

/// Reads an uploaded archive and trusts nothing in it: entries are found by the names that the manifest must list, are
/// never written under their own names, and are measured while they are unpacked.
final class ImportArchive implements AutoCloseable {

    private static final int MOST_ENTRIES = 100_000;
    private static final long LARGEST_ENTRY = 512L * 1024 * 1024;
    /// All entries together. What a brand may store is far less.
    private static final long LARGEST = 2L * 1024 * 1024 * 1024;
    private static final long LARGEST_ELEMENT = 4L * 1024 * 1024;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,4}");
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    /// Without the limit, a document of nothing but brackets would fill the memory.
    private static final long MOST_TOKENS = 1_000_000;
    private static final int MOST_TOKENS_OF_ELEMENT = 20_000;

    private static final ObjectMapper JSON = json(MOST_TOKENS);
    private static final ObjectMapper ARRAYS = json(Long.MAX_VALUE);

    private static ObjectMapper json(long mostTokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(20)
                                .maxStringLength(200_000)
                                .maxTokenCount(mostTokens)
                                .build())
                        .build())
                .addModule(new Jdk8Module())
                .build();
    }

    /// Receives an element of an array.
    interface Elements {
        void take(JsonNode element) throws UnusableArchive;
    }

    private final UploadedZip zip;
    private final ArchiveManifest manifest;
    private final Map<String, ArchiveManifest.Entry> entries;

    private ImportArchive(UploadedZip zip, ArchiveManifest manifest, Map<String, ArchiveManifest.Entry> entries) {
        this.zip = zip;
        this.manifest = manifest;
        this.entries = entries;
    }

    static ImportArchive open(Path archive) throws UnusableArchive, IOException {
        return UploadedZip.open(archive, zip -> {
            ArchiveManifest manifest = manifest(zip);
            var file = new ImportArchive(zip, manifest, listed(manifest));
            file.check();
            return file;
        });
    }

    private static ArchiveManifest manifest(UploadedZip zip) throws UnusableArchive, IOException {
        byte[] bytes = zip.manifest(ArchiveManifest.ENTRY)
                .orElseThrow(() -> new UnusableArchive("It is not an export of a brand: its manifest is missing"));
        try {
            // Read as a tree first, because a document of another kind has none of the fields.
            JsonNode tree = JSON.readTree(bytes);
            if (!ArchiveManifest.KIND.equals(tree.path("kind").asText(""))) {
                throw new UnusableArchive("It is not an export of a brand");
            }
            if (tree.path("format").asInt(0) != ArchiveManifest.FORMAT) {
                throw new UnusableArchive("Its format is " + tree.path("format").asInt(0)
                        + ", and this server supports " + ArchiveManifest.FORMAT);
            }
            return JSON.treeToValue(tree, ArchiveManifest.class);
        } catch (JacksonException _) {
            throw new UnusableArchive("Its manifest is damaged");
        }
    }

    private static Map<String, ArchiveManifest.Entry> listed(ArchiveManifest manifest) throws UnusableArchive {
        if (manifest.entries().size() > MOST_ENTRIES) {
            throw new UnusableArchive("It has more than 100,000 files");
        }
        var entries = new HashMap<String, ArchiveManifest.Entry>();
        long left = LARGEST;
        for (ArchiveManifest.Entry entry : manifest.entries()) {
            if (!NAME.matcher(entry.name()).matches() || entries.put(entry.name(), entry) != null) {
                throw new UnusableArchive("It contains a file with an invalid name");
            }
            if (entry.size() < 0 || entry.size() > LARGEST_ENTRY) {
                throw new UnusableArchive(entry.name() + " is too large");
            }
            left -= entry.size();
        }
        if (left < 0) {
            throw new UnusableArchive("It is larger than 2 GB unpacked");
        }
        for (ArchiveManifest.Content account : manifest.accounts()) {
            if (!FOLDER.matcher(account.folder()).matches()) {
                throw new UnusableArchive("It contains a folder with an invalid name");
            }
        }
        return Map.copyOf(entries);
    }

    ArchiveManifest manifest() {
        return manifest;
    }

    /// Checks before anything is read into memory or onto the disk that every entry is present and unchanged.
    private void check() throws UnusableArchive, IOException {
        for (ArchiveManifest.Entry entry : manifest.entries()) {
            zip.check(entry.name(), entry.sha256(), entry.size(), OutputStream.nullOutputStream());
        }
    }

    Optional<ArchiveManifest.Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    byte[] bytes(ArchiveManifest.Entry entry, long most) throws UnusableArchive, IOException {
        if (entry.size() > most) {
            throw new UnusableArchive(entry.name() + " is too large");
        }
        try (InputStream in = zip.entry(entry.name())) {
            return in.readNBytes((int) entry.size());
        }
    }

    void unpack(ArchiveManifest.Entry entry, Path to) throws UnusableArchive, IOException {
        zip.unpack(entry.name(), entry.size(), to);
    }

    JsonNode json(ArchiveManifest.Entry entry, long most) throws UnusableArchive, IOException {
        try {
            return JSON.readTree(bytes(entry, most));
        } catch (JacksonException _) {
            throw new UnusableArchive(entry.name() + " is damaged");
        }
    }

    /// Passes on the elements of an array in order, with one of them in memory.
    void elements(ArchiveManifest.Entry entry, long most, Elements elements) throws UnusableArchive, IOException {
        try (InputStream in = zip.entry(entry.name());
                JsonParser json = ARRAYS.createParser(in)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new UnusableArchive(entry.name() + " is damaged");
            }
            long count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (++count > most) {
                    throw new UnusableArchive(entry.name() + " has more than " + most + " elements");
                }
                elements.take(element(json, entry));
            }
        } catch (JacksonException _) {
            throw new UnusableArchive(entry.name() + " is damaged");
        }
    }

    /// Reads the object that begins here, as long as it has a bearable size.
    private static JsonNode element(JsonParser json, ArchiveManifest.Entry entry) throws UnusableArchive, IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new UnusableArchive(entry.name() + " is damaged");
        }
        long begin = json.currentLocation().getByteOffset();
        int depth = 0;
        int tokens = 0;
        try (var one = new TokenBuffer(json)) {
            do {
                JsonToken token = json.currentToken();
                if (token == null
                        || ++tokens > MOST_TOKENS_OF_ELEMENT
                        || json.currentLocation().getByteOffset() - begin > LARGEST_ELEMENT) {
                    throw new UnusableArchive(entry.name() + " is damaged");
                }
                one.copyCurrentEvent(json);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > 0) {
                    json.nextToken();
                }
            } while (depth > 0);
            return ARRAYS.readTree(one.asParser());
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
