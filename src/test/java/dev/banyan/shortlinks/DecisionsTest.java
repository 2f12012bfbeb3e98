package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String TARGET = "https://example.com/spring";
    private static final Visitor PHONE = Visitor.of("Mozilla/5.0 (iPhone) Mobile", "de-AT,de;q=0.9,en;q=0.5", "AT");
    private static final Visitor COMPUTER = Visitor.of("Mozilla/5.0 (X11; Linux)", "en", "GB");

    @Test
    void reasonsCountInTheirOrder() {
        ShortLink all = link(false, NOW.plusSeconds(9), NOW.minusSeconds(9), "hash", 1L, Routing.NONE);

        assertThat(decide(all, AccountStatus.DELETED, true)).isInstanceOf(Decision.NotFound.class);
        assertThat(decide(all, AccountStatus.SUSPENDED, true)).isInstanceOf(Decision.Unavailable.class);
        assertThat(decide(all, AccountStatus.ACTIVE, true)).isInstanceOf(Decision.NotInPlan.class);
        assertThat(decide(all, AccountStatus.ACTIVE, false)).isInstanceOf(Decision.Off.class);
        assertThat(active(link(true, NOW.plusSeconds(9), null, "hash", 1L, Routing.NONE)))
                .isEqualTo(new Decision.NotYet(NOW.plusSeconds(9), ZoneOffset.UTC));
        assertThat(active(link(true, null, NOW, "hash", 1L, Routing.NONE))).isInstanceOf(Decision.Ended.class);
        assertThat(active(link(true, null, null, "hash", 1L, Routing.NONE))).isInstanceOf(Decision.Spent.class);
        assertThat(active(link(true, null, null, "hash", null, Routing.NONE)))
                .isInstanceOf(Decision.NeedsPassword.class);
        assertThat(active(link(true, NOW, NOW.plusMillis(1), "", 2L, Routing.NONE)))
                .isEqualTo(new Decision.Go(TARGET, ""));
    }

    @Test
    void theFirstRuleThatFitsWins() {
        Routing routing = new Routing(
                new Utm("poster", "", "", "", ""),
                List.of(
                        new Rule("android", "", "", 0, 0, "https://example.com/play"),
                        new Rule("ios", "de", "AT", 0, NOW.toEpochMilli() + 1, "https://example.com/store"),
                        new Rule("phone", "", "", 0, 0, "https://example.com/phone")),
                1,
                List.of(),
                "",
                Routing.Chat.NONE,
                false);
        ShortLink link = link(true, null, null, "", null, routing);

        assertThat(decide(link, PHONE, NOW))
                .isEqualTo(new Decision.Go("https://example.com/store?utm_source=poster", ""));
        assertThat(decide(link, PHONE, NOW.plusMillis(1)))
                .isEqualTo(new Decision.Go("https://example.com/phone?utm_source=poster", ""));
        assertThat(decide(link, COMPUTER, NOW)).isEqualTo(new Decision.Go(TARGET + "?utm_source=poster", ""));
    }

    @Test
    void aRuleGoesBeforeTheChat() {
        Routing routing = new Routing(
                Utm.NONE,
                List.of(new Rule("phone", "", "", 0, 0, "https://example.com/phone")),
                1,
                List.of(),
                "",
                new Routing.Chat(true, "", ""),
                false);
        ShortLink link = link(true, null, null, "", null, routing);

        assertThat(link.isPlain()).isFalse();
        assertThat(decide(link, PHONE, NOW)).isEqualTo(new Decision.Go("https://example.com/phone", ""));
        assertThat(decide(link, COMPUTER, NOW)).isEqualTo(new Decision.Chat());
    }

    @Property(tries = 200)
    void everyDrawnNumberBelongsToOneTargetAndEachGetsItsShare(
            @ForAll @IntRange(min = 0, max = 9) int first,
            @ForAll @IntRange(min = 0, max = 9) int second,
            @ForAll @IntRange(min = 1, max = 9) int third) {
        Routing routing = new Routing(
                Utm.NONE,
                List.of(),
                first,
                List.of(new Variant("https://b.example", second), new Variant("https://c.example", third)),
                "",
                Routing.Chat.NONE,
                false);
        ShortLink link = link(true, null, null, "", null, routing);
        Map<String, Integer> shares = new HashMap<>();
        for (int lot = 0; lot < first + second + third; lot++) {
            int drawn = lot;
            Decision.Go go =
                    (Decision.Go) Decisions.decide(link, AccountStatus.ACTIVE, false, COMPUTER, false, NOW, _ -> drawn);
            shares.merge(go.variant(), 1, Integer::sum);
        }

        assertThat(shares.getOrDefault("A", 0)).isEqualTo(first);
        assertThat(shares.getOrDefault("B", 0)).isEqualTo(second);
        assertThat(shares.getOrDefault("C", 0)).isEqualTo(third);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example?utm_source=x%20%26y",
        "https://a.example/?, https://a.example/?utm_source=x%20%26y",
        "https://a.example/p?q=1#top, https://a.example/p?q=1&utm_source=x%20%26y#top",
        "https://a.example/p#a?b, https://a.example/p?utm_source=x%20%26y#a?b",
        "https://a.example/p?utm_source=own, https://a.example/p?utm_source=own"
    })
    void utmFieldsJoinTheQuery(String target, String whole) {
        assertThat(Decisions.withUtm(target, new Utm("x &y", "", "", "", ""))).isEqualTo(whole);
    }

    private static Decision active(ShortLink link) {
        return decide(link, AccountStatus.ACTIVE, false);
    }

    private static Decision decide(ShortLink link, AccountStatus status, boolean overPlan) {
        return Decisions.decide(link, status, overPlan, COMPUTER, false, NOW, _ -> 0);
    }

    private static Decision decide(ShortLink link, Visitor visitor, Instant now) {
        return Decisions.decide(link, AccountStatus.ACTIVE, false, visitor, false, now, _ -> 0);
    }

    private static ShortLink link(
            boolean active,
            @org.jspecify.annotations.Nullable Instant start,
            @org.jspecify.annotations.Nullable Instant end,
            String hash,
            @org.jspecify.annotations.Nullable Long limit,
            Routing routing) {
        var account = new AccountId(new UUID(1, 1));
        return new ShortLink(
                new ShortLinkId(new UUID(2, 2)),
                new Owner(account, account),
                "spring",
                TARGET,
                "",
                List.of(),
                active,
                1,
                Optional.empty(),
                Optional.ofNullable(start),
                Optional.ofNullable(end),
                "",
                hash,
                Optional.ofNullable(limit),
                routing,
                NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/,'',https://a.example/",
        "https://a.example/,utm_source=email,https://a.example/?utm_source=email",
        "https://a.example/?a=1#top,b=2&c,https://a.example/?a=1&b=2&c#top",
        "https://a.example/?utm_source=poster&a=1,utm_source=email,https://a.example/?a=1&utm_source=email",
        "https://a.example/?,a=1&&a=2,https://a.example/?a=1&a=2"
    })
    void theQueryOfAVisitorReplacesTheSameFields(String target, String query, String whole) {
        assertThat(Decisions.withQuery(target, query)).isEqualTo(whole);
    }
}
