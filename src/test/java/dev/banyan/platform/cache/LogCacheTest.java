package dev.banyan.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class LogCacheTest {

    private static final LogCache.Condition ALWAYS = () -> true;

    private final LogCache entries = new LogCache(4 * 1_048_576);

    private void put(long key, String text) {
        entries.put(key, 7, bytes(text), ALWAYS);
    }

    private Optional<String> get(long key) {
        return entries.get(key).map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasPutIsFoundUntilItIsReplacedOrRemoved() {
        assertThat(get(1)).isEmpty();
        put(1, "one");
        put(2, "");
        assertThat(get(1)).contains("one");
        assertThat(get(2)).contains("");
        assertThat(entries.get(1).orElseThrow().mark()).isEqualTo(7);

        put(1, "another one");
        assertThat(get(1)).contains("another one");
        entries.remove(1);
        assertThat(get(1)).isEmpty();
        entries.remove(1);
        assertThat(get(2)).contains("");
    }

    @Test
    void whatMayNotBeKeptLeavesWhatIsThere() {
        put(1, "one");
        entries.put(1, 7, bytes("two"), () -> false);
        entries.put(2, 7, bytes("two"), () -> false);

        assertThat(get(1)).contains("one");
        assertThat(get(2)).isEmpty();
    }

    /// Compared with a map, with few keys, so that they are replaced and removed repeatedly.
    @Test
    void itHoldsWhatAMapHolds() {
        var map = new HashMap<Long, String>();
        var random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            long key = 1 + random.nextInt(2_000);
            if (random.nextInt(4) == 0) {
                entries.remove(key);
                map.remove(key);
            } else {
                String text = "x".repeat(random.nextInt(20)) + i;
                put(key, text);
                map.put(key, text);
            }
            long asked = 1 + random.nextInt(2_000);
            // Old entries may be evicted, but replaced values are never returned.
            Optional<String> found = get(asked);
            if (found.isPresent()) {
                assertThat(found).isEqualTo(Optional.ofNullable(map.get(asked)));
            }
        }
        map.keySet()
                .retainAll(map.keySet().stream()
                        .filter(key -> get(key).isPresent())
                        .toList());
        assertThat(map.size()).as("most are there").isGreaterThan(1_000);
    }

    @Test
    void itTakesNoMoreThanItMayAndForgetsTheOldestFirst() {
        long before = used();
        Map<Boolean, Long> found = new HashMap<>();
        for (long key = 1; key <= 200_000; key++) {
            put(key, "some eighty bytes that are kept for each of the workspaces of a server ".repeat(1) + key);
        }
        for (long key = 1; key <= 200_000; key++) {
            found.merge(get(key).isPresent(), 1L, Long::sum);
        }

        assertThat(get(200_000)).isPresent();
        assertThat(get(1)).isEmpty();
        assertThat(found.get(true))
                .as("at least half of the room holds entries")
                .isBetween(15_000L, 45_000L);
        assertThat(used() - before).isLessThan(12L * 1_048_576);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void withoutRoomNothingIsKept() {
        var none = new LogCache(0);
        none.put(1, 7, bytes("one"), ALWAYS);
        assertThat(none.get(1)).isEmpty();
    }
}
