package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.MessageDraft;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Customer;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Written;
import jakarta.inject.Singleton;

/// The forms that simulate customers, used on the board of pools and in workspaces.
@Singleton
public record CustomerForms(SimulatedContacts customers, SimulatedActs acts) {

    /// The page that contains the forms.
    ///
    /// @param base its address
    /// @param query the query added to links; may be empty
    /// @param as the account that forms are shown for; may be empty
    public record PageAddress(String base, String query, String as) {}

    private static final Phone NOBODY = new Phone("+971500000000");

    /// @param typed the customer's number; a new customer is invented if it is not a phone number
    /// @param draft typed text that could not be sent
    /// @param about the message that is being answered or edited; may be empty
    public CustomersView view(
            Sender sender, PageAddress where, String typed, String draft, String about, Optional<FormProblem> problem) {
        List<Customer> known = customers.list(sender.tenant(), sender.id());
        Phone phone = Phone.ofContact(typed)
                .orElseGet(() -> customers.invent(sender.tenant(), known).phone());
        SimulatedContacts.Screen screen = customers.screen(sender.tenant(), sender.id(), phone);
        return new CustomersView(
                sender.shownName(),
                sender.phone().map(Phone::e164),
                where.base(),
                where.query(),
                where.as(),
                known.stream().map(customer -> entry(customer, phone)).toList(),
                chat(screen),
                draft,
                screen.lines().stream()
                        .filter(line -> line.id().toString().equals(about))
                        .map(CustomerForms::line)
                        .findFirst(),
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
                screen.lines().stream().map(CustomerForms::line).toList(),
                screen.onTheWay(),
                screen.typing(),
                customer.mood().key(),
                Arrays.stream(DeliveryBehavior.values())
                        .map(mood -> new Choice(mood.key(), mood.words))
                        .toList());
    }

    private static CustomersView.Line line(SimulatedContacts.Line line) {
        return new CustomersView.Line(
                line.id().toString(),
                line.mine(),
                line.text(),
                line.file(),
                Words.time(line.at()),
                line.read(),
                line.quoted(),
                line.reactions(),
                line.edited(),
                line.deleted(),
                choices(line.content().detail()));
    }

    private static List<Choice> choices(MessageContent.Detail detail) {
        return switch (detail) {
            case MessageContent.Buttons buttons ->
                buttons.buttons().stream()
                        .map(one -> new Choice(one.id(), one.title()))
                        .toList();
            case MessageContent.Choices list ->
                list.sections().stream()
                        .flatMap(section -> section.rows().stream())
                        .map(row -> new Choice(row.id(), row.title()))
                        .toList();
            case MessageContent.Plain _,
                    MessageContent.File _,
                    MessageContent.Location _,
                    MessageContent.Contacts _,
                    MessageContent.Reaction _,
                    MessageContent.Template _,
                    MessageContent.PhoneRequest _,
                    MessageContent.Picked _ -> List.of();
        };
    }

    /// Does what the form says.
    ///
    /// @return the error, if there is one
    public Optional<FormProblem> play(
            Sender sender, String from, String name, String text, Optional<CustomerFile> file, CustomerActForm form) {
        Optional<String> about = Optional.of(form.about).filter(id -> !id.isBlank());
        return switch (form.act) {
            case "edit" -> act(sender, from, new SimulatedActs.Act.Edit(form.about, text));
            case "delete" -> act(sender, from, new SimulatedActs.Act.Delete(form.about));
            case "react" -> act(sender, from, new SimulatedActs.Act.React(form.about, form.emoji));
            case "type" -> act(sender, from, new SimulatedActs.Act.Type(true));
            case "location" -> checked(sender, from, name, location(form));
            case "contact" -> checked(sender, from, name, contact(form));
            case "choose" ->
                write(
                        sender,
                        from,
                        name,
                        new Written(text, Optional.empty(), new MessageContent.Picked(form.choice), about));
            default -> write(sender, from, name, new Written(text, file, new MessageContent.Plain(), about));
        };
    }

    private Optional<FormProblem> act(Sender sender, String from, SimulatedActs.Act act) {
        return problem(acts.act(sender.tenant(), sender.id(), phone(from), act));
    }

    private Optional<FormProblem> write(Sender sender, String from, String name, Written written) {
        return problem(customers.write(sender.tenant(), sender.id(), phone(from), name, written));
    }

    private Optional<FormProblem> checked(Sender sender, String from, String name, MessageDraft draft) {
        return switch (MessageContents.check(draft)) {
            case MessageContents.Checked.Bad(Invalid invalid) -> problem(new Played.Rejected(invalid));
            case MessageContents.Checked.Good good ->
                write(sender, from, name, new Written(good.text(), Optional.empty(), good.detail(), Optional.empty()));
        };
    }

    private static MessageDraft location(CustomerActForm form) {
        return MessageDraft.location(new MessageDraft.Location(
                number(form.latitude), number(form.longitude), Optional.of(form.title), Optional.empty()));
    }

    private static MessageDraft contact(CustomerActForm form) {
        return MessageDraft.contact(
                new MessageDraft.Contact(Optional.of(form.title), Optional.of(form.number), Optional.empty()));
    }

    private static Optional<Double> number(String typed) {
        return typed.strip().matches("-?[0-9]{1,3}(\\.[0-9]{1,15})?")
                ? Optional.of(Double.valueOf(typed.strip()))
                : Optional.empty();
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
        return Phone.ofContact(typed).orElse(NOBODY);
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
