package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.platform.web.SetCookie;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Sets the theme: light, dark, or as the system has it, in a cookie, so that pages are rendered right at once and
/// without scripts.
@Path("/theme")
@RunOnVirtualThread
class ThemeResource {

    private static final Duration A_YEAR = Duration.ofDays(365);

    private final Settings settings;

    ThemeResource(Settings settings) {
        this.settings = settings;
    }

    @POST
    public Response choose(
            @FormParam("theme") @DefaultValue("system") String theme,
            @FormParam("back") @DefaultValue("/") String back) {
        String cookie = Assets.isTheme(theme)
                ? SetCookie.of(Assets.THEME_COOKIE, theme, A_YEAR, settings.isHttps())
                : SetCookie.gone(Assets.THEME_COOKIE, settings.isHttps());
        return Response.fromResponse(Html.seeOther(OwnPath.of(back).orElse("/")))
                .header(HttpHeaders.SET_COOKIE, cookie)
                .build();
    }
}
