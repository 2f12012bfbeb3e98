package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.QuotedMessageStore.OnWhatsApp;
import jakarta.inject.Singleton;

/// What belongs to messages without being part of them: WhatsApp's ids, the messages they answer, and reactions. A few
/// queries for a whole page.
@Singleton
public record MessageDetails(Database database) {

    /// A reaction to a message.
    ///
    /// @param isOurs whether we have reacted
    public record Reacted(String emoji, boolean isOurs) {}

    /// @param provider WhatsApp's id; empty if it was not sent yet
    /// @param quoted the message it answers, if we have it
    /// @param price what WhatsApp charges it as, once it has said so
    /// @param editedAt when its writer changed its text
    /// @param deletedAt when its writer deleted it
    public record Details(
            Optional<String> provider,
            Optional<QuotedMessage> quoted,
            List<Reacted> reactions,
            Optional<MessagePrice> price,
            Optional<Instant> editedAt,
            Optional<Instant> deletedAt) {

        public static final Details NONE = new Details(
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

        public Details {
            reactions = List.copyOf(reactions);
        }
    }

    private record Known(
            UUID id,
            Optional<SenderId> sender,
            ContactAddress contact,
            Optional<String> provider,
            Optional<Quoted> quoted,
            Optional<Instant> editedAt,
            Optional<Instant> deletedAt) {}

    /// Returns the details of messages in both directions, by their ids.
    public Map<UUID, Details> of(
            AccountId tenant, Collection<OutgoingMessage> sent, Collection<IncomingMessage> received) {
        return sent.isEmpty() && received.isEmpty() ? Map.of() : database.read(tx -> of(tx, tenant, sent, received));
    }

    public static Map<UUID, Details> of(
            Tx tx, AccountId tenant, Collection<OutgoingMessage> sent, Collection<IncomingMessage> received) {
        Map<UUID, OnWhatsApp> became = new QuotedMessageStore(tx)
                .onWhatsApp(tenant, sent.stream().map(OutgoingMessage::id).toList());
        var all = new ArrayList<Known>();
        sent.forEach(message -> {
            Optional<OnWhatsApp> now = Optional.ofNullable(became.get(message.id()));
            all.add(new Known(
                    message.id(),
                    message.sender(),
                    message.to(),
                    now.map(OnWhatsApp::provider),
                    message.content().quoted(),
                    now.flatMap(OnWhatsApp::editedAt),
                    now.flatMap(OnWhatsApp::deletedAt)));
        });
        received.forEach(message -> all.add(new Known(
                message.id(),
                Optional.of(message.sender()),
                message.from(),
                Optional.of(message.provider()),
                message.content().quoted(),
                message.editedAt(),
                message.deletedAt())));
        return details(tx, tenant, all);
    }

    private static Map<UUID, Details> details(Tx tx, AccountId tenant, List<Known> all) {
        var store = new QuotedMessageStore(tx);
        Set<ContactAddress> contacts = all.stream().map(Known::contact).collect(Collectors.toSet());
        Map<String, QuotedMessage> quoted = store.findAll(
                tenant,
                contacts,
                all.stream()
                        .flatMap(one -> one.quoted().stream())
                        .map(Quoted::provider)
                        .collect(Collectors.toSet()));
        Map<SenderId, Map<String, String>> theirs = theirs(tx, tenant, all);
        Map<String, String> ours = store.ownReactions(
                tenant,
                contacts,
                all.stream().flatMap(one -> one.provider().stream()).collect(Collectors.toSet()));
        Map<UUID, MessagePrice> prices =
                new MessagePriceStore(tx).of(tenant, all.stream().map(Known::id).toList());
        var details = new HashMap<UUID, Details>();
        for (Known one : all) {
            details.put(
                    one.id(),
                    new Details(
                            one.provider(),
                            one.quoted().flatMap(known -> Optional.ofNullable(quoted.get(known.provider()))),
                            reactions(one, theirs, ours),
                            Optional.ofNullable(prices.get(one.id())),
                            one.editedAt(),
                            one.deletedAt()));
        }
        return details;
    }

    private static Map<SenderId, Map<String, String>> theirs(Tx tx, AccountId tenant, List<Known> all) {
        var providers = new HashMap<SenderId, Set<String>>();
        all.forEach(one -> one.sender()
                .ifPresent(sender -> one.provider()
                        .ifPresent(provider -> providers
                                .computeIfAbsent(sender, _ -> new HashSet<>())
                                .add(provider))));
        var reactions = new ReactionStore(tx);
        var theirs = new HashMap<SenderId, Map<String, String>>();
        providers.forEach((sender, ids) -> theirs.put(sender, reactions.of(tenant, sender, ids)));
        return theirs;
    }

    private static List<Reacted> reactions(
            Known one, Map<SenderId, Map<String, String>> theirs, Map<String, String> ours) {
        var reactions = new ArrayList<Reacted>();
        one.provider().ifPresent(provider -> {
            one.sender()
                    .flatMap(sender -> Optional.ofNullable(
                            theirs.getOrDefault(sender, Map.of()).get(provider)))
                    .ifPresent(emoji -> reactions.add(new Reacted(emoji, false)));
            Optional.ofNullable(ours.get(provider))
                    .map(content -> MessageContent.of(Optional.of(content), Optional.empty())
                            .detail())
                    .ifPresent(detail -> {
                        if (detail instanceof MessageContent.Reaction(String emoji) && !emoji.isEmpty()) {
                            reactions.add(new Reacted(emoji, true));
                        }
                    });
        });
        return reactions;
    }
}
