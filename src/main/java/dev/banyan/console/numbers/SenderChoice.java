package dev.banyan.console.numbers;

import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds a sender by its id, its number, or its name if that is unique. Prints an error if there is none.
final class SenderChoice {

    private SenderChoice() {}

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

    /// The same for commands that call senders devices.
    static Optional<Sender> device(Order order, Overview overview, String typed) {
        List<Sender> senders = overview.senders().toList();
        return known(senders, typed).isPresent() || named(senders, typed).size() > 1
                ? find(order, senders, typed, "")
                : refused(order, "Device not found: " + typed);
    }

    private static Optional<Sender> refused(Order order, String why) {
        order.fail(why);
        return Optional.empty();
    }

    /// Finds a sender by id, by number in any notation, or by a unique name.
    static Optional<Sender> known(List<Sender> senders, String typed) {
        Optional<Phone> phone = Phone.parse(typed);
        return senders.stream()
                .filter(sender -> sender.id().value().equals(typed))
                .findFirst()
                .or(() -> senders.stream()
                        .filter(sender -> phone.isPresent() && sender.phone().equals(phone))
                        .findFirst())
                .or(() -> Optional.of(named(senders, typed))
                        .filter(named -> named.size() == 1)
                        .map(List::getFirst));
    }

    private static List<Sender> named(List<Sender> senders, String typed) {
        return senders.stream()
                .filter(sender -> sender.displayName().equalsIgnoreCase(typed))
                .toList();
    }

    private static Optional<Sender> find(Order order, List<Sender> senders, String typed, String kind) {
        Optional<Sender> known = known(senders, typed);
        if (known.isPresent()) {
            return known;
        }
        List<Sender> named = named(senders, typed);
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

    /// Suggests ids, and names that differ from the ids.
    static List<Frame.Word> words(Stream<Sender> senders) {
        return senders.flatMap(sender -> Stream.of(
                        new Frame.Word(sender.id().value(), sender.displayName() + phone(sender), false),
                        new Frame.Word(sender.displayName(), sender.id().value(), true)))
                .toList();
    }

    /// Suggests phone numbers.
    static List<Frame.Word> phones(Stream<Sender> senders) {
        return senders.flatMap(sender ->
                        sender.phone().stream().map(phone -> new Frame.Word(phone.e164(), sender.displayName(), false)))
                .toList();
    }

    /// Suggests a device's number, id and name.
    static List<Frame.Word> devices(Stream<Sender> senders) {
        List<Sender> all = senders.toList();
        return Stream.concat(phones(all.stream()).stream(), words(all.stream()).stream())
                .toList();
    }
}
