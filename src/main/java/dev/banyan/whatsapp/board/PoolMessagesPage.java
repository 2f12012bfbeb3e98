package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.DeliveryState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The messages sent or received by a pool, newest first.
///
/// @param incoming whether the list shows received messages
/// @param base base address of both lists
/// @param rows of the list that is shown
@CheckedTemplate(basePath = "whatsapp")
record PoolMessagesPage(
        PageFrame shell,
        SenderView master,
        boolean incoming,
        String base,
        String here,
        List<Choice> states,
        String state,
        String text,
        List<Row> rows,
        Optional<String> first,
        Optional<String> next,
        Form form,
        FieldErrors errors)
        implements TemplateInstance {

    /// One message.
    ///
    /// @param contact the recipient or the author
    /// @param sender the number that it was sent from; empty if none is chosen yet
    /// @param undecided it is unknown whether the message was sent, and a person has to decide
    record Row(
            String id,
            String time,
            String full,
            String machine,
            String contact,
            String name,
            String text,
            Optional<String> media,
            Optional<SenderPage.PoolName> sender,
            String state,
            String tone,
            String note,
            String reason,
            boolean undecided) {}

    record Form(String to, String text, String key) {}

    static String word(DeliveryState state) {
        return switch (state) {
            case SCHEDULED -> "Scheduled";
            case QUEUED -> "Waiting";
            case SENDING -> "Sending";
            case SENT -> "Sent";
            case DELIVERED -> "Delivered";
            case READ -> "Read";
            case FAILED -> "Failed";
            case UNCERTAIN -> "Uncertain";
            case CANCELLED -> "Cancelled";
        };
    }

    static String tone(DeliveryState state) {
        return switch (state) {
            case SCHEDULED, QUEUED, CANCELLED -> "idle";
            case SENDING, SENT -> "info";
            case DELIVERED, READ -> "good";
            case FAILED -> "bad";
            case UNCERTAIN -> "warn";
        };
    }
}
