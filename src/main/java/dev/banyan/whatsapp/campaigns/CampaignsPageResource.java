package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.campaigns.CampaignFormPage.Form;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The list of campaigns, and the form that creates one or changes a draft.
@Path("/admin/pools/campaigns")
@RunOnVirtualThread
class CampaignsPageResource {

    static final String PATH = "/admin/pools/campaigns";

    private static final int SHOWN = 50;

    private final Pools pools;
    private final Campaigns campaigns;
    private final CampaignLists lists;

    CampaignsPageResource(Pools pools, Campaigns campaigns, CampaignLists lists) {
        this.pools = pools;
        this.campaigns = campaigns;
        this.lists = lists;
    }

    @GET
    public Response list(@Context PoolPage page) {
        return Html.ok(draw(page));
    }

    private CampaignsPage draw(PoolPage page) {
        Optional<UUID> after = page.query("after").flatMap(Uuids::parse);
        List<Progress> found = campaigns.list(page.tenant(), after, SHOWN + 1);
        List<Progress> shown = found.stream().limit(SHOWN).toList();
        Set<SenderId> ids = shown.stream().map(one -> one.campaign().pool()).collect(Collectors.toSet());
        Map<SenderId, Sender> masters = pools.senders(page.tenant(), ids);
        Function<SenderId, PoolSettings> settings = pools.settings(page.tenant());
        String here = page.path("/campaigns");
        return new CampaignsPage(
                page.frame("Campaigns"),
                shown.stream()
                        .map(one -> CampaignView.of(
                                one,
                                name(masters, one.campaign().pool()),
                                settings.apply(one.campaign().pool()).zone()))
                        .toList(),
                !pools.overview(page.tenant()).pools().isEmpty(),
                shown.stream().anyMatch(one -> one.campaign().state() == CampaignState.RUNNING),
                after.map(id -> here + "&after=" + id).orElse(here),
                after.map(_ -> here),
                found.size() > SHOWN
                        ? Optional.of(
                                here + "&after=" + shown.getLast().campaign().id())
                        : Optional.empty());
    }

    private static String name(Map<SenderId, Sender> masters, SenderId id) {
        return Sender.shownName(Optional.ofNullable(masters.get(id)), id);
    }

    /// Names the pools with their time zones, in which the start is typed.
    private List<Choice> choices(PoolPage page) {
        Function<SenderId, PoolSettings> settings = pools.settings(page.tenant());
        return pools.overview(page.tenant()).pools().stream()
                .map(Pool::master)
                .map(master -> new Choice(
                        master.id().value(),
                        master.shownName() + " (" + settings.apply(master.id()).zoneName() + ")"))
                .toList();
    }

    @GET
    @Path("new")
    public Response form(@Context PoolPage page) {
        return Html.ok(formPage(
                page,
                Optional.empty(),
                page.query("template")
                        .map(name ->
                                Form.ofTemplate(name, page.query("language").orElse("en")))
                        .orElse(Form.EMPTY),
                FieldErrors.NONE));
    }

    @POST
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response create(
            @Context PoolPage page,
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
        RecipientForm.Read list = RecipientForm.read(Optional.ofNullable(file), csv, tag);
        return save(
                page,
                Optional.empty(),
                form,
                list instanceof RecipientForm.Read.Broken(Refusal refusal) ? Optional.of(refusal) : Optional.empty(),
                wanted -> campaigns.create(page.tenant(), page.actor(), wanted),
                campaign -> filled(page, form, campaign, list));
    }

    private interface Saved {
        Response answer(Campaign campaign);
    }

    private interface Save {
        Outcome<Campaign> save(Campaigns.Wanted wanted);
    }

    /// @param broken what is wrong with the list
    private Response save(
            PoolPage page, Optional<UUID> id, Form form, Optional<Refusal> broken, Save save, Saved saved) {
        Optional<SenderId> pool = SenderId.parse(form.master())
                .filter(master -> pools.sender(page.tenant(), master)
                        .filter(Sender::isMaster)
                        .isPresent());
        if (pool.isEmpty() && !form.master().isEmpty()) {
            throw PoolPage.notFound();
        }
        Optional<Optional<Instant>> start = form.start(
                pool.map(master -> pools.settings(page.tenant(), master).zone()).orElse(ZoneOffset.UTC));
        if (broken.isPresent()) {
            return refused(page, id, form, broken.get());
        }
        if (start.isEmpty()) {
            return again(page, id, form, new FieldErrors(Map.of("startAt", "Enter a date and a time.")));
        }
        if (pool.isEmpty()) {
            return again(page, id, form, new FieldErrors(Map.of("master", "Choose a pool.")));
        }
        return save.save(form.wanted(pool.get(), start.get()))
                .fold(saved::answer, refusal -> refused(page, id, form, refusal));
    }

    /// Shows the form again. What is wrong as a whole is shown at the name.
    private Response refused(PoolPage page, Optional<UUID> id, Form form, Refusal refusal) {
        return page.refused(
                refusal,
                problems -> again(
                        page,
                        id,
                        form,
                        FieldErrors.from(problems.stream()
                                .map(one -> one.field().isEmpty() ? one.in("name") : one)
                                .toList())));
    }

    /// Adds the list. If that is refused, the draft is there, and says what is wrong.
    private Response filled(PoolPage page, Form form, Campaign campaign, RecipientForm.Read list) {
        if (RecipientForm.add(lists, page.tenant(), campaign.id(), list)
                        instanceof Outcome.Refused(Refusal.Rejected rejected)
                && !(list instanceof RecipientForm.Read.None)) {
            campaigns.delete(page.tenant(), page.actor(), campaign.id());
            return again(
                    page,
                    Optional.empty(),
                    form,
                    FieldErrors.from(List.of(CampaignPageResource.ofList(rejected.first()))));
        }
        return Html.seeOther(CampaignPageResource.path(page, campaign.id()) + "&done=campaign-created");
    }

    @GET
    @Path("{campaignId}/edit")
    public Response edit(@Context PoolPage page, @PathParam("campaignId") String campaignId) {
        Campaign campaign = CampaignPageResource.find(page, campaigns, campaignId);
        return Html.ok(formPage(
                page,
                Optional.of(campaign.id()),
                Form.of(campaign, pools.settings(page.tenant(), campaign.pool()).zone()),
                FieldErrors.NONE));
    }

    @POST
    @Path("{campaignId}/edit")
    public Response change(
            @Context PoolPage page,
            @PathParam("campaignId") String campaignId,
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
        UUID id = CampaignPageResource.find(page, campaigns, campaignId).id();
        return save(
                page,
                Optional.of(id),
                form,
                Optional.empty(),
                wanted -> campaigns.change(page.tenant(), page.actor(), id, wanted),
                campaign -> Html.seeOther(CampaignPageResource.path(page, campaign.id()) + "&done=campaign-saved"));
    }

    private Response again(PoolPage page, Optional<UUID> id, Form form, FieldErrors errors) {
        return Html.invalid(formPage(page, id, form, errors));
    }

    private CampaignFormPage formPage(PoolPage page, Optional<UUID> id, Form form, FieldErrors errors) {
        return new CampaignFormPage(
                page.frame(id.isPresent() ? form.name() + " – Edit" : "Create campaign"),
                id.map(UUID::toString),
                id.map(one -> PATH + "/" + one + "/edit").orElse(PATH),
                form,
                errors,
                choices(page));
    }
}
