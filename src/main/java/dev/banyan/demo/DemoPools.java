package dev.banyan.demo;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.session.Linking;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The sample numbers: two masters and four simulated servants, all linked except one. Each step is skipped if it was
/// done already.
@Singleton
class DemoPools {

    private record Master(String id, String name, String phone, MasterType type, List<Servant> servants) {}

    private record Servant(String name, String phone, String purpose, boolean linked) {}

    private static final List<Master> MASTERS = List.of(
            new Master(
                    "amira-nasser",
                    "Amira Nasser",
                    "+971500000101",
                    MasterType.PRIMARY,
                    List.of(
                            new Servant("Sales Team", "+971500000102", "sales", true),
                            new Servant("Support Team", "+971500000103", "support", true),
                            new Servant("Weekend Desk", "+971500000104", "custom", false))),
            new Master(
                    "omar-haddad",
                    "Omar Haddad",
                    "+971500000105",
                    MasterType.BACKUP,
                    List.of(new Servant("Order Updates", "+971500000106", "custom", true))));

    private final Senders senders;
    private final Pools pools;
    private final Linking linking;

    DemoPools(Senders senders, Pools pools, Linking linking) {
        this.senders = senders;
        this.pools = pools;
        this.linking = linking;
    }

    /// @return the ids of the masters
    List<String> fill(AccountId agency) {
        return MASTERS.stream().map(master -> fill(agency, master).value()).toList();
    }

    private SenderId fill(AccountId agency, Master master) {
        SenderId id = known(agency, master.name())
                .orElseGet(() -> added(senders.addMaster(
                        agency,
                        Actor.SERVER,
                        new Senders.NewMaster(
                                Optional.of(master.id()),
                                master.name(),
                                Optional.of(master.phone()),
                                master.type(),
                                DriverKind.SIMULATOR))))
                .id();
        link(agency, id);
        for (Servant servant : master.servants()) {
            Sender added = known(agency, servant.name())
                    .orElseGet(() -> added(senders.addServant(
                            agency,
                            Actor.SERVER,
                            new Senders.NewServant(
                                    id,
                                    servant.phone(),
                                    servant.name(),
                                    Optional.of(servant.purpose()),
                                    DriverKind.SIMULATOR))));
            if (servant.linked()) {
                link(agency, added.id());
            }
        }
        return id;
    }

    private Optional<Sender> known(AccountId agency, String name) {
        return pools.overview(agency)
                .senders()
                .filter(sender -> sender.displayName().equals(name))
                .findFirst();
    }

    private static Sender added(Senders.Added added) {
        return switch (added) {
            case Senders.Added.Done done -> done.sender();
            case Senders.Added other -> throw new IllegalStateException(other.toString());
        };
    }

    private void link(AccountId agency, SenderId id) {
        if (linking.link(agency, Actor.SERVER, id) instanceof Linking.LinkStart.Done) {
            linking.scan(agency, id, Optional.empty());
        }
    }
}
