package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.history.SenderRating.Share;

/// The strategies by which a pool chooses a number (design 7), as pure functions. State between two choices is passed
/// in and returned as [Turns].
public final class Balancing {

    private static final int SKIPPED_NAMED = 2;
    private static final int LONGEST_NAME = 40;

    private Balancing() {}

    /// A number that might send.
    ///
    /// @param name for people
    /// @param load messages in progress
    /// @param share by WhatsApp's rating of its quality
    /// @param cannot why it cannot send now, for people; empty if it can
    public record Candidate(
            SenderId id,
            String name,
            int weight,
            int priority,
            Optional<String> region,
            int load,
            Share share,
            Optional<String> cannot) {

        boolean can() {
            return cannot.isEmpty();
        }

        private boolean can(Share wanted) {
            return can() && share == wanted;
        }

        Candidate unable(String why) {
            return new Candidate(id, name, weight, priority, region, load, share, Optional.of(why));
        }

        Candidate able() {
            return new Candidate(id, name, weight, priority, region, load, share, Optional.empty());
        }
    }

    /// The state between two choices.
    ///
    /// @param count choices so far
    /// @param last the count at which each number was last chosen; absent if never
    /// @param credits of `weighted`: how far each is behind its share
    /// @param seed of `random-two`
    /// @param passed numbers with half a share that gave their last turn to another
    public record Turns(
            long count, Map<SenderId, Long> last, Map<SenderId, Integer> credits, long seed, Set<SenderId> passed) {

        /// Takes what was made for it, because each message needs new ones.
        public Turns {
            last = Collections.unmodifiableMap(last);
            credits = Collections.unmodifiableMap(credits);
            passed = Collections.unmodifiableSet(passed);
        }

        public static Turns from(long seed) {
            return new Turns(0, Map.of(), Map.of(), seed, Set.of());
        }

        private long of(Candidate candidate) {
            return last.getOrDefault(candidate.id(), -1L);
        }

        private Turns chosen(Candidate candidate, Map<SenderId, Integer> creditsAfter, long seedAfter) {
            var after = new HashMap<>(last);
            after.put(candidate.id(), count);
            var left = new HashSet<>(passed);
            left.remove(candidate.id());
            return new Turns(count + 1, after, creditsAfter, seedAfter, left);
        }

        private Turns passing(SenderId sender) {
            var after = new HashMap<>(last);
            after.put(sender, count);
            var all = new HashSet<>(passed);
            all.add(sender);
            return new Turns(count + 1, after, credits, seed, all);
        }
    }

    /// @param sender empty if no number can send
    /// @param reason for people: why this number
    public record Choice(Optional<SenderId> sender, String reason, Turns after) {}

    /// Chooses among the numbers of a pool. One with half a share gives every second of its turns to one with a whole
    /// share, if there is any.
    ///
    /// @param candidates in a fixed order, including those that cannot send, because the reason names them
    /// @param region the contact's country
    public static Choice choose(Strategy strategy, List<Candidate> candidates, Turns turns, Optional<String> region) {
        boolean onlyRed = candidates.stream().filter(Candidate::can).allMatch(one -> one.can(Share.LAST));
        List<Candidate> asked = onlyRed ? candidates : without(candidates, Share.LAST, "its quality is red");
        Choice choice = among(strategy, asked, turns, region);
        boolean passes = choice.sender()
                        .filter(id -> isHalf(asked, id) && !turns.passed().contains(id))
                        .isPresent()
                && asked.stream().anyMatch(one -> one.can(Share.WHOLE));
        return passes
                ? among(
                        strategy,
                        without(asked, Share.HALF, "its quality is yellow"),
                        turns.passing(choice.sender().orElseThrow()),
                        region)
                : choice;
    }

    private static boolean isHalf(List<Candidate> candidates, SenderId id) {
        return candidates.stream().anyMatch(one -> one.id().equals(id) && one.share() == Share.HALF);
    }

    private static List<Candidate> without(List<Candidate> candidates, Share share, String why) {
        return candidates.stream()
                .map(one -> one.can(share) ? one.unable(why) : one)
                .toList();
    }

    private static Choice among(Strategy strategy, List<Candidate> candidates, Turns turns, Optional<String> region) {
        List<Candidate> able = candidates.stream().filter(Candidate::can).toList();
        if (able.isEmpty()) {
            return new Choice(Optional.empty(), strategy.key() + ": no number can send" + skipped(candidates), turns);
        }
        Choice choice = switch (strategy) {
            case ROUND_ROBIN -> {
                Candidate next = nextOf(able, turns);
                yield chosen(next, place(next, candidates), turns);
            }
            case WEIGHTED -> weighted(able, turns);
            case LEAST_LOADED -> {
                Candidate least = nextOf(least(able, Candidate::load), turns);
                yield chosen(least, least.load() + " in progress, the fewest of " + able.size(), turns);
            }
            case PRIORITY -> {
                Candidate first = nextOf(least(able, Candidate::priority), turns);
                yield chosen(first, first.priority() + " is the first of " + able.size(), turns);
            }
            case RANDOM_TWO -> ofTwo(able, turns);
            case REGION -> ofRegion(able, turns, region);
        };
        return new Choice(
                choice.sender(), strategy.key() + ": " + choice.reason() + skipped(candidates), choice.after());
    }

