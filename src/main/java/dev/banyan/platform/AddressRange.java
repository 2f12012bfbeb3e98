package dev.banyan.platform;

import module java.base;

/// A range of addresses that begin with the same bits: `10.1.0.0/16`, or a single one.
///
/// @param bits how many of its leading bits count
public record AddressRange(InetAddress first, int bits) {

    /// Parses a range; empty for text that is neither an address nor a range.
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean whole = address.contains(":")
                || address.chars().filter(point -> point == '.').count() == 3;
        if (!whole) {
            return Optional.empty(); // `10.1` would be 10.0.0.1
        }
        try {
            InetAddress first = InetAddress.ofLiteral(address);
            int all = first.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > all ? Optional.empty() : Optional.of(new AddressRange(first, bits));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((own[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
