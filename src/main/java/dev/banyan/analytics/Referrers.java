package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.dns.HostName;

/// Where visitors come from. A network sends them from many hosts (for phones, behind its warning about links, for
/// short addresses, per country) and from its app; those are one source.
final class Referrers {

    private static final int LONGEST = 2_048;
    private static final int LONGEST_HOST = 80;
    private static final Pattern HOST = Pattern.compile(
            "(?:https?|android-app)://(?:[^/?#@\\s]*@)?([a-z0-9._-]+?)\\.?(?::\\d*)?(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE);

    /// Prefixes of hosts that show the same site on other devices.
    private static final Pattern OTHER_DEVICES = Pattern.compile("(?:www\\d?|m|mobile|amp|touch)\\.");

    /// The same behind a language: `en.m.wikipedia.org`.
    private static final Pattern ON_PHONES = Pattern.compile("^([a-z]{2,3})\\.m\\.(?=[^.]+\\.)");

    /// Search engines and the like with a name per country; their other services, such as mail, have a prefix.
    private static final Pattern OF_COUNTRIES = Pattern.compile("(?:(?:www|m|r|[a-z]{2}|images|search)\\.)*"
            + "(google|yandex|yahoo|pinterest|bing)\\.(?:com|(?:com?\\.)?[a-z]{2}|cat)");

    /// The source of a host and of all below it. The names of Android apps are hosts in their referrers.
    private static final Map<String, String> SOURCES = sources("""
            facebook.com fb.com fb.me com.facebook.katana com.facebook.lite
            messenger.com m.me com.facebook.orca
            instagram.com instagr.am ig.me com.instagram.android
            threads.com threads.net com.instagram.barcelona
            whatsapp.com wa.me l.wl.co com.whatsapp com.whatsapp.w4b
            youtube.com youtu.be youtube-nocookie.com com.google.android.youtube
            google.com com.google.android.googlequicksearchbox com.google.android.apps.searchlite
            mail.google.com com.google.android.gm
            x.com twitter.com t.co com.twitter.android
            reddit.com redd.it com.reddit.frontpage
            linkedin.com lnkd.in com.linkedin.android
            tiktok.com com.zhiliaoapp.musically com.ss.android.ugc.trill
            pinterest.com pin.it com.pinterest
            snapchat.com com.snapchat.android
            telegram.org t.me telegram.me org.telegram.messenger org.telegram.messenger.web org.telegram.plus
            discord.com discordapp.com discord.gg com.discord
            tumblr.com t.umblr.com com.tumblr
            vk.com vk.ru com.vkontakte.android
            bsky.app xyz.blueskyweb.app
            slack.com com.slack
            twitch.tv tv.twitch.android.app
            quora.com com.quora.android
            yandex.com ya.ru com.yandex.browser ru.yandex.searchplugin
            chatgpt.com chat.openai.com com.openai.chatgpt
            duckduckgo.com com.duckduckgo.mobile.android
            baidu.com com.baidu.searchbox
            weibo.com weibo.cn com.sina.weibo
            spotify.com spotify.link com.spotify.music
            soundcloud.com com.soundcloud.android
            """);

    private Referrers() {}

    /// Returns the source that the header of a visit names; empty if there is none.
    static String of(String header) {
        if (header.length() > LONGEST) {
            return "";
        }
        Matcher read = HOST.matcher(header);
        boolean isHost = read.matches() && read.group(1).length() <= LONGEST_HOST;
        return isHost ? source(read.group(1).toLowerCase(Locale.ROOT)) : "";
    }

    /// Returns the source of a host. One of a source is the source itself, so older counts can be asked again.
    static String source(String host) {
        Matcher country = OF_COUNTRIES.matcher(host);
        return country.matches() ? country.group(1) + ".com" : ofNetwork(host).orElseGet(() -> forAllDevices(host));
    }

    private static Optional<String> ofNetwork(String host) {
        for (String rest = host; rest.contains("."); rest = rest.substring(rest.indexOf('.') + 1)) {
            String source = SOURCES.get(rest);
            // google.com has services that are sources of their own: only the engine itself is found above
            if (source != null && (rest.equals(host) || !source.equals("google.com"))) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    private static String forAllDevices(String host) {
        String known = ON_PHONES.matcher(host).replaceFirst("$1.");
        Matcher prefix = OTHER_DEVICES.matcher(known);
        if (!prefix.lookingAt()) {
            return known;
        }
        String site = known.substring(prefix.end());
        boolean isSite =
                HostName.parse(site).filter(name -> !name.isPublicSuffix()).isPresent();
        return isSite ? site : known;
    }

    private static Map<String, String> sources(String table) {
        var sources = new HashMap<String, String>();
        table.lines().map(line -> line.split(" ")).forEach(hosts -> {
            for (String host : hosts) {
                sources.put(host, hosts[0]);
            }
        });
        return Map.copyOf(sources);
    }
}
