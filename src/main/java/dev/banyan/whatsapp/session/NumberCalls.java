package dev.banyan.whatsapp.session;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.cluster.Calls;
import dev.banyan.platform.cluster.LivePool;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.session.NumberQuestion.Act;
import dev.banyan.whatsapp.session.NumberQuestion.Answer;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/// What only the server that has a number can do with it: here, or by asking that server.
///
/// Everything may throw [dev.banyan.platform.Overloaded] if another server has the number and does not answer.
@Startup
@Singleton
public final class NumberCalls {

    /// Longer than a number or a gateway takes to show a code.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PATIENCE_FOR_HEALTH = Duration.ofSeconds(2);

    private final LivePools pools;
    private final Calls calls;
    private final LiveSenders liveSenders;
    private final MovedNumbers moved;
    private final Simulation simulation;
    private final Map<DriverKind, Driver> drivers;
    private final Liveness liveness;
    private final ExecutorService threads;
    /// How those numbers of accounts are that other servers have, as far as those said.
    private final Cache<AccountId, Map<SenderId, SenderHealth>> healths =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build();

    public NumberCalls(
            LivePools pools,
            Calls calls,
            LiveSenders liveSenders,
            MovedNumbers moved,
            Simulation simulation,
            @All List<Driver> drivers,
            Liveness liveness,
            @OwnWork ExecutorService threads) {
        this.pools = pools;
        this.calls = calls;
        this.liveSenders = liveSenders;
        this.moved = moved;
        this.simulation = simulation;
        this.drivers = drivers.stream().collect(Collectors.toMap(Driver::kind, Function.identity()));
        this.threads = threads;
        this.liveness = liveness;
        liveness.askElsewhere(new Liveness.Elsewhere() {
            @Override
            public void ask(AccountId account) {
                if (!pools.isAlone()) {
                    var _ = healths.get(account, NumberCalls.this::healths);
                }
            }

            @Override
            public Optional<SenderHealth> of(Sender sender) {
                return health(sender);
            }
        });
        calls.answer(NumberQuestion.class, this::asked);
        calls.answer(
                HealthQuestion.class,
                question -> new HealthQuestion.Answer(liveness.all(question.account()).entrySet().stream()
                        .map(entry -> new HealthQuestion.Number(entry.getKey(), entry.getValue()))
                        .toList()));
    }

    private Optional<SenderHealth> health(Sender sender) {
        return pools.isOurs(sender.pool().asPool())
                ? Optional.empty()
                : Optional.ofNullable(
                        healths.get(sender.tenant(), this::healths).get(sender.id()));
    }

    /// Several servers may have pools of the account.
    private Map<SenderId, SenderHealth> healths(AccountId account) {
        try {
            return calls
                    .askAll(new HealthQuestion(account), HealthQuestion.Answer.class, PATIENCE_FOR_HEALTH)
                    .values()
                    .stream()
                    .flatMap(answer -> answer.stream().flatMap(said -> said.numbers().stream()))
                    .collect(Collectors.toMap(
                            HealthQuestion.Number::id, HealthQuestion.Number::health, (one, _) -> one));
        } catch (RuntimeException failure) {
            Log.debugf("How the numbers of account %s are is not known: %s", account, failure.getMessage());
            return Map.of();
        }
    }

    private List<String> ask(Sender sender, Act act, String... values) {
        return ask(sender, act, List.of(values));
    }

    private List<String> ask(Sender sender, Act act, List<String> values) {
        var question = new NumberQuestion(sender.key(), sender.pool(), sender.driver(), act, values);
        LivePool pool = sender.pool().asPool();
        Optional<UUID> node = pools.elsewhere(pool);
        if (node.isEmpty()) {
            return here(question).values();
        }
        try {
            return calls.ask(node.get(), question, Answer.class, PATIENCE).values();
        } catch (Overloaded noAnswer) {
            pools.doubt(pool);
            throw noAnswer;
        } finally {
            healths.invalidate(sender.tenant()); // it may have changed them
        }
    }

    /// Does for another server what only this one can.
    private Answer asked(NumberQuestion question) {
        if (!pools.isOurs(question.pool().asPool())) {
            throw new IllegalStateException("The number has moved to another server");
        }
        return here(question);
    }

