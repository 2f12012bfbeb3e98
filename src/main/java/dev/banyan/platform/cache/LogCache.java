package dev.banyan.platform.cache;

import module java.base;

/// A cache of byte arrays by number, packed into a few large arrays: a million entries create no work for the garbage
/// collector and cost little more than their bytes. Entries are appended to a young array; when it is full it becomes
/// the old one, and the previous old array is dropped. Thread-safe.
final class LogCache {

    /// @param mark the writer's tag for the entry
    record Entry(int mark, byte[] bytes) {}

    /// The number of partitions; threads block each other only for keys in the same one.
    private static final int PARTS = 64;

    private final Part[] parts = new Part[PARTS];

    /// @param capacity bytes for all entries, including the tables to find them
    LogCache(long capacity) {
        int ofPart = (int) Math.min(capacity / PARTS, Integer.MAX_VALUE / 2);
        Arrays.setAll(parts, _ -> new Part(ofPart / 2));
    }

    Optional<Entry> get(long key) {
        return part(key).get(key);
    }

    /// Decides whether to keep an entry. Checked under the lock, so that the entry can't be removed meanwhile.
    interface Condition {
        boolean holds();
    }

    /// Stores an entry, replacing any earlier one with the same key.
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

    /// A log of entries (key, mark, length, bytes) and a hash table of their positions.
    private static final class Generation {

        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
        private static final int HEAD = Long.BYTES + Integer.BYTES + Integer.BYTES;
        /// The key of removed entries.
        private static final long NONE = 0;

        private byte[] log = new byte[256];
        private int end;
        /// Positions in the log plus one; at least half of the slots are free.
        private int[] table = new int[8];

        private int places;

        /// The size in bytes with one more entry.
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
                LONG.set(log, place, NONE); // its slot stays occupied, so that entries behind it are still found
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

        /// Grows the table; removed entries are not copied.
        private void grow() {
            int[] before = table;
            table = new int[before.length * 2];
            places = 1; // the entry being added
            for (int entered : before) {
                if (entered != 0 && (long) LONG.get(log, entered - 1) != NONE) {
                    enter((long) LONG.get(log, entered - 1), entered - 1);
                    places++;
                }
            }
        }
    }
}
