package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.alerts.Alert;
import dev.banyan.whatsapp.alerts.AlertSettings;
import dev.banyan.whatsapp.alerts.Alerts;
import dev.banyan.whatsapp.alerts.Alerts.Preferences;
import dev.banyan.whatsapp.board.AlertsPage.AlertView;
import dev.banyan.whatsapp.board.AlertsPage.Form;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Alerts about the numbers of an account, and their settings.
@Path("/admin/pools/alerts")
@RunOnVirtualThread
class AlertsPageResource {

    private static final int SHOWN = 50;
    private static final String PATH = "/admin/pools/alerts";
    /// Suggested to members who turn their mails on.
    private static final int USUAL_PAUSE = 15;

    private final PoolPages rooms;
    private final Alerts alerts;
    private final Clock clock;

    AlertsPageResource(PoolPages rooms, Alerts alerts, Clock clock) {
        this.rooms = rooms;
        this.alerts = alerts;
        this.clock = clock;
    }

    @GET
    public Response show(@Context Call call) {
        return rooms.act(
                call, "", context -> Html.ok(page(call, context, form(preferences(context)), FieldErrors.NONE)));
    }

    @POST
    public Response save(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("queueLength") @DefaultValue("") String queueLength,
            @FormParam("queueMinutes") @DefaultValue("") String queueMinutes,
            @FormParam("quality") @DefaultValue("") String quality,
            @FormParam("mail") @DefaultValue("") String mail,
            @FormParam("mailMinutes") @DefaultValue("") String mailMinutes) {
        var form = new Form(queueLength, queueMinutes, quality, mail.equals("true"), mailMinutes);
        return rooms.act(call, as, context -> {
            var broken = new ArrayList<Invalid>();
            Preferences wanted = wanted(form, broken);
            if (!broken.isEmpty()) {
                return again(call, context, form, broken);
            }
            return alerts.save(context.root().id(), context.actor(), context.identity(), wanted)
                    .fold(
                            _ -> Html.seeOther(PATH + "?as=" + context.root().username() + "&done=alerts-saved"),
                            refusal -> rooms.refused(call, refusal, invalid -> again(call, context, form, invalid)));
        });
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

    private Response again(Call call, AccountContext context, Form form, List<Invalid> invalid) {
        return Html.invalid(page(call, context, form, FieldErrors.from(invalid)));
    }

    private Preferences preferences(AccountContext context) {
        return alerts.preferences(context.root().id(), context.identity());
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

    private AlertsPage page(Call call, AccountContext context, Form form, FieldErrors errors) {
        Optional<UUID> after = call.query("after").flatMap(Uuids::parse);
        List<Alert> found = alerts.list(context.root().id(), false, after, SHOWN + 1);
        String here = PATH + "?as=" + context.root().username();
        return new AlertsPage(
                rooms.frame(call, context, "Alerts"),
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
