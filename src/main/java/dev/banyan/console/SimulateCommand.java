package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Linking;
import dev.banyan.whatsapp.Linking.Simulated;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `simulate`: plays the phone of a simulated number, or WhatsApp.
final class SimulateCommand implements Command {

    private static final String SCAN = "scan";

    private final Pools pools;
    private final Linking linking;
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    SimulateCommand(Pools pools, Linking linking) {
        this.pools = pools;
        this.linking = linking;
        faults.put("drop", Fault.DROP);
        faults.put("ban", Fault.BAN);
        faults.put("restrict", Fault.RESTRICT);
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("simulate"),
                "scan|drop|ban|restrict <id>",
                "scan servant-1702324945601",
                "Play the phone of a simulated number",
                2,
                2);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        if (before.isEmpty()) {
            return List.of(
                    new Frame.Word(SCAN, "the phone scans the code", false),
                    new Frame.Word("drop", "the connection is lost for a while", false),
                    new Frame.Word("ban", "WhatsApp shuts the number out", false),
                    new Frame.Word("restrict", "WhatsApp lets it answer only", false));
        }
        return account.map(found -> Picked.words(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        String what = order.words().getFirst().toLowerCase(Locale.ROOT);
        Optional<Fault> fault = Optional.ofNullable(faults.get(what));
        if (fault.isEmpty() && !what.equals(SCAN)) {
            order.say("⚠️  Usage: '" + description().usage() + "'");
            return Outcome.FAILED;
        }
        return Picked.sender(
                        order, pools.overview(order.tenant()), order.words().getLast())
                .map(sender -> simulate(order, sender.id(), fault))
                .orElse(Outcome.FAILED);
    }

    private Outcome simulate(Order order, SenderId id, Optional<Fault> fault) {
        Simulated simulated = fault.map(happens -> linking.fault(order.tenant(), id, happens))
                .orElseGet(() -> linking.scan(order.tenant(), id, Optional.empty()));
        return switch (simulated) {
            case Simulated.Done(Sender sender) -> {
                order.say("✅ " + sender.displayName() + " (" + ListServantsCommand.phone(sender) + ") is "
                        + sender.state().key());
                yield Outcome.DONE;
            }
            case Simulated.Impossible(Sender sender) ->
                order.fail(
                        fault.isPresent()
                                ? sender.displayName() + " has no connection that this could happen to"
                                : "No code is shown for " + sender.displayName() + "; link it first");
            case Simulated.Refused(Sender _, String why) -> order.fail(why);
            case Simulated.NotSimulated(Sender sender) ->
                order.fail(sender.displayName() + " is a real number; only its phone can do that");
            case Simulated.Unknown _ -> order.fail("Account " + id + " not found");
        };
    }
}
