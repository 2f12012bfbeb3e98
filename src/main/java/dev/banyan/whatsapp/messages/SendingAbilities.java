package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Knows which numbers can send what, by asking their drivers.
@Singleton
public final class SendingAbilities {

    private final Map<DriverKind, Driver> drivers;

    private static final Invalid HIDDEN = new Invalid(
            "to",
            "WhatsApp hides this contact’s phone number, and no number of this pool is known to the contact. Ask for the"
                    + " phone number, or wait until the contact writes to this pool.");

    public SendingAbilities(@All List<Driver> drivers) {
        this.drivers = drivers.stream().collect(Collectors.toMap(Driver::kind, Function.identity()));
    }

    /// Returns what a number can do.
    public Set<Capability> of(Sender sender) {
        return Optional.ofNullable(drivers.get(sender.driver()))
                .map(driver -> driver.capabilities(sender.key()))
                .orElse(Set.of());
    }

    /// Returns how many messages a number may have under way.
    int atOnce(Sender sender) {
        return Optional.ofNullable(drivers.get(sender.driver()))
                .map(driver -> driver.atOnce(sender.key()))
                .orElse(1);
    }

    /// Returns whether a number can send a message. Texts, which most messages are, need no asking.
    public boolean canSend(Sender sender, OutgoingMessage message) {
        return reaches(sender, message.to())
                && (isText(message.content(), message.media())
                        || of(sender).containsAll(needed(message.content(), message.media())));
    }

    /// Returns why none of a pool's numbers can send such a message; empty if one can, or the pool has none.
    public Optional<Invalid> refusal(
            Tx tx, AccountId tenant, SenderId pool, ContactAddress to, MessageContent content, Optional<Media> media) {
        boolean isHidden = to.phone().isEmpty();
        if (isText(content, media) && !isHidden) {
            return Optional.empty();
        }
        Set<Capability> needed = needed(content, media);
        List<Sender> senders = new SenderStore(tx).pool(tenant, pool);
        if (isHidden && !senders.isEmpty() && senders.stream().noneMatch(sender -> reaches(sender, to))) {
            return Optional.of(HIDDEN);
        }
        if (senders.isEmpty() || senders.stream().anyMatch(sender -> of(sender).containsAll(needed))) {
            return Optional.empty();
        }
        Sender first = senders.getFirst();
        String missing = needed.stream()
                .filter(one -> !of(first).contains(one))
                .findFirst()
                .map(capability -> capability.words)
                .orElse("this");
        String who = senders.stream()
                .map(sender -> sender.driver().title())
                .distinct()
                .collect(Collectors.joining(" and "));
        boolean isReply = needed.contains(Capability.REPLY) && !of(first).contains(Capability.REPLY);
        return Optional.of(new Invalid(isReply ? "replyTo" : "type", who + " can’t send " + missing + "."));
    }

    private static boolean reaches(Sender sender, ContactAddress to) {
        return to.isReachedBy(sender.id(), sender.remote());
    }

    private static boolean isText(MessageContent content, Optional<Media> media) {
        return content.quoted().isEmpty() && content.kind(media) == Kind.TEXT;
    }

    private static Set<Capability> needed(MessageContent content, Optional<Media> media) {
        Kind kind = content.kind(media);
        var needed = EnumSet.noneOf(Capability.class);
        if (kind != Kind.TEXT) {
            needed.add(Capability.toSend(kind));
        }
        if (content.quoted().isPresent() && kind != Kind.REACTION) {
            needed.add(Capability.REPLY);
        }
        return needed;
    }
}