    /// Returns the candidate that was chosen the longest time ago. With the same candidates this is round robin, and it
    /// stays fair when candidates come and go.
    private static Candidate nextOf(List<Candidate> able, Turns turns) {
        Candidate next = able.getFirst();
        for (Candidate candidate : able) {
            if (turns.of(candidate) < turns.of(next)) {
                next = candidate;
            }
        }
        return next;
    }

    private static List<Candidate> least(List<Candidate> able, ToIntFunction<Candidate> measure) {
        int least = able.stream().mapToInt(measure).min().orElseThrow();
        return able.stream()
                .filter(candidate -> measure.applyAsInt(candidate) == least)
                .toList();
    }

    /// Smooth weighted round robin: at every choice each candidate gains its weight, and the chosen one pays the total.
    /// In as many choices as the total of the weights, each is chosen exactly as often as its weight
    /// says, evenly spread.
    private static Choice weighted(List<Candidate> able, Turns turns) {
        int total = able.stream().mapToInt(Candidate::weight).sum();
        var credits = new HashMap<>(turns.credits());
        able.forEach(candidate -> credits.merge(candidate.id(), candidate.weight(), Integer::sum));
        Candidate richest = able.stream()
                .max(Comparator.comparingInt(candidate -> credits.getOrDefault(candidate.id(), 0)))
                .orElseThrow();
        credits.merge(richest.id(), -total, Integer::sum);
        return new Choice(
                Optional.of(richest.id()),
                "weight " + richest.weight() + " of " + total,
                turns.chosen(richest, credits, turns.seed()));
    }

    private static Choice ofTwo(List<Candidate> able, Turns turns) {
        long afterFirst = turns.seed() + 0x9E37_79B9_7F4A_7C15L;
        Candidate first = able.get(draw(afterFirst, able.size()));
        if (able.size() == 1) {
            return new Choice(
                    Optional.of(first.id()), "the only number", turns.chosen(first, turns.credits(), afterFirst));
        }
        long afterSecond = afterFirst + 0x9E37_79B9_7F4A_7C15L;
        int place = draw(afterSecond, able.size() - 1);
        Candidate second = able.get(place >= able.indexOf(first) ? place + 1 : place);
        Candidate chosen = second.load() < first.load() ? second : first;
        Candidate other = chosen == first ? second : first;
        return new Choice(
                Optional.of(chosen.id()),
                chosen.load() + " in progress, " + other.load() + " on " + named(other),
                turns.chosen(chosen, turns.credits(), afterSecond));
    }

    /// Returns the next number of a generator whose only state is a counter (SplitMix64).
    private static int draw(long state, int bound) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
    }

    private static Choice ofRegion(List<Candidate> able, Turns turns, Optional<String> region) {
        List<Candidate> near = able.stream()
                .filter(candidate -> region.isPresent() && candidate.region().equals(region))
                .toList();
        Candidate next = nextOf(near.isEmpty() ? able : near, turns);
        String why = near.isEmpty()
                ? "no number in " + region.orElse("the contact’s country") + ", so any number"
                : region.orElseThrow() + " like the contact, " + place(next, near);
        return chosen(next, why, turns);
    }

    private static Choice chosen(Candidate candidate, String why, Turns turns) {
        return new Choice(Optional.of(candidate.id()), why, turns.chosen(candidate, turns.credits(), turns.seed()));
    }

    private static String place(Candidate candidate, List<Candidate> among) {
        return "number " + (among.indexOf(candidate) + 1) + " of " + among.size();
    }

    private static String skipped(List<Candidate> candidates) {
        var words = new ArrayList<String>();
        int more = 0;
        for (Candidate candidate : candidates) {
            if (candidate.can()) {
                continue;
            }
            if (words.size() < SKIPPED_NAMED) {
                words.add(named(candidate) + " skipped: " + candidate.cannot().orElseThrow());
            } else {
                more++;
            }
        }
        if (more > 0) {
            words.add(more + " more skipped");
        }
        return words.isEmpty() ? "" : "; " + String.join("; ", words);
    }

    private static String named(Candidate candidate) {
        return candidate.name().length() <= LONGEST_NAME
                ? candidate.name()
                : candidate.name().substring(0, LONGEST_NAME - 1) + "…";
    }
}
