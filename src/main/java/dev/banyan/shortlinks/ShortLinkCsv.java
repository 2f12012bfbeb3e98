package dev.banyan.shortlinks;

import module java.base;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.banyan.platform.Changes;
import dev.banyan.platform.CsvText;
import dev.banyan.shortlinks.Routing.Utm;

/// Reads and writes lists of short links as CSV. An export can be imported elsewhere; it doesn't include passwords,
/// rules and variants.
final class ShortLinkCsv {

    static final List<String> NAMES = List.of(
            "target",
            "title",
            "slug",
            "tags",
            "active",
            "starts",
            "ends",
            "fallback",
            "click_limit",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "kind",
            "pool",
            "text");
    private static final List<String> TOLD = List.of("clicks", "created");

    /// Text that a spreadsheet would run as a formula; the full-width forms are used in East Asia. Leading apostrophes
    /// are included: one is added on export, and removed again on import.
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r\n＝＋－＠].*", Pattern.DOTALL);

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
        Function<String, String> field = name -> asTyped(typed.get(name));
        Function<String, Optional<String>> some =
                name -> Optional.of(field.apply(name)).filter(text -> !text.isEmpty());
        Changes<ShortLink> patch = Changes.<ShortLink>none()
                .with(ShortLinkChange.TARGET, field.apply("target"))
                .withIf(ShortLinkChange.KIND, some.apply("kind"))
                .withIf(ShortLinkChange.POOL, some.apply("pool"))
                .withIf(ShortLinkChange.TEXT, some.apply("text"))
                .withIf(ShortLinkChange.TITLE, some.apply("title"))
                .withIf(
                        ShortLinkChange.ACTIVE,
                        some.apply("active")
                                .map(text ->
                                        !List.of("no", "false", "0", "off").contains(text.toLowerCase(Locale.ROOT))))
                .withIf(
                        ShortLinkChange.TAGS,
                        some.apply("tags")
                                .map(text -> Stream.of(text.split("[\\s,]+")).toList()))
                .withIf(ShortLinkChange.STARTS_AT, some.apply("starts"))
                .withIf(ShortLinkChange.ENDS_AT, some.apply("ends"))
                .withIf(ShortLinkChange.FALLBACK, some.apply("fallback"))
                .withIf(
                        ShortLinkChange.CLICK_LIMIT,
                        some.apply("click_limit").map(text -> text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1L))
                .with(
                        ShortLinkChange.UTM,
                        new Utm(
                                field.apply("utm_source"),
                                field.apply("utm_medium"),
                                field.apply("utm_campaign"),
                                field.apply("utm_term"),
                                field.apply("utm_content")));
        return new Line(typed.number(), some.apply("slug").map(ShortSlugs::lower), patch);
    }

    /// @param parts returns the part after the given one; an empty part ends the list
    static void write(Function<Optional<ShortLink>, List<ShortLink>> parts, OutputStream out) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            csv.writeRecord(Stream.concat(NAMES.stream(), TOLD.stream()).toList());
            List<ShortLink> part = parts.apply(Optional.empty());
            while (!part.isEmpty()) {
                part.forEach(link -> csv.writeRecord(record(link)));
                part = parts.apply(Optional.of(part.getLast()));
            }
        }
    }

    private static List<String> record(ShortLink link) {
        Utm utm = link.routing().utm();
        Routing.Chat chat = link.routing().chat();
        return Stream.of(
                        link.target(),
                        link.title(),
                        link.slug(),
                        String.join(" ", link.tags()),
                        link.active() ? "yes" : "no",
                        link.startsAt().map(Instant::toString).orElse(""),
                        link.endsAt().map(Instant::toString).orElse(""),
                        link.fallback(),
                        link.clickLimit().map(String::valueOf).orElse(""),
                        utm.source(),
                        utm.medium(),
                        utm.campaign(),
                        utm.term(),
                        utm.content(),
                        chat.kind(),
                        chat.pool(),
                        chat.text(),
                        Long.toString(link.clicks()),
                        link.createdAt().toString())
                .map(ShortLinkCsv::harmless)
                .toList();
    }

    /// Adds an apostrophe, so that spreadsheets treat the cell as text.
    private static String harmless(String cell) {
        return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
    }

    private static String asTyped(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).matches()
                ? cell.substring(1).strip()
                : cell;
    }
}
