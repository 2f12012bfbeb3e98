package dev.banyan.whatsapp.templates;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayTemplates;
import dev.banyan.whatsapp.drivers.Lines;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.whatsapp.messages.TemplateValues;
import dev.banyan.whatsapp.optouts.OptOutStore;
import jakarta.inject.Singleton;

/// The templates of a connection's business, whatever their state, and test messages of them.
@Singleton
record Templates(
        Database database,
        Connections connections,
        Lines lines,
        GatewayTemplates templates,
        Outgoing outgoing,
        Audit audit,
        Uuids uuids,
        Clock clock) {

    private static final String KEYS = "template-test:";
    static final String NOT_LISTED = "This template isn’t in the list. Sync templates first.";
    static final String NO_CREDENTIALS = "Its credentials can’t be read on this server. Enter them again.";

    /// The templates of a connection.
    ///
    /// @param problem why they could not be read, as a full sentence
    public record Found(Connection connection, List<MessageTemplate> templates, Optional<String> problem) {

        public Found {
            templates = List.copyOf(templates);
        }

        /// Returns a template by WhatsApp's id.
        public Optional<MessageTemplate> template(String id) {
            return templates.stream().filter(one -> one.id().equals(id)).findFirst();
        }
    }

    /// A test message, as it was typed.
    ///
    /// @param template WhatsApp's id of it
    /// @param from the number that sends it; empty: the first of the connection
    /// @param values of its header, body and buttons, in this order
    public record Trial(String template, String from, String to, List<String> values) {

        public Trial {
            values = List.copyOf(values);
        }
    }

    public Optional<Found> list(AccountId tenant, ConnectionId id) {
        return connections
                .find(tenant, id)
                .map(connection -> connections
                        .open(tenant, id)
                        .map(opened -> switch (templates.read(lines.access(opened))) {
                            case GatewayAnswer.Done<List<MessageTemplate>>(List<MessageTemplate> read) ->
                                new Found(connection, sorted(read), Optional.empty());
                            case GatewayAnswer.Failed<List<MessageTemplate>>(GatewayAnswer.Trouble trouble) ->
                                new Found(connection, List.of(), Optional.of(trouble.sentence()));
                        })
                        .orElseGet(() -> new Found(connection, List.of(), Optional.of(NO_CREDENTIALS))));
    }

    private static List<MessageTemplate> sorted(List<MessageTemplate> read) {
        return read.stream()
                .sorted(Comparator.comparing(MessageTemplate::name).thenComparing(MessageTemplate::language))
                .toList();
    }

    /// Reads the templates from WhatsApp again.
    public Optional<Found> sync(AccountId tenant, ConnectionId id) {
        connections.find(tenant, id).ifPresent(connection -> templates.forget(connection.id()));
        return list(tenant, id);
    }

    /// Returns the numbers that can send the templates of a connection.
    public List<Sender> numbers(AccountId tenant, ConnectionId id) {
        var ids = connections.senders(tenant, id).values().stream()
                .map(SenderKey::id)
                .toList();
        return database.read(tx -> ids.stream()
                .flatMap(sender -> new SenderStore(tx).find(tenant, sender).stream())
                .sorted(Comparator.comparing(Sender::displayName))
                .toList());
    }

    /// Returns why no test of a template can be sent; empty if one can.
    public static Optional<String> untestable(MessageTemplate template) {
        if (!template.isSendable()) {
            return Optional.of("WhatsApp sends this template once it’s approved.");
        }
        return TemplatePreview.hasFile(template)
                ? Optional.of("Tests can’t include the header’s file. Send this template with the API, with its file.")
                : Optional.empty();
    }

    /// Returns what the values of a test are called, in order.
    public static List<String> fields(MessageTemplate template) {
        return TemplateValues.fields(GatewayTemplates.entry(template));
    }

    /// Returns the examples of these values, as far as there are any; empty texts for the others.
    public static List<String> examples(MessageTemplate template) {
        TemplateBook.Entry entry = GatewayTemplates.entry(template);
        var examples = new ArrayList<String>();
        for (int i = 0; i < entry.header(); i++) {
            List<String> header = template.examples().header();
            examples.add(i < header.size() ? header.get(i) : "");
        }
        entry.names().forEach(name -> examples.add(template.examples().body().getOrDefault(name, "")));
        return List.copyOf(examples);
    }

    /// Sends a template to one phone, to see it there.
    public Outcome<OutgoingMessage> test(AccountId tenant, Actor actor, ConnectionId id, Trial trial) {
        Optional<Found> found = list(tenant, id);
        Optional<MessageTemplate> template = found.flatMap(one -> one.template(trial.template()));
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        if (template.isEmpty()) {
            return refused("template", found.get().problem().orElse(NOT_LISTED));
        }
        Optional<String> untestable = untestable(template.get());
        if (untestable.isPresent()) {
            return refused("template", untestable.get());
        }
        Optional<Phone> to = Phone.ofContact(trial.to());
        if (to.isEmpty()) {
            return Outcome.rejected(Phone.INVALID.in("to"));
        }
        TemplateBook.Entry entry = GatewayTemplates.entry(template.get());
        Optional<Sender> from = numbers(tenant, id).stream()
                .filter(one -> trial.from().isEmpty() || one.id().value().equals(trial.from()))
                .findFirst();
        if (from.isEmpty()) {
            return refused("from", "Choose a number of this connection. Add one first if it has none.");
        }
        return TemplateValues.fill(entry, trial.values())
                .map(filled -> send(actor, found.get().connection(), entry, from.get(), to.get(), filled))
                .orElseGet(() -> refused("values", "Give each placeholder a value of 1,024 characters or fewer"));
    }

    private static Outcome<OutgoingMessage> refused(String field, String sentence) {
        return Outcome.rejected(new Invalid(field, sentence));
    }

    private Outcome<OutgoingMessage> send(
            Actor actor,
            Connection connection,
            TemplateBook.Entry entry,
            Sender from,
            Phone to,
            MessageContent.Template filled) {
        AccountId tenant = connection.tenant();
        return database.write(tx -> {
            if (new OptOutStore(tx).find(tenant, to).isPresent()) {
                return refused("to", "This number has opted out. Choose another one");
            }
            var pool = from.masterId().orElse(from.id());
            // Another number of the pool may belong to another business, which has other templates.
            new PoolContactStore(tx).assign(tenant, pool, to, from.id(), clock.instant());
            var order = new Outgoing.Order(
                    pool,
                    to,
                    entry.filled(filled.body()),
                    Optional.empty(),
                    new MessageContent(filled, Optional.empty()),
                    KEYS + uuids.next(),
                    MessageSchedule.NONE);
            return switch (outgoing.order(tx, tenant, actor, order)) {
                case Ordered.Done(OutgoingMessage ordered, boolean _) -> {
                    note(tx, actor, connection, entry);
                    yield Outcome.done(ordered);
                }
                case Ordered.NoPool _ -> refused("from", "The pool of this number was removed.");
                case Ordered.Draining _ ->
                    refused("from", "The pool of this number is being emptied. Resume it first.");
                case Ordered.Full _ ->
                    refused("from", "Too many messages are waiting in the pool of this number. Try again later.");
                case Ordered.Rejected(Invalid invalid) -> Outcome.rejected(invalid);
            };
        });
    }

    private void note(Tx tx, Actor actor, Connection connection, TemplateBook.Entry entry) {
        audit.note(
                tx,
                actor,
                new Owner(connection.tenant(), connection.tenant()),
                "TemplateTested",
                connection.id().toString(),
                Map.of("name", entry.name(), "language", entry.language()));
    }
}
