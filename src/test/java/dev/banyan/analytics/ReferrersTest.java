package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.analytics.Breakdown.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is kept of the header that says where a visitor comes from.
class ReferrersTest {

    @ParameterizedTest
    @CsvSource({
        "https://l.example:8443/a,l.example",
        "https://me:secret@l.example/,l.example",
        "https://my_shop.example/a,my_shop.example",
        "https://EXAMPLE.com?x=secret,example.com",
        "android-app://com.example.app/,com.example.app",
        "'',''",
        "not a url,''",
        "javascript:alert(1),''",
        "'https://a b/',''"
    })
    void itIsAHost(String header, String host) {
        assertThat(Referrers.of(header)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            facebook.com facebook.com,l.facebook.com,lm.facebook.com,m.facebook.com,www.facebook.com,web.facebook.com,fb.me
            instagram.com www.instagram.com,l.instagram.com,instagr.am,com.instagram.android
            youtube.com youtube.com,m.youtube.com,youtu.be,music.youtube.com,com.google.android.youtube
            x.com t.co,x.com,twitter.com,mobile.twitter.com,com.twitter.android
            reddit.com reddit.com,old.reddit.com,out.reddit.com,np.reddit.com,redd.it,com.reddit.frontpage
            linkedin.com linkedin.com,de.linkedin.com,lnkd.in,com.linkedin.android
            google.com www.google.com,google.de,www.google.co.uk,google.com.br,images.google.fr,com.google.android.googlequicksearchbox
            mail.google.com mail.google.com,com.google.android.gm
            news.google.com news.google.com
            yahoo.com search.yahoo.com,de.search.yahoo.com,r.search.yahoo.com,search.yahoo.co.jp
            pinterest.com pinterest.de,www.pinterest.co.uk,fr.pinterest.com,pin.it
            yandex.com yandex.ru,ya.ru,yandex.com.tr
            bing.com www.bing.com,cn.bing.com
            tiktok.com vm.tiktok.com,m.tiktok.com
            whatsapp.com wa.me,web.whatsapp.com,api.whatsapp.com,l.wl.co
            threads.com l.threads.com,threads.net
            messenger.com m.me,l.messenger.com
            telegram.org t.me,web.telegram.org,org.telegram.messenger
            netflix.com netflix.com,m.netflix.com
            m.co.uk m.co.uk
            notgoogle.de notgoogle.de
            google.com.evil.example google.com.evil.example
            """)
    void hostsAndAppsOfANetworkAreOneSource(String source, String hosts) {
        for (String host : hosts.split(",")) {
            assertThat(Referrers.of("https://" + host + "/path?q=1")).as(host).isEqualTo(source);
            assertThat(Referrers.of("android-app://" + host)).as(host).isEqualTo(source);
        }
        assertThat(Referrers.source(source)).isEqualTo(source);
    }

    @Test
    void whatWasCountedApartIsShownAsOneSource() {
        Breakdown stored = Breakdown.parse(
                "{\"r\":{\"\":9,\"facebook.com\":1,\"l.facebook.com\":4,\"lm.facebook.com\":2,\"a.example\":6,\"~\":30}}");

        assertThat(stored.top(Dimension.REFERRER, 10))
                .containsExactly(
                        new Part("", 9),
                        new Part("facebook.com", 7),
                        new Part("a.example", 6),
                        new Part(Breakdown.OTHERS, 30));
    }
}
