package dev.banyan.whatsapp.campaigns;

import module java.base;

/// How many recipients of a campaign are in each state.
public record RecipientCounts(Map<RecipientState, Long> byState) {

    public static final RecipientCounts NONE = new RecipientCounts(Map.of());

    public RecipientCounts {
        byState = Map.copyOf(byState);
    }

    public long of(RecipientState state) {
        return byState.getOrDefault(state, 0L);
    }

    /// Returns how many lines the list has.
    public long total() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Returns how many of them were, or are to be, sent to.
    public long recipients() {
        return total() - leftOut();
    }

    public long leftOut() {
        return of(RecipientState.DUPLICATE) + of(RecipientState.INVALID) + of(RecipientState.OPTED_OUT);
    }

    /// Returns how many messages are still to leave.
    public long left() {
        return of(RecipientState.PENDING) + of(RecipientState.WAITING);
    }

    /// Returns how many messages need nothing more.
    public long handled() {
        return recipients() - left();
    }

    public long sent() {
        return of(RecipientState.SENT) + of(RecipientState.DELIVERED) + of(RecipientState.READ);
    }

    /// Returns how far it is, 0 to 100; 100 only when nothing is left.
    public int percent() {
        if (recipients() == 0) {
            return 0;
        }
        return (int) (100 * handled() / recipients());
    }
}
