package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Customer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `customers`: who has exchanged messages with a simulated number.
final class CustomersCommand implements Command {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Pools pools;
    private final SimulatedContacts customers;
    private final ZoneId zone;

    /// @param zone the operator's time zone
    CustomersCommand(Pools pools, SimulatedContacts customers, ZoneId zone) {
        this.pools = pools;
        this.customers = customers;
        this.zone = zone;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("customers"),
                "<id>",
                "servant-1702324945601",
                "List who has talked with a simulated number",
                1,
                1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(
                        found -> SenderChoice.words(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    private record CustomerJson(String phone, String displayName, Optional<String> lastMessageAt, String behaviour) {}

    private record CustomersJson(String sender, List<CustomerJson> customers) {}

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        return SenderChoice.sender(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(sender -> list(order, sender))
                .orElse(Outcome.FAILED);
    }

    private Outcome list(Order order, Sender sender) {
        if (sender.driver() != DriverKind.SIMULATOR) {
            return order.fail(sender.displayName() + " is a real number; its customers are real, too");
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
                                    customer.mood().words()))
                            .toList()));
        }
        order.say("📞 CUSTOMERS: " + sender.displayName());
        order.say("");
        order.say("Number: " + ListServantsCommand.phone(sender));
        order.say("Customer Count: " + known.size());
        for (int i = 0; i < known.size(); i++) {
            Customer customer = known.get(i);
            order.say("");
            order.say("[" + (i + 1) + "] " + customer.name());
            order.say("    Phone: " + customer.phone());
            customer.lastAt().map(this::time).ifPresent(time -> order.say("    Last Message: " + time));
            order.say("    Behaviour: " + customer.mood().words());
        }
        order.say("");
        order.say("💡 Customers are simulated: 'simulate message " + sender.id() + " "
                + known.stream()
                        .findFirst()
                        .map(customer -> customer.phone().e164())
                        .orElse("<phone>")
                + " \"<text>\"' plays one");
        return Outcome.DONE;
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
