package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.board.SenderPage.Form;
import dev.banyan.whatsapp.board.SenderPage.Notice;
import dev.banyan.whatsapp.registry.Pausing;
import dev.banyan.whatsapp.registry.SenderBrands;
import dev.banyan.whatsapp.registry.Tuning;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Simulated;
import dev.banyan.whatsapp.session.Linking.Stopped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One sender: its status, its settings, and the controls of the simulation.
@Path("/admin/pools/senders")
@RunOnVirtualThread
class SenderPageResource {

    private final PoolPages rooms;
    private final SenderPages pages;
    private final Tuning tuning;
    private final Pausing pausing;
    private final SenderBrands brands;
    private final Linking linking;

    SenderPageResource(
            PoolPages rooms, SenderPages pages, Tuning tuning, Pausing pausing, SenderBrands brands, Linking linking) {
        this.rooms = rooms;
        this.pages = pages;
        this.tuning = tuning;
        this.pausing = pausing;
        this.brands = brands;
        this.linking = linking;
    }

    @GET
    @Path("{senderId}")
    public Response show(@Context Call call, @PathParam("senderId") String senderId) {
        return rooms.onSender(call, senderId, "", (context, sender) -> Html.ok(page(call, context, sender)));
    }

    @POST
    @Path("{senderId}")
    public Response tune(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("purpose") @DefaultValue("") String purpose,
            @FormParam("brand") @DefaultValue("") String brand,
            @FormParam("tags") @DefaultValue("") String tags,
            @FormParam("region") @DefaultValue("") String region,
            @FormParam("weight") @DefaultValue("") String weight,
            @FormParam("priority") @DefaultValue("") String priority,
            @FormParam("perMinute") @DefaultValue("") String perMinute,
            @FormParam("perDay") @DefaultValue("") String perDay,
            @FormParam("warmsUp") @DefaultValue("") String warmsUp) {
        var form = new Form(displayName, purpose, brand, tags, region, weight, priority, perMinute, perDay, warmsUp);
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            var broken = new ArrayList<Invalid>();
            Tuning.TuningRequest wish = wish(form, sender, broken);
            if (!broken.isEmpty()) {
                return again(call, context, sender, form, broken);
            }
            Optional<Invalid> unknown = sender.isMaster() ? brands.broken(sender.tenant(), brand) : Optional.empty();
            if (unknown.isPresent()) {
                return again(call, context, sender, form, List.of(unknown.get()));
            }
            return tuning.tune(context.root().id(), context.actor(), sender.id(), wish)
                    .then(tuned -> sender.isMaster()
                            ? brands.assign(tuned.tenant(), context.actor(), tuned.id(), brand)
                            : Outcome.done(tuned))
                    .fold(
                            _ -> Html.seeOther(SenderPages.path(context, sender.id()) + "&done=sender-saved"),
                            refusal -> rooms.refused(
                                    call, refusal, invalid -> again(call, context, sender, form, invalid)));
        });
    }

    private static Tuning.TuningRequest wish(Form form, Sender sender, List<Invalid> broken) {
        return new Tuning.TuningRequest(
                Optional.of(form.displayName()),
                sender.isMaster() ? Optional.empty() : Optional.of(form.purpose()),
                Optional.of(tags(form.tags())),
                Optional.of(form.region()),
                FormNumbers.needed("weight", "Weight", form.weight(), broken),
                FormNumbers.needed("priority", "Priority", form.priority(), broken),
                Optional.of(FormNumbers.optional("perMinute", form.perMinute(), broken)
                        .orElse(0)),
                Optional.of(
                        FormNumbers.optional("perDay", form.perDay(), broken).orElse(0)),
                Optional.of(Optional.of(form.warmsUp())
                        .filter(word -> !word.isEmpty())
                        .map("true"::equals)));
    }

    static List<String> tags(String typed) {
        return Arrays.stream(typed.toLowerCase(java.util.Locale.ROOT).split("[\\s,;]+"))
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    private Response again(Call call, AccountContext context, Sender sender, Form form, List<Invalid> broken) {
        return Html.invalid(pages.draw(call, context, sender, form, FieldErrors.from(broken), Optional.empty()));
    }

    @POST
    @Path("{senderId}/unlink")
    public Response unlink(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return rooms.onSender(call, senderId, as, (context, sender) -> switch (linking.unlink(
                context.root().id(), context.actor(), sender.id())) {
            case Stopped.Done _, Stopped.Idle _ ->
                Html.seeOther(SenderPages.path(context, sender.id()) + "&done=sender-unlinked");
            case Stopped.NotFound _ -> rooms.unknown(call);
        });
    }

    @POST
    @Path("{senderId}/pause")
    public Response pause(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("mode") @DefaultValue("hold") String mode) {
        return paused(call, senderId, as, Pause.parse(mode).or(() -> Optional.of(Pause.HOLD)), "sender-paused");
    }

    @POST
    @Path("{senderId}/resume")
    public Response resume(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return paused(call, senderId, as, Optional.empty(), "sender-resumed");
    }

    private Response paused(Call call, String senderId, String as, Optional<Pause> how, String done) {
        return rooms.onSender(
                call,
                senderId,
                as,
                (context, sender) -> pausing.pause(context.root().id(), context.actor(), sender.id(), how)
                        .fold(
                                _ -> Html.seeOther(SenderPages.path(context, sender.id()) + "&done=" + done),
                                _ -> rooms.unknown(call)));
    }

    /// Triggers an event of a simulated sender.
    @POST
    @Path("{senderId}/simulate")
    public Response simulate(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("fault") @DefaultValue("") String fault) {
        return rooms.onSender(
                call,
                senderId,
                as,
                (context, sender) -> Fault.of(fault)
                        .map(wanted -> told(call, context, sender, wanted))
                        .orElseGet(() -> refused(
                                call,
                                context,
                                sender,
                                "We don’t know this event.",
                                "Choose one from the list below.")));
    }

    private Response told(Call call, AccountContext context, Sender sender, Fault fault) {
        AccountId tenant = context.root().id();
        return switch (linking.fault(tenant, sender.id(), fault)) {
            case Simulated.Done _ -> Html.seeOther(SenderPages.path(context, sender.id()) + "&done=fault-done");
            case Simulated.Impossible _ ->
                refused(
                        call,
                        context,
                        sender,
                        "“" + fault.title() + "” can’t happen right now.",
                        "The number isn’t in a state that allows it.");
            case Simulated.Refused(Sender _, String why) ->
                refused(call, context, sender, "“" + fault.title() + "” was refused.", why);
            case Simulated.NotSimulated _ ->
                refused(
                        call,
                        context,
                        sender,
                        "This is a real number.",
                        "You can simulate events only for simulated numbers.");
            case Simulated.NotFound _ -> rooms.unknown(call);
        };
    }

    private Response refused(Call call, AccountContext context, Sender sender, String title, String text) {
        return Html.invalid(pages.draw(
                call,
                context,
                sender,
                pages.form(sender),
                FieldErrors.NONE,
                Optional.of(new Notice(title, text, true))));
    }

    private SenderPage page(Call call, AccountContext context, Sender sender) {
        return pages.draw(call, context, sender, pages.form(sender), FieldErrors.NONE, Optional.empty());
    }
}
