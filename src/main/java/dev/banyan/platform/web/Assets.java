package dev.banyan.platform.web;

import dev.banyan.platform.Digests;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The stylesheet, the scripts and the icons of our pages. Their address carries a version made of their bytes, so that
/// browsers keep them until they change.
@Singleton
public final class Assets {

    public static final String THEME_COOKIE = "banyan_theme";
    private static final List<String> FILES = List.of("banyan.css", "banyan.js", "icons.svg", "htmx.min.js");
    private static final Set<String> THEMES = Set.of("light", "dark");

    private final String version;

    Assets() {
        var all = new StringBuilder();
        for (String file : FILES) {
            try (var bytes = Assets.class.getResourceAsStream("/META-INF/resources/ui/" + file)) {
                if (bytes == null) {
                    throw new IllegalStateException("The build lacks /ui/" + file);
                }
                all.append(HexFormat.of().formatHex(Digests.sha256(bytes.readAllBytes())));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        this.version = Digests.sha256Hex(all.toString()).substring(0, 10);
    }

    static boolean isTheme(String name) {
        return THEMES.contains(name);
    }

    public String version() {
        return version;
    }

    /// Light or dark as the person chose; empty follows the system.
    public static Optional<String> theme(Call call) {
        return call.cookie(THEME_COOKIE).filter(Assets::isTheme);
    }

    public Door door(String title, Call call) {
        return new Door(title, theme(call), version);
    }

    static Optional<String> theme(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(THEME_COOKIE))
                .map(io.vertx.core.http.Cookie::getValue)
                .filter(Assets::isTheme);
    }
}
