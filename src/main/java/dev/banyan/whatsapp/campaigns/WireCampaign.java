package dev.banyan.whatsapp.campaigns;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.CampaignLists.Added;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
import dev.banyan.whatsapp.history.MessagePrice;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Campaigns as the API shows them.
final class WireCampaign {

    @Schema(name = "CampaignTemplate")
    @JsonInclude(Include.NON_ABSENT)
    record TemplateView(
            String name,
            String language,
            List<String> header,
            List<String> body,
            List<String> names,
            List<TemplateButton> buttons,
            Optional<String> category) {

        static TemplateView of(Template template, Optional<String> category) {
            return new TemplateView(
                    template.name(),
                    template.language(),
                    template.header(),
                    template.body(),
                    template.names(),
                    template.buttons(),
                    category);
        }
    }

    @Schema(name = "CampaignCounts")
    record CountsView(
            @Schema(description = "Lines of the list") long total,

            @Schema(description = "Not ordered yet") long pending,

            @Schema(description = "In the outbox") long waiting,
            long sent,
            long delivered,
            long read,
            long failed,

            @Schema(description = "May have been sent; a person decides")
            long uncertain,

            long canceled,
            long duplicate,
            long invalid,
            long optedOut) {

        static CountsView of(RecipientCounts counts) {
            return new CountsView(
                    counts.total(),
                    counts.of(RecipientState.PENDING),
                    counts.of(RecipientState.WAITING),
                    counts.of(RecipientState.SENT),
                    counts.of(RecipientState.DELIVERED),
                    counts.of(RecipientState.READ),
                    counts.of(RecipientState.FAILED),
                    counts.of(RecipientState.UNCERTAIN),
                    counts.of(RecipientState.CANCELED),
                    counts.of(RecipientState.DUPLICATE),
                    counts.of(RecipientState.INVALID),
                    counts.of(RecipientState.OPTED_OUT));
        }
    }

    @Schema(name = "CampaignCharge")
    record ChargeView(
            @Schema(description = "`marketing`, `utility`, `authentication`, `service` or another of WhatsApp’s")
            String category,

            @Schema(description = "False if they were free") boolean billable,

            long messages) {}

    @Schema(name = "Campaign")
    @JsonInclude(Include.NON_ABSENT)
    record CampaignView(
            UUID id,
            String name,
            SenderId master,

            @Schema(description = "Absent for a template") Optional<String> text,

            Optional<TemplateView> template,

            @Schema(description = "`draft`, `scheduled`, `running`, `paused`, `done` or `canceled`")
            String state,

            @Schema(description = "Why it is paused, or what it waits for")
            Optional<String> note,

            Optional<Instant> startAt,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            CountsView counts,

            @Schema(
                    description =
                            "What WhatsApp charges its messages as, as far as it has said so; only for one campaign")
            Optional<List<ChargeView>> charges,

            @Schema(description = "How much of it is done, 0 to 100")
            int percent,

            @Schema(description = "Messages that have lately left in a minute")
            Optional<Integer> perMinute,

            @Schema(description = "When the last message will have left, by limits and speed; only for one campaign")
            Optional<Instant> endsAt,

            Instant createdAt,
            Instant updatedAt) {

        static CampaignView of(Progress progress) {
            Campaign campaign = progress.campaign();
            Optional<Template> template = campaign.message().template();
            return new CampaignView(
                    campaign.id(),
                    campaign.name(),
                    campaign.pool(),
                    template.isPresent()
                            ? Optional.empty()
                            : Optional.of(campaign.message().text()),
                    template.map(one -> TemplateView.of(one, campaign.message().category())),
                    campaign.state().key(),
                    campaign.note(),
                    campaign.startAt(),
                    campaign.startedAt(),
                    campaign.endedAt(),
                    CountsView.of(progress.counts()),
                    Optional.of(progress.charges().stream()
                                    .map(one -> new ChargeView(one.category(), one.isBillable(), one.messages()))
                                    .toList())
                            .filter(some -> !some.isEmpty()),
                    progress.counts().percent(),
                    campaign.perMinute(),
                    progress.endsAt(),
                    campaign.createdAt(),
                    campaign.updatedAt());
        }
    }

    record CampaignList(
            List<CampaignView> campaigns,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    @Schema(name = "CampaignRecipientPrice")
    record RecipientPrice(
            @Schema(description = "`marketing`, `utility`, `authentication`, `service` or another of WhatsApp’s")
            String category,

            @Schema(description = "False if it was free") boolean billable) {}

    @Schema(name = "CampaignRecipient")
    @JsonInclude(Include.NON_ABSENT)
    record RecipientView(
            long position,

            @Schema(description = "In E.164; as typed if it is no number")
            String phone,

            String name,
            Map<String, String> fields,

            @Schema(
                    description = "`pending`, `waiting`, `sent`, `delivered`, `read`, `failed`, `uncertain`,"
                            + " `canceled`, `duplicate`, `invalid` or `opted-out`")
            String state,

            @Schema(description = "Why it got no message") Optional<String> reason,

            @Schema(description = "Whether the contact had never written to the pool")
            boolean firstContact,

            Optional<UUID> message,

            @Schema(description = "The number that sent it, or is to send it")
            Optional<SenderId> sender,

            @Schema(description = "What WhatsApp charges the message as, once it has said so")
            Optional<RecipientPrice> price,

            Instant changedAt) {

        static RecipientView of(Recipient one, Map<UUID, MessagePrice> prices) {
            return new RecipientView(
                    one.position(),
                    one.contact().map(ContactAddress::key).orElse(one.typed()),
                    one.name(),
                    new TreeMap<>(one.fields()),
                    one.state().key(),
                    one.reason(),
                    one.isFirst(),
                    one.message(),
                    one.sender(),
                    one.message()
                            .flatMap(id -> Optional.ofNullable(prices.get(id)))
                            .map(price -> new RecipientPrice(price.category(), price.isBillable())),
                    one.changedAt());
        }
    }

    record RecipientList(
            List<RecipientView> recipients,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<Long> nextCursor) {}

    @Schema(name = "AddedRecipients", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "AddedAnswer"))
    record AddedView(long added, long duplicates, long invalid, long optedOut) {

        static AddedView of(Added added) {
            return new AddedView(added.recipients(), added.duplicates(), added.invalid(), added.optedOut());
        }
    }

    @Schema(name = "CampaignTest", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "TestAnswer"))
    record TestView(
            @Schema(description = "The id of the message") UUID message,
            boolean test,

            @Schema(description = "As it is sent") String text) {}

    private WireCampaign() {}
}
