package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;

/// Numbers in memory, all at one gateway.
public class KnownNumbers implements GatewayTools.Numbers {

    private final Supplier<GatewayAccess> access;
    private final Function<SenderKey, String> remotes;
    private final Function<String, SenderKey> senders;
    private final Map<SenderKey, Map<Phone, String>> addresses = new ConcurrentHashMap<>();
    final Map<SenderKey, Line.Proxy> proxies = new ConcurrentHashMap<>();
    final List<String> remarks = new CopyOnWriteArrayList<>();
    private final Map<SenderKey, GatewayTools.Ban> bans = new ConcurrentHashMap<>();
    private volatile boolean linesAreAway;
    private volatile boolean takesNothing;
    /// How many questions about addresses are still answered.
    private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

    /// @param remotes what the gateway calls a number
    /// @param senders the number that the gateway calls so
    KnownNumbers(
            Supplier<GatewayAccess> access, Function<SenderKey, String> remotes, Function<String, SenderKey> senders) {
        this.access = access;
        this.remotes = remotes;
        this.senders = senders;
    }

    @Override
    public Optional<GatewayTools.Ban> ban(SenderKey sender) {
        return Optional.ofNullable(bans.get(sender));
    }

    @Override
    public void banned(SenderKey sender, GatewayTools.Ban ban) {
        bans.put(sender, ban);
    }

    /// From now on it can't be said how contacts are addressed.
    void goAway() {
        goAwayAfter(0);
    }

    /// @param more how many questions are answered before
    void goAwayAfter(int more) {
        answers.set(more);
    }

    /// From now on nothing can be kept of what a gateway tells.
    public void takeNothing() {
        takesNothing = true;
    }

    /// From now on it can't be said which gateway has a number.
    void linesGoAway() {
        linesAreAway = true;
    }

    public void comeBack() {
        linesAreAway = false;
        takesNothing = false;
        answers.set(Integer.MAX_VALUE);
    }

    /// The number’s own phone, as far as it is known.
    volatile Optional<Phone> own = Optional.empty();

    @Override
    public Optional<Line> line(SenderKey sender) {
        if (linesAreAway) {
            throw new DatabaseUnavailable("The database is away");
        }
        return Optional.of(
                new Line(sender, access.get(), remotes.apply(sender), own, Optional.ofNullable(proxies.get(sender))));
    }

    @Override
    public Optional<SenderKey> sender(GatewayAccess gateway, String remote) {
        if (takesNothing) {
            throw new DatabaseUnavailable("The database is away");
        }
        return Optional.of(senders.apply(remote));
    }

    @Override
    public Optional<String> address(SenderKey sender, Phone contact) {
        if (answers.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            throw new DatabaseUnavailable("The database is away");
        }
        return Optional.ofNullable(addresses.getOrDefault(sender, Map.of()).get(contact));
    }

    @Override
    public Optional<Phone> contact(SenderKey sender, String address) {
        return addresses.getOrDefault(sender, Map.of()).entrySet().stream()
                .filter(one -> one.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public void learn(SenderKey sender, Phone contact, String address) {
        addresses.computeIfAbsent(sender, _ -> new ConcurrentHashMap<>()).put(contact, address);
    }

    @Override
    public void remark(SenderKey sender, String title, String details, boolean isBad) {
        remarks.add(title + ": " + details);
    }

    @Override
    public void problem(GatewayAccess gateway, Optional<String> problem) {}
}
