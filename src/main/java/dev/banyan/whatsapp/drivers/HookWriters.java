package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.HiddenId;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;

/// Who is meant by what a webhook calls a contact: a phone number, or an address that hides it.
record HookWriters(Gateway gateway, GatewayTools.Numbers numbers) {

    /// Who changed a message isn't known yet, since the message may come later; the webhook is tried again.
    static final class UnknownWriter extends RuntimeException {

        UnknownWriter() {
            super("The message that was changed isn’t known yet");
        }
    }

    /// Nothing tells who it was, and nothing ever will.
    static final class NoOne extends RuntimeException {

        NoOne() {
            super("No contact is named");
        }
    }

    /// Returns what stands for a hidden number. A business has its own name for a person, and so has each number that
    /// is linked by QR code.
    private static Optional<ContactAddress> hidden(GatewayAccess access, SenderKey sender, ChatAddress chat) {
        return chat.hidden()
                .map(id -> id.endsWith("@lid")
                        ? new HiddenId(id.substring(0, id.indexOf('@')), sender.id())
                        : new UserId(id, access.connection().id()));
    }

    Optional<ContactAddress> known(GatewayAccess access, SenderKey sender, ChatAddress chat) {
        return chat.phone()
                .<ContactAddress>map(phone -> phone)
                .or(() -> numbers.contact(sender, chat.value()).map(phone -> phone))
                .or(() -> hidden(access, sender, chat).map(address -> numbers.resolve(sender, address)));
    }

    /// Returns in whose conversation a message was changed. The id alone says whose it is: gateways tell of changes
    /// without saying whose, and of those on our own phone with the contact's address.
    ///
    /// @return empty if it is one of a group that isn't asked for
    Optional<ContactAddress> writer(
            GatewayAccess access, SenderKey sender, String provider, ChatAddress chat, boolean isInGroup) {
        if (isInGroup && !numbers.asksForGroups(sender)) {
            return Optional.empty();
        }
        Optional<ContactAddress> writer = numbers.writer(sender, provider);
        return writer.map(known -> chat.value().isEmpty() ? known : contact(access, sender, chat))
                .or(() -> numbers.recipient(sender, provider))
                .or(() -> {
                    throw new UnknownWriter(); // its message may come after its change
                });
    }

    /// Returns who wrote, and remembers how to answer.
    ContactAddress contact(GatewayAccess access, SenderKey sender, ChatAddress chat) {
        ContactAddress contact = known(access, sender, chat)
                .filter(known -> known.phone().isPresent())
                .or(() -> ask(sender, chat)
                        .filter(phone -> isOnePerson(access, sender, chat, phone))
                        .map(phone -> phone))
                .or(() -> hidden(access, sender, chat).map(address -> numbers.resolve(sender, address)))
                .map(ContactAddress::kept)
                .orElseThrow(NoOne::new);
        contact.phone().ifPresent(phone -> {
            boolean isOne = isOnePerson(access, sender, chat, phone);
            boolean isItself = chat.value().equals(gateway.chat(phone)) && !ContactAddresses.isAmbiguous(phone);
            if (isOne && !isItself && !numbers.address(sender, phone).equals(Optional.of(chat.value()))) {
                numbers.learn(sender, phone, chat.value());
            }
        });
        return contact;
    }

    /// Learns that both addresses are of one person, unless someone has said that they are not.
    private boolean isOnePerson(GatewayAccess access, SenderKey sender, ChatAddress chat, Phone phone) {
        return hidden(access, sender, chat)
                .map(address -> numbers.pair(sender.tenant(), address, phone))
                .orElse(true);
    }

    private Optional<Phone> ask(SenderKey sender, ChatAddress chat) {
        return numbers.line(sender)
                .map(line -> gateway.phoneOf(line, chat.value()))
                .flatMap(answer -> answer instanceof GatewayAnswer.Done<Optional<Phone>>(Optional<Phone> phone)
                        ? phone
                        : Optional.empty());
    }
}
