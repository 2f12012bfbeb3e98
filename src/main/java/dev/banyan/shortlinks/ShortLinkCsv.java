package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.CsvText;

/// Reads and writes lists of short links as CSV. An export can be imported elsewhere; it doesn't include passwords,
/// rules and variants.
final class ShortLinkCsv {

    private static final List<ShortLinkField<?>> FIELDS = ShortLinkChange.FIELDS.stream()
            .filter(field -> !field.names().column().isEmpty())
            .toList();
    private static final int SLUG = 2;
    static final List<String> NAMES = withSlug("slug", field -> field.names().column());
    private static final List<String> TOLD = List.of("clicks", "created");

    private ShortLinkCsv() {}

    /// One line of a list.
    record Line(long row, Optional<String> slug, Changes<ShortLink> patch) {}

    /// The result of reading a list.
    sealed interface Parsed {

        record Lines(List<Line> lines) implements Parsed {}

        record Broken(String why) implements Parsed {}
    }

    static Parsed read(String typed) {
        var lines = new ArrayList<Line>();
        Optional<String> broken = CsvText.of(typed).table("The list isn’t valid CSV", ShortLinkCsv::wrong, line -> {
            if (lines.size() == ShortLinks.MOST_IN_A_FILE) {
                return Optional.of("The list has more than 1,000 lines");
            }
            lines.add(line(line));
            return Optional.empty();
        });
        return broken.or(() -> lines.isEmpty() ? Optional.of("The list is empty") : Optional.empty())
                .<Parsed>map(Parsed.Broken::new)
                .orElseGet(() -> new Parsed.Lines(lines));
    }

    private static Optional<String> wrong(List<String> names) {
        Optional<String> unknown = names.stream()
                .filter(name -> !NAMES.contains(name) && !TOLD.contains(name))
                .findFirst();
        return unknown.isPresent() || !names.contains("target")
                ? Optional.of("The first line must name the columns, including target. Columns: "
                        + String.join(", ", NAMES)
                        + unknown.map(name -> ". Unknown column: “" + name + "”")
                                .orElse(""))
                : Optional.empty();
    }

    private static Line line(CsvText.Line typed) {
        Changes<ShortLink> patch = Changes.none();
        for (ShortLinkField<?> field : FIELDS) {
            String cell = typed.get(field.names().column());
            patch = cell.isEmpty() && field != ShortLinkChange.TARGET ? patch : field.typed(patch, cell);
        }
        Optional<String> slug = Optional.of(typed.get("slug")).filter(text -> !text.isEmpty());
        return new Line(typed.number(), slug.map(ShortSlugs::lower), patch);
    }

    private static List<String> withSlug(String slug, Function<ShortLinkField<?>, String> of) {
        var cells = new ArrayList<String>(FIELDS.stream().map(of).toList());
        cells.add(SLUG, slug);
        return cells;
    }

    /// @param parts returns the part after the given one; an empty part ends the list
    static void write(Function<Optional<ShortLink>, List<ShortLink>> parts, OutputStream out) throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row(Stream.concat(NAMES.stream(), TOLD.stream()).toList());
            List<ShortLink> part = parts.apply(Optional.empty());
            while (!part.isEmpty()) {
                part.forEach(link -> csv.row(record(link)));
                part = parts.apply(Optional.of(part.getLast()));
            }
        }
    }

    private static List<String> record(ShortLink link) {
        var told = Stream.of(Long.toString(link.clicks()), link.createdAt().toString());
        return Stream.concat(withSlug(link.slug(), field -> field.text(link)).stream(), told)
                .toList();
    }
}
