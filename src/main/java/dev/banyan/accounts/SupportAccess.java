package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.OnBehalf;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An operator's access to an account, or their request for it.
///
/// @param forced begun without consent, where the server allows that
/// @param begunAt empty while it waits for consent
/// @param expiresAt when it ends, or when the request does
public record SupportAccess(
        UUID id,
        AccountId account,
        IdentityId operator,
        String reason,
        boolean forced,
        Instant askedAt,
        Optional<Instant> begunAt,
        Instant expiresAt,
        Optional<Instant> endedAt,
        Optional<End> end) {

    /// How long an operator may act at once.
    public static final Duration LONGEST = Duration.ofMinutes(60);

    /// How long a request waits for consent.
    public static final Duration ASKED_FOR = Duration.ofDays(7);

    @Schema(name = "SupportEnd")
    public enum End implements Keyed {
        TIME("time ran out"),
        OPERATOR("by the operator"),
        OWNER("by an owner"),
        CONSENT("consent withdrawn");

        public final String words;

        End(String words) {
            this.words = words;
        }
    }

    public boolean isOpen(Instant now) {
        return begunAt.isPresent() && endedAt.isEmpty() && expiresAt.isAfter(now);
    }

    public boolean isWaiting(Instant now) {
        return begunAt.isEmpty() && endedAt.isEmpty() && expiresAt.isAfter(now);
    }

    public OnBehalf onBehalf() {
        return new OnBehalf(id, account);
    }
}
