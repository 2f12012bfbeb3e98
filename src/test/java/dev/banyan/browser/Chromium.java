package dev.banyan.browser;

import module java.base;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.banyan.Eventually;

/// The Chromium of this machine; it is never downloaded. Its shell without windows comes first: it draws the same pages
/// with half of the processor's time.
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final List<String> OTHER_PLACES = List.of(
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private Chromium() {}

    static Browser launch(Playwright playwright, Path executable, Outside outside) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setTimeout(Eventually.MILLIS)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-dev-shm-usage",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--host-resolver-rules=" + outside.asResolverRules())));
    }

    /// Fails instead of skipping tests if there is none, because the interface would be untested.
    static Path find() {
        return candidates().filter(Files::isExecutable).findFirst().orElseThrow(() -> new IllegalStateException("""
                The browser tests need Chromium, and none was found. `./banyan test` without options gets one. If you \
                have one elsewhere, set BANYAN_CHROMIUM to its path."""));
    }

    private static Stream<Path> candidates() {
        Optional<String> told = Optional.ofNullable(System.getenv("BANYAN_CHROMIUM"));
        if (told.isPresent()) {
            return told.stream().map(Path::of);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/bin:/usr/local/bin";
        return Stream.concat(
                NAMES.stream()
                        .flatMap(name -> Stream.of(path.split(":"))
                                .filter(folder -> !folder.isEmpty())
                                .map(folder -> Path.of(folder, name))),
                OTHER_PLACES.stream().map(Path::of));
    }
}
