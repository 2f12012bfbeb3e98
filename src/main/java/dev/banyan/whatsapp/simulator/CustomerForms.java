package dev.banyan.whatsapp.simulator;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Customer;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Picture;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The forms that simulate customers, used on the board of pools and in workspaces.
@Singleton
public final class CustomerForms {

    /// The page that contains the forms.
    ///
    /// @param base its address
    /// @param query the query added to links; may be empty
    /// @param as the account that forms are shown for; may be empty
    public record PageAddress(String base, String query, String as) {}

    private static final Phone NOBODY = new Phone("+971500000000");

    private final SimulatedContacts customers;

    CustomerForms(SimulatedContacts customers) {
        this.customers = customers;
    }

    /// @param typed the customer's number; a new customer is invented if it is not a phone number
    /// @param draft typed text that could not be sent
    public CustomersView view(
            Sender sender, PageAddress where, String typed, String draft, Optional<FormProblem> problem) {
        List<Customer> known = customers.list(sender.tenant(), sender.id());
        Phone phone = Phone.parse(typed)
                .orElseGet(() -> customers.invent(sender.tenant()).phone());
        SimulatedContacts.Screen screen = customers.screen(sender.tenant(), sender.id(), phone);
        return new CustomersView(
                sender.displayName(),
                sender.phone().map(Phone::e164),
                where.base(),
                where.query(),
                where.as(),
                known.stream().map(customer -> entry(customer, phone)).toList(),
                chat(screen),
                draft,
                problem);
    }

    private static CustomersView.Entry entry(Customer customer, Phone chosen) {
        return new CustomersView.Entry(
                customer.name(),
                customer.phone().e164(),
                customer.phone().digits(),
                customer.phone().equals(chosen));
    }

    private static CustomersView.Chat chat(SimulatedContacts.Screen screen) {
        Customer customer = screen.customer();
        return new CustomersView.Chat(
                customer.name(),
                customer.phone().e164(),
                customer.phone().digits(),
                screen.lines().stream()
                        .map(line -> new CustomersView.Line(
                                line.mine(), line.text(), line.file(), Words.moment(line.at()), line.read()))
                        .toList(),
                screen.onTheWay(),
                customer.mood().key(),
                Arrays.stream(DeliveryBehavior.values())
                        .map(mood -> new Choice(mood.key(), mood.words()))
                        .toList());
    }

    /// @return the error, if there is one
    public Optional<FormProblem> write(
            Sender sender, String from, String name, String text, Optional<Picture> picture) {
        return problem(customers.write(sender.tenant(), sender.id(), phone(from), name, text, picture));
    }

    public Optional<FormProblem> read(Sender sender, String customer) {
        return problem(customers.read(sender.tenant(), sender.id(), phone(customer)));
    }

    public Optional<FormProblem> setMood(Sender sender, String customer, String mood) {
        return problem(customers.setMood(
                sender.tenant(),
                sender.id(),
                phone(customer),
                DeliveryBehavior.parse(mood).orElse(DeliveryBehavior.READS)));
    }

    /// Parses a number that the page has shown; another one means a forged form.
    private static Phone phone(String typed) {
        return Phone.parse(typed).orElse(NOBODY);
    }

    private static Optional<FormProblem> problem(Played played) {
        return switch (played) {
            case Played.Done _ -> Optional.empty();
            case Played.NotFound _ -> problem("This number was removed.", "Go back to your pools.");
            case Played.NotSimulated _ ->
                problem("This number is real.", "You can simulate customers only for simulated numbers.");
            case Played.NotLinked _ ->
                problem("This number is not linked.", "Link a phone first, then customers can write to it.");
            case Played.Full _ -> problem("Too many messages are waiting for this number.", "Connect it first.");
            case Played.Rejected rejected ->
                problem("Message not sent.", rejected.invalid().apiMessage() + ".");
        };
    }

    private static Optional<FormProblem> problem(String title, String text) {
        return Optional.of(new FormProblem(title, text));
    }
}
