package dev.banyan.console;

import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the sender that somebody means: by its id, by its number, or by its name if only one has it. Who means nobody
/// is told so.
final class Picked {

    private Picked() {}

    static Optional<Sender> master(Order order, Overview overview, String typed) {
        return find(order, overview.senders().filter(Sender::isMaster).toList(), typed, "Master account ");
    }

    static Optional<Sender> servant(Order order, Overview overview, String typed) {
        return find(
                order, overview.senders().filter(sender -> !sender.isMaster()).toList(), typed, "Servant account ");
    }

    static Optional<Sender> sender(Order order, Overview overview, String typed) {
        return find(order, overview.senders().toList(), typed, "Account ");
    }

    private static Optional<Sender> find(Order order, List<Sender> senders, String typed, String kind) {
        Optional<Sender> exact = senders.stream()
                .filter(sender -> sender.id().value().equals(typed)
                        || sender.phone().map(Phone::e164).equals(Optional.of(typed)))
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Sender> named = senders.stream()
                .filter(sender -> sender.displayName().equalsIgnoreCase(typed))
                .toList();
        if (named.size() == 1) {
            return Optional.of(named.getFirst());
        }
        if (named.isEmpty()) {
            order.fail(kind + typed + " not found");
        } else {
            order.fail("Several accounts are called " + typed + "; use an ID:");
            named.forEach(sender -> order.say("   " + sender.id() + phone(sender)));
        }
        return Optional.empty();
    }

    private static String phone(Sender sender) {
        return sender.phone().map(phone -> " (" + phone + ")").orElse("");
    }

    /// What could be typed for one of them: ids, and names where they are no ids.
    static List<Frame.Word> words(Stream<Sender> senders) {
        return senders.flatMap(sender -> Stream.of(
                        new Frame.Word(sender.id().value(), sender.displayName() + phone(sender), false),
                        new Frame.Word(sender.displayName(), sender.id().value(), true)))
                .toList();
    }
}
