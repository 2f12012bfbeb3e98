package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;

/// The part of a row that the chain protects (docs/decisions/0014): all but its details, which are represented by their
/// digest, so that they can be erased. The values are those of the columns, whatever they contain: a value written by
/// hand need not be an id.
///
/// @param occurredAt milliseconds since 1970
record AuditLink(
        String id,
        long occurredAt,
        Optional<String> identity,
        Optional<String> account,
        String action,
        String target,
        String detailsDigest,
        String ip) {

    /// The beginning of the hashed text; another layout would get another number.
    private static final String LAYOUT = "banyan-audit-1";

    /// Returns the predecessor of a chain's first row, which differs for each tenant: a row of one tenant fits into no
    /// other chain.
    static String beginningOf(AccountId tenant) {
        return Digests.sha256Hex(LAYOUT + "\n" + tenant);
    }

    /// Returns the SHA-256, in hexadecimal, of this row at its place.
    ///
    /// @param sequence 1, 2, 3 and so on in each chain
    String hash(String previous, long sequence) {
        var text = new StringBuilder(LAYOUT).append('\n');
        field(text, previous);
        field(text, Long.toString(sequence));
        field(text, id);
        field(text, Long.toString(occurredAt));
        field(text, identity);
        field(text, account);
        field(text, action);
        field(text, target);
        field(text, detailsDigest);
        field(text, ip);
        return Digests.sha256Hex(text.toString());
    }

    private static void field(StringBuilder text, Optional<String> value) {
        value.ifPresentOrElse(present -> field(text, present), () -> text.append("-\n"));
    }

    /// Appends a value after its length, so that no two rows have the same text.
    private static void field(StringBuilder text, String value) {
        text.append(value.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(value)
                .append('\n');
    }
}
