package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.analytics.UserAgent.Device;
import dev.banyan.platform.PackedFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentsTest {

    private static final UserAgents AGENTS = new UserAgents();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 | PHONE | Mobile Safari | iOS
            Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | PHONE | Chrome Mobile | Android
            Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | TABLET | Chrome | Android
            Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | TABLET | Mobile Safari | iOS
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | COMPUTER | Chrome | Windows
            Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0 | COMPUTER | Firefox | Linux
            Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | PHONE | Chrome Mobile | Android
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 360.0.0.30.109 | PHONE | Instagram | iOS
            """)
    void peopleAreKnownByTheirBrowser(String text, Device device, String browser, String system) {
        assertThat(AGENTS.of(text)).isEqualTo(new UserAgent(false, device, browser, system));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
                "Twitterbot/1.0",
                "UptimeRobot/2.0",
                "WhatsApp/2.23.20.0",
                "WhatsApp/2.2336.7 N",
                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
                "TelegramBot (like TwitterBot)",
                "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
                "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
                "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1"
                        + " Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
                "Mozilla/5.0 (compatible; SomethingNew-Crawler/1.0)",
                "curl/8.5.0",
                "python-requests/2.32.3",
                "Go-http-client/2.0",
                "okhttp/4.12.0",
                "axios/1.7.9",
                "Java-http-client/25.0.1",
                "Dart/3.9 (dart:io)",
                "Shop/4.1 (com.example.shop; build:12; iOS 18.1.0) Alamofire/5.10.2",
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100.2161",
                "Mozilla/5.0 (Macintosh; Darwin 24.1.0; en-US) PowerShell/7.4.6",
                "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))",
                "Mozilla/5.0 (compatible; proofpoint)",
                "Mozilla/5.0 (Linux; Android 8.0; Pixel 2; Storebot-Google/1.0) AppleWebKit/537.36 Mobile Safari/537.36",
                "",
                "  "
            })
    void whoSaysThatItIsABotIsOne(String text) {
        assertThat(AGENTS.of(text).isBot()).isTrue();
    }

    /// The exceptions show nothing of a program: editors and browsers in apps.
    @Test
    void programsOfTheListAreProgramsButForOneOfAHundred() {
        List<String> crawlers = listed("known-crawlers.txt");
        List<String> taken =
                crawlers.stream().filter(agent -> !AGENTS.of(agent).isBot()).toList();

        assertThat(crawlers).hasSizeGreaterThan(2_000);
        assertThat(taken).hasSizeLessThan(crawlers.size() / 100);
    }

    @Test
    void peopleOfTheListArePeople() {
        List<String> people = listed("known-people.txt");

        assertThat(people).hasSizeGreaterThan(900);
        assertThat(people.stream().filter(agent -> AGENTS.of(agent).isBot())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) AppleWebKit/537.36 (KHTML, like Gecko) 85.0.4183.93/6.5 TV"
                        + " Safari/537.36 Smart Monitor M7",
                "Mozilla/5.0 (Linux; Tizen 7.0; Smart Monitor M8) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " SamsungBrowser/5.0 Chrome/94.0.4606.31 TV Safari/537.36",
                "Mozilla/5.0 (Linux; Android 9;CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
                        + " Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 11; Honeywell ScanPal EDA52) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/120.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0; Odyssey Ark Monitor) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " 94.0.4606.31/7.0 TV Safari/537.36",
                "Mozilla/5.0 (Linux; Android 14; CPH2591; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
                        + " Chrome/131.0.0.0 Mobile Safari/537.36 OcIdWebView ({\"app\":\"com.google.android.gms\"})",
                "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)",
            })
    void devicesThatAreCalledLikeProgramsArePeoples(String text) {
        assertThat(AGENTS.of(text).isBot()).isFalse();
    }

    @Test
    void endlessAndStrangeOnesAreReadAllTheSame() {
        assertThat(AGENTS.of("(((((".repeat(10_000)).isBot()).isTrue();
        assertThat(AGENTS.of("Mozilla/5.0 (X11) " + "a1.".repeat(10_000)).isBot())
                .isFalse();
        assertThat(AGENTS.of("\u0000<script>").isBot()).isFalse();
    }

    /// Lists that release/crawlers.sh refreshes.
    private static List<String> listed(String file) {
        return PackedFile.text(UserAgentsTest.class, file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
