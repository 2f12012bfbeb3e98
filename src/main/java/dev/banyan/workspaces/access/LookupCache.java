package dev.banyan.workspaces.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import jakarta.inject.Singleton;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Responses to lookups as bytes, until the workspace or its project changes. Encoded by [DeltaCodec] relative to the
/// first one and kept in [LogCache]: about 110 bytes per workspace, so that a million fit into memory (docs/decisions).
///
/// Changes are counted. A response is kept only if nothing has changed since before its data was read, so a stale one
/// is never served, even if it arrives here after the change.
@Singleton
public final class LookupCache {

    private static final int PROJECTS = 100_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    private static final Duration WHILE_AWAY = Duration.ofHours(1);
    private static final long NO_KEY = 0;
    private static final int LONGEST_PATHNAME = 127;
    /// The time of an entry in seconds, stored after the length of its pathname.
    private static final VarHandle SECOND = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// A version of a project's switches.
    ///
    /// @param number identifies it in entries
    private record Ticket(int number) {}

    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger tickets = new AtomicInteger();
    /// The versions that are still current.
    private final ConcurrentHashMap<Integer, Ticket> valid = new ConcurrentHashMap<>();

    private final Cache<ProjectId, Ticket> projects = Caffeine.newBuilder()
            .maximumSize(PROJECTS)
            .executor(Runnable::run)
            .removalListener((@Nullable ProjectId _, @Nullable Ticket ticket, RemovalCause _) -> {
                if (ticket != null) {
                    valid.remove(ticket.number());
                }
            })
            .build();
    /// The very first response.
    private final AtomicReference<Optional<DeltaCodec>> sample = new AtomicReference<>(Optional.empty());
    private final LogCache byShortId;
    private final Database database;
    private final boolean shared;
    private final Clock clock;

    public LookupCache(Database database, Settings settings, Clock clock) {
        this.clock = clock;
        this.database = database;
        this.shared = database.isShared();
        this.byShortId = new LogCache(settings.lookupCacheMegabytes() * 1_048_576L);
    }

    Optional<byte[]> find(String shortPath) {
        int hyphen = shortPath.indexOf('-');
        long key = hyphen < 0 ? NO_KEY : key(shortPath, hyphen);
        Optional<DeltaCodec> ofSample = sample.get();
        if (key == NO_KEY || ofSample.isEmpty()) {
            return Optional.empty();
        }
        return byShortId
                .get(key)
                .filter(entry -> valid.containsKey(entry.mark()))
                .map(LogCache.Entry::bytes)
                .filter(kept -> isOf(kept, shortPath, hyphen + 1) && isYoung(kept))
                .map(kept -> ofSample.get().read(kept, 1 + Integer.BYTES + kept[0]));
    }

    private static boolean isOf(byte[] kept, String shortPath, int from) {
        int length = kept[0];
        if (shortPath.length() - from != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (shortPath.charAt(from + i) != kept[1 + Integer.BYTES + i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether an entry is young enough. If other nodes write too, entries expire about as soon as people expect to see
    /// a change; while the database is away, they last longer.
    private boolean isYoung(byte[] kept) {
        if (!shared) {
            return true;
        }
        int age = now() - (int) SECOND.get(kept, 1);
        return age < WHERE_OTHERS_WRITE.toSeconds() || age < WHILE_AWAY.toSeconds() && database.isAway();
    }

    private int now() {
        return (int) clock.instant().getEpochSecond();
    }

    /// Returns the change count; call it before reading the database.
    long state() {
        return changes.get();
    }

    void keep(Workspace workspace, long stateBefore, byte[] bytes) {
        long key = key(workspace.shortId(), workspace.shortId().length());
        byte[] pathname = workspace.pathname().getBytes(StandardCharsets.US_ASCII);
        if (key == NO_KEY || pathname.length > LONGEST_PATHNAME) {
            return;
        }
        DeltaCodec ofSample = sample.updateAndGet(
                        first -> first.isPresent() ? first : Optional.of(new DeltaCodec(bytes)))
                .orElseThrow();
        byte[] difference = ofSample.write(bytes);
        int head = 1 + Integer.BYTES + pathname.length;
        byte[] kept = Arrays.copyOf(new byte[] {(byte) pathname.length}, head + difference.length);
        SECOND.set(kept, 1, shared ? now() : 0);
        System.arraycopy(pathname, 0, kept, 1 + Integer.BYTES, pathname.length);
        System.arraycopy(difference, 0, kept, head, difference.length);
        Ticket ticket = projects.get(workspace.project(), _ -> newTicket());
        byShortId.put(key, ticket.number(), kept, () -> changes.get() == stateBefore);
    }

    private Ticket newTicket() {
        var ticket = new Ticket(tickets.incrementAndGet());
        valid.put(ticket.number(), ticket);
        return ticket;
    }

    public void drop(String shortId) {
        changes.incrementAndGet();
        byShortId.remove(key(shortId, shortId.length()));
    }

    public void drop(ProjectId project) {
        changes.incrementAndGet();
        projects.invalidate(project);
    }

    /// Packs a short id into a number: it has few characters, only letters and digits.
    private static long key(String text, int length) {
        if (length > Long.BYTES) {
            return NO_KEY;
        }
        long key = NO_KEY;
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter == 0 || letter > 0x7f) {
                return NO_KEY;
            }
            key = key << 8 | letter;
        }
        return key;
    }
}
