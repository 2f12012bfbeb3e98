package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How servers share the numbers of one account: 100 pools of 100 numbers.
class PoolMovesTest {

    private static final int POOLS = 100;
    private static final int NUMBERS = 100;
    private static final int ALL = POOLS * NUMBERS;

    private final List<Map<LivePool, Integer>> servers = new ArrayList<>();
    /// The most numbers that left a server at once.
    private int most;

    @BeforeEach
    void oneServerHasThemAll() {
        var account = new AccountId(new UUID(1, 1));
        servers.add(IntStream.range(0, POOLS)
                .mapToObj(number -> new LivePool(account, "pool-" + number))
                .collect(Collectors.toMap(Function.identity(), _ -> NUMBERS, (one, _) -> one, LinkedHashMap::new)));
    }

    @Test
    void threeServersEndEvenAndAFourthGetsAQuarter() {
        start();
        start();
        share(_ -> true);
        assertThat(sizes()).allMatch(size -> Math.abs(size - ALL / 3) <= NUMBERS);
        List<Map<LivePool, Integer>> before =
                servers.stream().<Map<LivePool, Integer>>map(Map::copyOf).toList();

        start();
        share(_ -> true);

        assertThat(sizes()).allMatch(size -> Math.abs(size - ALL / 4) <= NUMBERS);
        assertThat(servers.getLast()).hasSize(POOLS / 4);
        for (int i = 0; i < before.size(); i++) {
            assertThat(before.get(i)).as("only what the fourth gets has moved").containsAllEntriesOf(servers.get(i));
        }
        assertThat(most).as("at once").isLessThanOrEqualTo(ALL / 50);
    }

    @Test
    void whatIsBusyStays() {
        start();

        share(pool -> !pool.pool().endsWith("7"));

        assertThat(sizes()).containsExactly(ALL / 2, ALL / 2);
        assertThat(servers.getFirst().keySet())
                .filteredOn(pool -> pool.pool().endsWith("7"))
                .hasSize(POOLS / 10);
    }

    @Test
    void aPoolThatIsLargerThanAShareIsNotSentToAndFro() {
        servers.getFirst().keySet().removeIf(pool -> !pool.pool().equals("pool-0"));
        start();

        share(_ -> true);

        assertThat(sizes()).containsExactly(NUMBERS, 0);
    }

    private void start() {
        servers.add(new LinkedHashMap<>());
    }

    private List<Integer> sizes() {
        return servers.stream().map(PoolMovesTest::size).toList();
    }

    private static int size(Map<LivePool, Integer> pools) {
        return pools.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void share(Predicate<LivePool> isFree) {
        boolean moves = true;
        for (int round = 0; moves && round < 2 * POOLS; round++) {
            moves = false;
            for (Map<LivePool, Integer> mine : servers) {
                moves |= give(mine, isFree);
            }
        }
        assertThat(moves).as("it goes on for ever").isFalse();
    }

    private boolean give(Map<LivePool, Integer> mine, Predicate<LivePool> isFree) {
        List<Map<LivePool, Integer>> others =
                servers.stream().filter(one -> one != mine).toList();
        Map<LivePool, Integer> least =
                others.stream().min(Comparator.comparing(PoolMovesTest::size)).orElseThrow();
        List<LivePool> going = PoolMoves.surplus(
                mine, others.stream().mapToInt(PoolMovesTest::size).sum(), size(least), others.size(), isFree);
        most = Math.max(most, going.stream().mapToInt(mine::get).sum());
        going.forEach(pool -> least.put(pool, Objects.requireNonNull(mine.remove(pool))));
        return !going.isEmpty();
    }
}
