package dev.banyan.whatsapp.api;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.api.WireCampaign.AddedAnswer;
import dev.banyan.whatsapp.api.WireCampaign.AddedView;
import dev.banyan.whatsapp.api.WireCampaign.RecipientList;
import dev.banyan.whatsapp.api.WireCampaign.RecipientListAnswer;
import dev.banyan.whatsapp.api.WireCampaign.RecipientView;
import dev.banyan.whatsapp.campaigns.CampaignCsv;
import dev.banyan.whatsapp.campaigns.CampaignLists;
import dev.banyan.whatsapp.campaigns.CampaignLists.Result;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.campaigns.NewRecipient;
import dev.banyan.whatsapp.campaigns.Recipient;
import dev.banyan.whatsapp.campaigns.RecipientCsv;
import dev.banyan.whatsapp.campaigns.RecipientState;
import dev.banyan.whatsapp.history.MessagePrice;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The recipients of campaigns in the API, and what became of each.
@Path("/api/whatsapp/campaigns")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp campaigns")
class CampaignRecipientsResource {

    private static final Invalid BAD_STATE = new Invalid("state", "state must be a state of a recipient");

    record RecipientOfCampaign(
            @Schema(example = "+971500000101") Optional<String> phone,
            @Schema(example = "Amira") Optional<String> name,

            @Schema(description = "What the message may refer to", example = "{\"city\": \"Dubai\"}")
            Optional<Map<String, String>> fields) {

        NewRecipient recipient() {
            return new NewRecipient(phone.orElse(""), name.orElse(""), fields.orElse(Map.of()));
        }
    }

    @NoOtherFields
    record CampaignRecipientsBody(
            @Schema(description = "Up to 100,000 in all") Optional<List<RecipientOfCampaign>> recipients,

            @Schema(description = "Or all contacts whose conversations have this tag", example = "gold")
            Optional<String> tag,

            @Schema(description = "Only contacts of this workspace")
            Optional<String> workspace) {}

    private final PoolApiGuard gate;
    private final Campaigns campaigns;
    private final CampaignLists lists;

    CampaignRecipientsResource(PoolApiGuard gate, Campaigns campaigns, CampaignLists lists) {
        this.gate = gate;
        this.campaigns = campaigns;
        this.lists = lists;
    }

    @GET
    @Path("{campaignId}/recipients")
    @Operation(summary = "List the recipients of a campaign, with what became of each")
    @APIResponseSchema(
            value = RecipientListAnswer.class,
            responseDescription = "Up to 1,000 recipients; use `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @PathParam("campaignId") String campaignId,
            @Schema(description = "Such as `failed`") @QueryParam("state") Optional<String> state,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return on(call, campaignId, (tenant, id) -> {
            Optional<String> wanted = state.filter(text -> !text.isEmpty());
            Optional<RecipientState> parsed = wanted.flatMap(RecipientState::parse);
            if (wanted.isPresent() && parsed.isEmpty()) {
                return Answers.refused(BAD_STATE);
            }
            return switch (Paging.of(
                    limit, after.filter(text -> !text.isEmpty()), CampaignRecipientsResource::position)) {
                case Paging.Bad<Long> bad -> Answers.refused(400, bad.error());
                case Paging.Slice<Long> slice -> list(tenant, id, parsed, slice);
            };
        });
    }

