package dev.banyan.platform.cache;

import module java.base;

/// Keeps byte arrays that are alike while their owners' tickets are valid. Encoded by [DeltaCodec] relative to the
/// first one and kept in [LogCache], so that a million fit into memory (docs/decisions/0024).
///
/// A key is a text, or two with a separator between them. The first alone says which entry it is; an entry is given out
/// only if the second is the same, too.
public final class PackedCache<O> {

    /// An entry and whose it is.
    public record Found<O>(O owner, byte[] bytes) {}

    private static final int LONGEST_KEPT_KEY = 127;
    private static final int MILLIS = 1_000;
    /// The time of an entry in seconds, stored after the length of what is kept of its key.
    private static final VarHandle SECOND = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final char separator;
    private final NumberedTickets<O> tickets;
    /// Made from the very first bytes.
    private final AtomicReference<Optional<DeltaCodec>> codec = new AtomicReference<>(Optional.empty());
    private final LogCache log;

    /// @param capacity in bytes
    public PackedCache(NumberedTickets<O> tickets, long capacity, char separator) {
        this.separator = separator;
        this.tickets = tickets;
        this.log = new LogCache(capacity);
    }

    public Optional<Found<O>> find(String key) {
        Optional<DeltaCodec> known = codec.get();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        int end = end(key);
        long number = number(key, end);
        Optional<LogCache.Entry> entry = log.get(number);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        byte[] kept = entry.get().bytes();
        return isOf(kept, key, keptFrom(number, key, end)) && tickets.isYoung(MILLIS * (long) (int) SECOND.get(kept, 1))
                ? tickets.owner(entry.get().mark())
                        .map(owner -> new Found<>(owner, known.get().read(kept, 1 + Integer.BYTES + kept[0])))
                : Optional.empty();
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
        int end = end(key);
        long number = number(key, end);
        byte[] rest = key.substring(keptFrom(number, key, end)).getBytes(StandardCharsets.US_ASCII);
        if (rest.length > LONGEST_KEPT_KEY) {
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

    private int end(String key) {
        int at = key.indexOf(separator);
        return at < 0 ? key.length() : at;
    }

    /// Packs up to eight ASCII characters into a number that is positive and stands for nothing else. The number of any
    /// other text is negative and may be that of several.
    private static long number(String text, int length) {
        long packed = 0;
        long mixed = 0;
        boolean fits = length <= Long.BYTES;
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            fits &= letter > 0 && letter <= 0x7f;
            packed = packed << Byte.SIZE | letter;
            mixed = (mixed ^ letter) * 0x100000001B3L;
        }
        return fits && length > 0 ? packed : mixed | Long.MIN_VALUE;
    }

    /// Returns where the part of the key begins that its number does not stand for.
    private static int keptFrom(long number, String key, int end) {
        return number < 0 ? 0 : Math.min(end + 1, key.length());
    }
}
