package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Phone;

/// How contacts are addressed whose phone number is written in two forms (decision 0089). WhatsApp knows each by one of
/// them: the gateway is asked for it before the first message, and what it says is kept.
record ContactAddresses(Gateway gateway, GatewayTools.Numbers numbers) {

    /// Where a contact is found.
    sealed interface Found {

        /// @param chat how the gateway addresses the contact; empty: by the phone number
        record At(Optional<String> chat) implements Found {}

        /// No form of the number is on WhatsApp.
        record Nowhere() implements Found {}
    }

    Found find(Session session, ContactAddress contact) {
        Optional<String> known = numbers.chat(session.sender(), contact);
        Optional<Phone> phone = contact.phone().filter(_ -> known.isEmpty()).filter(ContactAddresses::isAmbiguous);
        return phone.isPresent() && isAskable(session) ? ask(session, phone.get()) : new Found.At(known);
    }

    private boolean isAskable(Session session) {
        return session.phase() == Session.Phase.CONNECTED
                && gateway.capabilities(session.line().gateway().connection()).contains(Capability.NUMBER_CHECK);
    }

    /// A gateway that can't say keeps no message from being sent: WhatsApp finds most people by either form.
    private Found ask(Session session, Phone phone) {
        for (Phone form : phone.forms()) {
            switch (gateway.addressOf(session.line(), form)) {
                case GatewayAnswer.Done<Optional<String>>(Optional<String> chat)
                when chat.isPresent() -> {
                    numbers.learn(session.sender(), phone, chat.get());
                    return new Found.At(chat);
                }
                case GatewayAnswer.Done<Optional<String>> _ -> {}
                case GatewayAnswer.Failed<Optional<String>> _ -> {
                    return new Found.At(Optional.empty());
                }
            }
        }
        return new Found.Nowhere();
    }

    /// Keeps how a gateway calls a contact to whom it has sent a message.
    void told(Session session, ContactAddress contact, Optional<String> chat) {
        contact.phone()
                .filter(ContactAddresses::isAmbiguous)
                .filter(_ -> numbers.chat(session.sender(), contact).isEmpty())
                .ifPresent(phone -> chat.ifPresent(address -> numbers.learn(session.sender(), phone, address)));
    }

    static boolean isAmbiguous(Phone phone) {
        return phone.forms().size() > 1;
    }
}
