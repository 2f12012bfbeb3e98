package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Who may send, when servers are paused between any two steps, killed, cut off from the database, and come back: never
/// two at once, and in the end always one. Time and the database are modelled; what a server believes to have is the
/// real [OwnAccounts].
class HandOverModelTest {

    private static final AccountId ACCOUNT = new AccountId(new UUID(7, 1));
    private static final int SERVERS = 3;
    private static final long STEP_MILLIS = 100;
    private static final long GONE_MILLIS = Nodes.GONE_AFTER.toMillis();
    private static final long SETTLES_MILLIS = 3_000;

    /// What all servers share.
    private static final class World {

        private final Map<Integer, Long> seenAt = new HashMap<>();
        private final Server[] servers = new Server[SERVERS];
        private Optional<Integer> holder = Optional.empty();
        private long now = 1_000_000;

        private World() {
            for (int i = 0; i < SERVERS; i++) {
                servers[i] = new Server(this, i);
            }
        }

        private boolean isSeen(int server) {
            return now - seenAt.getOrDefault(server, Long.MIN_VALUE / 2) <= GONE_MILLIS;
        }

        private boolean isFree() {
            return holder.filter(this::isSeen).isEmpty();
        }
    }

    /// A server does one small step at a time: it may be paused, or killed, before each.
    private static final class Server {

        private final World world;
        private int id;
        private OwnAccounts own;
        private final Deque<Runnable> heart = new ArrayDeque<>();
        private final Deque<Runnable> steps = new ArrayDeque<>();
        private boolean runs = true;
        private boolean works = true;
        private boolean reachesDatabase = true;
        private long lastBeat = Long.MIN_VALUE / 2;
        private long cutOffs;
        private long cutOffAt;

        private Server(World world, int id) {
            this.world = world;
            this.id = id;
            this.own = memory();
        }

        private OwnAccounts memory() {
            return new OwnAccounts(this::isSettled, () -> cutOffs);
        }

        private boolean isAlive() {
            return world.now - lastBeat < GONE_MILLIS;
        }

        private boolean isSettled() {
            return isAlive() && (cutOffs == 0 || world.now - cutOffAt > SETTLES_MILLIS);
        }

        private boolean maySend() {
            return own.has(ACCOUNT);
        }

        private void kill() {
            heart.clear();
            steps.clear();
            own = memory();
            lastBeat = Long.MIN_VALUE / 2;
            cutOffs = 0;
            id += SERVERS; // each run of a server has an id of its own; others wait until the former is gone
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
            long at = world.now;
            heart.add(() -> {
                if (!isAlive()) {
                    cutOffs++;
                    cutOffAt = at;
                }
            });
            heart.add(() -> {
                if (reachesDatabase) {
                    world.seenAt.put(id, world.now);
                    heart.addFirst(() -> lastBeat = at);
                }
            });
        }

        /// The tick and the look of [LiveAccounts].
        private void tick() {
            steps.add(() -> {
                if (!own.isInTouch()) {
                    own.lose();
                }
            });
            steps.add(() -> {
                if (own.isInTouch() && reachesDatabase && (world.isFree() || world.holder.equals(Optional.of(id)))) {
                    world.holder = Optional.of(id);
                    steps.addFirst(() -> own.arrived(ACCOUNT));
                    // Between the transaction and this the server may be paused for as long as it likes.
                    steps.addFirst(() -> own.remember(() -> List.of(ACCOUNT), _ -> {}));
                }
            });
        }

        /// Gives the account to the next one, as a server with too many does.
        private void give() {
            if (runs && reachesDatabase && own.isHere(ACCOUNT) && own.leaves(ACCOUNT)) {
                // Not between reading what is its own and remembering it: there is a lock.
                steps.add(() -> own.give(ACCOUNT, () -> {
                    if (reachesDatabase && world.holder.equals(Optional.of(id))) {
                        world.holder = Optional.empty();
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
                case 13, 14, 15 -> server.give();
                case 16, 17, 18 -> world.now += GONE_MILLIS - STEP_MILLIS;
                case 19, 20 -> world.now += GONE_MILLIS + STEP_MILLIS;
                case 21, 22, 23, 24 -> pass(world, 45);
                case 25, 26, 27 -> server.works = false;
                case 28, 29 -> server.works = true;
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
        assertThat(Arrays.stream(world.servers).filter(server -> server.own.isHere(ACCOUNT)))
                .as("one has it in the end")
                .hasSize(1);
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
        assertThat(Arrays.stream(world.servers).filter(Server::maySend))
                .as("who may send after %s", after)
                .hasSizeLessThanOrEqualTo(1);
    }
}
