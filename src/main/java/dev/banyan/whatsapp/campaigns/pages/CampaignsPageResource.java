package dev.banyan.whatsapp.campaigns.pages;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.board.PoolPages;
import dev.banyan.whatsapp.campaigns.Campaign;
import dev.banyan.whatsapp.campaigns.CampaignLists;
import dev.banyan.whatsapp.campaigns.CampaignState;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.campaigns.Campaigns.Changed;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
import dev.banyan.whatsapp.campaigns.pages.CampaignFormPage.Form;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The list of campaigns, and the form that creates one or changes a draft.
@Path("/admin/pools/campaigns")
@RunOnVirtualThread
class CampaignsPageResource {

    static final String PATH = "/admin/pools/campaigns";

    private static final int SHOWN = 50;

    private final PoolPages rooms;
    private final Pools pools;
    private final Campaigns campaigns;
    private final CampaignLists lists;

    CampaignsPageResource(PoolPages rooms, Pools pools, Campaigns campaigns, CampaignLists lists) {
        this.rooms = rooms;
        this.pools = pools;
        this.campaigns = campaigns;
        this.lists = lists;
    }

    @GET
    public Response list(@Context Call call) {
        return rooms.act(call, "", context -> Html.ok(page(call, context)));
    }

    private CampaignsPage page(Call call, AccountContext context) {
        Optional<UUID> after = call.query("after").flatMap(Uuids::parse);
        List<Progress> found = campaigns.list(context.root().id(), after, SHOWN + 1);
        List<Progress> shown = found.stream().limit(SHOWN).toList();
        Set<SenderId> ids = shown.stream().map(one -> one.campaign().pool()).collect(Collectors.toSet());
        Map<SenderId, Sender> masters = pools.senders(context.root().id(), ids);
        String here = PATH + "?as=" + context.root().username();
        return new CampaignsPage(
                rooms.frame(call, context, "Campaigns"),
                shown.stream()
                        .map(one -> CampaignView.of(
                                one, name(masters, one.campaign().pool())))
                        .toList(),
                !choices(context).isEmpty(),
                shown.stream().anyMatch(one -> one.campaign().state() == CampaignState.RUNNING),
                after.map(id -> here + "&after=" + id).orElse(here),
                after.map(_ -> here),
                found.size() > SHOWN
                        ? Optional.of(
                                here + "&after=" + shown.getLast().campaign().id())
                        : Optional.empty());
    }

    private static String name(Map<SenderId, Sender> masters, SenderId id) {
        return Optional.ofNullable(masters.get(id)).map(Sender::displayName).orElse(id.value());
    }

    private List<Choice> choices(AccountContext context) {
        return pools.overview(context.root().id()).pools().stream()
                .map(Pool::master)
                .map(master -> new Choice(master.id().value(), master.displayName()))
                .toList();
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return rooms.act(
                call,
                "",
                context -> Html.ok(formPage(
                        call,
                        context,
                        Optional.empty(),
                        call.query("template")
                                .map(name -> Form.ofTemplate(
                                        name, call.query("language").orElse("en")))
                                .orElse(Form.EMPTY),
                        FieldErrors.NONE)));
    }

