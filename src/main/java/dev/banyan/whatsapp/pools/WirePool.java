package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.HistoryAnswers.Counts;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.numbers.WireSender;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A pool in an API list.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "Pool")
record WirePool(
        @Schema(description = "The id of its master") SenderId id,
        String displayName,

        @Schema(description = "`operational`, `degraded` or `failed`")
        String status,

        @Schema(description = "Only while it is paused: `hold` or `drain`")
        Optional<String> paused,

        @Schema(description = "Master and servants") int senders,
        int healthy,
        String strategy,

        @Schema(description = "Messages waiting or being sent")
        long waiting,

        @Schema(description = "Contacts assigned to one of its numbers")
        long contacts,

        @Schema(description = "Messages sent in the last 24 hours")
        long sent,

        @Schema(description = "Messages that failed in the last 24 hours")
        long failed) {

    /// A sender of the pool with its share of the load.
    @Schema(name = "PoolMember")
    record Member(
            WireSender sender,
            long waiting,

            @Schema(description = "Messages sent in the last minute")
            long lastMinute,

            Counts lastDay,

            @Schema(description = "Its share of the messages the pool sent in the last 24 hours, in percent")
            double share) {}

    /// The settings of a pool; an absent value means no limit.
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "PoolSettings")
    record Settings(
            String strategy,
            String uncertain,
            Optional<Integer> perMinute,
            Optional<Integer> perDay,
            String warmUp,
            Optional<Long> pairSeconds,
            Optional<Integer> pairBurst,
            Optional<String> quietFrom,
            Optional<String> quietUntil,

            @Schema(description = "Customers who wrote within these minutes are answered in quiet hours; 0 for none")
            Optional<Long> quietAnswerMinutes,

            String timeZone,
            int mostWaiting,

            @Schema(description = "Whether messages of groups are received: `on` or `off`")
            String groups,

            @Schema(description = "`any`, `codes`, `service` or `marketing`")
            String poolClass,

            @Schema(description = "For codes: seconds until the next number sends")
            int receiptSeconds) {

        static Settings of(PoolSettings settings) {
            return new Settings(
                    settings.strategy().key(),
                    settings.uncertain().key(),
                    settings.pace().perMinute(),
                    settings.pace().perDay(),
                    settings.pace().warmsUp().orElse(false) ? "on" : "off",
                    settings.pair().map(pair -> pair.every().toSeconds()),
                    settings.pair().map(PairLimit::burst),
                    settings.quiet().map(QuietHours::from).map(LocalTime::toString),
                    settings.quiet().map(QuietHours::until).map(LocalTime::toString),
                    settings.quiet().map(quiet -> quiet.answersWithin().toMinutes()),
                    settings.zoneName(),
                    settings.mostWaiting(),
                    settings.groups() ? "on" : "off",
                    settings.poolClass().key(),
                    (int) settings.receiptWithin().toSeconds());
        }
    }

    /// A pool with all details.
    @Schema(name = "WholePool")
    record Whole(WirePool pool, Settings settings, List<Member> members) {

        static Whole of(
                Pool pool,
                PoolSettings settings,
                PoolState state,
                PoolFigures.Figures sums,
                PoolFigures figures,
                Liveness liveness,
                Map<SenderId, SenderRating> ratings) {
            long sent = sums.sent(pool);
            return new Whole(
                    WirePool.of(pool, settings, state, sums, liveness),
                    Settings.of(settings),
                    pool.senders()
                            .map(sender -> {
                                SenderHours day = sums.day(sender.id());
                                return new Member(
                                        WireSender.of(
                                                sender, liveness, ratings.getOrDefault(sender.id(), SenderRating.NONE)),
                                        sums.waiting().sender().getOrDefault(sender.id(), 0L),
                                        figures.lastMinute(sender),
                                        Counts.of(day),
                                        sent == 0 ? 0 : Math.round(1_000.0 * day.sent() / sent) / 10.0);
                            })
                            .toList());
        }
    }

    static WirePool of(Pool pool, PoolSettings settings, PoolState state, PoolFigures.Figures sums, Liveness liveness) {
        SenderId id = pool.master().id();
        return new WirePool(
                id,
                pool.master().displayName(),
                pool.status().key(),
                state.pause().map(Pause::key),
                1 + pool.servants().size(),
                (int) pool.senders().filter(liveness::isHealthy).count(),
                settings.strategy().key(),
                sums.waiting().pool().getOrDefault(id, 0L),
                sums.contacts().getOrDefault(id, 0L),
                sums.sent(pool),
                sums.failed(pool));
    }
}
