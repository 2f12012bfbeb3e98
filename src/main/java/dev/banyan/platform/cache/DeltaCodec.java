package dev.banyan.platform.cache;

import module java.base;

/// Encodes bytes as their difference from a similar sample: equal parts are stored as position and length, others as
/// they are. Responses of one kind differ only in a few names and numbers and shrink to a fifth; decoding copies about
/// ten pieces.
final class DeltaCodec {

    /// Shorter matches cost as much as literal bytes.
    private static final int WORTH_NAMING = 4;

    private static final int SLOTS = 2_048;
    private static final int LONGEST_SAMPLE = 65_536;

    private final byte[] sample;
    /// Positions in the sample by the hash of the four bytes there, plus one; the first position of each.
    private final int[] places = new int[SLOTS];

    /// @param sample at most 64 KiB
    DeltaCodec(byte[] sample) {
        if (sample.length > LONGEST_SAMPLE) {
            throw new IllegalArgumentException("A sample of " + sample.length + " bytes");
        }
        this.sample = sample.clone();
        for (int place = sample.length - WORTH_NAMING; place >= 0; place--) {
            places[slot(sample, place)] = place + 1;
        }
    }

    private static int slot(byte[] bytes, int place) {
        int four = (bytes[place] & 0xff)
                | (bytes[place + 1] & 0xff) << 8
                | (bytes[place + 2] & 0xff) << 16
                | bytes[place + 3] << 24;
        return four * 0x9E3779B1 >>> 21;
    }

    /// Alternates: number of literal bytes, these bytes, length of the match in the sample, its position.
    byte[] write(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 4 + 16);
        number(out, bytes.length);
        int done = 0;
        int next = 0;
        int afterLast = 0;
        while (next < bytes.length) {
            // The next match often starts where the last one ended, or a little later.
            int from = afterLast + next - done;
            int alike = alike(bytes, next, from);
            if (next + WORTH_NAMING <= bytes.length) {
                int other = places[slot(bytes, next)] - 1;
                int alikeThere = other < 0 ? 0 : alike(bytes, next, other);
                if (alikeThere > alike) {
                    alike = alikeThere;
                    from = other;
                }
            }
            if (alike < WORTH_NAMING) {
                next++;
                continue;
            }
            number(out, next - done);
            out.write(bytes, done, next - done);
            number(out, alike);
            number(out, from);
            next += alike;
            done = next;
            afterLast = from + alike;
        }
        if (done < bytes.length) {
            number(out, bytes.length - done);
            out.write(bytes, done, bytes.length - done);
        }
        return out.toByteArray();
    }

    private int alike(byte[] bytes, int at, int inSample) {
        if (inSample >= sample.length) {
            return 0;
        }
        int mismatch = Arrays.mismatch(bytes, at, bytes.length, sample, inSample, sample.length);
        return mismatch < 0 ? bytes.length - at : mismatch;
    }

    /// @param at where the encoded bytes start in `packed`
    byte[] read(byte[] packed, int at) {
        var in = new Reader(packed, at);
        byte[] bytes = new byte[in.number()];
        int done = 0;
        while (done < bytes.length) {
            int literal = in.number();
            System.arraycopy(packed, in.at, bytes, done, literal);
            in.at += literal;
            done += literal;
            if (done < bytes.length) {
                int alike = in.number();
                System.arraycopy(sample, in.number(), bytes, done, alike);
                done += alike;
            }
        }
        return bytes;
    }

    /// Writes seven bits per byte, the lowest first.
    private static void number(ByteArrayOutputStream out, int number) {
        int rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write(rest | 0x80);
        }
        out.write(rest);
    }

    private static final class Reader {

        private final byte[] bytes;
        private int at;

        private Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        private int number() {
            int number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                number |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
