package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.messages.DailySendLimit;

/// How fast a pool can send by its limits, and when a campaign will have ended.
final class CampaignSpeed {

    /// Messages per minute of a number without a limit of its own: what gateways manage, and what the Cloud API allows.
    private static final int OF_LINKED_NUMBER = 60;

    private static final int OF_CLOUD_NUMBER = 4_800;
    private static final int MOST_DAYS = 730;

    /// What is still to be sent.
    ///
    /// @param known to contacts who have written before
    /// @param first to contacts who never wrote
    record Work(long known, long first) {

        long all() {
            return known + first;
        }
    }

    private final CampaignNumbers numbers;
    private final List<Sender> working;
    private final int firstPerDay;
    private final Optional<Integer> measured;
    private final Optional<PortfolioPlaces.Left> places;

    /// @param firstPerDay contacts who never wrote, per day and number linked by code
    /// @param measured how many messages have lately left in a minute
    /// @param places how many people the business portfolios may write to; empty: any number
    CampaignSpeed(
            CampaignNumbers numbers,
            int firstPerDay,
            Optional<Integer> measured,
            Optional<PortfolioPlaces.Left> places) {
        this.numbers = numbers;
        this.working = numbers.working();
        this.firstPerDay = firstPerDay;
        this.places = places;
        this.measured = measured.filter(rate -> rate > 0);
    }

    /// Returns how many messages the pool can send in a minute; 0 if no number can.
    int perMinute() {
        return (int) Math.min(
                1_000_000,
                working.stream()
                        .mapToLong(sender -> pace(sender)
                                .perMinute()
                                .orElse(CampaignNumbers.isLinkedByCode(sender) ? OF_LINKED_NUMBER : OF_CLOUD_NUMBER))
                        .sum());
    }

    private Pace pace(Sender sender) {
        return sender.traits().pace().or(numbers.settings().pace());
    }

    /// @param firstLeft how many contacts who never wrote may still be written to on the first day; empty: any number
    /// @return when all has been sent; empty if no number can send, or in more than two years
    Optional<Instant> end(Work work, Instant from, Optional<Long> firstLeft) {
        int speed = measured.orElseGet(this::perMinute);
        if (work.all() == 0) {
            return Optional.of(from);
        }
        if (speed == 0) {
            return Optional.empty();
        }
        Instant time = awake(from);
        long known = work.known();
        long first = work.first();
        Optional<Long> strangers = firstLeft;
        for (int day = 0; day < MOST_DAYS; day++) {
            Instant dayEnds = nextDay(time);
            boolean isToday = day == 0;
            long reachable =
                    places.map(left -> isToday ? left.people() : left.most()).orElse(Long.MAX_VALUE);
            long possible = Math.min(Math.min(speed * awakeMinutes(time, dayEnds), perDay(time)), reachable);
            long newOnes = Math.min(first, strangers.orElse(first));
            if (known + newOnes <= possible) {
                if (newOnes == first) {
                    return Optional.of(after(time, minutes(known + newOnes, speed)));
                }
                known = 0;
                first -= newOnes;
            } else {
                long sentFirst = Math.min(newOnes, possible);
                first -= sentFirst;
                known -= Math.min(known, possible - sentFirst);
            }
            strangers = firstOfDay();
            time = awake(dayEnds);
        }
        return Optional.empty();
    }

    private static Duration minutes(long messages, int speed) {
        return Duration.ofSeconds((messages * 60 + speed - 1) / speed);
    }

    /// Returns how many contacts who never wrote the pool may write to on one day; empty: any number.
    private Optional<Long> firstOfDay() {
        List<Sender> open = numbers.open();
        return open.stream().allMatch(CampaignNumbers::isLinkedByCode)
                ? Optional.of((long) firstPerDay * open.size())
                : Optional.empty();
    }

    private long perDay(Instant time) {
        long sum = 0;
        for (Sender sender : working) {
            Instant began = sender.link().linkedAt().orElse(sender.createdAt());
            Optional<Integer> limit = DailySendLimit.of(pace(sender), began, time, zone());
            if (limit.isEmpty()) {
                return Long.MAX_VALUE;
            }
            sum += limit.get();
        }
        return sum;
    }

    private ZoneId zone() {
        return numbers.settings().zone();
    }

    private Instant nextDay(Instant time) {
        LocalDate today = time.atZone(zone()).toLocalDate();
        return today.plusDays(1).atStartOfDay(zone()).toInstant();
    }

    /// Returns this time, or the end of the quiet hours that it lies in.
    private Instant awake(Instant time) {
        return numbers.settings()
                .quiet()
                .flatMap(quiet -> quiet.over(time, zone()))
                .orElse(time);
    }

    /// Returns when the next quiet hours begin, at most at `end`.
    private Instant asleep(Instant time, Instant end) {
        Optional<QuietHours> quiet = numbers.settings().quiet();
        if (quiet.isEmpty()) {
            return end;
        }
        LocalDate today = time.atZone(zone()).toLocalDate();
        Instant begins = today.atTime(quiet.get().from()).atZone(zone()).toInstant();
        Instant next = begins.isAfter(time)
                ? begins
                : today.plusDays(1).atTime(quiet.get().from()).atZone(zone()).toInstant();
        return next.isBefore(end) ? next : end;
    }

    private long awakeMinutes(Instant from, Instant end) {
        Duration sum = Duration.ZERO;
        for (Instant time = awake(from); time.isBefore(end); ) {
            Instant pause = asleep(time, end);
            sum = sum.plus(Duration.between(time, pause));
            Instant next = pause.isBefore(end) ? awake(pause) : end;
            // quiet hours without length
            time = next.isAfter(time) ? next : end;
        }
        return Math.max(1, sum.toMinutes());
    }

    private Instant after(Instant from, Duration work) {
        Instant time = from;
        Duration left = work;
        for (int round = 0; round < MOST_DAYS; round++) {
            Instant pause = asleep(time, time.plus(Duration.ofDays(2)));
            Duration free = Duration.between(time, pause);
            if (free.compareTo(left) >= 0 || free.isZero()) {
                return time.plus(left);
            }
            left = left.minus(free);
            time = awake(pause);
        }
        return time;
    }
}
