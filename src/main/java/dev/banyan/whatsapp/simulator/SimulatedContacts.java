package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.MessageDetails;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.QuotedMessage;
import dev.banyan.whatsapp.history.QuotedMessageStore;
import dev.banyan.whatsapp.session.FakePhoneNumbers;
import dev.banyan.whatsapp.session.IncomingFiles;
import dev.banyan.whatsapp.session.NumberCalls;
import jakarta.inject.Singleton;

/// Simulated customers: people who write to simulated numbers and receive their messages. All data is invented and
/// stays on this server.
@Singleton
public record SimulatedContacts(
        Database database,
        SimulatorDriver simulator,
        NumberCalls numbers,
        SimulatedPhones phones,
        FakePhoneNumbers invented,
        IncomingFiles files,
        Clock clock) {

    static final Text NAME = Text.optional("name", "Name", 100, false);

    private static final int SHOWN = 50;
    private static final int LISTED = 50;
    private static final int MARKED = 500;
    private static final List<String> NAMES = List.of(
            "Amira Nasser",
            "Omar Haddad",
            "Layla Farouk",
            "Yusuf Rahman",
            "Noor Aziz",
            "Karim Saleh",
            "Dina Mansour",
            "Tariq Najjar");

    /// A customer of the number.
    ///
    /// @param lastAt time of the last message; empty for a new customer
    public record Customer(Phone phone, String name, DeliveryBehavior mood, Optional<Instant> lastAt) {}

    /// A message on the customer's phone.
    ///
    /// @param id ours
    /// @param mine whether the customer wrote it
    /// @param file its name
    /// @param read whether the other side has read it
    /// @param quoted the text of the message it answers
    /// @param reactions of both sides
    public record Line(
            UUID id,
            boolean mine,
            String text,
            Optional<String> file,
            Instant at,
            boolean read,
            MessageContent content,
            Optional<String> quoted,
            List<String> reactions,
            boolean edited,
            boolean deleted) {

        public Line {
            reactions = List.copyOf(reactions);
        }
    }

    /// The screen of the customer's phone.
    ///
    /// @param onTheWay messages that have not reached the phone
    /// @param typing whether the number is typing
    public record Screen(Customer customer, List<Line> lines, long onTheWay, boolean typing) {}

    /// A file sent by a customer.
    ///
    /// @param file its current location
    public record CustomerFile(String name, Path file) {}

    /// What a customer writes.
    ///
    /// @param replyTo the id of the message that it answers, ours or WhatsApp's
    public record Written(
            String text, Optional<CustomerFile> file, MessageContent.Detail detail, Optional<String> replyTo) {

        public static Written text(String text, Optional<CustomerFile> file) {
            return new Written(text, file, new MessageContent.Plain(), Optional.empty());
        }
    }

    /// The result of an action of a customer.
    public sealed interface Played {

        record Done(Sender sender, Customer customer) implements Played {}

        record NotFound(SenderId id) implements Played {}

        /// A real number, to which only real people write.
        record NotSimulated(Sender sender) implements Played {}

        /// The number was never linked, so it can't receive messages.
        record NotLinked(Sender sender) implements Played {}

        record Rejected(Invalid invalid) implements Played {}

        /// Too many messages wait for this number, or too many customers have a behavior of their own.
        record Full(Sender sender) implements Played {}
    }

    /// Returns the customers who have talked to a number, latest first.
    public List<Customer> list(AccountId tenant, SenderId sender) {
        return database.read(tx -> {
            List<Customer> known = new ArrayList<>();
            var talks = new HashMap<Phone, Instant>();
            new IncomingStore(tx)
                    .contacts(tenant, sender, LISTED)
                    .forEach((contact, at) ->
                            contact.phone().ifPresent(phone -> talks.merge(phone, at, SimulatedContacts::later)));
            new OutgoingStore(tx)
                    .contacts(tenant, sender, LISTED)
                    .forEach((contact, at) ->
                            contact.phone().ifPresent(phone -> talks.merge(phone, at, SimulatedContacts::later)));
            Map<ContactAddress, String> names = new IncomingStore(tx).names(tenant, sender, Set.copyOf(talks.keySet()));
            talks.forEach((phone, at) -> known.add(new Customer(
                    phone, names.getOrDefault(phone, nameOf(phone)), phones.mood(tenant, phone), Optional.of(at))));
            known.sort(Comparator.comparing(
                            (Customer customer) -> customer.lastAt().orElse(Instant.EPOCH))
                    .reversed());
            return known.stream().limit(LISTED).toList();
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// @param known those who have talked to the number already
    public Customer invent(AccountId tenant, List<Customer> known) {
        Set<Phone> taken = known.stream().map(Customer::phone).collect(Collectors.toSet());
        return newcomer(
                tenant,
                Stream.generate(() -> invented.freeCustomer(tenant))
                        .filter(phone -> !taken.contains(phone))
                        .findFirst()
                        .orElseThrow());
    }

    private Customer newcomer(AccountId tenant, Phone phone) {
        return new Customer(phone, nameOf(phone), phones.mood(tenant, phone), Optional.empty());
    }

    private static String nameOf(Phone phone) {
        return NAMES.get(Math.floorMod(phone.e164().hashCode(), NAMES.size()));
    }

    /// Returns the customer's screen of the chat with a number.
    public Screen screen(AccountId tenant, SenderId sender, Phone phone) {
        return database.read(tx -> {
            List<IncomingMessage> written = new IncomingStore(tx).of(tenant, sender, phone, SHOWN);
            List<OutgoingMessage> sent = new OutgoingStore(tx).sentTo(tenant, sender, phone, SHOWN);
            Map<UUID, Details> details = MessageDetails.of(tx, tenant, sent, written);
            List<Line> lines = new ArrayList<>();
            written.forEach(message -> lines.add(mine(message, details.getOrDefault(message.id(), Details.NONE))));
            sent.stream()
                    .filter(message -> message.state() != DeliveryState.SENT
                            && !(message.content().detail() instanceof MessageContent.Reaction))
                    .forEach(message -> lines.add(theirs(message, details.getOrDefault(message.id(), Details.NONE))));
            lines.sort(Comparator.comparing(Line::at));
            Optional<String> name = written.stream()
                    .map(IncomingMessage::name)
                    .filter(known -> !known.isEmpty())
                    .findFirst();
            return new Screen(
                    new Customer(
                            phone,
                            name.orElseGet(() -> nameOf(phone)),
                            phones.mood(tenant, phone),
                            lines.stream().map(Line::at).max(Comparator.naturalOrder())),
                    List.copyOf(lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())),
                    sent.stream()
                            .filter(message -> message.state() == DeliveryState.SENT)
                            .count(),
                    phones.isTyping(tenant, phone, clock.instant()));
        });
    }

    private Line mine(IncomingMessage message, Details details) {
        return new Line(
                message.id(),
                true,
                message.text(),
                message.media().map(Media::name),
                message.at(),
                phones.isSeen(message.provider()),
                message.content(),
                details.quoted().map(QuotedMessage::text),
                details.reactions().stream().map(MessageDetails.Reacted::emoji).toList(),
                message.editedAt().isPresent(),
                message.deletedAt().isPresent());
    }

    private static Line theirs(OutgoingMessage message, Details details) {
        return new Line(
                message.id(),
                false,
                message.text(),
                message.media().map(Media::name),
                message.createdAt(),
                message.state() == DeliveryState.READ,
                message.content(),
                details.quoted().map(QuotedMessage::text),
                details.reactions().stream().map(MessageDetails.Reacted::emoji).toList(),
                false,
                false);
    }

    /// @param name the customer's display name; blank: as before, or an invented one
    public Played write(
            AccountId tenant, SenderId id, Phone from, String name, String text, Optional<CustomerFile> file) {
        return write(tenant, id, from, name, Written.text(text, file));
    }

    /// Sends a message of any kind as a customer.
    ///
    /// @param name the customer's display name; blank: as before, or an invented one
    public Played write(AccountId tenant, SenderId id, Phone from, String name, Written written) {
        return play(tenant, id, from, sender -> {
            if (!sender.state().isActive() && sender.state() != SenderState.DISCONNECTED) {
                return new Played.NotLinked(sender);
            }
            boolean isPlain = written.detail() instanceof MessageContent.Plain;
            Optional<Invalid> invalid = NAME.broken(name)
                    .or(() -> written.file().flatMap(SimulatedContacts::broken))
                    .or(() -> written.text().isBlank() && (written.file().isPresent() || !isPlain)
                            ? Optional.empty()
                            : MessageBody.broken(written.text(), Optional.empty()));
            Optional<QuotedMessage> quoted = written.replyTo()
                    .flatMap(
                            reply -> database.read(tenant, tx -> new QuotedMessageStore(tx).find(tenant, from, reply)));
            if (invalid.isPresent()) {
                return new Played.Rejected(invalid.get());
            }
            if (written.replyTo().isPresent() && quoted.isEmpty()) {
                return new Played.Rejected(new Invalid("replyTo", "We can’t find this message in this chat"));
            }
            MessageContent content = new MessageContent(written.detail(), quoted.flatMap(QuotedMessage::quoted));
            return received(sender, from, name, written, content);
        });
    }

    private Played received(Sender sender, Phone from, String name, Written written, MessageContent content) {
        AccountId tenant = sender.tenant();
        Optional<Media> media = written.file().map(sent -> {
            String clean = MessageBody.tamed(sent.name(), 100);
            return files.keep(tenant, clean, IncomingFiles.type(sent.file(), clean), StoredFile.of(sent.file()));
        });
        String called =
                name.isBlank() ? screen(tenant, sender.id(), from).customer().name() : Text.clean(name);
        boolean taken = simulator.receive(
                sender.key(),
                "SIM" + Digests.newToken(),
                from,
                called,
                written.text().strip(),
                media,
                content);
        if (!taken) {
            media.ifPresent(files::remove);
            return new Played.Full(sender);
        }
        return new Played.Done(sender, new Customer(from, called, phones.mood(tenant, from), Optional.empty()));
    }

    private static Optional<Invalid> broken(CustomerFile file) {
        long size = file.file().toFile().length();
        if (size == 0) {
            return Optional.of(new Invalid("file", "The file is empty"));
        }
        return size > IncomingFiles.LONGEST
                ? Optional.of(new Invalid("file", "A file must be 900 KB or less"))
                : Optional.empty();
    }

    /// Marks everything that has arrived as read by the customer.
    public Played read(AccountId tenant, SenderId id, Phone customer) {
        return play(tenant, id, customer, sender -> {
            providers(sender, customer, DeliveryState.DELIVERED)
                    .forEach(provider -> simulator.read(sender.key(), provider));
            return done(sender, customer);
        });
    }

    /// Changes the behavior of a customer's phone. When it is switched on, messages that waited for it arrive.
    public Played setMood(AccountId tenant, SenderId id, Phone customer, DeliveryBehavior mood) {
        return play(tenant, id, customer, sender -> {
            boolean wasOff = phones.mood(tenant, customer) == DeliveryBehavior.OFF;
            if (!phones.setMood(tenant, customer, mood)) {
                return new Played.Full(sender);
            }
            if (wasOff && mood != DeliveryBehavior.OFF) {
                providers(sender, customer, DeliveryState.SENT)
                        .forEach(provider -> simulator.arrives(sender.key(), customer, provider));
            }
            return done(sender, customer);
        });
    }

    Played done(Sender sender, Phone customer) {
        return new Played.Done(
                sender, screen(sender.tenant(), sender.id(), customer).customer());
    }

    private List<String> providers(Sender sender, Phone customer, DeliveryState state) {
        return database.read(
                sender.tenant(),
                tx -> new OutgoingStore(tx).providers(sender.tenant(), sender.id(), customer, state, MARKED));
    }

    interface Play {
        Played on(Sender sender);
    }

    Played play(AccountId tenant, SenderId id, Phone customer, Play play) {
        Optional<Sender> found = database.read(tenant, tx -> new SenderStore(tx).find(tenant, id));
        if (found.isEmpty()) {
            return new Played.NotFound(id);
        }
        Sender sender = found.get();
        if (sender.driver().isReal()) {
            return new Played.NotSimulated(sender);
        }
        if (sender.phone().equals(Optional.of(customer))) {
            return new Played.Rejected(new Invalid("phone", "A number can’t write to itself"));
        }
        Played played = play.on(sender);
        numbers.settle(sender);
        return played;
    }
}
