package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;

/// What a webhook tells, in the same words for every gateway.
public sealed interface HookEvent {

    /// Returns what the gateway calls the number.
    String remote();

    /// The gateway says that the state of the number has changed.
    record StatusChanged(String remote, NumberStatus status) implements HookEvent {}

    /// Another QR code is on offer.
    ///
    /// @param code empty: it must be asked for
    record CodeChanged(String remote, Optional<String> code) implements HookEvent {}

    /// A message of a contact.
    ///
    /// @param provider WhatsApp's id of the message, the same on repeats and for all forms of the contact's address
    /// @param chat whom to answer
    /// @param name the contact's own display name; may be empty
    /// @param username what the contact is called on WhatsApp without a number: `amal.k`
    /// @param text may be empty if there is a file
    /// @param group the group that it was written in, if any
    record Message(
            String remote,
            String provider,
            ChatAddress chat,
            String name,
            Optional<String> username,
            String text,
            MessageContent content,
            Optional<RemoteMedia> media,
            Optional<String> group,
            Instant at)
            implements HookEvent {

        public Message(
                String remote,
                String provider,
                ChatAddress chat,
                String name,
                String text,
                MessageContent content,
                Optional<RemoteMedia> media,
                Optional<String> group,
                Instant at) {
            this(remote, provider, chat, name, Optional.empty(), text, content, media, group, at);
        }

        private Message arrived(Instant then) {
            return new Message(
                    remote, provider, chat, name, username, text, content, media, group, HookEvent.arrived(at, then));
        }

        private static final String NO_FILE = "(A file that could not be fetched from WhatsApp.)";

        /// Returns what people see of it while its file can't be had.
        Message withoutFile() {
            return media.isEmpty()
                    ? this
                    : new Message(
                            remote,
                            provider,
                            chat,
                            name,
                            username,
                            (text + "\n" + NO_FILE).strip(),
                            content,
                            Optional.empty(),
                            group,
                            at);
        }
    }

    /// A message that left from the number, as WhatsApp tells all of its devices: written on the phone, or one of ours.
    ///
    /// @param message in the chat of the contact that it went to
    record Echo(Message message) implements HookEvent {
        @Override
        public String remote() {
            return message.remote();
        }
    }

    /// Returns the same with the moment at which it came, as far as the gateway leaves it open.
    static HookEvent arrived(HookEvent event, Instant then) {
        return switch (event) {
            case Message message -> message.arrived(then);
            case Echo(Message message) -> new Echo(message.arrived(then));
            case Edited(String remote, String provider, ChatAddress chat, String text, boolean isInGroup, Instant at) ->
                new Edited(remote, provider, chat, text, isInGroup, arrived(at, then));
            case Reacted(String remote, String provider, ChatAddress chat, String emoji, Instant at) ->
                new Reacted(remote, provider, chat, emoji, arrived(at, then));
            default -> event;
        };
    }

    /// Most gateways tell the second: within it, what a contact does stays in the order in which it came.
    private static Instant arrived(Instant at, Instant then) {
        Instant last = at.plusMillis(999);
        return at.getNano() != 0 || !then.isAfter(at)
                ? at
                : (then.isBefore(last) ? then : last).truncatedTo(ChronoUnit.MILLIS);
    }

    /// Returns the same without the files, for which no one waits any longer.
    static HookEvent withoutFile(HookEvent event) {
        return switch (event) {
            case Message message -> message.withoutFile();
            case Echo(Message message) -> new Echo(message.withoutFile());
            default -> event;
        };
    }

    /// A call that no one took, as a line of the conversation.
    ///
    /// @param id of the call
    /// @param name of the contact; may be empty
    static Message missedCall(String remote, String id, ChatAddress chat, String name, boolean isVideo, Instant at) {
        return new Message(
                remote,
                "call-" + id,
                chat,
                name,
                missedCall(isVideo),
                MessageContent.PLAIN,
                Optional.empty(),
                Optional.empty(),
                at);
    }

    static String missedCall(boolean isVideo) {
        return isVideo ? "📞 Missed video call" : "📞 Missed call";
    }

    /// A message of a contact was read on the phone of the number, and so were those before it.
    record Seen(String remote, String provider, ChatAddress chat) implements HookEvent {}

    /// @param provider WhatsApp's id of the message
    /// @param chat with an empty address if the gateway doesn't say who has done it
    record Edited(String remote, String provider, ChatAddress chat, String text, boolean isInGroup, Instant at)
            implements HookEvent {

        public Edited(String remote, String provider, ChatAddress chat, String text, Instant at) {
            this(remote, provider, chat, text, false, at);
        }
    }

    /// @param provider WhatsApp's id of the message
    /// @param chat with an empty address if the gateway doesn't say who has done it
    record Deleted(String remote, String provider, ChatAddress chat, boolean isInGroup, Instant at)
            implements HookEvent {

        public Deleted(String remote, String provider, ChatAddress chat, Instant at) {
            this(remote, provider, chat, false, at);
        }
    }

    /// @param provider WhatsApp's id of the message that it is about
    /// @param emoji empty: withdrawn
    record Reacted(String remote, String provider, ChatAddress chat, String emoji, Instant at) implements HookEvent {}

    /// Something named both addresses that a business has for a person.
    record Paired(Phone phone, String user) implements HookEvent {
        @Override
        public String remote() {
            return "";
        }
    }

    /// A person has another id at a business from now on, as WhatsApp gives one with each new phone number.
    ///
    /// @param phone the number of the new id, where WhatsApp tells it
    record UserIdChanged(String from, String to, Optional<Phone> phone) implements HookEvent {
        @Override
        public String remote() {
            return "";
        }
    }

    /// A contact has another phone number from now on.
    record NumberChanged(String remote, Phone from, Phone to) implements HookEvent {}

    /// A contact has told WhatsApp to stop marketing messages of this business, or that they may come again.
    record Preference(String remote, ChatAddress chat, boolean isStop) implements HookEvent {}

    record Typing(String remote, ChatAddress chat, boolean isTyping) implements HookEvent {}

    /// What has become of a message that we sent.
    ///
    /// @param provider WhatsApp's id of the message
    /// @param message our own id, where the gateway repeats it
    record Receipt(String remote, String provider, Optional<UUID> message, Stage stage) implements HookEvent {}

    enum Stage {
        SENT,
        DELIVERED,
        READ
    }

    /// A message was accepted first and then not delivered.
    ///
    /// @param message our own id, where the gateway repeats it
    record Undeliverable(String remote, String provider, Optional<UUID> message, SendResult.NotSent why)
            implements HookEvent {}

    /// What a message costs, as WhatsApp says.
    ///
    /// @param category such as `service` or `marketing`
    record Priced(String remote, String provider, String category, boolean isBillable) implements HookEvent {}

    /// Something else about this number: it proves that the connection is alive, and means nothing more.
    record Alive(String remote) implements HookEvent {}

    /// Something about the whole connection that people should know.
    ///
    /// @param remotes the numbers concerned; empty: all
    record Notice(List<String> remotes, String title, String details, boolean isBad) implements HookEvent {
        @Override
        public String remote() {
            return "";
        }
    }

    /// The templates of the business have changed.
    record TemplatesChanged() implements HookEvent {
        @Override
        public String remote() {
            return "";
        }
    }
}
