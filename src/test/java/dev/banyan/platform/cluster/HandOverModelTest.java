package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Who may send, and who has a number open that moves between two pools, when servers are paused between any two steps,
/// killed, cut off from the database, and come back: never two at once, and in the end always one. Time, the database,
/// and how a moved number is let go of are modelled; what a server believes is the real [Pulse] and [OwnPools].
class HandOverModelTest {

    private static final List<LivePool> POOLS = Stream.of("sales", "support")
            .map(name -> new LivePool(new AccountId(new UUID(7, 1)), name))
            .toList();
    private static final int SERVERS = 3;
    private static final long STEP_MILLIS = 100;
    private static final long GONE_MILLIS = Nodes.GONE_AFTER.toMillis();

    /// What all servers share.
    private static final class World {

        private final Map<Integer, Long> seenAt = new HashMap<>();
        private final Server[] servers = new Server[SERVERS];
        private final Map<LivePool, Integer> holders = new HashMap<>();
        /// The pool that the number is in.
        private LivePool pool = POOLS.getFirst();
        /// Which of its moves was not taken up yet; empty: none.
        private Optional<Integer> moved = Optional.empty();
        private int moves;
        private long now = 1_000_000;

        private World() {
            for (int i = 0; i < SERVERS; i++) {
                servers[i] = new Server(this, i);
            }
        }

        private boolean isSeen(int server) {
            return now - seenAt.getOrDefault(server, Long.MIN_VALUE / 2) <= GONE_MILLIS;
        }

        private boolean isFree(LivePool of) {
            return Optional.ofNullable(holders.get(of)).filter(this::isSeen).isEmpty();
        }

        private void move() {
            pool = POOLS.get(1 - POOLS.indexOf(pool));
            moved = Optional.of(++moves);
        }
    }

    /// A server does one small step at a time: it may be paused, or killed, before each.
    private static final class Server {

        private final World world;
        private int id;
        private Pulse pulse;
        private OwnPools own;
        private final Deque<Runnable> heart = new ArrayDeque<>();
        private final Deque<Runnable> steps = new ArrayDeque<>();
        private boolean runs = true;
        private boolean works = true;
        private boolean reachesDatabase = true;
        /// As which pool's it has the number open.
        private Optional<LivePool> open = Optional.empty();
        /// Whether it is between reading where the number is and opening it: it lets go of nothing meanwhile.
        private boolean opens;

        private Server(World world, int id) {
            this.world = world;
            this.id = id;
            start();
        }

        private void start() {
            pulse = new Pulse(() -> TimeUnit.MILLISECONDS.toNanos(world.now));
            own = new OwnPools(pulse::isSettled, pulse::cutOffs);
            world.seenAt.put(id, world.now);
        }

        private boolean maySend(LivePool pool) {
            return own.has(pool);
        }

        /// What a server had open that was paused or cut off doesn't count: it knows that by its clock.
        private boolean hasOpen() {
            return open.isPresent() && own.isInTouch();
        }

        private void kill() {
            heart.clear();
            steps.clear();
            open = Optional.empty();
            opens = false;
            id += SERVERS; // each run of a server has an id of its own; others wait until the former is gone
            start();
        }

        /// Does the next step of its heart, or of its work: they are threads of their own.
        private void step(boolean ofHeart) {
            if (!runs || !ofHeart && !works) {
                return;
            }
            Deque<Runnable> thread = ofHeart ? heart : steps;
            if (thread.isEmpty()) {
                begin(ofHeart);
            }
            thread.pop().run();
        }

        private void begin(boolean ofHeart) {
            if (ofHeart) {
                beat();
            } else {
                tick();
            }
        }

        /// The beat of [Nodes].
        private void beat() {
            long at = TimeUnit.MILLISECONDS.toNanos(world.now);
            heart.add(() -> {}); // the database may take its time until it writes it
            heart.add(() -> {
                if (reachesDatabase) {
                    world.seenAt.put(id, world.now);
                    heart.addFirst(() -> pulse.felt(at));
                }
            });
        }

        /// The tick and the look of [LivePools], and the look for moved numbers.
        private void tick() {
            steps.add(() -> {
                if (!own.isInTouch()) {
                    own.lose();
                    open = Optional.empty();
                }
            });
            POOLS.forEach(pool -> steps.add(() -> take(pool)));
            steps.add(this::takeUp);
        }

        private void take(LivePool pool) {
            if (own.isInTouch()
                    && reachesDatabase
                    && (world.isFree(pool) || Objects.equals(world.holders.get(pool), id))) {
                world.holders.put(pool, id);
                // Between the transaction and each of these the server may be paused for as long as it likes.
                first(() -> own.remember(() -> List.of(pool), _ -> {}), () -> {
                    if (own.arrived(pool)) {
                        first(() -> open(() -> world.pool.equals(pool) && world.moved.isEmpty(), pool));
                    }
                });
            }
        }

        private void first(Runnable... next) {
            List.of(next).reversed().forEach(steps::addFirst);
        }

        /// Reads whether the number is to be opened, looks whether its pool is here, and opens it.
        private void open(BooleanSupplier reading, LivePool pool) {
            if (!reachesDatabase) {
                first(() -> open(reading, pool));
                return;
            }
            opens = true;
            boolean found = reading.getAsBoolean();
            open = open.map(as -> found ? pool : as);
            first(
                    () -> {
                        if (!found || !own.isHere(pool)) {
                            opens = false;
                            steps.removeFirst();
                        }
                    },
                    () -> {
                        open = Optional.of(pool);
                        opens = false;
                    });
        }

