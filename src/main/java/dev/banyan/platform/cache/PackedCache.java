package dev.banyan.platform.cache;

import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps byte arrays that are alike while their owners' tickets are valid. Encoded by [DeltaCodec] relative to the
/// first one and kept in [LogCache], so that a million fit into memory (docs/decisions/0024).
///
/// A key is a text of two parts with a separator between them. The first part alone, at most eight ASCII characters,
/// says which entry it is; an entry is given out only if the second part is the same, too.
public final class PackedCache<O> {

    private static final long NO_KEY = 0;
    private static final int LONGEST_REST = 127;
    private static final int MILLIS = 1_000;
    /// The time of an entry in seconds, stored after the length of the rest of its key.
    private static final VarHandle SECOND = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final char separator;
    private final Tickets<O> tickets;
    /// The numbers of the tickets that are still valid.
    private final ConcurrentHashMap.KeySetView<Integer, Boolean> valid = ConcurrentHashMap.newKeySet();
    /// Made from the very first bytes.
    private final AtomicReference<Optional<DeltaCodec>> codec = new AtomicReference<>(Optional.empty());
    private final LogCache log;

    /// @param capacity in bytes
    public PackedCache(Database database, OtherNodes others, Clock clock, long capacity, char separator) {
        this.separator = separator;
        this.log = new LogCache(capacity);
        this.tickets = new Tickets<>(database, others, clock) {
            @Override
            void drawn(Ticket ticket) {
                valid.add(ticket.number());
            }

            @Override
            void torn(Ticket ticket) {
                valid.remove(ticket.number());
            }
        };
    }

    public Optional<byte[]> find(String key) {
        int end = key.indexOf(separator);
        long number = end < 0 ? NO_KEY : number(key, end);
        Optional<DeltaCodec> known = codec.get();
        if (number == NO_KEY || known.isEmpty()) {
            return Optional.empty();
        }
        return log.get(number)
                .filter(entry -> valid.contains(entry.mark()))
                .map(LogCache.Entry::bytes)
                .filter(kept -> isOf(kept, key, end + 1) && tickets.isYoung(MILLIS * (long) (int) SECOND.get(kept, 1)))
                .map(kept -> known.get().read(kept, 1 + Integer.BYTES + kept[0]));
    }

    private static boolean isOf(byte[] kept, String key, int from) {
        int length = kept[0];
        if (key.length() - from != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key.charAt(from + i) != kept[1 + Integer.BYTES + i]) {
                return false;
            }
        }
        return true;
    }

    /// Returns the number of the last change. To be taken before the database is read.
    public long changes() {
        return tickets.changes();
    }

    /// Keeps bytes if nothing has changed meanwhile.
    public void keep(String key, O owner, long changes, byte[] bytes) {
        int end = key.indexOf(separator);
        long number = number(key, end);
        byte[] rest = key.substring(end + 1).getBytes(StandardCharsets.US_ASCII);
        if (number == NO_KEY || rest.length > LONGEST_REST) {
            return;
        }
        DeltaCodec known = codec.updateAndGet(first -> first.isPresent() ? first : Optional.of(new DeltaCodec(bytes)))
                .orElseThrow();
        byte[] difference = known.write(bytes);
        int head = 1 + Integer.BYTES + rest.length;
        byte[] kept = Arrays.copyOf(new byte[] {(byte) rest.length}, head + difference.length);
        SECOND.set(kept, 1, (int) (tickets.now() / MILLIS));
        System.arraycopy(rest, 0, kept, 1 + Integer.BYTES, rest.length);
        System.arraycopy(difference, 0, kept, head, difference.length);
        log.put(number, tickets.ticket(owner).number(), kept, () -> tickets.changes() == changes);
    }

    /// Forgets one entry. To be called after the commit of its change.
    ///
    /// @param first the part of its key before the separator
    public void drop(String first) {
        tickets.changed();
        log.remove(number(first, first.length()));
    }

    /// Forgets everything of an owner. To be called after the commit of its change.
    public void tear(O owner) {
        tickets.tear(owner);
    }

    /// Packs a few characters into a number.
    private static long number(String text, int length) {
        if (length > Long.BYTES) {
            return NO_KEY;
        }
        long number = NO_KEY;
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter == 0 || letter > 0x7f) {
                return NO_KEY;
            }
            number = number << 8 | letter;
        }
        return number;
    }
}
