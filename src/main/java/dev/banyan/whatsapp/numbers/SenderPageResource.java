package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.numbers.SenderPage.Notice;
import dev.banyan.whatsapp.proxies.ProxyChoices;
import dev.banyan.whatsapp.proxies.ProxyChoices.Choice;
import dev.banyan.whatsapp.proxies.ProxyId;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Simulated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// One sender: its status, its settings, and the controls of the simulation.
@Path("/admin/pools/senders")
@RunOnVirtualThread
class SenderPageResource {

    private final SenderPages pages;
    private final Tuning tuning;
    private final Pausing pausing;
    private final SenderBrands brands;
    private final Linking linking;
    private final ProxyChoices choices;

    SenderPageResource(
            SenderPages pages,
            Tuning tuning,
            Pausing pausing,
            SenderBrands brands,
            Linking linking,
            ProxyChoices choices) {
        this.pages = pages;
        this.tuning = tuning;
        this.pausing = pausing;
        this.brands = brands;
        this.linking = linking;
        this.choices = choices;
    }

    @GET
    @Path("{senderId}")
    public Response show(@Context PoolPage page) {
        return Html.ok(draw(page, page.sender()));
    }

    @POST
    @Path("{senderId}")
    public Response tune(@Context PoolPage page, @BeanParam FormFields fields) {
        Sender sender = page.sender();
        String brand = fields.first("brand");
        Map<String, String> form = TuningRequest.FIELDS.typed(fields::first);
        form.put("brand", brand);
        if (sender.isMaster()) {
            form.remove("purpose");
        }
        return TuningRequest.FIELDS
                .form(form)
                .then(wish -> sender.isMaster()
                        ? brands.broken(sender.tenant(), brand)
                                .<Outcome<TuningRequest>>map(Outcome::rejected)
                                .orElse(Outcome.done(wish))
                        : Outcome.done(wish))
                .then(wish -> tuning.tune(page.tenant(), page.actor(), sender.id(), wish))
                .then(tuned -> sender.isMaster()
                        ? brands.assign(tuned.tenant(), page.actor(), tuned.id(), brand)
                        : Outcome.done(tuned))
                .fold(
                        _ -> Html.seeOther(SenderPages.path(page, sender.id()) + "&done=sender-saved"),
                        refusal -> page.refused(refusal, invalid -> again(page, sender, form, invalid)));
    }

    private Response again(PoolPage page, Sender sender, Map<String, String> form, List<Invalid> broken) {
        return Html.invalid(pages.draw(page, sender, form, FieldErrors.from(broken), Optional.empty()));
    }

    @POST
    @Path("{senderId}/unlink")
    @WithFormRead
    public Response unlink(@Context PoolPage page) {
        Sender sender = page.sender();
        Outcome<Sender> outcome = linking.unlink(page.tenant(), page.actor(), sender.id());
        if (outcome.equals(Outcome.notFound())) {
            throw PoolPage.notFound();
        }
        // One that was not linked is unlinked now, too.
        return Html.seeOther(SenderPages.path(page, sender.id()) + "&done=sender-unlinked");
    }

    @POST
    @Path("{senderId}/pause")
    public Response pause(@Context PoolPage page, @FormParam("mode") @DefaultValue("hold") String mode) {
        return paused(page, Pause.parse(mode).or(() -> Optional.of(Pause.HOLD)), "sender-paused");
    }

    @POST
    @Path("{senderId}/resume")
    @WithFormRead
    public Response resume(@Context PoolPage page) {
        return paused(page, Optional.empty(), "sender-resumed");
    }

    private Response paused(PoolPage page, Optional<Pause> how, String done) {
        Sender sender = page.sender();
        String told =
                PoolPage.toast(pausing.pause(page.tenant(), page.actor(), sender.id(), how), done, "sender-not-paused");
        return Html.seeOther(SenderPages.path(page, sender.id()) + "&done=" + told);
    }

    /// Triggers an event of a simulated sender.
    @POST
    @Path("{senderId}/simulate")
    public Response simulate(@Context PoolPage page, @FormParam("fault") @DefaultValue("") String fault) {
        Sender sender = page.sender();
        return Fault.of(fault)
                .map(wanted -> told(page, sender, wanted))
                .orElseGet(() -> refused(page, sender, "We don’t know this event.", "Choose one from the list below."));
    }

    private Response told(PoolPage page, Sender sender, Fault fault) {
        AccountId tenant = page.tenant();
        return switch (linking.fault(tenant, sender.id(), fault)) {
            case Simulated.Done _ -> Html.seeOther(SenderPages.path(page, sender.id()) + "&done=fault-done");
            case Simulated.Impossible _ ->
                refused(
                        page,
                        sender,
                        "“" + fault.title + "” can’t happen right now.",
                        "The number isn’t in a state that allows it.");
            case Simulated.Refused(Sender _, String why) ->
                refused(page, sender, "“" + fault.title + "” was refused.", why);
            case Simulated.NotSimulated _ ->
                refused(page, sender, "This is a real number.", "You can simulate events only for simulated numbers.");
            case Simulated.NotFound _ -> throw PoolPage.notFound();
        };
    }

    private Response refused(PoolPage page, Sender sender, String title, String text) {
        return Html.invalid(pages.draw(
                page, sender, pages.form(sender), FieldErrors.NONE, Optional.of(new Notice(title, text, true))));
    }

    private SenderPage draw(PoolPage page, Sender sender) {
        return pages.draw(page, sender, pages.form(sender), FieldErrors.NONE, Optional.empty());
    }

    /// @param proxy an id, `auto`, or empty for none
    @POST
    @Path("{senderId}/proxy")
    public Response choose(@Context PoolPage page, @FormParam("proxy") @DefaultValue("") String proxy) {
        Sender sender = page.sender();
        return switch (choices.choose(sender.tenant(), page.actor(), sender.id(), choice(proxy))) {
            case Outcome.Done _ -> Html.seeOther(SenderPages.path(page, sender.id()) + "&done=sender-proxy-saved");
            case Outcome.Refused(Refusal.Conflict(String why)) ->
                Html.invalid(pages.draw(
                        page,
                        sender,
                        pages.form(sender),
                        FieldErrors.NONE,
                        Optional.of(new Notice("The proxy wasn’t changed.", why, true))));
            case Outcome.Refused _ -> throw PoolPage.notFound();
        };
    }

    private static Choice choice(String typed) {
        if (typed.isEmpty()) {
            return new Choice.None();
        }
        return ProxyId.parse(typed).<Choice>map(Choice.Own::new).orElseGet(Choice.Automatic::new);
    }
}
