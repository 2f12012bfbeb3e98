package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/// The folder of one account in an archive that is written.
public final class ExportFolder {

    /// How the archive's JSON looks: empty fields are left out.
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    /// Writes the bytes of an entry.
    public interface Fill {
        void to(OutputStream out) throws IOException;
    }

    private record Later(String name, Fill fill) {}

    private final ArchiveWriter archive;
    private final String folder;
    private final List<Later> later = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    ExportFolder(ArchiveWriter archive, String folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /// @param name within the folder, such as `pages.json`
    public void entry(String name, Fill fill) {
        archive.entry(folder + "/" + name, fill);
    }

    public void json(String name, Object document) {
        entry(name, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document)));
    }

    /// Writes an array of any length, an element per line.
    ///
    /// @param source passes on each element
    public void array(String name, Consumer<Consumer<Object>> source) {
        entry(name, out -> {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartArray();
                source.accept(one -> {
                    try {
                        json.writeRaw('\n');
                        JSON.writeValue(json, one);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
                json.writeRaw('\n');
                json.writeEndArray();
            }
        });
    }

    /// Writes an entry after the transaction, for content that is in files.
    public void later(String name, Fill fill) {
        later.add(new Later(name, fill));
    }

    /// @param what such as `links`
    public void count(String what, long count) {
        counts.merge(what, count, Long::sum);
    }

    void finish() {
        later.forEach(one -> entry(one.name(), one.fill()));
        later.clear();
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
