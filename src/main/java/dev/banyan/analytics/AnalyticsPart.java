package dev.banyan.analytics;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.exports.AccountPart;
import dev.banyan.accounts.exports.ExportFolder;
import dev.banyan.accounts.exports.ImportFolder;
import dev.banyan.accounts.exports.ImportedIds;
import dev.banyan.analytics.VisitCopyStore.Row;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.UnusableArchive;
import jakarta.inject.Singleton;

/// The visits of an account in an archive: `analytics/days.csv`, a row for each day of all pages, each page, all short
/// links and each of them, the newest first; and `analytics/totals.json`, which also count days that are deleted.
@Singleton
record AnalyticsPart(Clock clock) implements AccountPart {

    static final String DAYS = "analytics/days.csv";
    static final String TOTALS = "analytics/totals.json";
    private static final int AT_ONCE = 500;
    private static final int INSERTED_AT_ONCE = 50;
    private static final int MOST_ROWS = 200_000;
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;
    private static final int LONGEST_PARTS = 100_000;
    private static final long MOST = 1_000_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

    private static final List<String> COLUMNS = List.of(
            "subject",
            "id",
            "date",
            "page_views",
            "unique_visitors",
            "link_clicks",
            "unlocks",
            "short_link_redirects",
            "bots",
            "parts");

    @Override
    public int order() {
        return 30;
    }

    @Override
    public void write(Tx tx, Owner owner, ExportFolder to) {
        var store = new VisitCopyStore(tx);
        to.entry(DAYS, out -> {
            try (CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                csv.writeRecord(COLUMNS);
                Optional<Row> after = Optional.empty();
                List<Row> some;
                do {
                    some = store.list(owner, after, AT_ONCE);
                    some.forEach(row -> csv.writeRecord(cells(row)));
                    to.count("days", some.size());
                    after = some.isEmpty() ? Optional.empty() : Optional.of(some.getLast());
                } while (some.size() == AT_ONCE);
            }
        });
        to.json(TOTALS, new VisitStore(tx).total(owner));
    }

    private static List<String> cells(Row row) {
        Subject subject = row.subject();
        String kind = subject.equals(Subject.PAGES)
                ? "pages"
                : subject.equals(Subject.SHORT_LINKS) ? "short links" : subject.isShortLink() ? "short link" : "page";
        VisitCounts counts = row.counts();
        return List.of(
                kind,
                kind.endsWith("s") ? "" : subject.id(),
                LocalDate.ofEpochDay(row.day()).toString(),
                Long.toString(counts.views()),
                Long.toString(counts.visitors()),
                Long.toString(counts.clicks()),
                Long.toString(counts.unlocks()),
                Long.toString(counts.redirects()),
                Long.toString(counts.bots()),
                row.parts());
    }

    /// A row with its page or short link in the archive.
    ///
    /// @param kind as in the file
    private record Read(String kind, String id, int day, VisitCounts counts, String parts) {}

