package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Simulated;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Customer;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `simulate`: acts as the phone of a simulated number, or as WhatsApp.
final class SimulateCommand implements Command {

    private static final String SCAN = "scan";

    private static final String MESSAGE = "message";

    private final Pools pools;
    private final Linking linking;
    private final SimulatedContacts customers;

    SimulateCommand(Pools pools, Linking linking, SimulatedContacts customers) {
        this.pools = pools;
        this.linking = linking;
        this.customers = customers;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("simulate"),
                "scan|<fault> <id> | message <id> <from-phone> \"<text>\"",
                "message servant-1702324945601 +971500000201 \"Hello\"",
                "Play the phone of a simulated number, or a customer",
                2,
                4);
    }

    @Override
    public List<String> usages() {
        return List.of("'simulate scan|"
                + Arrays.stream(Fault.values()).map(Fault::key).collect(Collectors.joining("|"))
                + " <id> | message <id> <from-phone> \"<text>\"'");
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        if (before.isEmpty()) {
            return Stream.of(
                            Stream.of(new Frame.Word(SCAN, "the phone scans the code", false)),
                            Arrays.stream(Fault.values())
                                    .map(fault -> new Frame.Word(fault.key(), fault.sentence(), false)),
                            Stream.of(new Frame.Word(MESSAGE, "a customer writes to it", false)))
                    .flatMap(words -> words)
                    .toList();
        }
        if (before.size() > 1) {
            return account.filter(_ -> before.size() == 2 && before.getFirst().equalsIgnoreCase(MESSAGE))
                    .flatMap(found -> SenderId.parse(before.getLast()).map(id -> customers.list(found.id(), id)))
                    .map(SimulateCommand::phones)
                    .orElse(List.of());
        }
        return account.map(
                        found -> SenderChoice.words(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    private static List<Frame.Word> phones(List<Customer> known) {
        return known.stream()
                .map(customer -> new Frame.Word(customer.phone().e164(), customer.name(), false))
                .toList();
    }

    @Override
    public Outcome run(Order order) {
        String what = order.words().getFirst().toLowerCase(Locale.ROOT);
        if (order.words().size() != (what.equals(MESSAGE) ? 4 : 2)) {
            return order.usage(this);
        }
        if (what.equals(MESSAGE)) {
            return SenderChoice.sender(
                            order, pools.overview(order.tenant()), order.words().get(1))
                    .map(sender -> message(order, sender.id()))
                    .orElse(Outcome.FAILED);
        }
        Optional<Fault> fault = Fault.of(what);
        if (fault.isEmpty() && !what.equals(SCAN)) {
            return order.usage(this);
        }
        return SenderChoice.sender(
                        order, pools.overview(order.tenant()), order.words().getLast())
                .map(sender -> simulate(order, sender.id(), fault))
                .orElse(Outcome.FAILED);
    }

    private Outcome message(Order order, SenderId id) {
        Optional<Phone> from = Phone.parse(order.words().get(2));
        if (from.isEmpty()) {
            return order.fail("Invalid phone number: " + order.words().get(2));
        }
        String text = order.words().getLast();
        return switch (customers.write(order.tenant(), id, from.get(), "", text, Optional.empty())) {
            case Played.Done(Sender sender, Customer customer) -> {
                order.say("✅ Message received");
                order.say("→ " + customer.name() + " (" + customer.phone() + ") wrote to " + sender.displayName()
                        + (sender.state().isActive() ? "" : "; it arrives when the number is connected again"));
                yield Outcome.DONE;
            }
            case Played.NotLinked(Sender sender) ->
                order.fail(sender.displayName() + " is not linked to a phone; link it first");
            case Played.NotSimulated(Sender sender) ->
                order.fail(sender.displayName() + " is a real number; its customers are real, too");
            case Played.Full(Sender sender) -> order.fail("Too many messages wait for " + sender.displayName());
            case Played.Rejected(Invalid invalid) -> order.fail(invalid.apiMessage());
            case Played.NotFound _ -> order.fail("Account " + id + " not found");
        };
    }

    private Outcome simulate(Order order, SenderId id, Optional<Fault> fault) {
        Simulated simulated = fault.map(happens -> linking.fault(order.tenant(), id, happens))
                .orElseGet(() -> linking.scan(order.tenant(), id, Optional.empty()));
        return switch (simulated) {
            case Simulated.Done(Sender sender) -> {
                order.say("✅ " + sender.displayName() + " (" + ListServantsCommand.phone(sender) + ") is "
                        + sender.state().key());
                fault.ifPresent(happened -> order.say("→ " + happened.sentence()));
                yield Outcome.DONE;
            }
            case Simulated.Impossible(Sender sender) ->
                order.fail(
                        fault.isPresent()
                                ? sender.displayName() + " has no connection that this could happen to"
                                : "No code is shown for " + sender.displayName() + "; link it first");
            case Simulated.Refused(Sender _, String why) -> order.fail(why);
            case Simulated.NotSimulated(Sender sender) ->
                order.fail(sender.displayName() + " is a real number; only its phone can do that");
            case Simulated.NotFound _ -> order.fail("Account " + id + " not found");
        };
    }
}
