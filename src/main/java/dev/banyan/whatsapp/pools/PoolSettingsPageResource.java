package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.access.FormNumbers;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;
import dev.banyan.whatsapp.pools.PoolSettingsPage.Place;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The settings of one pool.
@Path("/admin/pools")
@RunOnVirtualThread
class PoolSettingsPageResource {

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> id.contains("/") && !id.startsWith("Etc/"))
            .sorted()
            .toList();

    private final Pools pools;
    private final Tuning tuning;
    private final PoolPauses pauses;
    private final Failovers failovers;
    private final Senders senders;

    PoolSettingsPageResource(Pools pools, Tuning tuning, PoolPauses pauses, Failovers failovers, Senders senders) {
        this.pools = pools;
        this.tuning = tuning;
        this.pauses = pauses;
        this.failovers = failovers;
        this.senders = senders;
    }

    /// The parts of the page that are shown again after a form was refused.
    private record Drawn(
            Map<String, String> form, FieldErrors errors, Place place, FieldErrors placeErrors, boolean moveRefused) {

        Drawn with(Map<String, String> typed, List<Invalid> broken) {
            return new Drawn(typed, FieldErrors.from(broken), place, placeErrors, moveRefused);
        }

        Drawn with(Place typed, List<Invalid> broken) {
            return new Drawn(form, errors, typed, FieldErrors.from(broken), moveRefused);
        }

        Drawn withMoveRefused() {
            return new Drawn(form, errors, place, placeErrors, true);
        }
    }

    @GET
    @Path("{masterId}/settings")
    public Response show(@Context PoolPage page) {
        Sender master = page.master();
        return Html.ok(draw(page, master, drawn(master)));
    }

    @POST
    @Path("{masterId}/settings")
    public Response save(@Context PoolPage page, @BeanParam FormFields fields) {
        Map<String, String> form = PoolSettings.FIELDS.typed(fields::first);
        Sender master = page.master();
        return PoolSettings.FIELDS
                .form(form)
                .then(wanted -> tuning.tunePool(master.tenant(), page.actor(), master.id(), wanted))
                .fold(
                        _ -> Html.seeOther(path(page, master) + "&done=pool-saved"),
                        refusal -> page.refused(
                                refusal,
                                invalid -> again(page, master, drawn(master).with(form, invalid))));
    }

    private Response again(PoolPage page, Sender master, Drawn drawn) {
        return Html.invalid(draw(page, master, drawn));
    }

    /// Changes the type and the priority of the master.
    @POST
    @Path("{masterId}/settings/place")
    public Response place(
            @Context PoolPage page,
            @FormParam("type") @DefaultValue("") String type,
            @FormParam("priority") @DefaultValue("") String priority) {
        var typed = new Place(type.equals("backup"), priority);
        Sender master = page.master();
        var broken = new ArrayList<Invalid>();
        Optional<Integer> number = FormNumbers.needed("priority", "Priority", priority, broken);
        if (!broken.isEmpty()) {
            return again(page, master, drawn(master).with(typed, broken));
        }
        AccountId tenant = page.tenant();
        TuningRequest wish = TuningRequest.NOTHING.withPriority(number.orElseThrow());
        MasterType wanted = typed.backup() ? MasterType.BACKUP : MasterType.PRIMARY;
        return tuning.tune(tenant, page.actor(), master.id(), wish)
                .fold(
                        _ -> {
                            senders.setMasterType(tenant, page.actor(), master.id(), wanted);
                            return Html.seeOther(path(page, master) + "&done=pool-saved");
                        },
                        refusal -> page.refused(
                                refusal,
                                invalid -> again(page, master, drawn(master).with(typed, invalid))));
    }

    /// Moves all servants to another master.
    @POST
    @Path("{masterId}/servants/move")
    public Response moveAll(@Context PoolPage page, @FormParam("newMasterId") @DefaultValue("") String newMasterId) {
        Sender master = page.master();
        boolean moved = SenderId.parse(newMasterId)
                .filter(to -> !to.equals(master.id()))
                .map(to -> senders.moveServants(master.tenant(), page.actor(), master.id(), to))
                .filter(outcome -> outcome instanceof Outcome.Done(var all) && all.servants() > 0)
                .isPresent();
        return moved
                ? Html.seeOther(path(page, master) + "&done=servants-moved")
                : again(page, master, drawn(master).withMoveRefused());
    }

    /// Pauses the pool, or resumes it.
    @POST
    @Path("{masterId}/pause")
    public Response pause(@Context PoolPage page, @FormParam("mode") @DefaultValue("hold") String mode) {
        return paused(page, Pause.parse(mode).or(() -> Optional.of(Pause.HOLD)), "pool-paused");
    }

    @POST
    @Path("{masterId}/resume")
    @WithFormRead
    public Response resume(@Context PoolPage page) {
        return paused(page, Optional.empty(), "pool-resumed");
    }

    private Response paused(PoolPage page, Optional<Pause> how, String done) {
        Sender master = page.master();
        String told =
                PoolPage.toast(pauses.pause(master.tenant(), page.actor(), master.id(), how), done, "pool-not-paused");
        return Html.seeOther(path(page, master) + "&done=" + told);
    }

    private Drawn drawn(Sender master) {
        return new Drawn(
                PoolSettings.FIELDS.texts(pools.settings(master.tenant(), master.id())),
                FieldErrors.NONE,
                place(master),
                FieldErrors.NONE,
                false);
    }

    private static Place place(Sender master) {
        return new Place(
                master.masterType().equals(Optional.of(MasterType.BACKUP)),
                String.valueOf(master.traits().priority()));
    }

    private PoolSettingsPage draw(PoolPage page, Sender master, Drawn drawn) {
        return new PoolSettingsPage(
                page.frame(master.shownName() + " – Settings"),
                page.view(master),
                failovers
                        .state(master.tenant(), master.id())
                        .pause()
                        .map(Pause::key)
                        .orElse(""),
                List.of(Strategy.values()),
                List.of(PoolSettings.PoolClass.values()),
                drawn.form(),
                drawn.errors(),
                drawn.place(),
                drawn.placeErrors(),
                master.servants(),
                pools.overview(page.tenant()).pools().stream()
                        .map(Pool::master)
                        .filter(other -> !other.id().equals(master.id()))
                        .map(other -> new Choice(other.id().value(), other.shownName()))
                        .toList(),
                drawn.moveRefused(),
                ZONES);
    }

    private static String path(PoolPage page, Sender master) {
        return page.path("/" + master.id() + "/settings");
    }
}
