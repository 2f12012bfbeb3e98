package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.access.FormNumbers;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.alerts.Alerts.Preferences;
import dev.banyan.whatsapp.alerts.AlertsPage.AlertView;
import dev.banyan.whatsapp.alerts.AlertsPage.Form;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Alerts about the numbers of an account, and their settings.
@Path("/admin/pools/alerts")
@RunOnVirtualThread
class AlertsPageResource {

    private static final int SHOWN = 50;

    /// Suggested to members who turn their mails on.
    private static final int USUAL_PAUSE = 15;

    private final Alerts alerts;
    private final Clock clock;

    AlertsPageResource(Alerts alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    @GET
    public Response show(@Context PoolPage page) {
        return Html.ok(draw(page, form(preferences(page)), FieldErrors.NONE));
    }

    @POST
    public Response save(
            @Context PoolPage page,
            @FormParam("queueLength") @DefaultValue("") String queueLength,
            @FormParam("queueMinutes") @DefaultValue("") String queueMinutes,
            @FormParam("quality") @DefaultValue("") String quality,
            @FormParam("mail") @DefaultValue("") String mail,
            @FormParam("mailMinutes") @DefaultValue("") String mailMinutes) {
        var form = new Form(queueLength, queueMinutes, quality, mail.equals("true"), mailMinutes);
        var broken = new ArrayList<Invalid>();
        Preferences wanted = wanted(form, broken);
        if (!broken.isEmpty()) {
            return again(page, form, broken);
        }
        return alerts.save(page.tenant(), page.actor(), page.context().identity(), wanted)
                .fold(
                        _ -> Html.seeOther(here(page) + "&done=alerts-saved"),
                        refusal -> page.refused(refusal, invalid -> again(page, form, invalid)));
    }

    private static Preferences wanted(Form form, List<Invalid> broken) {
        Optional<Integer> length = FormNumbers.optional("queueLength", form.queueLength(), broken);
        Optional<Integer> minutes = FormNumbers.optional("queueMinutes", form.queueMinutes(), broken);
        Optional<Integer> quality = FormNumbers.optional("quality", form.quality(), broken);
        Optional<Integer> pause =
                form.mail() ? FormNumbers.needed("mailMinutes", "Minutes", form.mailMinutes(), broken) : Optional.of(0);
        if (form.mail() && pause.equals(Optional.of(0))) {
            broken.add(new Invalid("mailMinutes", "Enter at least 1 minute"));
        }
        return new Preferences(
                new AlertSettings(length.orElse(0), minutes.orElse(0), quality.orElse(0)), pause.orElse(0));
    }

    private Response again(PoolPage page, Form form, List<Invalid> invalid) {
        return Html.invalid(draw(page, form, FieldErrors.from(invalid)));
    }

    private Preferences preferences(PoolPage page) {
        return alerts.preferences(page.tenant(), page.context().identity());
    }

    private static Form form(Preferences is) {
        return new Form(
                typed(is.settings().queueLength()),
                typed(is.settings().queueMinutes()),
                typed(is.settings().quality()),
                is.mailMinutes() > 0,
                String.valueOf(is.mailMinutes() > 0 ? is.mailMinutes() : USUAL_PAUSE));
    }

    private static String typed(int mark) {
        return mark == 0 ? "" : String.valueOf(mark);
    }

    private static String here(PoolPage page) {
        return page.path("/alerts");
    }

    private AlertsPage draw(PoolPage page, Form form, FieldErrors errors) {
        Optional<UUID> after = page.query("after").flatMap(Uuids::parse);
        List<Alert> found = alerts.list(page.tenant(), false, after, SHOWN + 1);
        String here = here(page);
        return new AlertsPage(
                page.frame("Alerts"),
                found.stream()
                        .limit(SHOWN)
                        .map(alert -> AlertView.of(alert, clock.instant()))
                        .toList(),
                after.map(_ -> here),
                found.size() > SHOWN
                        ? Optional.of(here + "&after=" + found.get(SHOWN - 1).id())
                        : Optional.empty(),
                form,
                errors);
    }
}
