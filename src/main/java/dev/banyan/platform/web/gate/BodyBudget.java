package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.config.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The memory that the bodies of all requests take together, and the disk that uploads take: each request counts from
/// its first byte until its answer is sent (docs/decisions/0072).
///
/// A quarter of the memory belongs to short bodies, so that long ones leave room for them. Only callers who are
/// known send long ones, each at most a quarter of the rest. Where short bodies fill their part, the largest that
/// are still on their way and nobody's are cut: a request of the usual size arrives at once, and is never among
/// them.
public final class BodyBudget {

    /// The longest body that a stranger may send.
    static final int SHORT = 64 * 1_024;

    private static final int PARTS = 4;
    /// The longest that is read into memory: the webhook of a gateway. One of them always fits.
    private static final long LARGEST = 4L << 20;
    /// What uploads leave of the disk to the database.
    private static final long DISK_RESERVE = 256L << 20;

    /// Why a body is not read.
    enum Refusal {
        /// The caller, or what the address names, is not known.
        STRANGER,
        TOO_LARGE,
        /// Bodies, or uploads, take all that they may.
        FULL,
        /// The disk is nearly full.
        DISK
    }

    private final long shortMost;
    private final long longMost;
    private final long longPerOwner;
    private final long uploadsMost;
    private final long uploadsPerOwner;
    private final long fieldsMost;
    private final LongSupplier usableDisk;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    private final Set<Body> open = new HashSet<>();
    private final Map<String, Long> longOf = new HashMap<>();
    private final Map<String, Long> uploadsOf = new HashMap<>();
    private long shortHeld;
    private long longHeld;
    private long uploads;

