package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An offer to hand a sub-account over, and what became of it.
///
/// @param account the sub-account
/// @param from the root account that offers it
/// @param to the root account that gets it; of a conversion, the account itself once it is done
/// @param email of the person who gets it, of a conversion
/// @param endsAt when the offer ends by itself
/// @param undoUntil while either side can undo it
public record Move(
        UUID id,
        AccountId account,
        Kind kind,
        State state,
        AccountId from,
        Optional<AccountId> to,
        Optional<String> email,
        IdentityId offeredBy,
        Instant offeredAt,
        Instant endsAt,
        Optional<Instant> movedAt,
        Optional<Instant> undoUntil) {

    /// How long an offer stands.
    static final Duration OFFERED_FOR = Duration.ofDays(14);

    /// How long a transfer can be undone (issue 21).
    static final Duration UNDONE_WITHIN = Duration.ofHours(48);

    @Schema(name = "TransferKind")
    public enum Kind implements Keyed {
        TRANSFER,
        CONVERSION
    }

    @Schema(name = "TransferState")
    public enum State implements Keyed {
        OFFERED,
        MOVED,
        DECLINED,
        CANCELED,
        UNDONE
    }

    boolean isOpen(Instant now) {
        return state == State.OFFERED && now.isBefore(endsAt);
    }

    boolean canBeUndone(Instant now) {
        return state == State.MOVED && undoUntil.filter(now::isBefore).isPresent();
    }
}
