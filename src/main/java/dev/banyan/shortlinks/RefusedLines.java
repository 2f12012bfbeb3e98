package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.config.Settings;

/// The lines of a list that can't be imported, each after the reason, as a file: a list that can be corrected and
/// imported in its turn. There is no file without such a line.
final class RefusedLines implements AutoCloseable {

    /// The column of the reason. It comes first, because lines may be shorter than the list is wide.
    static final String WHY = "error";

    private final Settings settings;
    private Optional<Path> file = Optional.empty();
    private Optional<CsvFile> csv = Optional.empty();

    RefusedLines(Settings settings) {
        this.settings = settings;
    }

    void add(ShortLinkCsv.Line line, String why) {
        if (csv.isEmpty()) {
            csv = Optional.of(begun());
            write(WHY, line.typed().names());
        }
        write(why, line.typed().cells());
    }

    private CsvFile begun() {
        try {
            Path path = settings.temporaryFile("short-links-refused", ".csv");
            file = Optional.of(path);
            return new CsvFile(Files.newOutputStream(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String why, List<String> cells) {
        csv.orElseThrow().row(Stream.concat(Stream.of(why), cells.stream()).toList());
    }

    Optional<Path> file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        if (csv.isPresent()) {
            csv.get().close();
        }
    }
}