    BodyBudget(Settings settings, MeterRegistry registry, LongSupplier usableDisk) {
        long memory = settings.edge().bodyBytes();
        this.shortMost = memory / PARTS;
        this.longMost = memory - shortMost;
        this.longPerOwner = Math.min(longMost, Math.max(longMost / PARTS, LARGEST));
        this.uploadsMost = settings.edge().uploadsBytes();
        this.uploadsPerOwner = Math.max(uploadsMost / PARTS, settings.uploadBytes());
        this.fieldsMost = settings.maxBodyBytes() + (long) SHORT;
        this.usableDisk = usableDisk;
        for (Refusal why : Refusal.values()) {
            refused.put(
                    why,
                    Counter.builder("banyan.bodies.refused")
                            .description("Request bodies that were not read to their end")
                            .tag("reason", why.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("banyan.bodies.bytes", this, BodyBudget::memory)
                .description("Memory that request bodies take")
                .register(registry);
        Gauge.builder("banyan.uploads.bytes", this, BodyBudget::disk)
                .description("Disk that uploads in progress may take")
                .register(registry);
    }

    /// Made here, because the disk differs in tests.
    @Singleton
    static final class Maker {

        @Produces
        @Singleton
        BodyBudget budget(Settings settings, MeterRegistry registry) {
            return new BodyBudget(settings, registry, () -> usable(settings));
        }

        private static long usable(Settings settings) {
            try {
                return Files.getFileStore(settings.data()).getUsableSpace();
            } catch (IOException _) {
                return Long.MAX_VALUE; // a disk that says nothing is not what fills it
            }
        }
    }

    /// Counts bytes that have arrived.
    ///
    /// @return null if there is room for them
    @Nullable
    Refusal take(Body body, int bytes) {
        return counted(take0(body, bytes));
    }

    private synchronized @Nullable Refusal take0(Body body, int bytes) {
        if (body.isOver || bytes == 0) {
            return null;
        }
        body.arrived += bytes;
        if (body.arrived > body.most) {
            return Refusal.TOO_LARGE;
        }
        long held = Math.min(body.arrived, body.heldAtMost);
        long more = held - body.held;
        boolean becomesLong = body.owner != null && held > SHORT;
        if (becomesLong && !hasRoomForLong(body, body.isLong() ? more : held)) {
            return Refusal.FULL;
        }
        if (!becomesLong && shortHeld + more > shortMost) {
            cutLargest(more);
            if (body.isOver || shortHeld + more > shortMost) {
                return Refusal.FULL;
            }
        }
        open.add(body);
        hold(body, held);
        return null;
    }

    private boolean hasRoomForLong(Body body, long more) {
        return longHeld + more <= longMost && longOf.getOrDefault(body.owner, 0L) + more <= longPerOwner;
    }

    /// Moves what a body holds, and between the parts if it has become long or has got an owner.
    private void hold(Body body, long held) {
        add(body, -body.held);
        body.held = held;
        add(body, held);
    }

    private void add(Body body, long bytes) {
        if (body.isLong()) {
            longHeld += bytes;
            count(longOf, body.owner, bytes);
        } else {
            shortHeld += bytes;
        }
    }

    private static void count(Map<String, Long> byOwner, @Nullable String owner, long bytes) {
        if (owner != null && bytes != 0) {
            byOwner.merge(owner, bytes, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    /// Makes room among the short ones: more than is needed, so that this is not done for each packet.
    private void cutLargest(long needed) {
        long goal = shortMost - shortMost / PARTS - needed;
        List<Body> strangers = open.stream()
                .filter(body -> body.owner == null && !body.isComplete)
                .sorted(Comparator.comparingLong((Body body) -> body.held).reversed())
                .toList();
        for (Body largest : strangers) {
            if (shortHeld <= goal) {
                return;
            }
            end(largest);
            largest.cut.run();
        }
    }

    /// Lets a body become long.
    ///
    /// @param owner who answers for it
    /// @param most bytes that may come
    /// @param declared bytes that will come; -1 if that is unknown
    /// @return null if it may come
    @Nullable
    Refusal admit(Body body, String owner, long most, long declared) {
        return counted(admit0(body, owner, most, declared));
    }

    private synchronized @Nullable Refusal admit0(Body body, String owner, long most, long declared) {
        if (body.isOver) {
            return null;
        }
        add(body, -body.held);
        body.owner = owner;
        body.most = most;
        add(body, body.held);
        if (body.arrived > most) {
            return Refusal.TOO_LARGE;
        }
        long toCome = Math.max(0, Math.min(declared, body.heldAtMost) - body.held);
        return body.held + toCome <= SHORT || hasRoomForLong(body, toCome) ? null : Refusal.FULL;
    }

    /// Lets a form with files come, whose files go to the disk.
    ///
    /// @return as [#admit]
    @Nullable
    Refusal admitUpload(Body body, String owner, long most, long declared) {
        Refusal refusal;
        synchronized (this) {
            refusal = upload(body, owner, declared < 0 ? most : declared);
        }
        return refusal == null ? admit(body, owner, most, declared) : counted(refusal);
    }

    private @Nullable Refusal upload(Body body, String owner, long bytes) {
        if (uploads + bytes > uploadsMost || uploadsOf.getOrDefault(owner, 0L) + bytes > uploadsPerOwner) {
            return Refusal.FULL;
        }
        if (usableDisk.getAsLong() - uploads - bytes < DISK_RESERVE) {
            return Refusal.DISK;
        }
        if (!body.isOver) {
            open.add(body);
            body.heldAtMost = fieldsMost;
            body.reserved = bytes;
            uploads += bytes;
            count(uploadsOf, owner, bytes);
        }
        return null;
    }

    /// A stranger's body without a length: nothing beyond a short one will be taken.
    synchronized boolean keepShort(Body body) {
        body.most = SHORT;
        return body.arrived <= SHORT;
    }

    /// Counts a body that is refused elsewhere.
    void refuse(Refusal why) {
        counted(why);
    }

    private @Nullable Refusal counted(@Nullable Refusal why) {
        if (why != null) {
            Objects.requireNonNull(refused.get(why)).increment();
        }
        return why;
    }

    /// Nothing more comes.
    synchronized void complete(Body body) {
        body.isComplete = true;
    }

    /// The answer has been sent, or never will be.
    synchronized void end(Body body) {
        if (body.isOver) {
            return;
        }
        open.remove(body);
        hold(body, 0);
        uploads -= body.reserved;
        count(uploadsOf, body.owner, -body.reserved);
        body.isOver = true;
    }

    /// What a form with files keeps in memory at most.
    long fieldsMost() {
        return fieldsMost;
    }

    synchronized long memory() {
        return shortHeld + longHeld;
    }

    synchronized long disk() {
        return uploads;
    }
}
