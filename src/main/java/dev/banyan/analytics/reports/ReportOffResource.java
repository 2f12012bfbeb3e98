package dev.banyan.analytics.reports;

import dev.banyan.analytics.WeeklyReports;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Opened from a mail: anyone with the link may switch the report off. Opening the page changes nothing.
@Path("/admin/analytics/reports/{key}")
@RunOnVirtualThread
class ReportOffResource {

    private final WeeklyReports reports;
    private final Assets assets;

    ReportOffResource(WeeklyReports reports, Assets assets) {
        this.reports = reports;
        this.assets = assets;
    }

    @GET
    public Response show(@Context Call call, @PathParam("key") String key) {
        return Html.ok(new ReportOffPage(assets.door("Weekly report", call), key, false));
    }

    @POST
    public Response switchOff(@Context Call call, @PathParam("key") String key) {
        reports.switchOff(key);
        return Html.ok(new ReportOffPage(assets.door("Weekly report", call), key, true));
    }
}
