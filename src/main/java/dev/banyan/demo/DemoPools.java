package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.pages.MessageButtons;
import dev.banyan.pages.MessageButtons.ButtonRequest;
import dev.banyan.pages.Page;
import dev.banyan.pages.Pages;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.SampleMessages;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import jakarta.inject.Singleton;

/// The sample numbers: two masters and five simulated servants with a past. One was never linked, one is restricted,
/// and one was removed on the phone. Each step is skipped if it was done already.
@Singleton
record DemoPools(
        Senders senders,
        Pools pools,
        Linking linking,
        SampleMessages messages,
        Pages pages,
        MessageButtons buttons,
        Clock clock) {

    static final String SALES_TEAM = "Sales Team";
    static final String SUPPORT_TEAM = "Support Team";
    private static final String ORDER_UPDATES = "Order Updates";
    private static final String RETURNS_DESK = "Returns Desk";

    private record Master(String id, String name, String phone, MasterType type, List<Servant> servants) {}

    private record Servant(String name, String phone, String purpose, boolean linked) {}

    private static final List<Master> MASTERS = List.of(
            new Master(
                    "amira-nasser",
                    "Amira Nasser",
                    "+971500000101",
                    MasterType.PRIMARY,
                    List.of(
                            new Servant(SALES_TEAM, "+971500000102", "sales", true),
                            new Servant(SUPPORT_TEAM, "+971500000103", "support", true),
                            new Servant("Weekend Desk", "+971500000104", "custom", false))),
            new Master(
                    "omar-haddad",
                    "Omar Haddad",
                    "+971500000105",
                    MasterType.BACKUP,
                    List.of(
                            new Servant(ORDER_UPDATES, "+971500000106", "custom", true),
                            new Servant(RETURNS_DESK, "+971500000107", "support", true))));
    private static final Map<String, Integer> BUSY = Map.of(
            "Amira Nasser", 4, SALES_TEAM, 14, SUPPORT_TEAM, 9, "Omar Haddad", 3, ORDER_UPDATES, 11, RETURNS_DESK, 5);
    private static final int UPDATES = 36;
    private static final int FAILS_EVERY = 11;
    private static final List<String> TEXTS = List.of(
            "Order %d is packed and leaves today.",
            "Order %d is on its way. Track it at https://post.example.org/%1$d",
            "Order %d was delivered. Enjoy!",
            "We have received your return for order %d.");

    /// @return the ids of the masters
    List<String> fill(AccountId agency) {
        boolean isNew = known(agency, RETURNS_DESK).isEmpty();
        List<String> masters =
                MASTERS.stream().map(master -> fill(agency, master).value()).toList();
        if (isNew) {
            past(agency, new SenderId(masters.getLast()));
        }
        return masters;
    }

    /// Lets visitors of all pages write to a pool.
    void fillButtons(AccountContext account, String pool) {
        var button = new ButtonRequest(pool, "Message us on WhatsApp", "Hello!");
        for (Page page : pages.overview(account).pages()) {
            buttons.save(account, page.id(), button);
        }
    }

    SenderId id(AccountId agency, String name) {
        return known(agency, name).orElseThrow().id();
    }

    private void past(AccountId agency, SenderId pool) {
        messages.addHours(
                agency,
                BUSY.entrySet().stream()
                        .collect(Collectors.toMap(busy -> id(agency, busy.getKey()), Map.Entry::getValue)));
        List<SampleMessages.Sample> updates = IntStream.range(0, UPDATES)
                .mapToObj(number -> update(agency, pool, number))
                .toList();
        messages.add(agency, updates);
        linking.fault(agency, id(agency, ORDER_UPDATES), Fault.RESTRICT);
        linking.fault(agency, id(agency, RETURNS_DESK), Fault.UNLINK);
    }

    private SampleMessages.Sample update(AccountId agency, SenderId pool, int number) {
        boolean failed = number % FAILS_EVERY == FAILS_EVERY - 1;
        DeliveryState state =
                failed ? DeliveryState.FAILED : number % 3 == 0 ? DeliveryState.DELIVERED : DeliveryState.READ;
        return new SampleMessages.Sample(
                pool,
                id(agency, number % 4 == 3 ? RETURNS_DESK : ORDER_UPDATES),
                Phone.parse("+97150000002" + number % 10).orElseThrow(),
                TEXTS.get(number % TEXTS.size()).formatted(1_060 + number),
                state,
                failed ? Optional.of("The number is not on WhatsApp.") : Optional.empty(),
                clock.instant().minus(Duration.ofHours(4L * (UPDATES - number))));
    }

    private SenderId fill(AccountId agency, Master master) {
        SenderId id = known(agency, master.name())
                .orElseGet(() -> added(senders.addMaster(
                        agency,
                        Actor.SERVER,
                        new Senders.NewMaster(
                                Optional.of(master.id()), master.name(), Optional.of(master.phone()), master.type()))))
                .id();
        link(agency, id);
        for (Servant servant : master.servants()) {
            Sender added = known(agency, servant.name())
                    .orElseGet(() -> added(senders.addServant(
                            agency,
                            Actor.SERVER,
                            new Senders.NewServant(
                                    id, servant.phone(), servant.name(), Optional.of(servant.purpose())))));
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
