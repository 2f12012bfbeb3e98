package dev.banyan.platform.audit;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the chain holds fast of one row (docs/decisions/0014): all but its details, for which their digest stands, so
/// that they can be erased. The values are those of the columns, whatever they hold: what somebody wrote there by hand
/// need not be an id.
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

    /// Begins the text that is hashed; another layout of it would get another number.
    private static final String LAYOUT = "banyan-audit-1";

    /// What the first row of a chain follows: a row of one tenant fits into no other chain.
    static String beginningOf(AccountId tenant) {
        return Digests.sha256Hex(LAYOUT + "\n" + tenant);
    }

    /// SHA-256, in hexadecimal, of this row at its place.
    ///
    /// @param previous the hash of the row before
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

    /// With its length before it, no two rows have the same text.
    private static void field(StringBuilder text, String value) {
        text.append(value.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(value)
                .append('\n');
    }
}
