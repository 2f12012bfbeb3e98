package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.HiddenId;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.history.SenderRating;

/// What the drivers of all gateways work with.
///
/// @param threads runs what waits for gateways; tests run everything in the calling thread
/// @param patience how long people wait for the first code; later it reaches them as an event
public record GatewayTools(
        Numbers numbers, Files files, Timers timers, Clock clock, Executor threads, Duration patience) {

    /// A number that WhatsApp has banned.
    ///
    /// @param ends empty if WhatsApp hasn't said when
    public record Ban(Optional<Instant> ends) {}

    /// What is known of numbers and their contacts.
    public interface Numbers {

        /// Returns the number at its gateway; empty if it is at none, or the gateway's credentials can't be opened.
        Optional<Line> line(SenderKey sender);

        /// Returns the number that a gateway calls so.
        Optional<SenderKey> sender(GatewayAccess gateway, String remote);

        /// Returns how a contact must be addressed, if that is not the phone number.
        default Optional<String> chat(SenderKey sender, ContactAddress contact) {
            return switch (contact) {
                case Phone phone -> address(sender, phone);
                case UserId user -> Optional.of(user.id());
                case HiddenId hidden -> Optional.of(hidden.chat());
            };
        }

        /// Returns how a phone number must be addressed, if it is not as itself.
        Optional<String> address(SenderKey sender, Phone contact);

        /// Returns the contact behind a hidden address, as far as it was ever told.
        Optional<Phone> contact(SenderKey sender, String address);

        /// Returns the address under which a contact is kept.
        default ContactAddress resolve(SenderKey sender, ContactAddress address) {
            return address;
        }

        /// Learns that a hidden contact has this phone number.
        ///
        /// @return false if someone has said that these are two people
        default boolean pair(AccountId tenant, ContactAddress hidden, Phone phone) {
            return true;
        }

        /// Learns that a contact has another hidden address from now on.
        ///
        /// @param phone the contact's number from now on, if it was told
        default void renamed(AccountId tenant, ContactAddress from, ContactAddress to, Optional<Phone> phone) {}

        /// Returns who has written a message; empty if we don't have it.
        ///
        /// @param provider WhatsApp's id of the message
        default Optional<ContactAddress> writer(SenderKey sender, String provider) {
            return Optional.empty();
        }

        /// Returns whom a message of ours went to; empty if it is none of ours.
        ///
        /// @param provider WhatsApp's id of the message
        default Optional<ContactAddress> recipient(SenderKey sender, String provider) {
            return Optional.empty();
        }

        /// Returns whether a message is still being handed over that may be one of this time: WhatsApp's id of it isn't
        /// known yet.
        default boolean isHandingOver(SenderKey sender, Instant at) {
            return false;
        }

        /// Returns whether a message that says the same to this contact is being handed over, also one that a server
        /// looks for after a restart.
        default boolean isHandingOver(SenderKey sender, ContactAddress to, HookEvent.Message message) {
            return false;
        }

        /// Returns the message of ours that a message which left from the number is, if nothing has told yet whether it
        /// was sent.
        default Optional<UUID> lost(SenderKey sender, ContactAddress to, HookEvent.Message message) {
            return Optional.empty();
        }

        void learn(SenderKey sender, Phone contact, String address);

        /// Learns that a contact has another phone number from now on.
        default void moved(SenderKey sender, Phone from, Phone to) {}

        /// Tells people something about a number.
        void remark(SenderKey sender, String title, String details, boolean isBad);

        /// Notes that a contact wants no marketing messages any more.
        ///
        /// @param why as a full sentence
        default void optedOut(SenderKey sender, ContactAddress contact, String why) {}

        /// Notes that a contact wants them again, who stopped them at WhatsApp.
        default void optedIn(SenderKey sender, ContactAddress contact) {}

        /// Notes that the contact whom a message was for wants none.
        ///
        /// @param provider WhatsApp's id of the message
        /// @param message our own id, where the gateway repeats it
        default void optedOut(SenderKey sender, String provider, Optional<UUID> message, String why) {}

        /// Returns whether the pool of a number asks for the messages of groups.
        default boolean asksForGroups(SenderKey sender) {
            return false;
        }

        /// Returns the ban of a number; empty if it has none.
        default Optional<Ban> ban(SenderKey sender) {
            return Optional.empty();
        }

        /// Keeps when the ban of a number ends.
        default void banned(SenderKey sender, Ban ban) {}

        /// Keeps what WhatsApp thinks of a number.
        default void rated(SenderKey sender, SenderRating rating) {}

        /// Tells people what is wrong with a whole gateway; empty: nothing any more.
        void problem(GatewayAccess gateway, Optional<String> problem);
    }

    /// The files of messages.
    public interface Files {

        /// Returns the file of an outgoing message; empty if it no longer exists.
        Optional<Upload> upload(dev.banyan.whatsapp.Media media);

        /// Stores a file that a contact has sent.
        dev.banyan.whatsapp.Media keep(SenderKey sender, String name, String type, byte[] bytes);
    }
}