    @Override
    public Prepared prepare(Owner to, ImportFolder from) throws UnusableArchive {
        var rows = new ArrayList<Read>();
        boolean[] cut = {false};
        from.read(DAYS, content -> {
            try (CsvReader<NamedCsvRecord> csv =
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(content, StandardCharsets.UTF_8))) {
                long characters = 0;
                for (NamedCsvRecord record : csv) {
                    Read row = read(record);
                    characters += row.parts().length();
                    if (rows.size() == MOST_ROWS || characters > MOST_CHARACTERS) {
                        cut[0] = true;
                        break;
                    }
                    rows.add(row);
                }
            } catch (CsvParseException | IllegalArgumentException | java.util.NoSuchElementException _) {
                throw new UnusableArchive(DAYS + " is damaged");
            }
        });
        var seen = new HashSet<String>();
        for (Read row : rows) {
            if (!seen.add(row.kind() + "\n" + row.id() + "\n" + row.day())) {
                throw new UnusableArchive(DAYS + " has a day twice");
            }
        }
        return new Ready(to, List.copyOf(rows), totals(from.json(TOTALS)), cut[0]);
    }

    private static Optional<VisitCounts> totals(JsonNode totals) {
        return totals.isObject()
                ? Optional.of(new VisitCounts(
                        count(totals.path("views").asLong(0)),
                        count(totals.path("clicks").asLong(0)),
                        count(totals.path("unlocks").asLong(0)),
                        count(totals.path("redirects").asLong(0)),
                        count(totals.path("bots").asLong(0)),
                        count(totals.path("visitors").asLong(0))))
                : Optional.empty();
    }

    private static long count(long count) {
        return Math.clamp(count, 0L, MOST);
    }

    private Read read(NamedCsvRecord record) throws UnusableArchive {
        try {
            LocalDate date = LocalDate.parse(record.getField("date"));
            String kind = record.getField("subject");
            String parts = record.getField("parts");
            if (date.isBefore(FIRST)
                    || date.isAfter(
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1))
                    || !List.of("pages", "page", "short links", "short link").contains(kind)
                    || parts.length() > LONGEST_PARTS
                    || !areCounts(parts)) {
                throw new UnusableArchive(DAYS + " is damaged");
            }
            return new Read(
                    kind,
                    record.getField("id"),
                    (int) date.toEpochDay(),
                    new VisitCounts(
                            number(record, "page_views"),
                            number(record, "link_clicks"),
                            number(record, "unlocks"),
                            number(record, "short_link_redirects"),
                            number(record, "bots"),
                            number(record, "unique_visitors")),
                    Breakdown.parse(parts).text());
        } catch (DateTimeException | IllegalStateException _) {
            throw new UnusableArchive(DAYS + " is damaged");
        }
    }

    /// Returns whether a text has the form `{"d":{"Phone":5}}`, or is empty.
    private static boolean areCounts(String parts) {
        if (parts.isEmpty()) {
            return true;
        }
        try {
            JsonNode dimensions = JSON.readTree(parts);
            return dimensions.isObject()
                    && dimensions.properties().stream()
                            .allMatch(dimension -> dimension.getValue().isObject()
                                    && dimension.getValue().properties().stream()
                                            .allMatch(value -> value.getValue().canConvertToLong()
                                                    && value.getValue().isIntegralNumber()));
        } catch (JsonProcessingException _) {
            return false;
        }
    }

    private static long number(NamedCsvRecord record, String column) {
        return count(Long.parseLong(record.getField(column)));
    }

    /// Visits have no files.
    private record Ready(Owner to, List<Read> rows, Optional<VisitCounts> totals, boolean cut) implements Prepared {

        @Override
        public Taken take(Tx tx, Actor actor, Account account, ImportedIds ids) {
            var store = new VisitCopyStore(tx);
            var kept = new ArrayList<Row>();
            rows.forEach(row -> subject(row, ids)
                    .ifPresent(subject -> kept.add(new Row(subject, row.day(), row.counts(), row.parts()))));
            for (int from = 0; from < kept.size(); from += INSERTED_AT_ONCE) {
                List<Row> some = kept.subList(from, Math.min(kept.size(), from + INSERTED_AT_ONCE));
                store.add(to, store.withParts(to, some));
            }
            var days = new TreeMap<Integer, VisitCounts>();
            for (Row row : kept) {
                if (row.subject().equals(Subject.PAGES)) {
                    days.merge(row.day(), row.counts(), VisitCounts::plus);
                } else if (row.subject().equals(Subject.SHORT_LINKS)) {
                    days.merge(row.day(), row.counts().ofShortLinks(), VisitCounts::plus);
                }
            }
            VisitCounts sum =
                    totals.orElseGet(() -> days.values().stream().reduce(VisitCounts.NOTHING, VisitCounts::plus));
            if (!sum.isNothing() || !days.isEmpty()) {
                new VisitStore(tx).addToAccount(to, sum, days.isEmpty() ? 0 : days.lastKey());
            }
            var totalsOfTenant = new TenantVisitStore.Totals();
            totalsOfTenant.add(to.tenant(), days);
            new TenantVisitStore(tx).add(totalsOfTenant);
            return new Taken(
                    Map.of("days", (long) kept.size()),
                    List.of(),
                    cut
                            ? List.of("Older analytics were left out, because there are more than an import takes.")
                            : List.of());
        }

        /// @return empty if the page or the short link was left out
        private static Optional<Subject> subject(Read row, ImportedIds ids) {
            return switch (row.kind()) {
                case "pages" -> Optional.of(Subject.PAGES);
                case "short links" -> Optional.of(Subject.SHORT_LINKS);
                case "page" -> ids.find("page", row.id()).map(Subject::page);
                default -> ids.find("short link", row.id()).map(Subject::shortLink);
            };
        }
    }
}
