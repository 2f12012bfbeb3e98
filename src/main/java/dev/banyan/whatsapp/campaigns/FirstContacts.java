package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRating.Share;
import dev.banyan.whatsapp.history.SenderRatingStore;

/// Which number may write to the next contact who never wrote: WhatsApp restricts numbers linked by code that write to
/// many strangers (error 463), so each of them gets a few per day. Numbers of the Cloud API have no such limit
/// and come first, as WhatsApp rates them: one that is rated yellow gets half as many, and one that is red none while
/// there is another.
final class FirstContacts {

    private final LocalDate day;
    private final Set<SenderId> unlimited = new HashSet<>();
    /// Their turns: a number with a whole share has two.
    private final List<SenderId> turns = new ArrayList<>();
    private final Map<SenderId, Integer> left = new HashMap<>();
    private final Map<SenderId, Integer> taken = new HashMap<>();
    private int turn;

    FirstContacts(Tx tx, AccountId tenant, CampaignNumbers numbers, int perDay, Instant now) {
        this.day = now.atZone(numbers.settings().zone()).toLocalDate();
        List<Sender> open = numbers.open();
        List<SenderId> ids = open.stream().map(Sender::id).toList();
        Map<SenderId, Integer> used = new FirstContactStore(tx).on(tenant, day, ids);
        for (Sender sender : open) {
            if (CampaignNumbers.isLinkedByCode(sender)) {
                left.put(sender.id(), Math.max(0, perDay - used.getOrDefault(sender.id(), 0)));
            } else {
                unlimited.add(sender.id());
            }
        }
        Map<SenderId, SenderRating> ratings = new SenderRatingStore(tx).of(tenant, ids);
        Map<Share, List<SenderId>> byShare = ids.stream()
                .filter(unlimited::contains)
                .collect(Collectors.groupingBy(
                        id -> ratings.getOrDefault(id, SenderRating.NONE).share()));
        turns.addAll(byShare.getOrDefault(Share.WHOLE, List.of()));
        turns.addAll(byShare.getOrDefault(Share.HALF, List.of()));
        turns.addAll(byShare.getOrDefault(turns.isEmpty() ? Share.LAST : Share.WHOLE, List.of()));
    }

    /// Returns how many are left for today; empty: any number.
    Optional<Long> left() {
        return unlimited.isEmpty()
                ? Optional.of(
                        left.values().stream().mapToLong(Integer::longValue).sum())
                : Optional.empty();
    }

    boolean isSpent() {
        return left().equals(Optional.of(0L));
    }

    /// Returns the number for the next contact: its own if that may, else the one with the most left.
    ///
    /// @param own the number that has written to the contact before
    Optional<SenderId> take(Optional<SenderId> own) {
        Optional<SenderId> chosen = own.filter(number -> unlimited.contains(number) || left.getOrDefault(number, 0) > 0)
                .or(this::nextUnlimited)
                .or(() -> left.entrySet().stream()
                        .filter(one -> one.getValue() > 0)
                        .max(Map.Entry.<SenderId, Integer>comparingByValue()
                                .thenComparing(one -> one.getKey().value()))
                        .map(Map.Entry::getKey));
        chosen.ifPresent(number -> {
            if (left.containsKey(number)) {
                left.merge(number, -1, Integer::sum);
                taken.merge(number, 1, Integer::sum);
            }
        });
        return chosen;
    }

    private Optional<SenderId> nextUnlimited() {
        return turns.isEmpty() ? Optional.empty() : Optional.of(turns.get(turn++ % turns.size()));
    }

    /// Gives one back that was not ordered.
    void giveBack(SenderId number) {
        if (taken.getOrDefault(number, 0) > 0) {
            taken.merge(number, -1, Integer::sum);
            left.merge(number, 1, Integer::sum);
        }
    }

    void save(Tx tx, AccountId tenant) {
        var store = new FirstContactStore(tx);
        taken.forEach((number, contacts) -> {
            if (contacts > 0) {
                store.add(tenant, day, number, contacts);
            }
        });
    }
}
