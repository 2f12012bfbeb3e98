package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.history.MessagePrice;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The messages sent or received by a pool, newest first.
///
/// @param incoming whether the list shows received messages
/// @param base base address of both lists
/// @param standIn the pool that sends for this one while it is failed over
/// @param actions what can be decided about all messages in the chosen state
/// @param rows of the list that is shown
@CheckedTemplate(basePath = "whatsapp")
public record PoolMessagesPage(
        PageFrame shell,
        SenderView master,
        boolean removed,
        Optional<SenderName> standIn,
        boolean incoming,
        String base,
        String here,
        List<Choice> states,
        String state,
        List<QueueButton> actions,
        String text,
        List<Row> rows,
        Optional<String> first,
        Optional<String> next,
        Form form,
        FieldErrors errors)
        implements TemplateInstance {

    /// @param contact the recipient or the author
    /// @param sender the number that it was sent from; empty if none is chosen yet
    /// @param waits what it waits for, and until when
    /// @param charged what WhatsApp charges it as; may be empty
    /// @param actions what can be decided about it
    record Row(
            String id,
            String time,
            String full,
            String machine,
            String contact,
            String name,
            String text,
            Optional<String> media,
            Optional<SenderName> sender,
            String state,
            String tone,
            String note,
            String reason,
            String waits,
            String charged,
            List<QueueButton> actions) {

        /// Returns the time that it shows, by which the list is sorted.
        Instant at() {
            return Instant.parse(machine);
        }

        public boolean uncertain() {
            return actions.stream().anyMatch(action -> action.key().equals("give-up"));
        }
    }

    /// @param sendAt in the zone of the browser, as typed; empty: at once
    record Form(String to, String text, String sendAt, String key) {}

    /// A button that decides about messages.
    ///
    /// @param key the last part of its address
    record QueueButton(String key, String path, String label) {

        static List<QueueButton> of(List<QueueAction> actions) {
            return actions.stream()
                    .map(action -> new QueueButton(action.key(), path(action), label(action)))
                    .toList();
        }

        private static String path(QueueAction action) {
            return action == QueueAction.REQUEUE ? "resend" : action.key();
        }

        static String label(QueueAction action) {
            return switch (action) {
                case REQUEUE -> "Resend";
                case GIVE_UP -> "Mark as failed";
                case CANCEL -> "Cancel";
            };
        }
    }

    /// Says what WhatsApp charges a message as.
    static String charged(MessagePrice price) {
        return price.isBillable()
                ? "Charged as " + price.category() + "."
                : "Free of charge (" + price.category() + ").";
    }

    public static String word(DeliveryState state) {
        return switch (state) {
            case SCHEDULED -> "Scheduled";
            case QUEUED -> "Waiting";
            case SENDING -> "Sending";
            case SENT -> "Sent";
            case DELIVERED -> "Delivered";
            case READ -> "Read";
            case FAILED -> "Failed";
            case UNCERTAIN -> "Uncertain";
            case CANCELED -> "Canceled";
        };
    }

    public static String tone(DeliveryState state) {
        return switch (state) {
            case SCHEDULED, QUEUED, CANCELED -> "idle";
            case SENDING, SENT -> "info";
            case DELIVERED, READ -> "good";
            case FAILED -> "bad";
            case UNCERTAIN -> "warn";
        };
    }
}
