package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.WaitReason;

/// A message that a key in test mode has ordered. It reaches no one: its state follows from its age, and from how the
/// simulated phone of the contact behaved when it was ordered.
///
/// @param told as it was when webhooks were last told of it
/// @param apiKey the key that ordered it
record TestMessage(OutgoingMessage told, String apiKey, Optional<UUID> batch, DeliveryBehavior behavior) {

    /// How long it waits for its turn.
    static final Duration TURN = Duration.ofSeconds(1);

    static final String EXPIRED = "Expired before it could be sent.";

    private record Step(DeliveryState state, Instant at, Optional<String> error) {

        Step(DeliveryState state, Instant at) {
            this(state, at, Optional.empty());
        }
    }

    /// @param checked what would have been queued
    static TestMessage of(OutgoingMessage checked, String apiKey, Optional<UUID> batch, DeliveryBehavior behavior) {
        var test = new TestMessage(checked, apiKey, batch, behavior);
        return test.toldAs(test.with(checked.state(), Optional.empty(), checked.createdAt()));
    }

    /// Returns it as it is at a time.
    OutgoingMessage at(Instant now) {
        return untold(now).reduce((_, last) -> last).orElse(told);
    }

    /// Returns it as it was after each step, up to a time, that webhooks were not told of.
    Stream<OutgoingMessage> untold(Instant now) {
        return left().takeWhile(step -> !step.at().isAfter(now)).map(this::after);
    }

    /// Returns how long after a time each step is due that webhooks were not told of.
    Stream<Duration> steps(Instant now) {
        return left().map(step -> Duration.between(now, step.at()));
    }

    /// Returns when the next step is due that webhooks were not told of.
    Optional<Instant> due() {
        return left().map(Step::at).findFirst();
    }

    /// Returns it as it was stored: webhooks were told that it has a state since then.
    TestMessage toldAs(DeliveryState state, Instant since) {
        return toldAs(course().stream()
                .filter(step -> step.state() == state)
                .findFirst()
                .map(this::after)
                .orElseGet(() -> with(state, Optional.empty(), since)));
    }

    /// Returns it once webhooks were told of this.
    TestMessage toldAs(OutgoingMessage now) {
        return new TestMessage(now, apiKey, batch, behavior);
    }

    private Stream<Step> left() {
        return told.state() == DeliveryState.CANCELED
                ? Stream.empty()
                : course().stream()
                        .dropWhile(step -> step.state() != told.state())
                        .skip(1);
    }

    /// Returns all steps, from its order to its end.
    private List<Step> course() {
        Instant ordered = told.createdAt();
        Optional<Instant> later = told.schedule().sendAt().filter(time -> time.isAfter(ordered));
        Instant begin = later.orElse(ordered);
        Instant turn = begin.plus(TURN);
        var steps = new ArrayList<Step>();
        later.ifPresent(_ -> steps.add(new Step(DeliveryState.SCHEDULED, ordered)));
        steps.add(new Step(DeliveryState.QUEUED, begin));
        Optional<Instant> end = told.schedule().expiresAt().filter(time -> time.isBefore(turn));
        if (end.isPresent()) {
            steps.add(new Step(DeliveryState.FAILED, end.get(), Optional.of(EXPIRED)));
            return steps;
        }
        steps.add(new Step(DeliveryState.SENDING, turn));
        if (behavior == DeliveryBehavior.MISSING) {
            steps.add(new Step(DeliveryState.FAILED, turn, Optional.of(SimulatorDriver.notOnWhatsApp(told.to()))));
            return steps;
        }
        Instant sent = behavior == DeliveryBehavior.SLOW ? turn.plus(SimulatorDriver.SLOW_SENDING) : turn;
        steps.add(new Step(DeliveryState.SENT, sent));
        if (behavior == DeliveryBehavior.OFF) {
            return steps;
        }
        Instant delivered = sent.plus(SimulatorDriver.DELIVERED_AFTER);
        steps.add(new Step(DeliveryState.DELIVERED, delivered));
        if (behavior != DeliveryBehavior.WAITS) {
            steps.add(new Step(DeliveryState.READ, delivered.plus(SimulatorDriver.READ_AFTER)));
        }
        return steps;
    }

    private OutgoingMessage after(Step step) {
        return with(step.state(), step.error(), step.at());
    }

    /// Returns it in a state, since a time. No other pool stands in for tests.
    OutgoingMessage with(DeliveryState state, Optional<String> error, Instant since) {
        return new OutgoingMessage(
                told.id(),
                told.tenant(),
                told.orderedFor(),
                Optional.empty(),
                told.sender(),
                told.to(),
                told.text(),
                told.media(),
                told.content(),
                told.key(),
                told.schedule(),
                state,
                waiting(state, since),
                error,
                told.createdAt(),
                since);
    }

    private Optional<Waiting> waiting(DeliveryState state, Instant since) {
        return switch (state) {
            case SCHEDULED -> told.schedule().sendAt().map(time -> new Waiting(WaitReason.SCHEDULED, time));
            case QUEUED -> Optional.of(new Waiting(WaitReason.TURN, since));
            case SENDING, SENT, DELIVERED, READ, FAILED, UNCERTAIN, CANCELED -> Optional.empty();
        };
    }
}
