package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageDetails.Reacted;
import dev.banyan.whatsapp.history.QuotedMessage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a message is, in the API: the same fields as in a request. Shared by sent and received messages.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "MessageParts")
public record MessageParts(
        String type,
        Optional<FilePart> media,
        Optional<PlacePart> location,
        Optional<List<CardPart>> contacts,
        Optional<ReactionPart> reaction,
        Optional<TemplatePart> template,
        Optional<ButtonsPart> buttons,
        Optional<ListPart> list,
        Optional<String> choice,
        Optional<AdPart> ad,
        Optional<String> replyTo,
        Optional<List<ReactedPart>> reactions) {

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MessageAd", description = "The ad or post that led the contact here")
    public record AdPart(
            @Schema(description = "`ad` or `post`") String type,
            String id,
            String headline,
            String url,

            @Schema(description = "What the ad’s network calls the click")
            String click) {

        public static AdPart of(MessageContent.Ad ad) {
            return new AdPart(ad.type(), ad.id(), ad.headline(), ad.url(), ad.click());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "MessageFilePart")
    public record FilePart(
            String name,
            String type,

            @Schema(description = "Where a received file can be fetched, with the same key")
            Optional<String> url) {}

    @Schema(name = "SentLocation")
    public record PlacePart(double latitude, double longitude, String name, String address) {}

    @Schema(name = "SentContact")
    public record CardPart(String name, String phone, String organization) {}

    @Schema(name = "SentReaction")
    public record ReactionPart(String emoji) {}

    @Schema(name = "SentTemplate")
    public record TemplatePart(
            String name, String language, List<String> header, Object body, List<TemplateButtonPart> buttons) {}

    @Schema(name = "SentTemplateButton")
    public record TemplateButtonPart(int index, String type, String value) {}

    @Schema(name = "SentButtons")
    public record ButtonsPart(String header, String footer, List<ButtonPart> buttons) {}

    @Schema(name = "SentButton")
    public record ButtonPart(String id, String title) {}

    @Schema(name = "SentList")
    public record ListPart(String header, String footer, String button, List<SectionPart> sections) {}

    @Schema(name = "SentListSection")
    public record SectionPart(String title, List<RowPart> rows) {}

    @Schema(name = "SentListRow")
    public record RowPart(String id, String title, String description) {}

    /// @param from `contact` or `us`
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "ReactionToMessage")
    public record ReactedPart(String emoji, String from) {}

    public static MessageParts of(MessageContent content, Optional<Media> media, Details details) {
        return of(
                content,
                media,
                details.quoted()
                        .<Object>map(QuotedMessage::id)
                        .or(() -> content.quoted().map(MessageContent.Quoted::provider)),
                details.reactions());
    }

    /// @param answered the id of the message that it answers
    public static MessageParts of(
            MessageContent content, Optional<Media> media, Optional<?> answered, List<Reacted> reactions) {
        MessageContent.Detail detail = content.detail();
        return new MessageParts(
                content.kind(media).key(),
                media.map(file -> new FilePart(file.name(), file.type(), Optional.empty())),
                detail instanceof MessageContent.Location place
                        ? Optional.of(new PlacePart(place.latitude(), place.longitude(), place.name(), place.address()))
                        : Optional.empty(),
                detail instanceof MessageContent.Contacts(var cards)
                        ? Optional.of(cards.stream()
                                .map(card -> new CardPart(card.name(), card.phone(), card.organization()))
                                .toList())
                        : Optional.empty(),
                detail instanceof MessageContent.Reaction(String emoji)
                        ? Optional.of(new ReactionPart(emoji))
                        : Optional.empty(),
                detail instanceof MessageContent.Template template ? Optional.of(template(template)) : Optional.empty(),
                detail instanceof MessageContent.Buttons buttons ? Optional.of(buttons(buttons)) : Optional.empty(),
                detail instanceof MessageContent.Choices list ? Optional.of(list(list)) : Optional.empty(),
                detail instanceof MessageContent.Picked(String id) ? Optional.of(id) : Optional.empty(),
                content.ad().map(AdPart::of),
                answered.map(Object::toString),
                Optional.of(reactions.stream()
                                .map(one -> new ReactedPart(one.emoji(), one.isOurs() ? "us" : "contact"))
                                .toList())
                        .filter(all -> !all.isEmpty()));
    }

    private static TemplatePart template(MessageContent.Template template) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < template.names().size() && i < template.body().size(); i++) {
            named.put(template.names().get(i), template.body().get(i));
        }
        return new TemplatePart(
                template.name(),
                template.language(),
                template.header(),
                named.isEmpty() ? template.body() : named,
                template.buttons().stream()
                        .map(button -> new TemplateButtonPart(button.index(), button.kind(), button.value()))
                        .toList());
    }

    private static ButtonsPart buttons(MessageContent.Buttons buttons) {
        return new ButtonsPart(
                buttons.header(),
                buttons.footer(),
                buttons.buttons().stream()
                        .map(button -> new ButtonPart(button.id(), button.title()))
                        .toList());
    }

    private static ListPart list(MessageContent.Choices list) {
        return new ListPart(
                list.header(),
                list.footer(),
                list.button(),
                list.sections().stream()
                        .map(section -> new SectionPart(
                                section.title(),
                                section.rows().stream()
                                        .map(row -> new RowPart(row.id(), row.title(), row.description()))
                                        .toList()))
                        .toList());
    }
}
