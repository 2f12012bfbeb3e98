package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.ListWords;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;
import dev.banyan.shortlinks.ListColumns.Meaning;

/// Reads and writes lists of short links as CSV. An export can be imported elsewhere; it doesn't include passwords,
/// rules and variants. Lists that other programs export are read as well ([ListColumns]).
final class ShortLinkCsv {

    private static final List<ShortLinkField<?>> FIELDS = ShortLinkChange.FIELDS.stream()
            .filter(field -> !field.names().column().isEmpty())
            .toList();
    private static final int SLUG = 2;
    static final List<String> NAMES = withSlug("slug", field -> field.names().column());
    private static final List<String> TOLD = List.of("clicks", "created", "password");
    static final List<String> NAMES_AND_TOLD =
            Stream.concat(NAMES.stream(), TOLD.stream()).toList();

    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_TAG = 30;
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern HOST = Pattern.compile(
            "^(?:[A-Za-z][A-Za-z0-9+.-]*://[^/]*|(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}[\\p{L}\\p{N}-]+(?::[0-9]+)?(?=/))");
    private static final String OURS = "l/";
    /// How programs write an empty cell.
    private static final Set<String> NOTHING =
            Set.of("-", "–", "—", "null", "none", "nil", "nan", "nat", "n/a", "never", "\\n");
    /// How they write that a link has no end.
    private static final Set<String> NO_END = ListWords.of("no expiry, no expiration, does not expire, doesn’t expire,"
            + " never expires, no limit, unlimited, forever, permanent, not set, unbegrenzt, kein Ablauf, nie, jamais,"
            + " illimité, nunca, ilimitado, mai, nooit, onbeperkt, никогда");
    /// How they write in a column of states that a link leads nowhere any more, beside what means no.
    private static final Set<String> OVER = ListWords.of("expired, ended, deleted, removed, trashed, banned, blocked,"
            + " suspended, stopped, abgelaufen, beendet, gelöscht, gesperrt, expiré, terminé, supprimé, bloqué, caducado,"
            + " vencido, terminado, eliminado, bloqueado, expirado, encerrado, excluído, scaduto, terminato, eliminato,"
            + " bloccato, verlopen, verwijderd, wygasł, usunięty, истёк, истекла, удалена, منتهي, محذوف");
    private static final Set<ShortLinkField<?>> READ_BY_MEANING =
            Set.of(ShortLinkChange.TARGET, ShortLinkChange.TITLE, ShortLinkChange.TAGS);

    private static final Set<ShortLinkField<?>> TIMES = Set.of(ShortLinkChange.STARTS_AT, ShortLinkChange.ENDS_AT);
    private static final List<ShortLinkField<Boolean>> FLAGS =
            List.of(ShortLinkChange.ACTIVE, ShortLinkChange.FORWARD_QUERY);
    /// Texts may be `none`, such as a UTM medium.
    private static final Set<ShortLinkField<?>> MAY_SAY_NOTHING = Stream.<Collection<? extends ShortLinkField<?>>>of(
                    TIMES, FLAGS, Set.of(ShortLinkChange.CLICK_LIMIT))
            .flatMap(Collection::stream)
            .collect(Collectors.toSet());

    private ShortLinkCsv() {}

    /// One line of a list.
    ///
    /// @param problem why no short link can be made of it, apart from the rules for short links
    record Line(
            CsvText.Line typed,
            Optional<String> slug,
            Changes<ShortLink> patch,
            Optional<String> problem,
            Optional<LeftOut> leftOut) {

        long row() {
            return typed.number();
        }
    }

    /// A cell that is left out, and why.
    record LeftOut(String column, String text) {}

    /// Reads a list line by line.
    ///
    /// @param zone of times without an offset
    /// @param header takes the columns, before all lines
    /// @return why the list can't be used; empty if it can
    static Optional<String> read(CsvText text, String zone, Consumer<ListColumns> header, Consumer<Line> each) {
        var columns = new AtomicReference<>(ListColumns.of(NAMES));
        var count = new AtomicInteger();
        return text.table(
                        "The list isn’t valid CSV",
                        names -> {
                            ListColumns named = ListColumns.of(names);
                            if (!named.has(Meaning.TARGET)) {
                                return Optional.of("The first line must name the columns, including target. Columns: "
                                        + String.join(", ", NAMES)
                                        + ". Exports of Bitly, Dub, Kutt, Shlink and YOURLS can be used as they are");
                            }
                            columns.set(named);
                            header.accept(named);
                            return Optional.empty();
                        },
                        line -> {
                            if (count.incrementAndGet() > ShortLinkImports.MOST_LINES) {
                                return Optional.of("The list has more than 100,000 lines");
                            }
                            each.accept(line(line, columns.get(), zone));
                            return Optional.empty();
                        })
                .or(() -> count.get() == 0 ? Optional.of("The list is empty") : Optional.empty());
    }

