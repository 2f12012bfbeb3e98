package dev.banyan.analytics;

import module java.base;
import com.dynatrace.hash4j.distinctcount.UltraLogLog;

/// Counts unique visitors without a row for each: exactly up to a thousand, beyond that within about one percent
/// ([docs/decisions/0027](../../../../../../docs/decisions/0027-visits-are-counters-per-day.md)). Stores no hashes of
/// visitors, only what remains of hashes that were salted for one day.
///
/// @param text the stored value; empty for no visitors
record UniqueVisitors(String text, long count) {

    static final UniqueVisitors EMPTY = new UniqueVisitors("", 0);

    static final int EXACT = 1_000;
    /// 4,096 bytes; the error of an estimate is 1.2 %.
    private static final int PRECISION = 12;

    private static final String TOKENS = "t";
    private static final String REGISTERS = "u";

    /// Returns what the sketch keeps of a visitor.
    static int token(long hash) {
        return UltraLogLog.computeToken(hash);
    }

    UniqueVisitors with(Set<Integer> tokens) {
        if (text.startsWith(REGISTERS)) {
            var registers = UltraLogLog.wrap(bytes());
            tokens.forEach(registers::addToken);
            return of(registers);
        }
        var all = new HashSet<>(tokens);
        if (!text.isEmpty()) {
            var known = ByteBuffer.wrap(bytes());
            while (known.hasRemaining()) {
                all.add(known.getInt());
            }
        }
        if (all.size() > EXACT) {
            var registers = UltraLogLog.create(PRECISION);
            all.forEach(registers::addToken);
            return of(registers);
        }
        var bytes = ByteBuffer.allocate(all.size() * Integer.BYTES);
        all.forEach(bytes::putInt);
        return all.isEmpty() ? EMPTY : new UniqueVisitors(TOKENS + encoded(bytes.array()), all.size());
    }

    private static UniqueVisitors of(UltraLogLog registers) {
        return new UniqueVisitors(
                REGISTERS + encoded(registers.getState()), Math.round(registers.getDistinctCountEstimate()));
    }

    private byte[] bytes() {
        return Base64.getDecoder().decode(text.substring(1));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
