package dev.banyan.whatsapp;

import dev.banyan.whatsapp.history.SenderRating.Share;
import dev.banyan.whatsapp.messages.Balancing;
import dev.banyan.whatsapp.messages.Balancing.Candidate;
import dev.banyan.whatsapp.messages.Balancing.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one decision of the slowest strategy takes, in microseconds.
final class Decisions {

    private static final int WARM_UP = 200_000;
    private static final int COUNTED = 500_000;

    public static void main(String... args) {
        int numbers = Integer.parseInt(args[0]);
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < numbers; i++) {
            candidates.add(new Candidate(
                    new SenderId("wa_7" + i),
                    "Number " + i,
                    1 + i % 5,
                    i % 3,
                    Optional.of("SA"),
                    i,
                    Share.WHOLE,
                    Optional.empty()));
        }
        double slowest = 0;
        for (Strategy strategy : Strategy.values()) {
            decide(strategy, candidates, WARM_UP);
            slowest = Math.max(slowest, decide(strategy, candidates, COUNTED));
        }
        System.out.println(slowest);
    }

    private static double decide(Strategy strategy, List<Candidate> candidates, int times) {
        Turns turns = Turns.from(1);
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            turns = Balancing.choose(strategy, candidates, turns, Optional.of("SA")).after();
        }
        return (System.nanoTime() - begin) / 1e3 / times;
    }
}