    private static Line line(CsvText.Line typed, ListColumns columns, String zone) {
        ZoneId at = ZonedTimes.zone(zone);
        Changes<ShortLink> patch = Changes.<ShortLink>none()
                .with(
                        ShortLinkChange.TARGET,
                        WebAddresses.withScheme(unbroken(columns.get(Meaning.TARGET, typed::get))));
        for (ShortLinkField<?> field : FIELDS) {
            String cell = cell(field, columns, typed, at);
            boolean isRead = READ_BY_MEANING.contains(field) || cell.isEmpty();
            patch = isRead ? patch : field.typed(patch, cell);
        }
        patch = patch.withIf(
                        ShortLinkChange.FALLBACK,
                        cell(columns, Meaning.FALLBACK, typed).map(WebAddresses::withScheme))
                .withIf(ShortLinkChange.CLICK_LIMIT, limit(columns, typed))
                .withIf(ShortLinkChange.FORWARD_QUERY, ListWords.yesOrNo(columns.get(Meaning.FORWARDS, typed::get)))
                .withIf(ShortLinkChange.STARTS_AT, time(columns, Meaning.STARTS, typed, at))
                .withIf(ShortLinkChange.ENDS_AT, time(columns, Meaning.ENDS, typed, at));
        boolean isTimed = patch.get(ShortLinkChange.STARTS_AT).isPresent()
                || patch.get(ShortLinkChange.ENDS_AT).isPresent();
        String title = columns.get(Meaning.TITLE, typed::get);
        List<String> tags = tags(columns, typed);
        Optional<String> clicks = cell(columns, Meaning.CLICKS, typed);
        Optional<String> created = cell(columns, Meaning.CREATED, typed);
        // Without its password it would be open to everyone.
        boolean isLocked = says(Meaning.LOCKED, columns, typed);
        Optional<Instant> createdAt = created.flatMap(cell -> ZonedTimes.ofList(cell, at, false));
        Optional<String> slug = slug(columns, typed);
        return new Line(
                typed,
                slug,
                patch.withIf(ShortLinkChange.TITLE, filled(columns.own() ? title : shortened(title)))
                        .withIf(ShortLinkChange.TAGS, Optional.of(tags).filter(all -> !all.isEmpty()))
                        .withIf(ShortLinkChange.ZONE, filled(zone).filter(_ -> isTimed))
                        .withIf(ShortLinkChange.CLICKS, clicks.flatMap(ShortLinkField::whole))
                        .withIf(ShortLinkChange.CREATED, createdAt)
                        .withIf(
                                ShortLinkChange.ACTIVE,
                                Optional.of(false).filter(_ -> isLocked || isOff(columns, typed))),
                slug.filter(kept -> kept.contains("/"))
                        .map(kept -> "“" + Text.shortened(kept, LONGEST_SHOWN)
                                + "” has a slash, which short links here can’t have. Use a hyphen instead.")
                        .or(() -> unclear(columns, typed))
                        .or(() -> ofTwoDays(columns, typed))
                        .or(() -> clicks.filter(
                                        cell -> ShortLinkField.whole(cell).isEmpty())
                                .map(_ -> "clicks: Enter a whole number, such as 1204.")),
                isLocked
                        ? Optional.of(leftOut(
                                columns.name(Meaning.LOCKED, typed::get),
                                ", so links that had one are turned off until you set another (line " + typed.number()
                                        + ")"))
                        : created.filter(_ -> createdAt.isEmpty())
                                .map(cell -> leftOut(
                                        columns.name(Meaning.CREATED, typed::get),
                                        ", where it isn’t a day that we can read (“"
                                                + Text.shortened(cell, LONGEST_SHOWN) + "” in line " + typed.number()
                                                + ")")));
    }

    private static LeftOut leftOut(String column, String why) {
        return new LeftOut(column, column + why);
    }

    /// Returns the cell of a field, numbers and times as the field reads them.
    private static String cell(ShortLinkField<?> field, ListColumns columns, CsvText.Line typed, ZoneId zone) {
        String cell = columns.get(field.names().column(), typed::get);
        if (MAY_SAY_NOTHING.contains(field) && isNothing(cell)) {
            return "";
        }
        return TIMES.contains(field)
                ? ZonedTimes.ofList(cell, zone, field == ShortLinkChange.ENDS_AT)
                        .map(Instant::toString)
                        .orElse(cell)
                : field == ShortLinkChange.CLICK_LIMIT
                        ? ShortLinkField.whole(cell).map(String::valueOf).orElse(cell)
                        : cell;
    }

    private static Optional<String> cell(ListColumns columns, Meaning meaning, CsvText.Line typed) {
        return filled(columns.get(meaning, typed::get)).filter(cell -> !isNothing(cell));
    }

    /// Browsers leave out breaks within an address, too.
    private static String unbroken(String address) {
        return address.replaceAll("\\s*[\\r\\n\\t]\\s*", "");
    }

    /// What can't be read as a number stays wrong, for the rule to refuse, as with [#time].
    private static Optional<Long> limit(ListColumns columns, CsvText.Line typed) {
        return end(columns, Meaning.LIMIT, typed)
                .map(cell -> ShortLinkField.whole(cell).orElse(-1L));
    }

