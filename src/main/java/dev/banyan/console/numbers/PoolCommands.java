package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.configfile.Mirrors;
import dev.banyan.whatsapp.history.SenderHistory;
import dev.banyan.whatsapp.registry.BulkSenders;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Tuning;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/// The commands about numbers, in the order of `help`: the seed's first, then ours.
@Singleton
public final class PoolCommands {

    private final Pools pools;
    private final Senders senders;
    private final Tuning tuning;
    private final BulkSenders bulk;
    private final Linking linking;
    private final LinkScreen links;
    private final Liveness liveness;
    private final SenderHistory history;
    private final SimulatedContacts customers;
    private final Mirrors mirrors;
    private final Clock clock;
    private final ZoneId zone = ZoneId.systemDefault();

    PoolCommands(
            Pools pools,
            Senders senders,
            Tuning tuning,
            BulkSenders bulk,
            Linking linking,
            Liveness liveness,
            SenderHistory history,
            SimulatedContacts customers,
            Mirrors mirrors,
            Clock clock) {
        this.pools = pools;
        this.senders = senders;
        this.tuning = tuning;
        this.bulk = bulk;
        this.linking = linking;
        this.links = new LinkScreen(linking);
        this.liveness = liveness;
        this.history = history;
        this.customers = customers;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    public List<Command> devices() {
        var status = new StatusCommand(pools, liveness, mirrors, clock, zone);
        return List.of(
                status,
                new LinkMasterCommand(pools, senders, links),
                new RelinkCommand(RelinkCommand.Kind.MASTER, pools, linking, links),
                new RelinkCommand(RelinkCommand.Kind.SERVANT, pools, linking, links),
                new RelinkCommand(RelinkCommand.Kind.ANY, pools, linking, links),
                new CodeCommand(pools, links),
                new DeviceCommand(pools, liveness, clock, zone),
                new ListCommand(pools, liveness),
                new RecoverCommand(pools, linking),
                new HealthCommand(status, pools, liveness, clock),
                new WatchCommand(status),
                new RolesCommand(true, pools, liveness),
                new RolesCommand(false, pools, liveness),
                new AccountsCommand(pools, liveness, clock),
                new StatsCommand(pools, liveness, history, clock),
                new FindCommand(pools, liveness),
                new EventsCommand(pools, history, zone),
                new SimulateCommand(pools, linking, customers),
                new CustomersCommand(pools, customers, zone));
    }

    public List<Command> secondaries() {
        return List.of(
                new AddSecondaryCommand(pools, senders),
                new ListServantsCommand(pools, liveness),
                new ServantsByMasterCommand(pools, liveness),
                new LinkSecondaryCommand(pools, links),
                new ChangeServantMasterCommand(pools, senders),
                new StatisticsCommand(pools),
                new RemoveSecondaryCommand(pools, senders),
                new SetMasterTypeCommand(pools, senders),
                new SetMasterPriorityCommand(pools, tuning),
                new MoveServantsCommand(pools, senders),
                new RemoveMasterCommand(pools, senders),
                new TuneCommand(pools, tuning),
                new PoolCommand(pools, tuning),
                new BulkCommand(pools, bulk));
    }
}