    @POST
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("master") @DefaultValue("") String master,
            @FormParam("kind") @DefaultValue("text") String kind,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("templateName") @DefaultValue("") String templateName,
            @FormParam("language") @DefaultValue("") String language,
            @FormParam("values") @DefaultValue("") String values,
            @FormParam("category") @DefaultValue("") String category,
            @FormParam("startAt") @DefaultValue("") String startAt,
            @FormParam("csv") @DefaultValue("") String csv,
            @FormParam("tag") @DefaultValue("") String tag,
            @RestForm("file") @Nullable FileUpload file) {
        var form = new Form(name, master, kind, text, templateName, language, values, category, startAt, csv, tag);
        return rooms.act(call, as, context -> {
            RecipientForm.Read list = RecipientForm.read(Optional.ofNullable(file), csv, tag);
            return save(
                    call,
                    context,
                    Optional.empty(),
                    form,
                    list instanceof RecipientForm.Read.Broken(Invalid broken) ? List.of(broken) : List.of(),
                    wanted -> campaigns.create(context.root().id(), context.actor(), wanted),
                    campaign -> filled(call, context, form, campaign, list));
        });
    }

    private interface Saved {
        Response answer(Campaign campaign);
    }

    private interface Save {
        Changed save(Campaigns.Wanted wanted);
    }

    /// @param broken what is wrong with the list
    private Response save(
            Call call,
            AccountContext context,
            Optional<UUID> id,
            Form form,
            List<Invalid> broken,
            Save save,
            Saved saved) {
        Optional<SenderId> pool = SenderId.parse(form.master())
                .filter(master -> pools.sender(context.root().id(), master)
                        .filter(Sender::isMaster)
                        .isPresent());
        if (pool.isEmpty() && !form.master().isEmpty()) {
            return rooms.unknown(call);
        }
        Optional<Optional<Instant>> start = form.start();
        if (!broken.isEmpty()) {
            return again(call, context, id, form, FieldErrors.from(broken));
        }
        if (start.isEmpty()) {
            return again(
                    call, context, id, form, new FieldErrors(Map.of("startAt", "Enter a date and a time in UTC.")));
        }
        Changed changed =
                pool.map(master -> save.save(form.wanted(master, start.get()))).orElseGet(Changed.PoolNotFound::new);
        return switch (changed) {
            case Changed.Done(Campaign campaign) -> saved.answer(campaign);
            case Changed.NotFound _ -> rooms.unknown(call);
            case Changed.PoolNotFound _ ->
                again(call, context, id, form, new FieldErrors(Map.of("master", "Choose a pool.")));
            case Changed.NotNow(String why) ->
                again(call, context, id, form, new FieldErrors(Map.of("name", why + ".")));
            case Changed.Rejected(List<Invalid> invalid) -> again(call, context, id, form, FieldErrors.from(invalid));
        };
    }

    /// Adds the list. If that is refused, the draft is there, and says what is wrong.
    private Response filled(Call call, AccountContext context, Form form, Campaign campaign, RecipientForm.Read list) {
        CampaignLists.Result result = RecipientForm.add(lists, context.root().id(), campaign.id(), list);
        return switch (result) {
            case CampaignLists.Result.Rejected(Invalid invalid)
            when !(list instanceof RecipientForm.Read.None) -> {
                campaigns.delete(context.root().id(), context.actor(), campaign.id());
                yield again(call, context, Optional.empty(), form, FieldErrors.from(List.of(field(invalid))));
            }
            case CampaignLists.Result _ ->
                Html.seeOther(CampaignPageResource.path(context, campaign.id()) + "&done=campaign-created");
        };
    }

    private static Invalid field(Invalid invalid) {
        return invalid.field().equals("tag") ? invalid : invalid.in("csv");
    }

    @GET
    @Path("{campaignId}/edit")
    public Response edit(@Context Call call, @PathParam("campaignId") String campaignId) {
        return rooms.act(
                call,
                "",
                context -> Uuids.parse(campaignId)
                        .flatMap(id -> campaigns.find(context.root().id(), id))
                        .map(campaign -> Html.ok(formPage(
                                call, context, Optional.of(campaign.id()), Form.of(campaign), FieldErrors.NONE)))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    @POST
    @Path("{campaignId}/edit")
    public Response change(
            @Context Call call,
            @PathParam("campaignId") String campaignId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("master") @DefaultValue("") String master,
            @FormParam("kind") @DefaultValue("text") String kind,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("templateName") @DefaultValue("") String templateName,
            @FormParam("language") @DefaultValue("") String language,
            @FormParam("values") @DefaultValue("") String values,
            @FormParam("category") @DefaultValue("") String category,
            @FormParam("startAt") @DefaultValue("") String startAt) {
        var form = new Form(name, master, kind, text, templateName, language, values, category, startAt, "", "");
        return rooms.act(
                call,
                as,
                context -> Uuids.parse(campaignId)
                        .filter(id -> campaigns.find(context.root().id(), id).isPresent())
                        .map(id -> save(
                                call,
                                context,
                                Optional.of(id),
                                form,
                                List.of(),
                                wanted -> campaigns.change(context.root().id(), context.actor(), id, wanted),
                                campaign -> Html.seeOther(
                                        CampaignPageResource.path(context, campaign.id()) + "&done=campaign-saved")))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    private Response again(Call call, AccountContext context, Optional<UUID> id, Form form, FieldErrors errors) {
        return Html.invalid(formPage(call, context, id, form, errors));
    }

    private CampaignFormPage formPage(
            Call call, AccountContext context, Optional<UUID> id, Form form, FieldErrors errors) {
        return new CampaignFormPage(
                rooms.frame(call, context, id.isPresent() ? "Edit campaign" : "Create campaign"),
                id.map(UUID::toString),
                id.map(one -> PATH + "/" + one + "/edit").orElse(PATH),
                form,
                errors,
                choices(context));
    }
}