        /// Opens a moved number of a pool of its own when no other server has it open.
        private void takeUp() {
            LivePool pool = world.pool;
            Optional<Integer> move = world.moved;
            if (move.isEmpty() || !reachesDatabase || !own.isHere(pool)) {
                return;
            }
            boolean isAnswered = open.isPresent()
                    || Arrays.stream(world.servers)
                            .filter(other -> other != this && world.isSeen(other.id))
                            .allMatch(Server::letsGo);
            if (isAnswered) {
                first(() -> open(
                        () -> {
                            boolean arrives = own.isHere(pool) && world.pool.equals(pool) && world.moved.equals(move);
                            world.moved = arrives ? Optional.empty() : world.moved;
                            return arrives;
                        },
                        pool));
            }
        }

        /// @return whether it answers
        private boolean letsGo() {
            if (!runs || !reachesDatabase || opens) {
                return false;
            }
            if (!own.isHere(world.pool)) {
                open = Optional.empty();
            }
            return true;
        }

        /// Gives a pool to the next one, as a server with too many numbers does.
        private void give(LivePool pool) {
            if (runs && !opens && reachesDatabase && own.isHere(pool) && own.leaves(pool)) {
                open = open.filter(as -> !as.equals(pool));
                // Not between reading what is its own and remembering it: there is a lock.
                steps.add(() -> own.give(pool, () -> {
                    if (reachesDatabase) {
                        world.holders.remove(pool, id);
                    }
                }));
            }
        }
    }

    @Property(tries = 1_000)
    void twoNeverSendAtOnceAndInTheEndOneDoes(
            @ForAll @Size(min = 50, max = 200) List<@IntRange(max = 99) Integer> happens,
            @ForAll @Size(200) List<@IntRange(max = SERVERS - 1) Integer> whom) {
        var world = new World();
        for (int i = 0; i < happens.size(); i++) {
            Server server = world.servers[whom.get(i)];
            switch (happens.get(i)) {
                case 0, 1, 2 -> server.runs = false;
                case 3, 4, 5, 6 -> server.runs = true;
                case 7, 8 -> server.reachesDatabase = false;
                case 9, 10, 11 -> server.reachesDatabase = true;
                case 12 -> server.kill();
                case 13, 14, 15 -> server.give(POOLS.get(i % POOLS.size()));
                case 16, 17, 18 -> world.now += GONE_MILLIS - STEP_MILLIS;
                case 19, 20 -> world.now += GONE_MILLIS + STEP_MILLIS;
                case 21, 22, 23, 24 -> pass(world, 45);
                case 25, 26, 27 -> server.works = false;
                case 28, 29 -> server.works = true;
                case 30, 31, 32 -> world.move();
                default -> server.step(happens.get(i) < 60);
            }
            world.now += STEP_MILLIS;
            assertNoTwoSend(world, happens.subList(0, i + 1));
        }
        for (Server server : world.servers) {
            server.runs = true;
            server.works = true;
            server.reachesDatabase = true;
        }
        pass(world, 400);
        for (LivePool pool : POOLS) {
            assertThat(Arrays.stream(world.servers).filter(server -> server.own.isHere(pool)))
                    .as("one has it in the end")
                    .hasSize(1);
        }
        assertOneHasTheNumberOpen(world);
    }

    private static void pass(World world, int steps) {
        for (int i = 0; i < steps; i++) {
            for (Server server : world.servers) {
                server.step(true);
                server.step(false);
            }
            world.now += STEP_MILLIS;
            assertNoTwoSend(world, List.of());
        }
    }

    private static void assertNoTwoSend(World world, List<Integer> after) {
        for (LivePool pool : POOLS) {
            assertThat(Arrays.stream(world.servers).filter(server -> server.maySend(pool)))
                    .as("who may send after %s", after)
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(Arrays.stream(world.servers).filter(Server::hasOpen))
                .as("who has the number open after %s", after)
                .hasSizeLessThanOrEqualTo(1);
    }

    @Example
    void whatOthersTookWhileABeatWasWrittenIsNotItsOwn() {
        var world = new World();
        Server slow = world.servers[0];
        Server other = world.servers[1];
        other.works = false;
        world.servers[2].runs = false;
        pass(world, 45);
        assertThat(POOLS).allMatch(slow::maySend);

        world.now += 1_000;
        slow.step(true);
        slow.runs = false;
        other.works = true;
        pass(world, 37);
        assertThat(POOLS).allMatch(other::maySend);

        slow.runs = true;
        slow.step(true);
        slow.step(true);
        assertNoTwoSend(world, List.of());
        pass(world, 100);
        assertThat(POOLS).allMatch(other::maySend);
    }

    @Example
    void whatItDidNotOpenWhileABeatWasWrittenIsOpenedAfterIt() {
        var world = new World();
        pass(world, 45);
        world.move();
        Server slow = Arrays.stream(world.servers)
                .filter(server -> server.own.isHere(world.pool))
                .findFirst()
                .orElseThrow();
        slow.heart.clear();
        slow.steps.clear();
        world.now += 1_000;
        slow.step(true);
        world.now += GONE_MILLIS - 1_000 - 4 * STEP_MILLIS;
        slow.takeUp();
        slow.step(false);
        assertThat(world.moved).as("taken up, and not opened yet").isEmpty();

        world.now += 5 * STEP_MILLIS;
        slow.step(false);
        slow.step(true);
        slow.step(true);
        pass(world, 400);
        assertOneHasTheNumberOpen(world);
    }

    private static void assertOneHasTheNumberOpen(World world) {
        assertThat(Arrays.stream(world.servers).filter(Server::hasOpen))
                .as("who has the number open in the end")
                .singleElement()
                .matches(server -> server.own.isHere(world.pool));
    }
}
