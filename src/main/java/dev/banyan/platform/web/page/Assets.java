package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.config.Release;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FilterOrder;
import dev.banyan.platform.web.MeasuredAs;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.platform.web.RequestPath;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The stylesheet, the scripts and the icons of our pages, sent from memory. Their addresses contain a version derived
/// from their bytes, so that browsers keep them until they change.
@Singleton
public final class Assets {

    public static final String THEME_COOKIE = "banyan_theme";
    private static final String FOLDER = "/ui/";
    private static final int AFTER_THE_GATE = FilterOrder.GATE - 2;
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final List<String> FILES = List.of(
            "alerts.js",
            "banyan.css",
            "banyan.js",
            "board.js",
            "charts.js",
            "chat.js",
            "dates.js",
            "editor.js",
            "htmx.min.js",
            "icons.svg",
            "inbox-files.js",
            "inbox.js",
            "logo-unread.svg",
            "logo.svg",
            "passkeys.js",
            "tasks.js");
    private static final Map<String, String> HEADERS =
            Map.of("Cache-Control", "public, max-age=31536000, immutable", "X-Content-Type-Options", "nosniff");
    /// The fonts of public pages in two weights, whose addresses contain their own version. Inter, which our own pages
    /// wear too, is one variable file.
    private static final List<String> FONTS = List.of(
            "dm-sans",
            "lato",
            "montserrat",
            "oswald",
            "playfair-display",
            "poppins",
            "raleway",
            "roboto",
            "space-mono");

    private static final Set<String> THEMES = Set.of("light", "dark");

    private final Map<String, ReadyBytes> files = new TreeMap<>();
    private final String version;
    private final Release release;

    Assets(Release release) {
        this.release = release;
        var digests = new StringBuilder();
        FILES.forEach(name -> {
            byte[] bytes = load(name);
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
            digests.append(HexFormat.of().formatHex(Digests.sha256(bytes)));
            files.put(FOLDER + name, ReadyBytes.of(200, type, bytes, HEADERS));
        });
        FONTS.forEach(font -> loadFont(font, List.of("400", "700")));
        loadFont("inter", List.of("wght"));
        this.version = Digests.sha256Hex(digests.toString()).substring(0, 10);
    }

    private void loadFont(String font, List<String> weights) {
        for (String weight : weights) {
            String name = "fonts/" + font + "-latin-" + weight + "-normal.woff2";
            files.put(FOLDER + name, ReadyBytes.of(200, "font/woff2", load(name), HEADERS));
        }
        String licence = "fonts/" + font + "-LICENSE.txt";
        files.put(FOLDER + licence, ReadyBytes.of(200, "text/plain; charset=utf-8", load(licence), HEADERS));
    }

    private static byte[] load(String name) {
        return PackedFile.bytes(Assets.class, "/META-INF/resources" + FOLDER + name);
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, AFTER_THE_GATE);
    }

    private void answer(RoutingContext context) {
        HttpMethod method = context.request().method();
        ReadyBytes file = files.get(RequestPath.of(context.request()));
        if (file != null && (method == HttpMethod.GET || method == HttpMethod.HEAD)) {
            MeasuredAs.route(context.request(), FOLDER + "{file}");
            file.answer(context.request());
        } else {
            context.next();
        }
    }

    static boolean isTheme(String name) {
        return THEMES.contains(name);
    }

    public String version() {
        return version;
    }

    /// The program's release and commit, which help menus tell.
    public String release() {
        return release.name();
    }

    /// Returns light or dark as the person chose; empty follows the system.
    public static Optional<String> theme(Call call) {
        return call.cookie(THEME_COOKIE).filter(Assets::isTheme);
    }

    public Door door(String title, Call call) {
        return new Door(title, theme(call), version);
    }

    public static Optional<String> theme(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(THEME_COOKIE))
                .map(Cookie::getValue)
                .filter(Assets::isTheme);
    }
}
