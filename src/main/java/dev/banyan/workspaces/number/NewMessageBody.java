package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.messages.MessageDraft;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a program sends to order one message, or up to 1,000 with what they have in common.
@NoOtherFields
record NewMessageBody(
        @Schema(description = "Over the number of this sub-client", example = "scl_1704067200000_a1b2c3d4e")
        Optional<String> subClientId,

        @Schema(description = "Or over the pool of this master", example = "wa_123456789012345678")
        Optional<String> master,

        @Schema(description = "To one contact", example = "+971500000201")
        Optional<String> to,

        @Schema(example = "Good morning") Optional<String> text,
        @Schema(description = NewMessageBody.TYPES) Optional<String> type,
        @Schema(description = NewMessageBody.CAPTION) Optional<String> caption,

        @Schema(description = NewMessageBody.MEDIA, implementation = Object.class)
        Optional<JsonNode> media,

        @Schema(description = NewMessageBody.ANSWERED) Optional<String> replyTo,
        Optional<MessageDraft.Location> location,
        Optional<MessageDraft.Contact> contact,

        @Schema(description = "Several contact cards") Optional<List<MessageDraft.Contact>> contacts,

        Optional<MessageDraft.Reaction> reaction,
        Optional<MessageDraft.Template> template,
        Optional<MessageDraft.Buttons> buttons,
        Optional<MessageDraft.Choices> list,

        @Schema(description = "Your own key: reusing it never sends the message twice")
        Optional<String> key,

        @Schema(description = "Sent at this time, within a year; empty: now", example = "2026-11-21T09:30:00+04:00")
        Optional<String> sendAt,

        @Schema(description = "Fails if it still waits at this time", example = "2026-11-21T18:00:00+04:00")
        Optional<String> expiresAt,

        @Schema(description = "Or 1 to 1,000 messages at once, instead of `to` and `text`")
        Optional<List<MessageBody>> messages) {

    static final String TYPES =
            "`text` (the default), `image`, `document`, `audio`, `video`, `sticker`, `location`, `contact`, `reaction`,"
                    + " `template`, `buttons` or `list`";
    static final String CAPTION = "The text under a picture, video or document";
    static final String MEDIA =
            "The file of an image, document, audio, video or sticker, or of a template’s header: an upload’s id or a"
                    + " link, as text, as `{\"id\": …}` or as `{\"url\": …}`";
    static final String ANSWERED = "The message that this answers, or that a reaction is for: its id, or WhatsApp’s id";

    MessageDraft draft() {
        return new MessageDraft(
                type(),
                text().orElse("").strip(),
                caption(),
                media(),
                replyTo(),
                location(),
                contact(),
                contacts(),
                reaction(),
                template(),
                buttons(),
                list());
    }

    @NoOtherFields
    record MessageBody(
            @Schema(example = "+971500000201") Optional<String> to,
            @Schema(example = "Good morning") Optional<String> text,
            @Schema(description = TYPES) Optional<String> type,
            @Schema(description = CAPTION) Optional<String> caption,

            @Schema(description = MEDIA, implementation = Object.class)
            Optional<JsonNode> media,

            @Schema(description = ANSWERED) Optional<String> replyTo,
            Optional<MessageDraft.Location> location,
            Optional<MessageDraft.Contact> contact,

            @Schema(description = "Several contact cards") Optional<List<MessageDraft.Contact>> contacts,

            Optional<MessageDraft.Reaction> reaction,
            Optional<MessageDraft.Template> template,
            Optional<MessageDraft.Buttons> buttons,
            Optional<MessageDraft.Choices> list,

            @Schema(description = "Your own key: reusing it never sends the message twice")
            Optional<String> key,

            @Schema(description = "As for a single message; empty: the `sendAt` next to `messages`")
            Optional<String> sendAt,

            @Schema(description = "As for a single message; empty: the `expiresAt` next to `messages`")
            Optional<String> expiresAt) {

        MessageDraft draft() {
            return new MessageDraft(
                    type(),
                    text().orElse("").strip(),
                    caption(),
                    media(),
                    replyTo(),
                    location(),
                    contact(),
                    contacts(),
                    reaction(),
                    template(),
                    buttons(),
                    list());
        }
    }
}
