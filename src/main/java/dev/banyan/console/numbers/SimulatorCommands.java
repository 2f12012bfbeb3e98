package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Simulated;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Customer;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import jakarta.inject.Singleton;

/// The commands that act as the phone of a simulated number, as one of its customers, or as WhatsApp.
@Singleton
record SimulatorCommands(Pools pools, Linking linking, SimulatedContacts customers, Liveness liveness) {

    static final String SCAN = "scan";
    static final String MESSAGE = "message";

    private record CustomerJson(String phone, String displayName, Optional<String> lastMessageAt, String behaviour) {}

    private record CustomersJson(String sender, List<CustomerJson> customers) {}

    /// Suggests the customers of the simulated number that was typed.
    List<Frame.Word> suggestCustomers(Optional<Account> account, List<String> before) {
        return account
                .filter(_ -> before.size() == 2 && before.getFirst().equalsIgnoreCase(MESSAGE))
                .flatMap(found -> SenderId.parse(before.getLast()).map(id -> customers.list(found.id(), id)))
                .orElse(List.of())
                .stream()
                .map(customer -> new Frame.Word(customer.phone().e164(), customer.name(), false))
                .toList();
    }

    /// `simulate`
    CommandResult simulate(Order order) {
        String what = order.words().getFirst().toLowerCase(Locale.ROOT);
        Optional<Fault> fault = Fault.of(what);
        boolean message = what.equals(MESSAGE);
        if (order.words().size() != (message ? 4 : 2) || !message && fault.isEmpty() && !what.equals(SCAN)) {
            throw order.misused();
        }
        SenderId id = SenderChoice.find(
                        pools.overview(order.tenant()), Kind.ANY, order.words().get(1))
                .id();
        return message ? message(order, id) : simulate(order, id, fault);
    }

    private CommandResult message(Order order, SenderId id) {
        String typed = order.words().get(2);
        Phone from = Phone.ofContact(typed).orElseThrow(() -> new CommandRefused("Invalid phone number: " + typed));
        String text = order.words().getLast();
        return switch (customers.write(order.tenant(), id, from, "", text, Optional.empty())) {
            case Played.Done(Sender sender, Customer customer) -> {
                order.say("✅ Message received");
                order.say("→ " + customer.name() + " (" + customer.phone() + ") wrote to " + sender.displayName()
                        + (sender.state().isActive() ? "" : "; the message arrives when the number reconnects"));
                yield order.done(sender, liveness);
            }
            case Played.NotLinked(Sender sender) ->
                throw new CommandRefused(sender.displayName() + " is not linked to a phone; link it first");
            case Played.NotSimulated(Sender sender) -> throw realNumber(sender);
            case Played.Full(Sender sender) ->
                throw new CommandRefused("Too many messages are waiting for " + sender.displayName());
            case Played.Rejected(Invalid invalid) -> throw new CommandRefused(invalid.apiMessage());
            case Played.NotFound _ -> throw Kind.ANY.notFound(id);
        };
    }

    private CommandResult simulate(Order order, SenderId id, Optional<Fault> fault) {
        Simulated simulated = fault.map(happens -> linking.fault(order.tenant(), id, happens))
                .orElseGet(() -> linking.scan(order.tenant(), id, Optional.empty()));
        return switch (simulated) {
            case Simulated.Done(Sender sender) -> {
                order.say("✅ " + sender.displayName() + " (" + SenderTexts.phone(sender) + ") is "
                        + sender.state().key());
                fault.ifPresent(happened -> order.say("→ " + happened.sentence));
                yield order.done(sender, liveness);
            }
            case Simulated.Impossible(Sender sender) ->
                throw new CommandRefused(
                        fault.isPresent()
                                ? sender.displayName() + " is not connected, so this can't happen"
                                : "No code is shown for " + sender.displayName() + "; link it first");
            case Simulated.Refused(Sender _, String why) -> throw new CommandRefused(why);
            case Simulated.NotSimulated(Sender sender) ->
                throw new CommandRefused(sender.displayName() + " is a real number; only its phone can do that");
            case Simulated.NotFound _ -> throw Kind.ANY.notFound(id);
        };
    }

    /// `customers`: who has exchanged messages with a simulated number.
    CommandResult customers(Order order, Sender sender) {
        if (sender.driver().isReal()) {
            throw realNumber(sender);
        }
        List<Customer> known = customers.list(order.tenant(), sender.id());
        if (order.json()) {
            return order.show(new CustomersJson(
                    sender.id().value(),
                    known.stream()
                            .map(customer -> new CustomerJson(
                                    customer.phone().e164(),
                                    customer.name(),
                                    customer.lastAt().map(Instant::toString),
                                    customer.mood().words))
                            .toList()));
        }
        order.say("📞 CUSTOMERS: " + sender.displayName());
        order.say("");
        order.say("Number: " + SenderTexts.phone(sender));
        order.say("Customer Count: " + known.size());
        for (int i = 0; i < known.size(); i++) {
            Customer customer = known.get(i);
            order.say("");
            order.say("[" + (i + 1) + "] " + customer.name());
            order.say("    Phone: " + customer.phone());
            customer.lastAt().map(SenderTexts::minute).ifPresent(time -> order.say("    Last Message: " + time));
            order.say("    Behavior: " + customer.mood().words);
        }
        order.say("");
        order.say("💡 Write as a customer: 'simulate message " + sender.id() + " "
                + known.stream()
                        .findFirst()
                        .map(customer -> customer.phone().e164())
                        .orElse("<phone>")
                + " \"<text>\"'");
        return CommandResult.DONE;
    }

    private static CommandRefused realNumber(Sender sender) {
        return new CommandRefused(sender.displayName() + " is a real number with real customers");
    }
}
