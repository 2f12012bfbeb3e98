package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import jakarta.inject.Singleton;

/// Finds the sender that a word means, by its id, its number, or its name if that is unique; and suggests such words.
@Singleton
record SenderChoice(Pools pools) {

    /// Which senders a command is about, and what it calls them.
    enum Kind {
        MASTER("Master account "),
        SERVANT("Servant account "),
        ANY("Account "),

        /// Any sender, in commands that call senders devices.
        DEVICE("Device ");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(Sender sender) {
            return sender.isMaster() ? MASTER : SERVANT;
        }

        boolean takes(Sender sender) {
            return switch (this) {
                case MASTER, SERVANT -> this == of(sender);
                case ANY, DEVICE -> true;
            };
        }

        /// @param typed what was typed, or an id
        CommandRefused notFound(Object typed) {
            return new CommandRefused(this == DEVICE ? "Device not found: " + typed : text + typed + " not found");
        }
    }

    /// Makes a command's function of what is done with the sender that its first word means.
    Function<Order, CommandResult> on(Kind kind, BiFunction<Order, Sender, CommandResult> action) {
        return order -> action.apply(
                order, find(pools.overview(order.tenant()), kind, order.words().getFirst()));
    }

    /// The same for a command that also works without a word.
    Function<Order, CommandResult> on(
            Kind kind, BiFunction<Order, Sender, CommandResult> action, Function<Order, CommandResult> withoutWords) {
        return order -> (order.words().isEmpty() ? withoutWords : on(kind, action)).apply(order);
    }

    /// Finds a sender or refuses the command.
    static Sender find(Overview overview, Kind kind, String typed) {
        List<Sender> senders = overview.senders().filter(kind::takes).toList();
        return known(senders, typed).orElseThrow(() -> {
            List<Sender> named = named(senders, typed);
            return named.isEmpty()
                    ? kind.notFound(typed)
                    : new CommandRefused(
                            "Several accounts are called " + typed + "; use an ID:",
                            named.stream()
                                    .map(sender -> "   " + sender.id() + phone(sender))
                                    .toArray(String[]::new));
        });
    }

    /// Finds a sender by id, by number in any notation, by a number dialled locally or a name if that is unique.
    static Optional<Sender> known(List<Sender> senders, String typed) {
        Optional<Phone> phone = Phone.parse(typed);
        return senders.stream()
                .filter(sender -> sender.id().value().equals(typed))
                .findFirst()
                .or(() -> senders.stream()
                        .filter(sender -> phone.isPresent() && sender.phone().equals(phone))
                        .findFirst())
                .or(() -> Optional.of(dialled(senders, typed))
                        .filter(dialled -> dialled.size() == 1)
                        .map(List::getFirst))
                .or(() -> Optional.of(named(senders, typed))
                        .filter(named -> named.size() == 1)
                        .map(List::getFirst));
    }

    private static List<Sender> dialled(List<Sender> senders, String typed) {
        return senders.stream()
                .filter(sender ->
                        sender.phone().filter(phone -> phone.isDialled(typed)).isPresent())
                .toList();
    }

    private static List<Sender> named(List<Sender> senders, String typed) {
        return senders.stream()
                .filter(sender -> sender.displayName().equalsIgnoreCase(typed))
                .toList();
    }

    private static String phone(Sender sender) {
        return sender.phone().map(phone -> " (" + phone + ")").orElse("");
    }

    /// Suggests ids, and names that differ from the ids.
    Suggestions ids(Kind kind) {
        return suggestions(kind, SenderChoice::ids);
    }

    private static Stream<Frame.Word> ids(Sender sender) {
        return Stream.of(
                new Frame.Word(sender.id().value(), sender.displayName() + phone(sender), false),
                new Frame.Word(sender.displayName(), sender.id().value(), true));
    }

    /// Suggests phone numbers.
    Suggestions phones(Kind kind) {
        return suggestions(kind, SenderChoice::phones);
    }

    private static Stream<Frame.Word> phones(Sender sender) {
        return sender.phone().stream().map(phone -> new Frame.Word(phone.e164(), sender.displayName(), false));
    }

    /// Suggests numbers, then ids and names.
    Suggestions devices(Kind kind) {
        return (account, before) -> Stream.of(phones(kind), ids(kind))
                .flatMap(suggestions -> suggestions.words(account, before).stream())
                .toList();
    }

    private Suggestions suggestions(Kind kind, Function<Sender, Stream<Frame.Word>> words) {
        return (account, _) -> account.stream()
                .flatMap(found -> pools.overview(found.id()).senders())
                .filter(kind::takes)
                .flatMap(words)
                .toList();
    }
}