    private static Optional<String> end(ListColumns columns, Meaning meaning, CsvText.Line typed) {
        return cell(columns, meaning, typed).filter(cell -> !NO_END.contains(ListWords.bare(cell)));
    }

    /// What can't be read as a time stays, for the rule to refuse: the link would never end.
    private static Optional<String> time(ListColumns columns, Meaning meaning, CsvText.Line typed, ZoneId zone) {
        return end(columns, meaning, typed)
                .map(cell -> ZonedTimes.ofList(cell, zone, meaning == Meaning.ENDS)
                        .map(Instant::toString)
                        .orElse(cell));
    }

    /// Returns whether the link was already off in the service that exported the list.
    private static boolean isOff(ListColumns columns, CsvText.Line typed) {
        String state = columns.get(Meaning.ENABLED, typed::get);
        return ListWords.yesOrNo(state).equals(Optional.of(false))
                || OVER.contains(ListWords.bare(state))
                || says(Meaning.DISABLED, columns, typed);
    }

    /// Returns whether a cell says yes, or anything else that isn't no, such as since when.
    private static boolean says(Meaning meaning, ListColumns columns, CsvText.Line typed) {
        return cell(columns, meaning, typed)
                .filter(cell -> ListWords.yesOrNo(cell).orElse(true))
                .isPresent();
    }

    /// Says which cell is neither yes nor no.
    private static Optional<String> unclear(ListColumns columns, CsvText.Line typed) {
        return FLAGS.stream()
                .map(field -> field.names().column())
                .filter(column -> {
                    String cell = columns.get(column, typed::get);
                    return !cell.isEmpty()
                            && !isNothing(cell)
                            && ListWords.yesOrNo(cell).isEmpty();
                })
                .findFirst()
                .map(column -> column + ": Enter yes or no.");
    }

    private static Optional<String> ofTwoDays(ListColumns columns, CsvText.Line typed) {
        return Stream.of("starts", "ends")
                .flatMap(column -> Stream.of(
                                columns.get(column, typed::get),
                                columns.get(column.equals("ends") ? Meaning.ENDS : Meaning.STARTS, typed::get))
                        .filter(ListTimes::isOfTwoDays)
                        .limit(1)
                        .map(cell -> column + ": “" + Text.shortened(cell, LONGEST_SHOWN)
                                + "” could be two days. Write the year first, such as 2026-12-01."))
                .findFirst();
    }

    private static boolean isNothing(String cell) {
        return cell.startsWith("0000-00-00") || NOTHING.contains(cell.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static Optional<String> slug(ListColumns columns, CsvText.Line typed) {
        String slug = columns.get(Meaning.SLUG, typed::get);
        String address = columns.get(Meaning.ADDRESS, typed::get);
        return filled(path(slug.isEmpty() ? address : slug));
    }

    /// Returns `x` of `https://bit.ly/x`, and of an address of ours; a text without a host as it is. A slash that is
    /// left is that of a folder.
    private static String path(String address) {
        String typed = address.split("[?#]", 2)[0];
        String path = HOST.matcher(typed).replaceFirst("").replaceAll("^/+|/+$", "");
        if (path.isEmpty()) {
            return address;
        }
        return path.startsWith(OURS) && path.indexOf('/', OURS.length()) < 0 ? path.substring(OURS.length()) : path;
    }

    /// Titles elsewhere are those of the pages, and may be long.
    private static String shortened(String title) {
        return Text.shortened(title.replaceAll("\\s+", " ").strip(), LONGEST_TITLE);
    }

    /// Tags elsewhere may have blanks, and more of them than here.
    private static List<String> tags(ListColumns columns, CsvText.Line typed) {
        String cell = columns.get(Meaning.TAGS, typed::get);
        if (columns.own()) {
            return cell.isEmpty() ? List.of() : List.of(cell.split("[\\s,]+"));
        }
        return Stream.of(cell.split("[,|;]"))
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{Ll}\\p{Lo}\\p{N}]+", "-"))
                .map(tag ->
                        tag.substring(0, Math.min(tag.length(), LONGEST_TAG)).replaceAll("^-|-$", ""))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .limit(ShortLinkChange.MOST_TAGS)
                .toList();
    }

    private static List<String> withSlug(String slug, Function<ShortLinkField<?>, String> of) {
        var cells = new ArrayList<String>(FIELDS.stream().map(of).toList());
        cells.add(SLUG, slug);
        return cells;
    }

    /// @param parts returns the part after the given one; an empty part ends the list
    static void write(Function<Optional<ShortLink>, List<ShortLink>> parts, OutputStream out) throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row(NAMES_AND_TOLD);
            List<ShortLink> part = parts.apply(Optional.empty());
            while (!part.isEmpty()) {
                part.forEach(link -> csv.row(record(link)));
                part = parts.apply(Optional.of(part.getLast()));
            }
        }
    }

    private static List<String> record(ShortLink link) {
        var told =
                Stream.of(Long.toString(link.clicks()), link.createdAt().toString(), link.hasPassword() ? "yes" : "");
        return Stream.concat(withSlug(link.slug(), field -> field.text(link)).stream(), told)
                .toList();
    }
}