    private Answer here(NumberQuestion question) {
        SenderKey key = question.sender();
        List<String> values = question.values();
        return switch (question.act()) {
            case LINK -> {
                moved.takeUp(key);
                yield done(() -> liveSenders.link(key, question.pool(), question.driver()));
            }
            case CONNECT -> {
                moved.takeUp(key);
                yield done(() -> liveSenders.connect(key, question.pool(), question.driver()));
            }
            case FORGET -> done(() -> liveSenders.forget(key, question.driver()));
            case SETTLE -> done(() -> liveSenders.settle(key));
            case PAIRING_CODE -> answer(driver(question).pairingCode(key, new Phone(values.getFirst())));
            case PASSKEY ->
                driver(question)
                        .passkey(key)
                        .map(passkey -> switch (passkey) {
                            case Passkey.Challenge(String options) -> Answer.of(options, "");
                            case Passkey.Confirmation(String code) -> Answer.of(code);
                        })
                        .orElse(Answer.NOTHING);
            case ANSWER_PASSKEY -> answer(driver(question).answerPasskey(key, values.getFirst()));
            case CONFIRM_PASSKEY -> answer(driver(question).confirmPasskey(key));
            case SEEN ->
                done(() -> driver(question)
                        .seen(key, ContactAddress.of(values.getFirst()), values.subList(1, values.size())));
            case TYPING ->
                done(() -> driver(question)
                        .typing(
                                key,
                                ContactAddress.of(values.getFirst()),
                                values.stream().skip(1).findFirst(),
                                true));
            case SCAN -> answer(simulation.scan(key, new Phone(values.getFirst())));
            case FAULT -> answer(simulation.fault(key, Fault.valueOf(values.getFirst())));
        };
    }

    private Driver driver(NumberQuestion question) {
        return Objects.requireNonNull(drivers.get(question.driver()));
    }

    private static Answer done(Runnable work) {
        work.run();
        return Answer.NOTHING;
    }

    private static Answer answer(Optional<String> text) {
        return text.map(Answer::of).orElse(Answer.NOTHING);
    }

    private static Answer answer(boolean is) {
        return is ? Answer.of("yes") : Answer.NOTHING;
    }

    /// Makes sure that a server has the pool of a number: one that takes it gives up what an earlier one was linking.
    void placed(Supplier<Optional<Sender>> number) {
        if (!pools.isAlone()) {
            number.get().ifPresent(sender -> pools.elsewhere(sender.pool().asPool()));
        }
    }

    /// Starts linking. Returns when the driver was called and its immediate events are processed.
    void link(Sender sender) {
        ask(sender, Act.LINK);
    }

    /// Reconnects a sender. Returns when the driver was called and its immediate events are processed.
    void connect(Sender sender) {
        ask(sender, Act.CONNECT);
    }

    /// Reconnects a sender in the background.
    public void connectSoon(Sender sender) {
        if (pools.isAlone()) {
            liveSenders.connectAgain(sender);
        } else {
            threads.execute(() -> connect(sender));
        }
    }

    /// Stops everything that runs for a sender.
    public void forget(Sender sender) {
        ask(sender, Act.FORGET);
    }

    /// Waits until all reports of its driver so far are stored.
    public void settle(Sender sender) {
        ask(sender, Act.SETTLE);
    }

    Optional<String> pairingCode(Sender sender, Phone phone) {
        return ask(sender, Act.PAIRING_CODE, phone.e164()).stream().findFirst();
    }

    Optional<Passkey> passkey(Sender sender) {
        List<String> values = ask(sender, Act.PASSKEY);
        return values.stream()
                .findFirst()
                .map(value -> values.size() == 2 ? new Passkey.Challenge(value) : new Passkey.Confirmation(value));
    }

    Optional<String> answerPasskey(Sender sender, String credential) {
        return ask(sender, Act.ANSWER_PASSKEY, credential).stream().findFirst();
    }

    Optional<String> confirmPasskey(Sender sender) {
        return ask(sender, Act.CONFIRM_PASSKEY).stream().findFirst();
    }

    /// Lets the simulated phone scan the current code.
    boolean scan(Sender sender, Phone phone) {
        return !ask(sender, Act.SCAN, phone.e164()).isEmpty();
    }

    boolean fault(Sender sender, Fault fault) {
        return !ask(sender, Act.FAULT, fault.name()).isEmpty();
    }

    void seen(Sender sender, ContactAddress contact, List<String> providers) {
        var values = new ArrayList<>(List.of(contact.key()));
        values.addAll(providers);
        ask(sender, Act.SEEN, values);
    }

    /// @param last WhatsApp's id of the contact's last message
    void typing(Sender sender, ContactAddress contact, Optional<String> last) {
        ask(sender, Act.TYPING, last.map(id -> List.of(contact.key(), id)).orElseGet(() -> List.of(contact.key())));
    }
}
