package dev.banyan.platform.web;

import dev.banyan.platform.config.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/// Light, dark, or as the system has it: a cookie, so that pages are drawn right at once and without script.
@Path("/theme")
@RunOnVirtualThread
class ThemeResource {

    private static final int A_YEAR = 365 * 24 * 3_600;

    private final Settings settings;

    ThemeResource(Settings settings) {
        this.settings = settings;
    }

    @POST
    public Response choose(
            @FormParam("theme") @DefaultValue("system") String theme, @FormParam("back") @DefaultValue("/") String back) {
        boolean chosen = theme.equals("light") || theme.equals("dark");
        var cookie = new NewCookie.Builder(Assets.THEME_COOKIE)
                .value(chosen ? theme : "")
                .path("/")
                .maxAge(chosen ? A_YEAR : 0)
                .httpOnly(true)
                .secure(settings.isHttps())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
        return Response.fromResponse(Html.seeOther(OwnPath.of(back).orElse("/")))
                .cookie(cookie)
                .build();
    }
}
