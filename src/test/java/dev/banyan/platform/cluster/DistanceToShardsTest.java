package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.Test;

/// How far the tables are from a PostgreSQL that is sharded by tenant, as Citus does it, read from the catalog. A new
/// table has the tenant in its primary key and in all its unique indexes and foreign keys, or is placed in
/// `shards.txt`.
class DistanceToShardsTest {

    private static final String TABLES = """
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')""";

    /// Tables, and a primary key or unique index of theirs without the tenant.
    private static final String INDEXES = """
            SELECT t.relname, i.relname FROM pg_index x
                JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique AND NOT EXISTS (
                SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'tenant_id'
                    AND a.attnum = ANY (x.indkey))""";

    /// Tables, what a foreign key of theirs leads to, and whether it leads from tenant to tenant.
    private static final String FOREIGN_KEYS = """
            SELECT t.relname, f.relname, EXISTS (
                SELECT 1 FROM unnest(k.conkey, k.confkey) AS pair (own, other)
                    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = pair.own AND a.attname = 'tenant_id'
                    JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = pair.other AND b.attname = 'tenant_id')
            FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
            WHERE t.relnamespace = 'public'::regnamespace AND k.contype = 'f'""";

    private record Key(String table, String to, boolean hasTenant) {}

    /// What `shards.txt` says of each table that it names, by kind.
    private final Map<String, Map<String, String>> placed = placed();

    private static Map<String, Map<String, String>> placed() {
        try (var lines = Files.lines(Path.of("src/test/resources/shards.txt"))) {
            return lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split("[: ]+", 3))
                    .collect(Collectors.groupingBy(
                            parts -> parts[0],
                            Collectors.toMap(parts -> parts[1], parts -> parts[2], (_, twice) -> twice, TreeMap::new)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, String> placed(String kind) {
        return placed.getOrDefault(kind, Map.of());
    }

    private Set<String> whole() {
        return Stream.of("reference", "local")
                .flatMap(kind -> placed(kind).keySet().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void everyTableIsPlaced() throws IOException {
        try (Database database = TestDatabases.POSTGRES.newCopy()) {
            List<String> tables = database.read(tx -> tx.sql().fetch(TABLES).getValues(0, String.class));
            List<Key> keys = database.read(tx -> tx.sql()
                    .fetch(FOREIGN_KEYS)
                    .map(row ->
                            new Key(row.get(0, String.class), row.get(1, String.class), row.get(2, Boolean.class))));
            var missing = new TreeMap<String, Set<String>>();
            database.read(tx -> tx.sql().fetch(INDEXES))
                    .forEach(row -> missing.computeIfAbsent(row.get(0, String.class), _ -> new TreeSet<>())
                            .add(row.get(1, String.class)));
            keys.stream()
                    .filter(key -> !placed("reference").containsKey(key.to()) && !key.hasTenant())
                    .forEach(key -> missing.computeIfAbsent(key.table(), _ -> new TreeSet<>())
                            .add("->" + key.to()));

            Set<String> whole = whole();
            assertThat(tables)
                    .as("tables that shards.txt names and that there are no more")
                    .containsAll(whole);
            missing.keySet().removeAll(whole);
            assertThat(missing)
                    .as("what lacks the tenant: put it into the keys, or place the table in shards.txt")
                    .isEqualTo(notYet());
            assertThat(keys)
                    .as("tables that are whole lead to whole ones only")
                    .filteredOn(key -> whole.contains(key.table()))
                    .allMatch(key -> whole.contains(key.to()));
            assertThatTheGuideSays(tables.size() - whole.size() - missing.size());
        }
    }

    private Map<String, Set<String>> notYet() {
        var known = new TreeMap<String, Set<String>>();
        placed("not-yet")
                .forEach((table, names) -> known.put(
                        table, new TreeSet<>(List.of(names.replace("!", "").split(", ")))));
        return known;
    }

    private void assertThatTheGuideSays(int distributed) throws IOException {
        String names = String.join(", ", placed("not-yet").values());
        long all = names.split(", ").length;
        long onPurpose = names.chars().filter(sign -> sign == '!').count();
        assertThat(Files.readString(Path.of("docs/growing.md")))
                .contains(
                        "| distributed | " + distributed + " |",
                        "| reference | " + placed("reference").size() + " |",
                        "| local | " + placed("local").size() + " |",
                        "| not yet | " + placed("not-yet").size() + " |",
                        all + " keys lack the tenant",
                        onPurpose + " of them on purpose");
    }
}
