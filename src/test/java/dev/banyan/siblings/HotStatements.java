package dev.banyan.siblings;

import module java.base;

/// The statements that nearly every request asks (`SqlCache`), as the contract tests made the stores write them, and
/// which of them a PostgreSQL that is sharded by tenant would have to send to every shard.
final class HotStatements {

    private static final Pattern TABLE =
            Pattern.compile("\\b(?:from|join) (\\w+)(?: as)?(?: (?!where|join|left|on|order|limit|for)(\\w+))?");
    private static final Pattern PLACED = Pattern.compile("(?m)^(?:reference|local) (\\w+):");

    private HotStatements() {}

    /// Returns each statement by its name, such as `PageStore.FIND`; empty if no test made the store write it.
    static Map<String, String> of(List<Class<?>> stores) {
        var all = new TreeMap<String, String>();
        for (Class<?> store : stores) {
            Arrays.stream(store.getDeclaredFields())
                    .filter(field -> field.getType().getSimpleName().equals("SqlCache"))
                    .forEach(field -> all.put(store.getSimpleName() + "." + field.getName(), text(field)));
        }
        return all;
    }

    private static String text(Field cached) {
        try {
            cached.setAccessible(true);
            Object cache = cached.get(null);
            Field known = cache.getClass().getDeclaredField("known");
            known.setAccessible(true);
            for (Object written : ((Map<?, ?>) known.get(cache)).values()) {
                Method text = written.getClass().getDeclaredMethod("text");
                text.setAccessible(true);
                return text.invoke(written).toString().replace("`", "");
            }
            return "";
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Returns whether a statement has a condition on the tenant for each table that would be distributed. Of one that
    /// wasn't written, it isn't known.
    static boolean namesTheTenant(String statement) {
        return !statement.isEmpty()
                && TABLE.matcher(statement)
                        .results()
                        .filter(table -> !Whole.TABLES.contains(table.group(1)))
                        .map(table -> Optional.ofNullable(table.group(2)).orElse(table.group(1)) + ".tenant_id")
                        .allMatch(column -> statement.contains(column + " =")
                                || statement.contains(column + " in ")
                                || statement.contains("= " + column));
    }

    /// Tables that `shards.txt` leaves whole.
    private static final class Whole {

        static final Set<String> TABLES = read();

        private static Set<String> read() {
            try {
                return PLACED.matcher(Files.readString(Path.of("src/test/resources/shards.txt")))
                        .results()
                        .map(line -> line.group(1))
                        .collect(Collectors.toUnmodifiableSet());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