    private static Optional<Long> position(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private Response list(AccountId tenant, UUID id, Optional<RecipientState> state, Paging.Slice<Long> slice) {
        List<Recipient> found = lists.list(tenant, id, state, slice.after().orElse(0L), slice.limit() + 1);
        List<Recipient> some = found.stream().limit(slice.limit()).toList();
        Map<UUID, MessagePrice> prices = lists.prices(tenant, some);
        List<RecipientView> page =
                some.stream().map(one -> RecipientView.of(one, prices)).toList();
        boolean more = found.size() > slice.limit();
        return Response.ok(new RecipientListAnswer(
                        true,
                        new RecipientList(
                                page, more ? Optional.of(page.getLast().position()) : Optional.empty())))
                .build();
    }

    @GET
    @Path("{campaignId}/recipients.csv")
    @Operation(summary = "Download the recipients of a campaign with what became of each, as CSV")
    @APIResponse(
            responseCode = "200",
            description = "One line for each recipient",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Response csv(
            @Context Call call,
            @PathParam("campaignId") String campaignId,
            @Schema(description = "Such as `failed`") @QueryParam("state") Optional<String> state) {
        return on(call, campaignId, (tenant, id) -> {
            Optional<String> wanted = state.filter(text -> !text.isEmpty());
            Optional<RecipientState> parsed = wanted.flatMap(RecipientState::parse);
            if (wanted.isPresent() && parsed.isEmpty()) {
                return Answers.refused(BAD_STATE);
            }
            StreamingOutput rows = out -> CampaignCsv.write(lists, tenant, id, parsed, out);
            return Response.ok(rows)
                    .type("text/csv; charset=utf-8")
                    .header("Content-Disposition", "attachment; filename=\"campaign-" + id + ".csv\"")
                    .header("Cache-Control", "no-store")
                    .build();
        });
    }

    @POST
    @Path("{campaignId}/recipients")
    @Operation(summary = "Add recipients to a draft; duplicates, invalid numbers and opt-outs are kept with the reason")
    @APIResponseSchema(value = AddedAnswer.class, responseDescription = "How many were added, and as what")
    @APIResponse(responseCode = "409", description = "The campaign was started already")
    public Response add(@Context Call call, @PathParam("campaignId") String campaignId, CampaignRecipientsBody body) {
        return on(call, campaignId, (tenant, id) -> {
            if (body.tag().isPresent() && body.recipients().isPresent()) {
                return Answers.refused(new Invalid("tag", "Send either recipients or tag"));
            }
            Result result = body.tag()
                    .map(tag -> lists.addTagged(tenant, id, body.workspace().filter(text -> !text.isEmpty()), tag))
                    .orElseGet(() -> lists.add(
                            tenant,
                            id,
                            body.recipients().orElse(List.of()).stream()
                                    .map(RecipientOfCampaign::recipient)
                                    .toList()));
            return answer(call, result);
        });
    }

    /// Adds recipients from a file. Its first line names the columns: phone, name, and others.
    @POST
    @Path("{campaignId}/recipients")
    @Consumes("text/csv")
    @Operation(hidden = true)
    public Response addCsv(
            @Context Call call,
            @PathParam("campaignId") String campaignId,
            @RequestBody(content = @Content(mediaType = "text/csv")) byte[] file) {
        return on(call, campaignId, (tenant, id) -> switch (RecipientCsv.read(file, CampaignLists.MOST)) {
            case RecipientCsv.Parsed.Rows(List<NewRecipient> rows) -> answer(call, lists.add(tenant, id, rows));
            case RecipientCsv.Parsed.Broken(String why) -> Answers.refused(new Invalid("csv", why));
        });
    }

    private Response answer(Call call, Result result) {
        return switch (result) {
            case Result.Done(CampaignLists.Added added) ->
                Response.ok(new AddedAnswer(true, AddedView.of(added))).build();
            case Result.NotFound _ -> gate.unknown(call, CampaignsResource.NO_CAMPAIGN);
            case Result.NotNow(String why) -> Answers.refused(409, why);
            case Result.Rejected(Invalid invalid) -> Answers.refused(invalid);
        };
    }

    private interface OnCampaign {
        Response answer(AccountId tenant, UUID id);
    }

    private Response on(Call call, String campaignId, OnCampaign work) {
        return gate.json(
                call,
                context -> Uuids.parse(campaignId)
                        .filter(id -> campaigns.find(context.root().id(), id).isPresent())
                        .map(id -> work.answer(context.root().id(), id))
                        .orElseGet(() -> gate.unknown(call, CampaignsResource.NO_CAMPAIGN)));
    }
}
