package dev.banyan.whatsapp.campaigns;

import static dev.banyan.platform.outcome.Outcomes.value;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.CampaignQueue;
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOuts;

/// Campaigns with everything they need, on one server.
final class TestCampaigns {

    final TestSenders world;
    final Campaigns campaigns;
    final CampaignLists lists;
    final CampaignActs acts;
    final CampaignCheck check;
    final CampaignTrial trial;
    final List<TemplateBook.Entry> book = new ArrayList<>();
    final CampaignRunner runner;
    final OptOuts optOuts;
    /// What WhatsApp charges for every template as.
    Optional<String> category = Optional.empty();

    private final CampaignResults results;
    private final Database database;
    private final AccountId tenant;
    private final List<TaggedContacts> tagged = new ArrayList<>();

    TestCampaigns(Database database, AccountId tenant) {
        this(database, tenant, TestSenders.newFolder());
    }

    /// @param data of an earlier server
    TestCampaigns(Database database, AccountId tenant, Path data) {
        this.database = database;
        this.tenant = tenant;
        this.world = new TestSenders(database, data);
        Audit audit = TestAudit.on(database, world.clock);
        var uuids = new Uuids(world.clock);
        this.campaigns = new Campaigns(database, audit, uuids, world.clock);
        this.lists = new CampaignLists(
                database,
                List.of((who, workspace, tag, after, limit) -> tagged.stream()
                        .flatMap(one -> one.tagged(who, workspace, tag, after, limit).stream())
                        .toList()),
                List.of((_, _, _, _) -> category),
                world.clock);
        this.acts = new CampaignActs(database, world.outgoing, audit, world.clock);
        this.check = new CampaignCheck(database, List.of((_, _, _, _) -> category), world.clock);
        this.trial = new CampaignTrial(database, world.outgoing, (_, _) -> List.copyOf(book), audit, uuids);
        this.results = new CampaignResults(database, world.outgoing, audit, world.timers, world.clock);
        this.runner = new CampaignRunner(database, world.outgoing, results, world.clock);
        this.optOuts = new OptOuts(database, new CampaignQueue(world.outgoing), audit, world.clock);
        world.deliveryEvents.listen(results::changed);
        world.arrivals.listen(optOuts::heard);
        world.arrivals.listen(results::hasWritten);
    }

    void tagged(TaggedContacts source) {
        tagged.add(source);
    }

    /// Lets every number write to as many new contacts as it likes.
    void withoutLimit() {
        firstContacts(OptOutSettings.MOST_FIRST_CONTACTS);
    }

    void firstContacts(int perDay) {
        OptOutSettings is = optOuts.settings(tenant);
        optOuts.save(
                tenant,
                Actor.SERVER,
                new OptOutSettings(is.outWords(), is.inWords(), is.outAnswer(), is.inAnswer(), perDay));
    }

    Campaign draft(SenderId pool, String text) {
        return draft(pool, CampaignMessage.text(text));
    }

    Campaign draft(SenderId pool, CampaignMessage message) {
        return value(campaigns.create(
                tenant, Actor.SERVER, new Campaigns.Wanted("Eid greetings", pool, message, Optional.empty())));
    }

    /// Creates and starts a campaign to this many contacts.
    Campaign started(SenderId pool, int contacts) {
        Campaign campaign = draft(pool, "Hello {{name}}");
        add(campaign, contacts);
        return value(acts.start(tenant, Actor.SERVER, campaign.id()));
    }

    void add(Campaign campaign, int contacts) {
        lists.add(
                tenant,
                campaign.id(),
                IntStream.range(0, contacts)
                        .mapToObj(i -> new NewRecipient(contact(i).key(), "Contact " + i, Map.of()))
                        .toList());
    }

    static ContactAddress contact(int number) {
        return new Phone("+9715000%05d".formatted(50_000 + number));
    }

    /// Lets time pass, with the job and the senders at work.
    void run(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusSeconds(5)) {
            world.liveness.probe();
            runner.run();
            world.dispatcher.sweep();
            world.forward(Duration.ofSeconds(5));
        }
    }

    Campaign now(Campaign campaign) {
        return campaigns.find(tenant, campaign.id()).orElseThrow();
    }

    RecipientCounts counts(Campaign campaign) {
        return campaigns.progress(tenant, campaign.id()).orElseThrow().counts();
    }

    List<Recipient> recipients(Campaign campaign) {
        return lists.list(tenant, campaign.id(), Optional.empty(), 0, 10_000);
    }

    Recipient recipient(Campaign campaign, ContactAddress phone) {
        return recipients(campaign).stream()
                .filter(one -> one.contact().equals(Optional.of(phone)))
                .findFirst()
                .orElseThrow();
    }

    /// Returns how many messages left for each contact, as this server has seen it.
    Map<ContactAddress, Integer> sent() {
        var sent =
                new TreeMap<ContactAddress, Integer>((one, other) -> one.key().compareTo(other.key()));
        world.deliveryEvents.fired().stream()
                .filter(event -> event.message().state() == DeliveryState.SENT)
                .forEach(event -> sent.merge(event.message().to(), 1, Integer::sum));
        return sent;
    }

    /// A contact writes.
    void writes(SenderId sender, SenderId pool, ContactAddress from, String text) {
        database.write(tx -> {
            UUID id = UUID.randomUUID();
            new IncomingStore(tx)
                    .insert(
                            tenant,
                            TestMessages.received(
                                    id,
                                    tenant,
                                    sender,
                                    pool,
                                    "in-" + id,
                                    from,
                                    "Contact",
                                    text,
                                    Optional.empty(),
                                    world.clock.instant()));
            var arriving = TestMessages.arriving(
                    tx, id, tenant, sender, pool, from, "Contact", text, Optional.empty(), world.clock.instant());
            optOuts.heard(arriving);
            results.hasWritten(arriving);
            return true;
        });
    }
}
