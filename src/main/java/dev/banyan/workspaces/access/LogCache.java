package dev.banyan.workspaces.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Bytes under numbers, packed into a few large arrays: a million of them are no objects for the collector of garbage,
/// and cost little more than themselves. They are written one behind the other, first into a young array; when that is
/// full it becomes the old one, and what the old one held is forgotten. Safe for several threads.
final class LogCache {

    /// @param mark what the writer said about the entry
    record Entry(int mark, byte[] bytes) {}

    /// Threads wait for each other only where their keys are in the same part.
    private static final int PARTS = 64;

    private final Part[] parts = new Part[PARTS];

    /// @param capacity bytes for everything together, with what is needed to find it
    LogCache(long capacity) {
        int ofPart = (int) Math.min(capacity / PARTS, Integer.MAX_VALUE / 2);
        Arrays.setAll(parts, _ -> new Part(ofPart / 2));
    }

    Optional<Entry> get(long key) {
        return part(key).get(key);
    }

    /// Anything that stands in the way of keeping an entry is looked at while nobody can remove it.
    interface Condition {
        boolean holds();
    }

    /// In place of what was there before under the key.
    void put(long key, int mark, byte[] bytes, Condition condition) {
        part(key).put(key, mark, bytes, condition);
    }

    void remove(long key) {
        part(key).remove(key);
    }

    private Part part(long key) {
        return parts[(int) (mixed(key) >>> 58)];
    }

    private static long mixed(long key) {
        return key * 0x9E3779B97F4A7C15L;
    }

    private static final class Part {

        private final int ofGeneration;
        private Generation young = new Generation();
        private Generation old = new Generation();

        private Part(int ofGeneration) {
            this.ofGeneration = ofGeneration;
        }

        private synchronized Optional<Entry> get(long key) {
            return young.get(key).or(() -> old.get(key));
        }

        private synchronized void put(long key, int mark, byte[] bytes, Condition condition) {
            if (!condition.holds()) {
                return;
            }
            remove(key);
            if (young.sizeWith(bytes.length) > ofGeneration) {
                old = young;
                young = new Generation();
            }
            if (young.sizeWith(bytes.length) <= ofGeneration) {
                young.add(key, mark, bytes);
            }
        }

        private synchronized void remove(long key) {
            young.remove(key);
            old.remove(key);
        }
    }

    /// A log of entries (key, mark, length, bytes) and a table that knows where in it they are.
    private static final class Generation {

        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
        private static final int HEAD = Long.BYTES + Integer.BYTES + Integer.BYTES;
        /// In the place of the key of what was removed.
        private static final long NONE = 0;

        private byte[] log = new byte[256];
        private int end;
        /// Places in the log, plus one; at least half of them are free.
        private int[] table = new int[8];

        private int places;

        /// How many bytes there would be with one more.
        private int sizeWith(int bytes) {
            int room = Math.addExact(end, HEAD + bytes);
            int wanted = Integer.BYTES * (places + 1 > table.length / 2 ? table.length * 2 : table.length);
            return Math.max(room, log.length) + wanted;
        }

        private Optional<Entry> get(long key) {
            int place = find(key);
            if (place < 0) {
                return Optional.empty();
            }
            int length = (int) INT.get(log, place + Long.BYTES + Integer.BYTES);
            return Optional.of(new Entry(
                    (int) INT.get(log, place + Long.BYTES),
                    Arrays.copyOfRange(log, place + HEAD, place + HEAD + length)));
        }

        private void add(long key, int mark, byte[] bytes) {
            int needed = end + HEAD + bytes.length;
            if (needed > log.length) {
                log = Arrays.copyOf(log, Math.max(needed, log.length + log.length / 2));
            }
            if (++places > table.length / 2) {
                grow();
            }
            LONG.set(log, end, key);
            INT.set(log, end + Long.BYTES, mark);
            INT.set(log, end + Long.BYTES + Integer.BYTES, bytes.length);
            System.arraycopy(bytes, 0, log, end + HEAD, bytes.length);
            enter(key, end);
            end = needed;
        }

        private void remove(long key) {
            int place = find(key);
            if (place >= 0) {
                LONG.set(log, place, NONE); // its place in the table stays taken, so that others are found behind it
            }
        }

        private int find(long key) {
            for (int slot = slot(key); table[slot] != 0; slot = slot + 1 & table.length - 1) {
                int place = table[slot] - 1;
                if ((long) LONG.get(log, place) == key) {
                    return place;
                }
            }
            return -1;
        }

        private void enter(long key, int place) {
            int slot = slot(key);
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = place + 1;
        }

        private int slot(long key) {
            return (int) (mixed(key) >>> 26) & table.length - 1;
        }

        /// A larger table; what was removed is not entered again.
        private void grow() {
            int[] before = table;
            table = new int[before.length * 2];
            places = 1; // the one that is being added
            for (int entered : before) {
                if (entered != 0 && (long) LONG.get(log, entered - 1) != NONE) {
                    enter((long) LONG.get(log, entered - 1), entered - 1);
                    places++;
                }
            }
        }
    }
}
